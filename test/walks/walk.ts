/**
 * A desk as it runs, with a clock that the walk turns and a Teams that records: what people do goes in as raw activities
 * over HTTP, and what they see is read from the messages that were sent.
 */
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import type { Claim, ClaimId } from '../../src/claims/claim.ts';
import { brokenAt } from '../../src/claims/history.ts';
import { adjustableClock, type AdjustableClock } from '../../src/clock.ts';
import { readConfig, type Environment } from '../../src/config.ts';
import type { ClaimRecord } from '../../src/desk/claimRecord.ts';
import { readClaim } from '../../src/desk/claimRecord.ts';
import type { Log } from '../../src/desk/ports.ts';
import { sha256 } from '../../src/ids.ts';
import type { RunningDesk } from '../../src/main.ts';
import { startDesk } from '../../src/main.ts';
import type { Activity, Channel } from './activities.ts';
import { activitiesOf } from './activities.ts';
import { CAST, type CastName, DIRECTORY, OPERATORS } from './cast.ts';
import type { Message } from './conversations.ts';
import { startConnector } from './connector.ts';
import type { Json, ShownCard } from './shownCard.ts';
import { textOf } from './shownCard.ts';
import type { Visitor } from './visitor.ts';
import { TEAM, visitor } from './visitor.ts';

/** Monday 3 May 2021, 10:00 in Redmond. No holiday falls before Monday 31 May. */
export const MONDAY = Date.parse('2021-05-03T10:00:00-07:00');
export const MINUTE = 60_000;
export const HOUR = 60 * MINUTE;
export const DAY = 24 * HOUR;

/** The channel of the reviewers, and one of the partner's. */
export const REVIEWS: Channel = { team: TEAM, channel: '19:reviews@thread.tacv2' };
export const FABRIKAM: Channel = { team: TEAM, channel: '19:fabrikam@thread.tacv2' };

export interface Answered {
  readonly status: number;
  /** The body as it came, byte for byte. */
  readonly text: string;
  readonly body: Json;
  readonly ms: number;
}

export interface WalkOptions {
  readonly env?: Environment;
  /** `false`: nobody is enrolled. */
  readonly directory?: object | false;
  /** `false`: nobody has written yet, and no channel has a purpose. */
  readonly settled?: boolean;
}

export type Walk = Awaited<ReturnType<typeof startWalk>>;

/** Starts a desk for a file of walks. Everybody of the cast has written to the bot, and the review channel has its purpose. */
export async function startWalk(options: WalkOptions = {}) {
  const connector = await startConnector();
  const dataDir = await mkdtemp(join(tmpdir(), 'walk-'));
  const clock = adjustableClock(MONDAY);
  const faults: string[] = [];
  const desk = await start(dataDir, clock, faultsInto(faults), options);
  const walk = {
    desk, clock, connector, dataDir, faults,
    activities: activitiesOf(connector.url),

    /** Posts one activity to the bot's door; the deliveries it began may still be under way. */
    post: (activity: Activity): Promise<Answered> => post(desk.port, JSON.stringify(activity)),
    postText: (text: string): Promise<Answered> => post(desk.port, text),
    /** Until everything has been delivered that is due now. */
    idle: (): Promise<void> => desk.desk.idle(),
    /** Turns the clock and sweeps, as the minute's cron does. */
    async turn(ms: number): Promise<void> {
      clock.turn(ms);
      await desk.desk.sweep();
      await desk.desk.idle();
    },
    /** Turns the clock to an instant, and sweeps. */
    turnTo: (at: number): Promise<void> => walk.turn(at - clock.now()),

    async record(id: ClaimId): Promise<ClaimRecord> {
      const record = await readClaim(desk.desk.world.documents, id);
      if (!record) throw new Error(`there is no claim ${id}`);
      return record;
    },
    claim: async (id: ClaimId): Promise<Claim> => (await walk.record(id)).claim,
    /** The types of all that happened to a claim, oldest first. */
    events: async (id: ClaimId): Promise<readonly string[]> => (await walk.record(id)).body.entries.map((entry) => entry.event.type),
    count: async (id: ClaimId, type: string): Promise<number> => (await walk.events(id)).filter((one) => one === type).length,

    /** The claim's card in one of its homes, as it is now. */
    async home(id: ClaimId, home: string): Promise<ShownCard> {
      const lies = (await walk.record(id)).body.homes[home];
      if (!lies) throw new Error(`claim ${id} has no card for ${home}`);
      const message = connector.messages(lies.conversationId).find((one) => one.id === lies.messageId);
      if (!message?.card) throw new Error(`the card of ${id} for ${home} is not in ${lies.conversationId}`);
      return { conversationId: lies.conversationId, messageId: message.id, card: message.card };
    },
    /** The texts of the messages in a conversation: lines as they are, cards by all that they show. */
    said: (conversationId: string): readonly string[] => connector.messages(conversationId).map(wordsOf),
    /** The lines about a claim in its thread for an audience, below the card. */
    async lines(id: ClaimId, home: string): Promise<readonly string[]> {
      const lies = (await walk.record(id)).body.homes[home];
      if (!lies) return [];
      return connector.messages(lies.conversationId).flatMap((message) => (message.text !== undefined && message.text.includes(id) ? [message.text] : []));
    },

    /** No history is broken, and nothing went wrong that somebody would have to look into. */
    async check(): Promise<void> {
      expect(faults).to.deep.equal([]);
      for (const record of await everyClaim(desk)) expect(brokenAt(record.body.entries, sha256), record.claim.id).to.equal(undefined);
    },
    claims: (): Promise<readonly ClaimRecord[]> => everyClaim(desk),
    async stop(): Promise<void> {
      await desk.stop();
      await connector.close();
      await rm(dataDir, { recursive: true, force: true });
    },
  };
  const people = Object.fromEntries(Object.entries(CAST).map(([name, persona]) => [name, visitor(walk, persona)])) as Record<CastName, Visitor>;
  const ground = Object.assign(walk, people);
  if (options.settled !== false) {
    for (const person of Object.values(people)) await person.install();
    await people.otto.mention(REVIEWS, 'use this channel for reviews');
  }
  return ground;
}

async function start(dataDir: string, clock: AdjustableClock, log: Log, { env, directory = DIRECTORY }: WalkOptions): Promise<RunningDesk> {
  const file = join(dataDir, 'directory.json');
  if (directory !== false) await writeFile(file, JSON.stringify(directory));
  const config = readConfig({
    DATA_DIR: dataDir, OPERATORS, SWEEP_SCHEDULE: '0 0 1 1 *', LINK_KEY: 'a key of the walks that is long enough',
    ...(directory !== false && { DIRECTORY_FILE: file }), ...env,
  });
  return startDesk({ ...config, port: 0 }, { clock, log });
}

/** Warnings are part of the walks (an answer that could not be sent); an error never is. */
function faultsInto(faults: string[]): Log {
  return {
    info: () => undefined,
    warn: () => undefined,
    error: (fields, sentence) => void faults.push(`${sentence} ${'error' in fields && fields.error instanceof Error ? String(fields.error.stack) : JSON.stringify(fields)}`),
  };
}

async function post(port: number, text: string): Promise<Answered> {
  const from = performance.now();
  const response = await fetch(`http://127.0.0.1:${port}/api/messages`, { method: 'POST', headers: { 'content-type': 'application/json' }, body: text });
  const answer = await response.text();
  const ms = performance.now() - from;
  return { status: response.status, text: answer, body: answer === '' ? {} : (JSON.parse(answer) as Json), ms };
}

export function wordsOf(message: Message): string {
  return message.card ? textOf(message.card) : (message.text ?? '');
}

const ALL = 1_000;

/** Every claim that somebody can still find, read from the store. */
async function everyClaim({ desk }: RunningDesk): Promise<readonly ClaimRecord[]> {
  const records: ClaimRecord[] = [];
  for (const organisation of await desk.people.organisations('partner')) {
    const page = await desk.world.documents.find({ kind: 'claim', name: 'partner', value: organisation.id, limit: ALL });
    for (const { id } of page.documents) {
      const record = await readClaim(desk.world.documents, id as ClaimId);
      if (record) records.push(record);
    }
  }
  return records;
}
