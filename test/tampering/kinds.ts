/**
 * What someone may do who can write to the database and the files of a desk, and has none of its keys: each by SQL and
 * file names, past all of the desk's code; and what verifying has to find of it.
 */
import { readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import type { StoreFinding } from '../../src/desk/life/verifyStore.ts';
import type { ClaimBody } from '../../src/desk/records/claimRecord.ts';
import { append, canonical } from '../../src/domain/claims/history.ts';
import type { Entry } from '../../src/domain/claims/history.ts';
import { sha256 } from '../../src/runtime/random.ts';
import { WHO } from '../desk/world.ts';
import { DAY, rechained } from '../domain/claims/scenario.ts';
import { anchorsIn, databaseIn, filesIn } from './store.ts';
import type { CleanStore } from './store.ts';

/** One kind: how it is done, and the finding that names it. */
export interface Tampering {
  readonly tamper: (store: CleanStore) => void;
  /** What the finding has at least. */
  readonly found: Finding & { readonly kind: StoreFinding['kind'] };
  /** What the command line says of it. */
  readonly says: RegExp;
  /** What each finding is about, where that is not the claim that is chosen for it. */
  readonly about?: string;
}

type Finding = Readonly<Record<string, unknown>>;

type Entries = readonly Entry[];

function inDatabase<Answer>({ folder }: CleanStore, work: (database: DatabaseSync) => Answer): Answer {
  const database = new DatabaseSync(databaseIn(folder));
  try {
    return work(database);
  } finally {
    database.close();
  }
}

function bodyOf(database: DatabaseSync, claim: string): ClaimBody {
  const row = database.prepare("SELECT body FROM documents WHERE kind = 'claim' AND id = ?").get(claim);
  return JSON.parse(String(row?.['body'])) as ClaimBody;
}

/** Leaves the version as it was: whoever writes past the desk need not count. */
function write(database: DatabaseSync, claim: string, body: object): void {
  database.prepare("UPDATE documents SET body = ? WHERE kind = 'claim' AND id = ?").run(JSON.stringify(body), claim);
}

const rewriting =
  (alter: (body: ClaimBody, otherBody: ClaimBody) => object) =>
  (store: CleanStore): void =>
    inDatabase(store, (database) =>
      write(database, store.victim, alter(bodyOf(database, store.victim), bodyOf(database, store.other))),
    );

const entriesOf = (alter: (entries: Entries, other: Entries) => Entries): ((store: CleanStore) => void) =>
  rewriting((body, other) => ({ ...body, entries: alter(body.entries, other.entries) }));

/** Entries as a version before there were commitments chained them: over the words themselves. */
function asOfBefore(entries: Entries): Entries {
  const old: Entry[] = [];
  for (const { salts: _, erased: __, hash: ___, ...content } of entries) {
    const unsigned = { ...content, previous: old.at(-1)?.hash ?? '' };
    old.push({ ...unsigned, hash: sha256(canonical(unsigned)) });
  }
  return old;
}

const rewritingPerson =
  (id: string, alter: (body: Readonly<Record<string, unknown>>) => object) =>
  (store: CleanStore): void =>
    inDatabase(store, (database) => {
      const row = database.prepare("SELECT body FROM documents WHERE kind = 'person' AND id = ?").get(id);
      const body = alter(JSON.parse(String(row?.['body'])) as Readonly<Record<string, unknown>>);
      database.prepare("UPDATE documents SET body = ? WHERE kind = 'person' AND id = ?").run(JSON.stringify(body), id);
    });

/** Rewrites the lines of the anchors; `own` are those of the victim. */
const amongAnchors =
  (alter: (anchor: StoredAnchor, others: readonly StoredAnchor[]) => readonly unknown[]) =>
  ({ folder, victim }: CleanStore): void => {
    const lines = readFileSync(anchorsIn(folder), 'utf8').trimEnd().split('\n');
    const anchors = lines.map((line) => JSON.parse(line) as StoredAnchor);
    const last = anchors.findLast(({ claim }) => claim === victim);
    const altered = anchors.flatMap((one) => (one === last ? alter(one, anchors) : [one]));
    const texts = altered.map((one) => (typeof one === 'string' ? one : JSON.stringify(one)));
    writeFileSync(anchorsIn(folder), `${texts.join('\n')}\n`);
  };

interface StoredAnchor {
  readonly claim: string;
  readonly signature?: object;
}

/** The chain made anew by someone who knows all of the rules but the key. */
const CHAINING = { hash: sha256, newSalt: (): string => 'a'.repeat(22) };

/** The file of the victim, and where it is. */
function fileOf({ folder, victim }: CleanStore): string {
  const place = join(filesIn(folder), 'files', 'poe', victim);
  const [name] = readdirSync(place);
  if (name === undefined) throw new Error('the claim has a file');
  return join(place, name);
}

/** The victim's file that was removed from its draft, and is kept. */
function removedFileOf(store: CleanStore): string {
  const { entries } = inDatabase(store, (database) => bodyOf(database, store.victim));
  const removed = entries.flatMap(({ event }) => (event.type === 'PoeRemoved' ? [event.poeId] : []));
  return join(filesIn(store.folder), 'files', 'poe', store.victim, String(removed[0]));
}

/** The twelve kinds, some of them in more than one way. */
export const KINDS: Readonly<Record<string, Tampering>> = {
  'a changed value': {
    tamper: entriesOf((entries) => entries.map((entry) => (entry.version === 3 ? { ...entry, recordedAt: 1 } : entry))),
    found: { kind: 'history', problem: 'entry', version: 3 },
    says: /entry 3 is the first/,
  },
  'a changed word': {
    tamper: entriesOf((entries) =>
      entries.map((entry) =>
        entry.version === 2
          ? { ...entry, event: { ...entry.event, by: { ...entry.event.by, name: 'Mallory' } } }
          : entry,
      ),
    ),
    found: { kind: 'history', problem: 'entry', version: 2 },
    says: /entry 2 is the first/,
  },
  'a cut end': {
    tamper: entriesOf((entries) => entries.slice(0, 3)),
    found: { kind: 'history', problem: 'head', version: 3 },
    says: /head does not fit the history at version 3/,
  },
  'a cut middle': {
    tamper: entriesOf((entries) => entries.filter(({ version }) => version !== 3)),
    found: { kind: 'history', problem: 'entry', version: 3 },
    says: /entry 3 is the first/,
  },
  'swapped entries': {
    tamper: entriesOf((entries) => [entries[0], entries[2], entries[1], ...entries.slice(3)] as Entries),
    found: { kind: 'history', problem: 'entry', version: 2 },
    says: /entry 2 is the first/,
  },
  'an inserted entry': {
    tamper: entriesOf((entries) => {
      const last = entries.at(-1);
      return last ? append(entries, [last.event], { recordedAt: last.recordedAt }, CHAINING) : entries;
    }),
    found: { kind: 'history', problem: 'head' },
    says: /head does not fit/,
  },
  'an entry inserted in the middle': {
    tamper: entriesOf((entries) => [...entries.slice(0, 2), ...entries.slice(1)]),
    found: { kind: 'history', problem: 'entry', version: 3 },
    says: /entry 3 is the first/,
  },
  'a history hashed anew without the key': {
    tamper: entriesOf((entries) => rechained(entries, (event) => ({ ...event, at: event.at - DAY }))),
    found: { kind: 'history', problem: 'head' },
    says: /head does not fit/,
  },
  'an entry of another claim': {
    tamper: entriesOf((entries, other) => entries.map((entry) => (entry.version === 2 ? (other[1] ?? entry) : entry))),
    found: { kind: 'history', problem: 'entry', version: 2 },
    says: /entry 2 is the first/,
  },
  'the whole history of another claim': {
    tamper: rewriting((_, other) => other),
    found: { kind: 'history', problem: 'otherClaim', version: 1 },
    says: /from entry 1 on it is the history of another claim/,
  },
  'an older state of one claim': {
    tamper: (store) =>
      inDatabase(store, (database) => {
        write(database, store.victim, store.older.body);
        database.prepare("DELETE FROM keys WHERE kind = 'claim' AND id = ?").run(store.victim);
        for (const { name, value, sort = 0 } of store.older.keys)
          database
            .prepare("INSERT INTO keys (kind, name, value, sort, id) VALUES ('claim', ?, ?, ?, ?)")
            .run(name, value, sort, store.victim);
      }),
    found: { kind: 'anchor', lacks: 'version' },
    says: /an older state, at version \d+; its anchor knows ClaimRejected at version/,
  },
  'a whole claim missing': {
    tamper: (store) =>
      inDatabase(store, (database) => {
        for (const table of ['documents', 'keys'])
          database.prepare(`DELETE FROM ${table} WHERE kind = 'claim' AND id = ?`).run(store.victim);
      }),
    found: { kind: 'anchor', lacks: 'claim' },
    says: /the whole claim is missing; its anchor knows ClaimSubmitted at version 5/,
  },
  'a changed index key': {
    tamper: (store) =>
      inDatabase(store, (database) =>
        database
          .prepare(`UPDATE keys SET sort = sort + ${90 * DAY} WHERE kind = 'claim' AND id = ? AND name = 'wake'`)
          .run(store.victim),
      ),
    found: { kind: 'indexKey', name: 'wake', is: 'missing' },
    says: /not found by its key wake/,
  },
  'an index key more': {
    tamper: (store) =>
      inDatabase(store, (database) =>
        database
          .prepare("INSERT INTO keys (kind, name, value, sort, id) VALUES ('claim', 'assessment', '', 1, ?)")
          .run(store.victim),
      ),
    found: { kind: 'indexKey', name: 'assessment', is: 'foreign' },
    says: /a key assessment that is none of its own/,
  },
  'a foreign file': {
    tamper: (store) => writeFileSync(join(dirname(fileOf(store)), 'id99999999999999999999'), 'foreign'),
    found: { kind: 'file', is: 'foreign' },
    says: /id99999999999999999999 is of no claim/,
  },
  'a missing file': {
    tamper: (store) => rmSync(fileOf(store)),
    found: { kind: 'file', is: 'missing' },
    says: /the file poe\/\S+ is missing/,
  },
  'a missing file that was removed from the draft': {
    tamper: (store) => rmSync(removedFileOf(store)),
    found: { kind: 'file', is: 'missing' },
    says: /the file poe\/\S+ is missing/,
  },
  'a changed file that was removed from the draft': {
    tamper: (store) => writeFileSync(removedFileOf(store), 'another draft'),
    found: { kind: 'file', is: 'changed' },
    says: /the file poe\/\S+ is changed/,
  },
  'a file that is not found where files wait for their scan': {
    tamper: (store) =>
      inDatabase(store, (database) =>
        database.prepare("DELETE FROM keys WHERE kind = 'claim' AND id = ? AND name = 'scan'").run(store.victim),
      ),
    found: { kind: 'indexKey', name: 'scan', is: 'missing' },
    says: /not found by its key scan/,
  },
  'a version before there were heads feigned': {
    tamper: rewriting(({ head: _, ...body }) => ({ ...body, schema: 1, entries: asOfBefore(body.entries) })),
    found: { kind: 'history', problem: 'unsealed' },
    says: /as an earlier version of the desk wrote it, at version \d+, although/,
  },
  'a role given to a partner': {
    tamper: rewritingPerson(WHO.tomas, (body) => ({ ...body, staff: ['lead'] })),
    found: { kind: 'rights', problem: 'head' },
    says: /The person \S+: the keyed head does not fit/,
    about: WHO.tomas,
  },
  'a person of a version before there were heads feigned': {
    tamper: rewritingPerson(WHO.tomas, ({ head: _, ...body }) => ({ ...body, schema: 2, staff: ['lead'] })),
    found: { kind: 'rights', problem: 'unsealed' },
    says: /The person \S+: as an earlier version of the desk wrote it/,
    about: WHO.tomas,
  },
  'a person who is found as a lead and is none': {
    tamper: (store) =>
      inDatabase(store, (database) =>
        database
          .prepare("INSERT INTO keys (kind, name, value, sort, id) VALUES ('person', 'staff', 'lead', 0, ?)")
          .run(WHO.tomas),
      ),
    found: { kind: 'rightsKey', name: 'staff', is: 'foreign' },
    says: /is found by a key staff that is none of its own/,
    about: WHO.tomas,
  },
  'the mark that all is sealed taken away': {
    tamper: (store) => inDatabase(store, (database) => database.exec("DELETE FROM documents WHERE kind = 'sealed'")),
    found: { kind: 'sealMark', missing: 'inDatabase' },
    says: /is among the files, and not in the database/,
    about: 'sealMark',
  },
  'an anchor that is lost': {
    tamper: amongAnchors(() => []),
    found: { kind: 'anchor', lacks: 'anchor' },
    says: /the head of version \d+ was anchored, and its anchor is missing/,
  },
  'an anchor whose signature was taken away': {
    tamper: amongAnchors(({ signature: _, ...anchor }) => [anchor]),
    found: { kind: 'anchorProof', proof: 'unsigned' },
    says: /the anchor of ClaimRejected at version \d+ \(line \d+\) has no signature, although/,
  },
  'an anchor of another decision, with the old signature': {
    tamper: amongAnchors((anchor) => [{ ...anchor, event: 'ClaimApproved' }]),
    found: { kind: 'anchorProof', proof: 'forged' },
    says: /the anchor of ClaimApproved at version \d+ \(line \d+\) was changed after it was signed/,
  },
  'an anchor with the signature of another': {
    tamper: amongAnchors((anchor, others) => [{ ...anchor, signature: others[0]?.signature }]),
    found: { kind: 'anchorProof', proof: 'forged' },
    says: /was changed after it was signed/,
  },
  'an anchor that another key signed': {
    tamper: amongAnchors((anchor) => [{ ...anchor, signature: { ...anchor.signature, keyId: 'abcdefabcdef' } }]),
    found: { kind: 'anchorProof', proof: 'unknownKey' },
    says: /was signed with a key that SIGNING_KEYS does not have/,
  },
  'an anchor that is damaged': {
    tamper: amongAnchors((anchor) => [JSON.stringify(anchor).replace('"version":', '"version";')]),
    found: { kind: 'anchorDamaged' },
    says: /The anchors, line \d+: it cannot be read as an anchor/,
    about: '"anchor',
  },
  'a changed file': {
    tamper: (store) => writeFileSync(fileOf(store), 'proooof'),
    found: { kind: 'file', is: 'changed' },
    says: /the file poe\/\S+ is changed/,
  },
};
