/** What is asked of whoever looks into a file: its kind by its bytes, or why it is not taken (R9). */
import type { PoeKind } from '../../domain/claims/values.ts';
import type { Files } from './files.ts';

export type InspectionProblem =
  | 'empty'
  | 'kindNotAccepted'
  | 'nameDoesNotMatchKind'
  | 'macros'
  | 'encrypted'
  | 'archiveBomb'
  | 'broken';

/** Looks into the file that lies under a key; `name` is what its sender called it. */
export type Inspection = (
  files: Files,
  key: string,
  name: string,
) => Promise<
  { readonly ok: true; readonly kind: PoeKind } | { readonly ok: false; readonly problem: InspectionProblem }
>;
