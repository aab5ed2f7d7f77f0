/**
 * The outage test: nothing runs for 72 hours, then several instances start at once on the same SQLite file and run
 * until nothing is due.
 */
import { POE_KINDS } from '../../../src/domain/claims/values.ts';
import type { Log } from '../../../src/desk/ports/system.ts';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Instant } from '../../../src/domain/calendar/calendar.ts';
import { claimIdFrom } from '../../../src/domain/claims/claimId.ts';
import type { ClaimBody } from '../../../src/desk/records/claimRecord.ts';
import { CLAIM, foldEntries } from '../../../src/desk/records/claimRecord.ts';
import type { Documents, StoredDocument } from '../../../src/desk/ports/documents.ts';
import { createPeople as peopleOf } from '../../../src/desk/directory/people.ts';
import { openSqlite } from '../../../src/stores/sqlite/sqliteDocuments.ts';
import type { Cards } from '../../../src/teams/cards/cards.ts';
import { chanceOf } from '../../support/random.ts';
import { DAY, RULES } from '../../domain/claims/scenario.ts';
import { bytesOf, FilesFake } from '../../desk/filesFake.ts';
import { createScheduler } from '../engine/scheduler.ts';
import { copyClaim } from './claimCopies.ts';
import { planDueClaims, STARTED, STOPPED } from './dueClaims.ts';
import { silentSecurityLog } from '../../../src/desk/ports/securityLog.ts';
import { silentMeters } from '../../../src/desk/ports/metrics.ts';
import { DIGEST, HISTORY_KEYS, openInstance } from './instance.ts';
import { createLedger } from './ledger.ts';
import type { Ledger } from './ledger.ts';
import { claimHistories } from './claimHistories.ts';
import { withTemporaryFolder } from './temporaryFolder.ts';
import { createProgress } from './progress.ts';
import { watchedStore } from './store.ts';
import type { StoreCounts } from './store.ts';
import { createRecordingTeams } from './teams.ts';
import { loseOtherChannels, importPopulation, createPopulation, wordsOf } from './population.ts';
import { createCheckers } from './checkers.ts';

export interface OutageOptions {
  /** So many claims are due. */
  readonly claims: number;
  readonly instances: number;
  readonly seed?: number;
  /** The folder of the database is made in it. */
  readonly within?: string;
  /** Told now and then how far it is. */
  readonly tell?: (sentence: string) => void;
}

export interface Outage {
  readonly ledger: Ledger;
  readonly files: FilesFake;
  /** Every claim as it is stored at the end. */
  readonly after: ReadonlyMap<string, ClaimBody>;
  readonly counts: readonly StoreCounts[];
  readonly messages: { readonly messages: number; readonly lastAt: Instant };
  /** What the checkers found wrong, and what was logged as a fault. */
  readonly problems: readonly string[];
  readonly endedAt: Instant;
  /** Whether everything that was due was done before patience ran out. */
  readonly isOver: boolean;
  /** Real time: of the making, and of the run. */
  readonly seconds: { readonly making: number; readonly running: number };
}

/** Everyone was enrolled before any claim began: the journals say who could act at any instant of it (R45). */
const ENROLLED: Instant = STOPPED - 365 * DAY;
const LONGEST_MS = 48 * 3_600_000;
const MINUTE_MS = 60_000;

export function outage(options: OutageOptions, cards: Cards): Promise<Outage> {
  return withTemporaryFolder(options.within ?? tmpdir(), 'outage-', (folder) =>
    outageIn(join(folder, 'desk.sqlite'), options, cards),
  );
}

async function outageIn(
  file: string,
  { claims, instances, seed = 1, tell = () => undefined }: OutageOptions,
  cards: Cards,
): Promise<Outage> {
  const begun = performance.now();
  const scheduler = createScheduler(STARTED);
  const files = new FilesFake(() => scheduler.now());
  const ledger = createLedger();
  const own = openSqlite(file);
  const watch = createCheckers(scheduler, () => files.keys());
  const progress = createProgress(tell);
  await made(own, files, claims, chanceOf(seed), ledger, (document) => {
    watch.planted(document);
    progress(() => `${ledger.claims.size} claims made, of ${claims} that are due and some that are not`);
  });

  const goesOn = (): void =>
    progress(() => `${ledger.decided.length} of ${claims} claims decided, ${teams.counts.messages} messages`);
  const teams = createRecordingTeams(scheduler, chanceOf(seed + 1), (taken) => {
    watch.taken(taken);
    goesOn();
  });
  const opened = Array.from({ length: instances }, (_, at) => {
    const name = `desk${at + 1}`;
    const inner = openSqlite(file);
    const store = watchedStore({
      inner,
      by: name,
      scheduler,
      chance: chanceOf(seed + 10 + at),
      looked: ledger.looked,
      tell(wrote) {
        ledger.wrote(wrote);
        watch.wrote(wrote);
        goesOn();
      },
      refused: ({ kind, id, body }, before) =>
        ledger.refused(kind, id, body, (before as Partial<ClaimBody> | undefined)?.entries?.length ?? 0),
    });
    const instance = openInstance({
      name,
      scheduler,
      documents: store.documents,
      files,
      teams,
      cards,
      rules: RULES,
      chance: chanceOf(seed + 100 + at),
      log: watch.logOf(name),
      onSwept: watch.swept,
    });
    return { ...store, ...instance, close: () => inner.close() };
  });

  const madeAt = performance.now();
  for (const { start } of opened) start();
  const isDue = async (): Promise<boolean> => {
    const { documents } = await own.find({ kind: CLAIM, name: 'wake', value: '', upTo: scheduler.now(), limit: 1 });
    return documents.length > 0 || ledger.isTelling() || opened.some(({ isSweeping }) => isSweeping());
  };
  do await scheduler.runTo(scheduler.now() + MINUTE_MS - 1);
  while (scheduler.now() < STARTED + LONGEST_MS && (await isDue()));
  const isOver = !(await isDue());
  const after = await stored(own, ledger.claims.keys(), (read) =>
    progress(() => `${read} of ${ledger.claims.size} claims read for the checkers`),
  );
  watch.end(after);
  const ended = performance.now();
  for (const { close } of opened) close();
  own.close();
  return {
    ledger,
    files,
    after,
    counts: opened.map(({ counts }) => counts),
    messages: teams.counts,
    problems: watch.problems,
    endedAt: scheduler.now(),
    isOver,
    seconds: { making: (madeAt - begun) / 1_000, running: (ended - madeAt) / 1_000 },
  };
}

const QUIET: Log = { info: () => undefined, warn: () => undefined, error: () => undefined };

/** Everyone and every claim, as they were stored when everything stopped. */
async function made(
  documents: Documents,
  files: FilesFake,
  count: number,
  chance: ReturnType<typeof chanceOf>,
  ledger: Ledger,
  planted: (document: Parameters<Documents['create']>[0]) => void,
): Promise<void> {
  const population = createPopulation(count);
  const ports = { documents, clock: { now: () => ENROLLED }, log: QUIET };
  const people = peopleOf({
    ...ports,
    digest: DIGEST,
    historyKeys: HISTORY_KEYS,
    meters: silentMeters,
    securityLog: silentSecurityLog,
    settings: {
      operators: [],
      programmeTenants: [],
      separateDuties: false,
      defaultLanguage: 'en',
      linkMinutes: 60,
      maxPoeBytes: 10_000,
      poeKinds: POE_KINDS,
      uploads: { atOnce: 32, bytesAtOnce: 50_000_000, patienceMs: 20_000, bytesPerSecond: 8_000 },
      publicUrl: 'https://desk.example',
    },
  });
  await importPopulation(ports, people, population);
  const histories = await claimHistories();
  const copying = {
    digest: DIGEST,
    historyKeys: HISTORY_KEYS,
    random: {
      randomId: () => '',
      randomBytes: (length: number) => Uint8Array.from({ length }, () => chance.below(256)),
    },
  };
  for (const [number, plan] of planDueClaims(histories, count, chance).entries()) {
    const words = wordsOf(
      chance.below(population.partners),
      chance.below(population.customers),
      chance.below(population.reviewers),
    );
    const id = claimIdFrom(
      Uint8Array.from([number >> 15, number >> 10, number >> 5, number, 0, 0], (byte) => byte & 31),
    );
    const document = copyClaim(histories[plan.history], plan, id, number, words, copying);
    if ((await documents.create(document)) === 'exists') throw new Error(`claim ${id} is there twice`);
    for (const { event } of document.body.entries)
      if (event.type === 'PoeAdded') await files.put(`poe/${id}/${event.poe.id}`, bytesOf('proof'));
    planted(document);
    ledger.add({
      id,
      plan,
      wake: document.keys.find(({ name }) => name === 'wake')?.sort,
      length: document.body.entries.length,
      instants: instantsOf(document.body),
    });
  }
  await loseOtherChannels(people, population);
}

/** What its running clocks do next. */
function instantsOf({ entries }: ClaimBody): ReadonlySet<Instant> {
  const clocks = Object.values(foldEntries(entries).clocks);
  return new Set(clocks.flatMap((clock) => (clock.state === 'running' ? [...clock.reminders, clock.nextAt] : [])));
}

async function stored(
  documents: Documents,
  ids: Iterable<string>,
  tell: (read: number) => void,
): Promise<ReadonlyMap<string, ClaimBody>> {
  const bodies = new Map<string, ClaimBody>();
  for (const id of ids) {
    const found: StoredDocument<ClaimBody> | undefined = await documents.read(CLAIM, id);
    if (found) bodies.set(id, found.body);
    tell(bodies.size);
  }
  return bodies;
}
