/**
 * A whole desk with stores in memory: every persona enrolled, a clock that the test turns, a Teams that answers as
 * told, and no randomness.
 */
import { POE_KINDS } from '../../src/domain/claims/values.ts';
import { createHistoryKeys } from '../../src/runtime/historyKeys.ts';
import { createHash, createHmac } from 'node:crypto';
import { adjustableClock, steadyTimer } from '../../src/runtime/clock.ts';
import type { Claim } from '../../src/domain/claims/claim.ts';
import type { ClaimId, Fields, PersonId } from '../../src/domain/claims/values.ts';
import type { Entry } from '../../src/domain/claims/history.ts';
import type { ClaimBody, ClaimRecord } from '../../src/desk/records/claimRecord.ts';
import { CLAIM, claimDocument, readClaim } from '../../src/desk/records/claimRecord.ts';
import type { CommandResult, Idempotency, Request } from '../../src/desk/commands/request.ts';
import type { Desk } from '../../src/desk/desk.ts';
import { createDesk } from '../../src/desk/desk.ts';
import type { Inspection } from '../../src/desk/ports/inspection.ts';
import type { EnrolmentResult, Form } from '../../src/desk/directory/enrolment.ts';
import type { EnrolmentKind } from '../../src/desk/directory/operators.ts';
import type { Place } from '../../src/desk/directory/people.ts';
import { createPeople, personId } from '../../src/desk/directory/people.ts';
import type { Anchors } from '../../src/desk/ports/anchors.ts';
import type { Documents } from '../../src/desk/ports/documents.ts';
import type { Files } from '../../src/desk/ports/files.ts';
import type { Log } from '../../src/desk/ports/system.ts';
import type { World } from '../../src/desk/ports/world.ts';
import { silentMeters } from '../../src/desk/ports/metrics.ts';
import { silentSecurityLog } from '../../src/desk/ports/securityLog.ts';
import type { Instant } from '../../src/domain/calendar/calendar.ts';
import { FORM, MONDAY, RULES } from '../domain/claims/scenario.ts';
import { DocumentsHooked } from './documentsHooked.ts';
import { bytesOf, FilesFake } from './filesFake.ts';
import { MessengerFake } from './messengerFake.ts';
import { createLinkSealer } from '../../src/runtime/linkSealer.ts';

export const TENANTS = {
  fabrikam: '11111111-1111-4111-8111-111111111111',
  contoso: '22222222-2222-4222-8222-222222222222',
  vendor: '33333333-3333-4333-8333-333333333333',
  tailspin: '44444444-4444-4444-8444-444444444444',
} as const;
export const MPN = { fabrikam: '1234567', fabrikamSecond: '7654321', tailspin: '5550001' } as const;

const object = (number: number): string => `00000000-0000-4000-8000-${String(number).padStart(12, '0')}`;
const someone = (tenantId: string, number: number): PersonId => personId(tenantId, object(number));

/** Every persona by name. */
export const WHO = {
  anna: someone(TENANTS.fabrikam, 1),
  boris: someone(TENANTS.fabrikam, 2),
  nikita: someone(TENANTS.fabrikam, 3),
  tomas: someone(TENANTS.tailspin, 4),
  rita: someone(TENANTS.vendor, 11),
  arun: someone(TENANTS.vendor, 12),
  lena: someone(TENANTS.vendor, 13),
  rolf: someone(TENANTS.vendor, 14),
  olga: someone(TENANTS.vendor, 15),
  asif: someone(TENANTS.vendor, 16),
  otto: someone(TENANTS.vendor, 17),
  dana: someone(TENANTS.contoso, 21),
  emil: someone(TENANTS.contoso, 22),
  /** Of no organisation, and enrolled nowhere. */
  stefan: someone('55555555-5555-4555-8555-555555555555', 31),
  /** The operator by configuration. */
  ops: someone(TENANTS.vendor, 99),
} as const;
export type Name = keyof typeof WHO;

const named = (name: Name) => {
  const [tenantId = '', objectId = ''] = WHO[name].split('/');
  return {
    tenantId,
    objectId,
    name: name.charAt(0).toUpperCase() + name.slice(1),
    email: `${name}@${name === 'dana' ? 'contoso.com' : 'example.com'}`,
  };
};

/** The directory of the tests. */
export const DIRECTORY = {
  partners: [
    { name: 'Fabrikam', tenantId: TENANTS.fabrikam, mpnIds: [MPN.fabrikam, MPN.fabrikamSecond] },
    { name: 'Tailspin', tenantId: TENANTS.tailspin, mpnIds: [MPN.tailspin] },
  ],
  customers: [{ name: 'Contoso', tenantId: TENANTS.contoso }],
  members: [
    { ...named('anna'), organisationTenantId: TENANTS.fabrikam, roles: ['incentivesAdmin'] },
    { ...named('boris'), organisationTenantId: TENANTS.fabrikam, roles: ['billingAdmin'] },
    { ...named('nikita'), organisationTenantId: TENANTS.fabrikam, roles: [] },
    { ...named('tomas'), organisationTenantId: TENANTS.tailspin, roles: ['globalAdmin'] },
  ],
  staff: [
    { ...named('rita'), roles: ['reviewer'] },
    { ...named('arun'), roles: ['reviewer'] },
    { ...named('lena'), roles: ['reviewer', 'lead'] },
    { ...named('rolf'), roles: ['lead'] },
    { ...named('olga'), roles: ['owner'] },
    { ...named('asif'), roles: ['assessor'] },
    { ...named('otto'), roles: ['operator'] },
  ],
  contacts: [named('dana'), named('emil')],
};

/** The key of histories, as every world has it. */
export const HISTORY_KEY = 'the history key of the tests alone';
/** The keys of histories, as every world has them; each has a memory of its own. */
export const HISTORY_KEYS = createHistoryKeys([HISTORY_KEY]);

export const REVIEWS = '19:reviews@thread.tacv2';

export const place = (conversationId: string, tenantId: string = TENANTS.vendor): Place => ({
  conversationId,
  serviceUrl: 'https://smba.example/emea/',
  tenantId,
  botId: '28:desk',
});
export const chatOf = (name: Name): string => `chat-${name}`;

export interface Options {
  /** Who has never opened a chat with the bot. */
  readonly silent?: readonly Name[];
  readonly noReviewChannel?: boolean;
  readonly files?: Files;
  /** Another store than one in memory. */
  readonly documents?: Documents;
  /** None by default. */
  readonly anchors?: Anchors;
  readonly start?: Instant;
}

export type DeskWorld = Awaited<ReturnType<typeof openWorld>>;

export async function openWorld(options: Options = {}) {
  const clock = adjustableClock(options.start ?? MONDAY);
  const documents = new DocumentsHooked(options.documents);
  const messenger = new MessengerFake();
  const files = new FilesFake(() => clock.now());
  const logged: { readonly level: 'info' | 'warn' | 'error'; readonly sentence: string; readonly fields: object }[] =
    [];
  const write = (level: 'info' | 'warn' | 'error') => (fields: object, sentence: string) => {
    logged.push({ level, sentence, fields });
  };
  const log: Log = { info: write('info'), warn: write('warn'), error: write('error') };
  const chance = { byte: 128 };
  const metered = { deadNotices: 0 };
  let counted = 0;
  /** Refuses what is called `.exe`; anything else is the kind that its name says. */
  const inspection: { answer: Inspection } = {
    answer: async (_files, _key, name) =>
      name.endsWith('.exe') ? { ok: false, problem: 'kindNotAccepted' } : { ok: true, kind: 'pdf' },
  };
  const world: World = {
    documents,
    files: options.files ?? files,
    ...(options.anchors && { anchors: options.anchors }),
    messenger,
    clock,
    log,
    meters: { ...silentMeters, deadNotices: (notices) => void (metered.deadNotices += notices) },
    securityLog: silentSecurityLog,
    rules: RULES,
    inspect: (...asked) => inspection.answer(...asked),
    random: {
      randomId: () => {
        counted += 1;
        return `id${String(counted).padStart(20, '0')}`;
      },
      randomBytes: (length) => new Uint8Array(length).fill(chance.byte),
    },
    historyKeys: createHistoryKeys([HISTORY_KEY]),
    digest: {
      sha256: (text) => createHash('sha256').update(text).digest('hex'),
      sign: (text) => createHmac('sha256', 'secret').update(text).digest('base64url'),
    },
    links: createLinkSealer('secret'),
    pause: () => Promise.resolve(),
    timer: steadyTimer,
    settings: {
      operators: [WHO.ops],
      programmeTenants: [],
      separateDuties: false,
      defaultLanguage: 'en',
      linkMinutes: 30,
      maxPoeBytes: 1000,
      poeKinds: POE_KINDS,
      uploads: { atOnce: 32, bytesAtOnce: 50_000_000, patienceMs: 20_000, bytesPerSecond: 8_000 },
      publicUrl: 'https://desk.example',
    },
  };
  const desk: Desk = createDesk(world);
  /** What the desk knows of people, to look at and to change behind its back. */
  const people = createPeople(world);
  await desk.importDirectory(DIRECTORY);
  if (!options.noReviewChannel) await desk.useChannel(WHO.ops, 'review', place(REVIEWS));
  for (const name of Object.keys(WHO) as Name[]) {
    if (name === 'stefan' || name === 'ops' || options.silent?.includes(name)) continue;
    await greet(name);
  }

  async function greet(name: Name) {
    return desk.greet({ id: WHO[name], name: '', chat: place(chatOf(name), WHO[name].split('/')[0]) });
  }

  let forms = 0;
  /** A claim on its way, and what people do with it. */
  async function file(fields: Partial<Fields> = {}, by: Name = 'anna'): Promise<ClaimId> {
    forms += 1;
    const created = await desk.createClaim(WHO[by], `form-${forms}`, { ...FORM, ...fields });
    if (created.kind === 'refused') throw new Error(JSON.stringify(created.refusal));
    await desk.idle();
    return created.view.claim.id;
  }

  /** Enrols as an operator does who confirms what is asked. */
  async function enrol(what: EnrolmentKind, form: Form, by: Desk = desk): Promise<EnrolmentResult> {
    const enrolled = await by.enrol(WHO.ops, what, form);
    if (enrolled === 'notAllowed') throw new Error('the operator may enrol');
    return 'confirmation' in enrolled ? enrol(what, { ...form, confirmation: enrolled.confirmation }, by) : enrolled;
  }

  async function record(id: ClaimId): Promise<ClaimRecord> {
    const found = await readClaim(world, id);
    if (!found) throw new Error(`no claim ${id}`);
    return found;
  }

  /** What someone asks for, as anyone would: on the newest card. */
  async function press(
    name: Name,
    id: ClaimId,
    request: Request,
    on: Idempotency = { kind: 'none' },
  ): Promise<CommandResult> {
    const pressed = await desk.execute(WHO[name], id, request, on);
    await desk.idle();
    return pressed;
  }

  async function must(name: Name, id: ClaimId, request: Request): Promise<Entry> {
    const pressed = await press(name, id, request);
    if (pressed.kind !== 'done')
      throw new Error(
        `${request.type}: ${JSON.stringify(pressed.kind === 'refused' ? pressed.refusal : pressed.kind)}`,
      );
    return pressed.entry;
  }

  async function prove(id: ClaimId, content = 'proof', by: Name = 'anna'): Promise<void> {
    const taken = await desk.poe.takeFile(WHO[by], id, 'proof.pdf', bytesOf(content));
    if (!taken.ok) throw new Error(taken.problem);
    await desk.idle();
  }

  async function submitted(fields: Partial<Fields> = {}, by: Name = 'anna'): Promise<ClaimId> {
    const id = await file(fields, by);
    await prove(id, 'proof', by);
    await must(by, id, { type: 'SubmitClaim' });
    return id;
  }

  async function underReview(fields: Partial<Fields> = {}): Promise<ClaimId> {
    const id = await submitted(fields);
    await must('arun', id, { type: 'StartReview' });
    return id;
  }

  async function asked(): Promise<ClaimId> {
    const id = await underReview();
    await must('arun', id, { type: 'RequestInformation', reasons: ['missingOrOldDates'], comment: 'Which year?' });
    return id;
  }

  async function approved(fields: Partial<Fields> = {}): Promise<ClaimId> {
    const id = await underReview(fields);
    await must('arun', id, { type: 'ApproveClaim' });
    return id;
  }

  async function rejected(): Promise<ClaimId> {
    const id = await underReview();
    await must('rolf', id, { type: 'RejectClaim', reason: 'insufficientPoe', comment: 'Too thin.' });
    return id;
  }

  async function disputed(): Promise<ClaimId> {
    const id = await rejected();
    await must('anna', id, { type: 'OpenDispute', justification: 'It is all in there.' });
    return id;
  }

  /** The sweep as cron runs it, and the deliveries it began. */
  async function sweep() {
    const swept = await desk.sweep();
    await desk.idle();
    return swept;
  }

  return {
    world,
    desk,
    people,
    clock,
    documents,
    messenger,
    files,
    logged,
    chance,
    metered,
    inspection,
    greet,
    enrol,
    file,
    record,
    press,
    must,
    prove,
    submitted,
    underReview,
    asked,
    approved,
    rejected,
    disputed,
    sweep,
    async claim(id: ClaimId): Promise<Claim> {
      return (await record(id)).claim;
    },
    /** The document to the byte, keys apart. */
    async bytes(id: ClaimId): Promise<string> {
      const stored = await documents.inner.read<ClaimBody>(CLAIM, id);
      return JSON.stringify([stored?.etag, stored?.body]);
    },
    /** The notices on their way. */
    async outbox(id: ClaimId) {
      return (await record(id)).body.outbox;
    },
    /** Replaces a claim's body by one that cannot be read; it is found as before. */
    async breakBody(id: ClaimId): Promise<void> {
      const { claim, body, etag } = await record(id);
      await documents.inner.replace({ ...claimDocument(world, claim, body), body: { ...body, entries: [] } }, etag);
    },
    async types(id: ClaimId): Promise<readonly string[]> {
      return (await record(id)).body.entries.map((entry) => entry.event.type);
    },
    /** Turns the clock and sweeps. */
    async pass(ms: number) {
      clock.turn(ms);
      return sweep();
    },
    /** Another instance of the desk on the same documents, files and Teams. */
    another: (changes: Partial<World> = {}): Desk => createDesk({ ...world, ...changes }),
  };
}
