/** Checks what a refused input may have written, and that the history names who did what, as the law allows. */
import type { From } from '../domain/claims/model/law.ts';
import { breachesOf, isDecline, stageAfter } from '../domain/claims/model/law.ts';
import { isRecord } from './json.ts';
import type { Json } from './json.ts';
import type { Write } from './rewindableDocuments.ts';
import { promise } from './target.ts';

interface Left {
  readonly members: readonly string[];
  readonly because: string;
}

/** The members of documents that every visit may write, refused or not. Every other member stays as it was. */
export const WRITTEN_BY_EVERY_VISIT: Readonly<Record<string, Left>> = {
  person: {
    members: [
      'name',
      'seenAt',
      'locale',
      'chat',
      'unreachable',
      'awaited',
      'welcomedAt',
      'language',
      'journal',
      'arrivedAt',
      'head',
    ],
    because:
      'a person who writes is greeted: where and as what they are reached is kept fresh, and the journal says since when (R45); their language is theirs to choose; the head is authenticated with each (R55)',
  },
  channel: {
    members: ['place', 'unreachable', 'awaited', 'changedAt', 'lostAt', 'head'],
    because:
      'a channel that is seen again is where it was seen, and one that Teams says is gone is noted as lost (R45); with its head (R55)',
  },
  sideChange: {
    members: ['schema', 'changedAt'],
    because:
      'where a contact left or came back, the claims of their organisation are looked at; that decides nothing (R45)',
  },
  fileIntent: {
    members: ['schema', 'key', 'claim', 'person', 'expiresAt', 'state'],
    because: 'before a file is written its intent is, and it ends with the file that is refused',
  },
  uploadSlots: {
    members: ['schema', 'slots'],
    because: 'before a file is read it takes a place of its claim, and gives it back when it is refused',
  },
  announcement: {
    members: ['schema', 'what', 'to', 'at', 'attempts', 'reached', 'refused', 'nextAt', 'waitsFor', 'lease'],
    because: 'operators are told of a channel that is gone (R45)',
  },
  waitingFiles: {
    members: ['schema', 'person', 'files', 'until'],
    because: 'where it is not sure for which claim files are, the desk asks, and keeps meanwhile where Teams has them',
  },
  heard: {
    members: ['schema', 'by', 'until', 'done'],
    because: 'a message is noted, so that it is not answered again where Teams delivers it again',
  },
  claim: {
    members: ['outbox', 'told', 'homes', 'lease', 'entries', 'head'],
    because:
      "notices that waited go on when their reader is back, and clocks fire (R44, R45): of the entries only the desk's own, with the head that is authenticated with each (R55)",
  },
};

/** The kinds of which a visit may make documents; and persons without rights. */
const MADE_BY_A_VISIT: readonly string[] = [
  'heard',
  'sideChange',
  'fileIntent',
  'uploadSlots',
  'waitingFiles',
  'announcement',
];

/** What a new document must not contain: a person who was only seen has no rights. */
const RIGHTS: readonly string[] = ['staff', 'memberships', 'contactOf', 'email'];

/** Refuses a write that a refused input has no right to. */
export function onlyVisited(writes: readonly Write[]): void {
  onlyClosedIntents(writes);
  for (const { kind, id, before, after } of writes) {
    const left = WRITTEN_BY_EVERY_VISIT[kind];
    promise(left !== undefined, `a refused input wrote what no visit writes, ${kind}`, { id, after });
    const was = isRecord(before) ? before : {};
    const is = isRecord(after) ? after : {};
    if (kind === 'person') onlyReachJournaled(was, is);
    if (kind === 'announcement')
      promise(
        isRecord(is['what']) && is['what']['kind'] === 'channelLost',
        'a refused input made an announcement of something else than a lost channel',
        { id, after },
      );
    if (before === undefined) {
      promise(
        MADE_BY_A_VISIT.includes(kind) || (kind === 'person' && RIGHTS.every((name) => isEmpty(is[name]))),
        `a refused input made a ${kind}`,
        { id, after },
      );
      continue;
    }
    for (const name of new Set([...Object.keys(was), ...Object.keys(is)])) {
      promise(
        left.members.includes(name) || JSON.stringify(was[name]) === JSON.stringify(is[name]),
        `a refused input wrote ${name} of a ${kind}`,
        { id, before: was[name], after: is[name] },
      );
    }
    if (kind === 'claim')
      promise(
        newEntries(was, is).every(({ id: by }) => by === 'desk'),
        'a refused input came into the history of a claim',
        newEntries(was, is),
      );
  }
}

/** No file of a refused input is still on its way: each intent that was opened was closed, each place given back. */
function onlyClosedIntents(writes: readonly Write[]): void {
  const places = new Map(writes.filter(({ kind }) => kind === 'uploadSlots').map(({ id, after }) => [id, after]));
  for (const [id, after] of places)
    promise(isRecord(after) && listIn(after, 'slots').length === 0, 'a refused input kept a place of a claim', {
      id,
      after,
    });
  const last = new Map(writes.filter(({ kind }) => kind === 'fileIntent').map(({ id, after }) => [id, after]));
  for (const [id, after] of last)
    promise(isRecord(after) && after['state'] === 'closed', 'a refused input left a file on its way', { id, after });
}

/** A visit shows where a person is reached, and gives no right: the desk adds that to the journal, and nothing else. */
function onlyReachJournaled(was: Json, is: Json): void {
  const [before, after] = [listIn(was, 'journal'), listIn(is, 'journal')];
  promise(
    before.every((entry, at) => JSON.stringify(after[at]) === JSON.stringify(entry)),
    'the journal of a person was changed',
    { before, after },
  );
  for (const entry of after.slice(before.length)) {
    promise(
      isRecord(entry) && entry['what'] === 'reach' && entry['by'] === 'desk',
      'a refused input changed a right',
      entry,
    );
  }
}

/** Every new entry is by the person who acted or by the desk itself, and no entry was removed. */
export function onlyBy(person: string | undefined, writes: readonly Write[]): void {
  for (const { kind, before, after } of writes) {
    if (kind !== 'claim') continue;
    const was = isRecord(before) ? before : {};
    const is = isRecord(after) ? after : {};
    promise(
      entriesOf(was).every((entry, at) => hashOf(entriesOf(is)[at]) === hashOf(entry)),
      'the history of a claim was changed',
    );
    for (const by of newEntries(was, is))
      promise(by.id === 'desk' || by.id === person, 'someone else is said to have done it', { by, person });
  }
}

/** Every new entry is lawful for the claim at that point, and for the side that the entry names (R10–R33). */
export function onlyLawful(writes: readonly Write[]): void {
  for (const { kind, before, after } of writes) {
    if (kind !== 'claim') continue;
    const was = isRecord(before) ? before : {};
    const is = isRecord(after) ? after : {};
    let declines = 0;
    const next = (at: From, type: string): From => {
      const to = stageAfter(at, type, declines);
      if (isDecline(type)) declines += 1;
      return to;
    };
    let stage = entriesOf(was).reduce<From>((at, entry) => next(at, doneIn(entry).type), 'nothing');
    for (const { type, side } of newEntries(was, is)) {
      const breaches = breachesOf(stage, type, side);
      promise(breaches.length === 0, 'the history of a claim has what the law forbids', breaches);
      stage = next(stage, type);
    }
  }
}

interface Done {
  readonly id: unknown;
  readonly type: string;
  readonly side: string;
}

function doneIn(entry: unknown): Done {
  const event = isRecord(entry) && isRecord(entry['event']) ? entry['event'] : {};
  const by = isRecord(event['by']) ? event['by'] : {};
  return { id: by['id'], type: String(event['type']), side: String(by['side']) };
}

function newEntries(was: Json, is: Json): readonly Done[] {
  return entriesOf(is).slice(entriesOf(was).length).map(doneIn);
}

function entriesOf(body: Json): readonly unknown[] {
  return listIn(body, 'entries');
}

function listIn(body: Json, name: string): readonly unknown[] {
  return Array.isArray(body[name]) ? body[name] : [];
}

/** Each entry's hash covers everything in it, and the entry before. */
function hashOf(entry: unknown): unknown {
  return isRecord(entry) ? entry['hash'] : undefined;
}

function isEmpty(value: unknown): boolean {
  return value === '' || (Array.isArray(value) && value.length === 0);
}
