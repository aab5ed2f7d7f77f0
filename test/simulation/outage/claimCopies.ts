/** Copies the history of a claim with another id, other people, other times, and a hash chain of its own. */
import type { ClaimId } from '../../../src/domain/claims/values.ts';
import type { Entry } from '../../../src/domain/claims/history.ts';
import { append } from '../../../src/domain/claims/history.ts';
import type { ClaimBody } from '../../../src/desk/records/claimRecord.ts';
import type { Home } from '../../../src/desk/records/outboxEntry.ts';
import { claimDocument, foldEntries } from '../../../src/desk/records/claimRecord.ts';
import type { World } from '../../../src/desk/ports/world.ts';
import { chainingOf } from '../../../src/desk/records/appendEvents.ts';
import type { HistoryPorts } from '../../../src/desk/records/historyCheck.ts';
import type { NewDocument } from '../../../src/desk/ports/documents.ts';
import { STOPPED } from './dueClaims.ts';
import type { Planned } from './dueClaims.ts';
import type { ClaimHistory } from './claimHistories.ts';

/** Numbers above it are instants. */
const FIRST_INSTANT = Date.UTC(2020, 0);

/** The document of a claim as it stood when everything stopped. `number` is unlike that of every other copy. */
export function copyClaim(
  history: ClaimHistory,
  { shift }: Planned,
  id: ClaimId,
  number: number,
  words: ReadonlyMap<string, string>,
  ports: HistoryPorts & Pick<World, 'random'>,
): NewDocument<ClaimBody> {
  const state = history.states.findLast(({ at }) => at + shift <= STOPPED) ?? history.states[0];
  if (!state) throw new Error('a history has no beginning');
  const all = new Map([...words, [history.id, id]]);
  const body = moved(state.body, all, shift);
  const entries = body.entries.reduce<readonly Entry[]>(
    (before, { event, recordedAt, press }) =>
      append(before, [event], { recordedAt, ...(press !== undefined && { press }) }, chainingOf(ports)),
    [],
  );
  const homes = Object.fromEntries(Object.entries(body.homes).map(([name, home]) => [name, placedAnew(home, number)]));
  const copy: ClaimBody = { ...body, entries, homes };
  return claimDocument(ports, foldEntries(entries), copy);
}

/** The same with other words and at other times. */
function moved<Value>(value: Value, words: ReadonlyMap<string, string>, shift: number): Value {
  const known = new RegExp([...words.keys()].map((word) => word.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')).join('|'), 'g');
  const text = JSON.stringify(value).replace(known, (word) => words.get(word) ?? word);
  return JSON.parse(text, (_name, member: unknown) =>
    typeof member === 'number' && member > FIRST_INSTANT ? member + shift : member,
  ) as Value;
}

/** Every claim has its own messages. */
function placedAnew(home: Home, number: number): Home {
  const messageId = `${home.messageId}x${number}`;
  const conversationId = home.conversationId === home.place ? home.place : `${home.place};messageid=${messageId}`;
  return { ...home, conversationId, messageId };
}
