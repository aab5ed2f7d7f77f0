/**
 * Legal holds: while one is on a claim or a person, nothing of them is erased or removed, however long it has been
 * there. A hold says why; who set and who released it is in the journal of operators' acts, and here.
 */
import type { Instant } from '../../domain/calendar/calendar.ts';
import type { ClaimId, PersonId } from '../../domain/claims/values.ts';
import type { World } from '../ports/world.ts';
import { requireKnownSchema, schemaOf } from '../records/schemaVersion.ts';
import { canonical } from '../../domain/claims/history.ts';
import type { Operator } from './operatorActs.ts';
import { ERASED_OPERATOR } from './operatorActs.ts';

/** What is held. */
export type Held =
  | { readonly kind: 'claim'; readonly id: ClaimId }
  | { readonly kind: 'person'; readonly id: PersonId };

/** The body of the document of a hold. Released holds are kept, without their reason once the person is erased. */
export interface LegalHold {
  readonly schema: number;
  readonly on: Held;
  readonly reason: string;
  readonly since: Instant;
  readonly by: Operator;
  readonly releasedAt?: Instant;
  readonly releasedBy?: Operator;
}

/** The kind of the documents. */
export const LEGAL_HOLD = 'legalHold';

type HoldPorts = Pick<World, 'documents' | 'clock'>;

const idOf = ({ kind, id }: Held): string => `${kind}:${id}`;

/** Whether a hold is on. */
export function isOn(hold: LegalHold | undefined): hold is LegalHold {
  return hold !== undefined && hold.releasedAt === undefined;
}

/** The hold on a claim or person, also one that was released; undefined where there never was any. */
export async function readHold({ documents }: Pick<World, 'documents'>, on: Held): Promise<LegalHold | undefined> {
  const stored = await documents.read<LegalHold>(LEGAL_HOLD, idOf(on));
  return stored && requireKnownSchema(LEGAL_HOLD, stored.id, stored.body);
}

/** Sets a hold; `already` where it is on, with the reason that it has. */
export function setHold(ports: HoldPorts, on: Held, reason: string, by: Operator): Promise<'set' | 'already'> {
  return write(ports, on, (before) =>
    isOn(before) ? undefined : { schema: schemaOf(LEGAL_HOLD), on, reason, since: ports.clock.now(), by },
  ).then((written) => (written ? 'set' : 'already'));
}

/** Releases a hold; `none` where none is on. */
export function releaseHold(ports: HoldPorts, on: Held, by: Operator): Promise<'released' | 'none'> {
  return write(ports, on, (before) =>
    isOn(before) ? { ...before, releasedAt: ports.clock.now(), releasedBy: by } : undefined,
  ).then((written) => (written ? 'released' : 'none'));
}

/** A person to be erased from a hold: which words are about them, and which operators are they. */
export interface Erased {
  readonly isAbout: (text: string) => boolean;
  readonly isOperator: (by: Operator) => boolean;
}

/** Takes a person out of a hold: the reason of a released one that is on them or about them, and who acted. */
export async function forgetInHold(ports: HoldPorts, on: Held, { isAbout, isOperator }: Erased): Promise<void> {
  await write(ports, on, (before) => {
    if (!before) return undefined;
    const { releasedBy } = before;
    const isReasonless = before.releasedAt !== undefined && (isAbout(before.on.id) || isAbout(before.reason));
    const after: LegalHold = {
      ...before,
      ...(isReasonless && { reason: '' }),
      ...(isOperator(before.by) && { by: ERASED_OPERATOR }),
      ...(releasedBy && isOperator(releasedBy) && { releasedBy: ERASED_OPERATOR }),
    };
    return canonical(after) === canonical(before) ? undefined : after;
  });
}

async function write(
  { documents }: HoldPorts,
  on: Held,
  alter: (before: LegalHold | undefined) => LegalHold | undefined,
): Promise<boolean> {
  const id = idOf(on);
  for (;;) {
    const stored = await documents.read<LegalHold>(LEGAL_HOLD, id);
    const body = alter(stored && requireKnownSchema(LEGAL_HOLD, id, stored.body));
    if (!body) return false;
    const document = {
      kind: LEGAL_HOLD,
      id,
      body,
      keys: isOn(body) ? [{ name: 'on', value: '', sort: body.since }] : [],
    };
    const written = stored ? await documents.replace(document, stored.etag) : await documents.create(document);
    if (written !== 'exists' && written !== 'changed') return true;
  }
}
