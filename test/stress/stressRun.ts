/**
 * A stress run: several processes on one store, users who press at random, a Teams that fails, and kill -9. Afterwards
 * everything is checked: whether each history is legal, what was told, and what happened twice or not at all.
 */
import { setTimeout as pause } from 'node:timers/promises';
import type { AssessmentRecord, ClaimId } from '../../src/domain/claims/values.ts';
import type { Channel } from '../acceptance/support/activities.ts';
import { activitiesOf } from '../acceptance/support/activities.ts';
import { MPN, OPERATORS } from '../acceptance/support/personas.ts';
import { startConnector } from '../acceptance/support/connector.ts';
import { createClaimReader } from '../acceptance/support/claimReader.ts';
import { textOf } from '../acceptance/support/shownCard.ts';
import type { Claim } from '../../src/domain/claims/claim.ts';
import { DAY, FABRIKAM, HOUR, REVIEWS } from '../acceptance/support/scenario.ts';
import { systemClock } from '../../src/runtime/clock.ts';
import { chanceOf } from '../support/random.ts';
import { createUsers } from './users.ts';
import type { Backend } from './backend.ts';
import type { StoredEntry } from './historyCheck.ts';
import { violationsOf } from './historyCheck.ts';
import { startProcesses } from './processes.ts';
import type { Home } from './notificationCheck.ts';
import { checkNotifications } from './notificationCheck.ts';
import { createFaultSchedule } from './faultSchedule.ts';

export interface StressOptions {
  readonly seed: number;
  readonly claims: number;
}

const PROCESSES = 3;
const PARALLEL = 6;
/** How far the clocks move each time that all desks were killed at once. */
const JUMPS = [4 * HOUR, 2 * DAY, 4 * DAY, 8 * DAY, 6 * DAY] as const;
/** Lets the dispute windows close. Teams goes on failing for a while, then it works. */
const LAST_JUMP = 31 * DAY;
const FAULTS_GO_ON_MS = 3_000;
const CLICKS_PER_CLAIM = 2;
const MOST_LOOKS = 400;
const LOOK_AGAIN_MS = 100;
/** Notices that are due later than this are not waited for. */
const WAIT_AT_MOST_MS = 3_000;
const CALM_ROUNDS = 12;

export async function runStress(backend: Backend, { seed, claims }: StressOptions) {
  const from = performance.now();
  const chance = chanceOf(seed);
  const connector = await startConnector();
  const faults = createFaultSchedule(connector, chanceOf(seed + 1));
  const processes = await startProcesses(
    PROCESSES,
    { ...backend.env, OPERATORS, LOG_LEVEL: 'error', SEND_TIMEOUT_MS: '6000' },
    chanceOf(seed + 2),
  );
  const reader = createClaimReader(backend.documents, connector);
  const users = createUsers({ connector, activities: activitiesOf(connector.url), reader: reader, processes, chance });
  const { people } = users;

  /** A fixed number of workers take from the list until it is empty. */
  async function inParallel<One>(all: Iterable<One>, work: (one: One) => Promise<unknown>): Promise<void> {
    const queue = [...all];
    await Promise.all(
      Array.from({ length: PARALLEL }, async () => {
        for (let one = queue.shift(); one !== undefined; one = queue.shift()) await work(one);
      }),
    );
  }

  /** Waits until nothing is left that can be delivered now; false where something has to wait longer. */
  async function settled(ids: readonly ClaimId[]): Promise<boolean> {
    for (let look = 0; look < MOST_LOOKS; look += 1) {
      const now = systemClock.now() + processes.ahead();
      let waits = false;
      let busy = false;
      for (const id of ids) {
        const { body } = await reader.record(id);
        const coming = body.outbox.filter((notice) => notice.nextAt !== undefined);
        const due = Math.min(...coming.map((notice) => notice.nextAt ?? 0));
        if (due <= now + WAIT_AT_MOST_MS || (body.lease && body.lease.until > now)) busy = true;
        else if (coming.length > 0) waits = true;
      }
      if (!busy) return !waits;
      await pause(LOOK_AGAIN_MS);
    }
    return false;
  }

  try {
    for (const person of Object.values(people)) await person.install();
    await people.otto.mention(REVIEWS, 'use this channel for reviews');
    await people.anna.mention(FABRIKAM, `use this channel for MPN ${MPN}`);
    faults.begin();
    const ids: ClaimId[] = [];
    await inParallel(
      Array.from({ length: claims }, (_, index) => index),
      async (number) => ids.push(await users.file(number)),
    );
    const filedMs = performance.now() - from;

    for (const jump of JUMPS) {
      const clicks = Array.from({ length: claims * CLICKS_PER_CLAIM }, () => chance.pick(ids));
      const middle = Math.floor(clicks.length / 2);
      await inParallel(clicks.slice(0, middle), users.click);
      const killed = processes.killOne();
      await inParallel(clicks.slice(middle), users.click);
      await killed;
      // All of them in the midst of something: the last clicks are answered by those who come back.
      const last = inParallel(clicks.slice(0, PARALLEL * 2), users.click);
      await pause(chance.below(60));
      await processes.killAll(jump);
      await last;
    }
    await processes.killAll(LAST_JUMP);
    await pause(FAULTS_GO_ON_MS);
    faults.end();
    for (let round = 0; round < CALM_ROUNDS && !(await settled(ids)); round += 1) await processes.killAll(HOUR);

    return {
      ...(await inspect(ids)),
      counts: users.counts,
      kills: processes.kills.length,
      faultCounts: faults.counts,
      filedMs,
      ms: performance.now() - from,
    };
  } finally {
    await processes.stop();
    await connector.close();
  }

  async function inspect(ids: readonly ClaimId[]) {
    const violations: string[] = [];
    const lost: string[] = [];
    const repeats: { readonly what: string; readonly explained: boolean }[] = [];
    const statuses: Record<string, number> = {};
    const events: Record<string, number> = {};
    const passed = new Map<string, AssessmentRecord>();
    let due = 0;
    for (const id of ids) {
      const { body, claim } = await reader.record(id);
      const entries = body.entries as unknown as readonly StoredEntry[];
      statuses[claim.status] = (statuses[claim.status] ?? 0) + 1;
      for (const { event } of entries) events[event.type] = (events[event.type] ?? 0) + 1;
      violations.push(...violationsOf(entries).map((violation) => `${id}: ${violation}`));
      const findings = checkNotifications(
        entries,
        faults.kept.filter((message) => message.claim === id),
        homeOf,
        processes.kills,
      );
      due += findings.due;
      lost.push(...findings.lost.map((what) => `${id}: not told: ${what}`));
      repeats.push(...findings.repeats);
      const left = body.outbox.filter((notice) => notice.nextAt !== undefined || notice.waitsFor !== undefined);
      lost.push(...left.map((notice) => `${id}: still to be told: ${notice.event} to ${notice.audience}`));
      for (const { event } of body.entries)
        if (event.type === 'ConsentPassed') passed.set(`${event.record.claimId}-${event.record.period}`, event.record);
      lost.push(...(await staleCards(id)));
      for (const { text } of users.said.filter((one) => one.claim === id)) {
        if (!entries.some(({ event }) => event.text === text))
          lost.push(`${id}: a reply was taken and is not in the history: ${text}`);
      }
      const promised = Math.max(0, ...users.promised.filter((one) => one.claim === id).map((one) => one.version));
      if (promised > entries.length) lost.push(`${id}: version ${promised} was shown, and there are ${entries.length}`);
    }
    violations.push(...(await handOverViolations(passed)));
    return {
      violations,
      lost,
      repeats,
      due,
      statuses,
      events,
      handedOver: passed.size,
      repeatedEdits: repeatedEdits(),
    };
  }

  /** The card in each home shows the current status, and every change that its home is told of. */
  async function staleCards(id: ClaimId): Promise<readonly string[]> {
    const { body, claim } = await reader.record(id);
    const violations: string[] = [];
    for (const home of Object.keys(body.homes).filter(
      (one) => one === 'review' || one === 'partner' || one === 'customer',
    )) {
      const shown = home === 'customer' ? shownToCustomer(claim) : (STATUS[claim.status] ?? claim.status);
      const card = await reader.home(id, home).catch(() => undefined);
      const version = Number(/"version":(\d+)/.exec(JSON.stringify(card?.card ?? {}))?.[1] ?? 0);
      const heard = home === 'customer' ? SHOWN_TO_CUSTOMER : SHOWN_TO_ALL;
      const last = body.entries.findLast(({ event }) => heard.has(event.type))?.version ?? 0;
      if (!card || !textOf(card.card).includes(shown))
        violations.push(`${id}: the card for ${home} does not show ${shown}`);
      else if (version < last) violations.push(`${id}: the card for ${home} shows version ${version} of ${last}`);
    }
    if (!body.homes['partner']) violations.push(`${id}: there is no card for its partner`);
    return violations;
  }

  async function handOverViolations(passed: ReadonlyMap<string, AssessmentRecord>): Promise<readonly string[]> {
    const stored = await backend.assessments();
    const missing = [...passed]
      .filter(([name, record]) => JSON.stringify(sortedKeys(stored.get(name))) !== JSON.stringify(sortedKeys(record)))
      .map(([name]) => `the hand-over ${name} is not as the history says`);
    const many = [...stored.keys()]
      .filter((name) => !passed.has(name))
      .map((name) => `the hand-over ${name} has no consent that passed`);
    return [...missing, ...many];
  }

  /** Edits that put the same card twice into the same message, one after the other: no one sees them. */
  function repeatedEdits(): number {
    const newest = new Map<string, string>();
    let count = 0;
    for (const { how, conversation, messageId, content } of faults.kept) {
      if (how !== 'edit') continue;
      const name = `${conversation}\n${messageId}`;
      if (newest.get(name) === content) count += 1;
      newest.set(name, content);
    }
    return count;
  }

  function homeOf(conversation: string): Home | undefined {
    const isIn = ({ channel }: Channel): boolean => conversation === channel || conversation.startsWith(`${channel};`);
    if (isIn(REVIEWS)) return 'review';
    if (isIn(FABRIKAM) || conversation === people.anna.chat || conversation === people.boris.chat) return 'partner';
    return conversation === people.dana.chat ? 'customer' : undefined;
  }
}

export type StressResult = Awaited<ReturnType<typeof runStress>>;

/** Where a claim stands, in the customer's own words. */
function shownToCustomer({ consent }: Claim): string {
  switch (consent?.state) {
    case 'open':
      return consent.agreed && consent.objections.length === 0 ? 'You agreed' : 'Waiting for you';
    case 'passed':
      return 'Stands';
    case 'denied':
      return 'You denied';
    default:
      return 'Ended';
  }
}

const STATUS: Readonly<Record<string, string>> = {
  UnderReview: 'Under review',
  PartnerActionRequired: 'Partner action required',
};
const TRANSITIONS = [
  'ClaimSubmitted',
  'ReviewStarted',
  'InformationRequested',
  'ClaimResubmitted',
  'ClaimApproved',
  'ClaimRejected',
  'RejectionRequested',
  'PartnerDidNotRespond',
  'ConsentDenied',
  'ConsentNotGiven',
  'ConsentAgreed',
  'ConsentPassed',
  'DisputeOpened',
  'DisputeUpheld',
  'DisputeOverturned',
  'DisputeWindowClosed',
];
const SHOWN_TO_ALL = new Set([...TRANSITIONS, 'CommentAdded', 'NoticeDelivered']);
const SHOWN_TO_CUSTOMER = new Set([
  'ClaimApproved',
  'RejectionRequested',
  'ConsentDenied',
  'ConsentNotGiven',
  'ConsentAgreed',
  'ConsentPassed',
  'DisputeOpened',
  'DisputeOverturned',
]);

function sortedKeys(value: unknown): unknown {
  if (value === null || typeof value !== 'object' || Array.isArray(value)) return value;
  return Object.fromEntries(Object.entries(value).sort(([one], [other]) => (one < other ? -1 : 1)));
}
