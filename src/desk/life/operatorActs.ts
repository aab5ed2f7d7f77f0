/**
 * The journal of what operators do on the command line: one document for each act, numbered and chained by hash, so
 * that one that is changed or taken out shows. It holds ids and words of the desk; never what people wrote.
 */
import type { Instant } from '../../domain/calendar/calendar.ts';
import { canonical } from '../../domain/claims/history.ts';
import type { Documents } from '../ports/documents.ts';
import type { World } from '../ports/world.ts';
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
  readonly by: Operator;
  /** The hash of the entry before; of the first, empty. */
  readonly previous: string;
  readonly hash: string;
}

/** The kind of the documents. */
export const OPERATOR_ACT = 'operatorAct';

const DIGITS = 10;
const PAGE = 200;
/** So that ids are in the order of the numbers. */
const idOf = (number: number): string => String(number).padStart(DIGITS, '0');

/** Writes an act at the end of the journal. Two processes at once: the second is chained to the first. */
export async function recordAct(
  { documents, clock, digest }: Pick<World, 'documents' | 'clock' | 'digest'>,
  by: Operator,
  act: Act,
): Promise<OperatorAct> {
  for (;;) {
    const last = await lastAct(documents);
    const unsigned = {
      schema: schemaOf(OPERATOR_ACT),
      number: (last?.number ?? 0) + 1,
      at: clock.now(),
      by,
      ...act,
      previous: last?.hash ?? '',
    };
    const body: OperatorAct = { ...unsigned, hash: digest.sha256(canonical(unsigned)) };
    const document = {
      kind: OPERATOR_ACT,
      id: idOf(body.number),
      body,
      keys: [{ name: 'number', value: '', sort: body.number }],
    };
    if ((await documents.create(document)) !== 'exists') return body;
  }
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
  for (const [index, { hash, ...unsigned }] of acts.entries()) {
    if (unsigned.number !== index + 1 || unsigned.previous !== previous || sha256(canonical(unsigned)) !== hash)
      return index + 1;
    previous = hash;
  }
  return undefined;
}
