/** The inspection port: the kind of a file determined from its bytes, or why it is not accepted (R9). */
import type { PoeKind } from '../../domain/claims/values.ts';
import type { Files } from './files.ts';

/** Why a file is not accepted (R9); `nameDoesNotMatchKind`: the extension promises another kind than the bytes. */
export type InspectionProblem =
  | 'empty'
  | 'kindNotAccepted'
  | 'nameDoesNotMatchKind'
  | 'macros'
  | 'encrypted'
  | 'archiveBomb'
  | 'broken';

/** Inspects the stored file of a key; `name` is what its sender called it. Throws where the store fails. */
export type Inspection = (
  files: Files,
  key: string,
  name: string,
) => Promise<
  { readonly ok: true; readonly kind: PoeKind } | { readonly ok: false; readonly problem: InspectionProblem }
>;
