/** A whole desk in one process, without network: its stores can be taken back, and everything that it sends is kept. */
import { POE_KINDS } from '../../src/domain/claims/values.ts';
import { steadyTimer } from '../../src/runtime/clock.ts';
import { createHistoryKeys } from '../../src/runtime/historyKeys.ts';
import { createHash, createHmac } from 'node:crypto';
import { createDesk } from '../../src/desk/desk.ts';
import { createPeople } from '../../src/desk/directory/people.ts';
import type { Log } from '../../src/desk/ports/system.ts';
import type { SendResult } from '../../src/desk/ports/messenger.ts';
import type { World } from '../../src/desk/ports/world.ts';
import { silentMeters } from '../../src/desk/ports/metrics.ts';
import { silentSecurityLog } from '../../src/desk/ports/securityLog.ts';
import { inspectFile } from '../../src/files/inspection/inspect.ts';
import { DeskAdapter } from '../../src/teams/adapter.ts';
import { createBot } from '../../src/teams/bot.ts';
import { createCardActions } from '../../src/teams/handlers/cardActions.ts';
import { createCards } from '../../src/teams/cards/cards.ts';
import type { Connector, OutboundActivity } from '../../src/teams/sending/connector.ts';
import { createFileUploads } from '../../src/teams/handlers/fileUploads.ts';
import { createTextCommands } from '../../src/teams/handlers/textCommands.ts';
import { createUnauthenticatedLocal } from '../../src/teams/auth/authenticator.ts';
import { createTeamsMessenger } from '../../src/teams/sending/messenger.ts';
import { createClaimReplies } from '../../src/teams/handlers/claimReplies.ts';
import { MONDAY, RULES } from '../domain/claims/scenario.ts';
import { bytesOf, FilesFake } from '../desk/filesFake.ts';
import { pdf } from '../files/samples.ts';
import { PERSONAS, DIRECTORY, OPERATORS } from '../acceptance/support/personas.ts';
import { RewindableDocuments } from './rewindableDocuments.ts';
import { overheard } from './verdicts.ts';
import type { Verdict } from './verdicts.ts';
import { createLinkSealer } from '../../src/runtime/linkSealer.ts';

/** The service address of the desk's Teams. Nothing is ever sent there. */
export const SERVICE = 'http://127.0.0.1:9/';

export interface Spoken {
  readonly conversationId: string;
  readonly activity: OutboundActivity;
}

export type DeskUnderFuzz = Awaited<ReturnType<typeof openDeskUnderFuzz>>;

export async function openDeskUnderFuzz() {
  let now = MONDAY;
  let counted = 0;
  let sealed = { now, counted, files: new Map<string, { readonly bytes: Buffer; writtenAt: number }>() };
  const clock = { now: () => now };
  const documents = new RewindableDocuments();
  const files = new FilesFake(() => now);
  const spoken: Spoken[] = [];
  const errors: unknown[] = [];
  const verdicts: Verdict[] = [];
  const log: Log = {
    info: () => undefined,
    warn: () => undefined,
    error: (fields, sentence) => void errors.push({ sentence, ...fields }),
  };
  const newId = (): string => `id${String((counted += 1)).padStart(20, '0')}`;

  async function sent(conversationId: string, activity: OutboundActivity, messageId = newId()): Promise<SendResult> {
    spoken.push({ conversationId, activity });
    return { kind: 'delivered', message: { conversationId, messageId } };
  }
  const connector: Connector = {
    send: (_, conversationId, activity) => sent(conversationId, activity),
    startThread: ({ conversationId }, activity) => sent(`${conversationId};messageid=${newId()}`, activity),
    update: (_, message, activity) => sent(message.conversationId, activity, message.messageId),
  };

  const cards = createCards(new URL('../../cards/', import.meta.url));
  const world: World = {
    documents,
    files,
    clock,
    log,
    meters: silentMeters,
    securityLog: silentSecurityLog,
    rules: RULES,
    inspect: inspectFile,
    messenger: createTeamsMessenger(connector, cards, RULES),
    random: {
      randomId: newId,
      randomBytes: (length) => new Uint8Array(length).fill(128),
    },
    historyKeys: createHistoryKeys(['the history key of the tests alone']),
    digest: {
      sha256: (text) => createHash('sha256').update(text).digest('hex'),
      sign: (text) => createHmac('sha256', 'secret').update(text).digest('base64url'),
    },
    links: createLinkSealer('secret'),
    pause: () => Promise.resolve(),
    timer: steadyTimer,
    settings: {
      operators: [OPERATORS],
      programmeTenants: [],
      separateDuties: false,
      defaultLanguage: 'en',
      linkMinutes: 30,
      maxPoeBytes: 200_000,
      poeKinds: POE_KINDS,
      uploads: { atOnce: 32, bytesAtOnce: 50_000_000, patienceMs: 20_000, bytesPerSecond: 8_000 },
      publicUrl: 'http://127.0.0.1:8',
    },
  };
  const desk = overheard(createDesk(world), verdicts);
  const people = createPeople(world);
  await desk.importDirectory(DIRECTORY);
  const replies = createClaimReplies(desk, cards);
  const door = createUnauthenticatedLocal();
  const fetchFile = async ({ url }: { readonly url: string }) =>
    url.includes('gone') || !door.mayFetch(url)
      ? undefined
      : bytesOf(url.includes('bad') ? 'no file' : pdf(`/Info(${url.length})`));
  const actions = createCardActions(desk, cards, replies, createFileUploads({ desk, cards, replies, fetchFile }));
  const commands = createTextCommands({ desk, cards, actions, replies });
  const adapter = new DeskAdapter({
    authenticator: door,
    handler: createBot({ desk, cards, connector, fetchFile, log }),
    clock,
    meters: silentMeters,
    log,
  });

  return {
    desk,
    world,
    documents,
    files,
    spoken,
    errors,
    verdicts,
    cards,
    people,
    actions,
    commands,
    adapter,
    now: (): number => now,
    turn(ms: number): void {
      now += ms;
    },
    /** From now on this is what `rewind` comes back to. */
    seal(): void {
      documents.seal();
      sealed = { now, counted, files: new Map(files.kept) };
    },
    rewind(): void {
      documents.rewind();
      files.kept.clear();
      for (const [key, file] of sealed.files) files.kept.set(key, file);
      ({ now, counted } = sealed);
      this.forget();
    },
    /** Nothing has been said, written or judged yet. */
    forget(): void {
      documents.writes.length = 0;
      spoken.length = 0;
      errors.length = 0;
      verdicts.length = 0;
    },
  };
}

export const PEOPLE = Object.values(PERSONAS);
export type Somebody = (typeof PEOPLE)[number];

/** The id of a persona in the desk's directory. */
export function idOf({ tenantId, objectId }: Pick<Somebody, 'tenantId' | 'objectId'>): string {
  return `${tenantId}/${objectId}`;
}
