/**
 * The journal of what operators do on the command line: one document for each act, numbered and chained by hash, so
 * that one that is changed or taken out shows. It holds ids and words of the desk, and who acted; never what people
 * wrote. The hash covers a salted commitment in the place of who acted, so that an operator too can be erased.
 */
import type { Instant } from '../../domain/calendar/calendar.ts';
import { canonical } from '../../domain/claims/history.ts';
import type { Documents, NewDocument } from '../ports/documents.ts';
import type { World } from '../ports/world.ts';
import { scanAll } from '../records/scanAll.ts';
import { requireKnownSchema, schemaOf } from '../records/schemaVersion.ts';

/** Who runs a command: the user of the machine, and the name that they gave. */
export interface Operator {
  readonly user: string;
  readonly name?: string;
}

/** What was done: by which command, to what (an id), and what came of it. */
export interface Act {
  readonly what: string;
  readonly about: string;
  readonly outcome: 'begun' | 'done' | 'refused' | 'declined' | 'failed';
  /** Why, as a word of the desk; or how many. */
  readonly detail?: string;
}

/** One entry of the journal. */
export interface OperatorAct extends Act {
  readonly schema: number;
  /** From 1 on, without a gap. */
  readonly number: number;
  readonly at: Instant;
  /** Who acted; {@link ERASED_OPERATOR} once they were erased. */
  readonly by: Operator;
  /** What the commitment is salted with; absent once who acted was erased. */
  readonly salt?: string;
  /** SHA-256 over the salt and who acted. */
  readonly commitment: string;
  /** The hash of the entry before; of the first, empty. */
  readonly previous: string;
  readonly hash: string;
}

/** An operator of whom nothing is known any more. */
export const ERASED_OPERATOR: Operator = { user: '' };

/** The kind of the documents. */
export const OPERATOR_ACT = 'operatorAct';

const DIGITS = 10;
const PAGE = 200;
/** So that ids are in the order of the numbers. */
const idOf = (number: number): string => String(number).padStart(DIGITS, '0');

/** What writing the journal needs of the outside. */
export type ActPorts = Pick<World, 'documents' | 'clock' | 'digest' | 'random'>;

/** Writes an act at the end of the journal. Two processes at once: the second is chained to the first. */
export async function recordAct(
  { documents, clock, digest, random }: ActPorts,
  by: Operator,
  act: Act,
): Promise<OperatorAct> {
  for (;;) {
    const last = await lastAct(documents);
    const salt = random.randomId();
    const chained = {
      schema: schemaOf(OPERATOR_ACT),
      number: (last?.number ?? 0) + 1,
      at: clock.now(),
      commitment: commitmentTo(by, salt, digest),
      ...act,
      previous: last?.hash ?? '',
    };
    const body: OperatorAct = { ...chained, by, salt, hash: digest.sha256(canonical(chained)) };
    if ((await documents.create(documentOf(body))) !== 'exists') return body;
  }
}

/** Erases who acted, in every act of those whom `isErased` means; the chain still holds. */
export async function forgetOperators(
  { documents }: Pick<World, 'documents'>,
  isErased: (by: Operator) => boolean,
): Promise<void> {
  for await (const { id, body, etag } of scanAll<OperatorAct>(documents, OPERATOR_ACT)) {
    if (!isErased(requireKnownSchema(OPERATOR_ACT, id, body).by)) continue;
    const { salt: _, ...rest } = body;
    // An act never changes otherwise: where another writer was faster, it erased the same.
    await documents.replace(documentOf({ ...rest, by: ERASED_OPERATOR }), etag);
  }
}

function commitmentTo(by: Operator, salt: string, { sha256 }: Pick<World['digest'], 'sha256'>): string {
  return sha256(canonical([salt, by]));
}

function documentOf(body: OperatorAct): NewDocument<OperatorAct> {
  return {
    kind: OPERATOR_ACT,
    id: idOf(body.number),
    body,
    keys: [{ name: 'number', value: '', sort: body.number }],
  };
}

async function lastAct(documents: Documents): Promise<OperatorAct | undefined> {
  const page = await documents.find<OperatorAct>({
    kind: OPERATOR_ACT,
    name: 'number',
    value: '',
    limit: 1,
    newestFirst: true,
  });
  const [found] = page.documents;
  return found && requireKnownSchema(OPERATOR_ACT, found.id, found.body);
}

/** The whole journal, oldest first. */
export async function operatorActs(documents: Documents): Promise<readonly OperatorAct[]> {
  const acts: OperatorAct[] = [];
  let after: { readonly sort: number; readonly id: string } | undefined;
  do {
    const page = await documents.find<OperatorAct>({
      kind: OPERATOR_ACT,
      name: 'number',
      value: '',
      limit: PAGE,
      ...(after && { after }),
    });
    acts.push(...page.documents.map(({ body }) => body));
    after = page.next;
  } while (after);
  return acts;
}

/** The number of the first act that is changed, missing or out of its place; undefined where the journal holds. */
export function firstBrokenAct(
  acts: readonly OperatorAct[],
  { sha256 }: Pick<World['digest'], 'sha256'>,
): number | undefined {
  let previous = '';
  for (const [index, { hash, by, salt, ...chained }] of acts.entries()) {
    const isInPlace = chained.number === index + 1 && chained.previous === previous;
    const isBy =
      salt === undefined
        ? canonical(by) === canonical(ERASED_OPERATOR)
        : commitmentTo(by, salt, { sha256 }) === chained.commitment;
    if (!isInPlace || !isBy || sha256(canonical(chained)) !== hash) return index + 1;
    previous = hash;
  }
  return undefined;
}
