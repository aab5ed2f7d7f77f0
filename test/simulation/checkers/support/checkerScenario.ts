/**
 * A scenario for the test of one checker: a user asks, an instance writes, something is shown; one thing each second.
 */
import { personalChat } from '../../../acceptance/support/activities.ts';
import type { PersonaName, Rights } from '../../world/personas.ts';
import { PERSONAS, CHANNELS, MPN, organisationId, TENANTS } from '../../world/personas.ts';
import type { ActivityAnswered, ActivityAsked, Json, Checker, DocumentWritten, GroundTruth } from '../observations.ts';
import { NOTHING } from '../observations.ts';

export const CLAIM = 'CPOR-7F3K9Q';
const SECOND = 1_000;
export const MINUTE = 60 * SECOND;
const NONE: Rights = { staff: [] };
const IN = 'desk1#1';

export type Who = PersonaName | 'desk';

interface Held {
  readonly since: number;
  readonly rights: Rights;
}

interface Writing {
  readonly by?: string;
  readonly press?: string;
  readonly side?: string;
  readonly claim?: string;
  /** How long before it the version that it replaces was read. */
  readonly readBefore?: number;
  /** What the document is found by. */
  readonly keys?: DocumentWritten['keys'];
}

interface Asking {
  readonly by?: string;
  readonly again?: number;
  readonly channel?: keyof typeof CHANNELS;
}

interface Showing {
  readonly how?: 'post' | 'edit';
  readonly messageId?: string;
  readonly to?: PersonaName;
  readonly channel?: keyof typeof CHANNELS;
}

export type Scenario<Opened extends Checker> = ReturnType<typeof createScenario<Opened>>;

export function createScenario<Opened extends Checker>(open: (groundTruth: GroundTruth) => Opened) {
  let at = Date.UTC(2026, 4, 4, 9);
  let asked = 0;
  const rights = new Map<string, Held[]>(
    Object.values(PERSONAS).map(({ id, rights: held }) => [id, [{ since: 0, rights: held }]]),
  );
  const bodies = new Map<string, Json>();
  const unanswered = new Map<number, ActivityAsked>();
  const uncheckable = new Set<string>();
  let policies: readonly string[] = ['2020'];
  const problems: string[] = [];

  const between = (person: string, from: number, to: number): readonly Rights[] => {
    const all = rights.get(person) ?? [];
    const first = all.findLastIndex(({ since }) => since <= from);
    return all.filter(({ since }, index) => index >= first && since <= to).map((held) => held.rights);
  };
  const checker = open({
    ...NOTHING,
    now: () => at,
    rightsOf: (person, when) => between(person, when, when).at(-1) ?? NONE,
    everBetween: (person, from, to, had) => between(person, from, to).some(had),
    policies: () => policies,
    isUncheckable: (claim) => uncheckable.has(claim),
    documents: (wanted) =>
      [...bodies].flatMap(([key, body]) => {
        const [kind = '', id = ''] = key.split(' ');
        return kind === wanted ? [{ id, body, keys: [] }] : [];
      }),
  });
  const heard = (said: readonly string[] | undefined): void => {
    problems.push(...(said ?? []));
  };
  const versionOf = (claim: string): number =>
    (bodies.get(`claim ${claim}`)?.['entries'] as readonly unknown[] | undefined)?.length ?? 0;
  const idOf = (who: Who): string => (who === 'desk' ? 'desk' : PERSONAS[who].id);

  function write(
    kind: string,
    id: string,
    after: Json,
    { by = IN, readBefore = SECOND, keys = [] }: Writing = {},
  ): void {
    const before = bodies.get(`${kind} ${id}`);
    bodies.set(`${kind} ${id}`, after);
    heard(checker.wrote?.({ at, by, off: 0, kind, id, before, after, keys, readAt: at - readBefore }));
  }

  const scenario = {
    checker,
    problems,
    version: (claim = CLAIM): number => versionOf(claim),
    passes(ms: number): void {
      at += ms;
    },
    uncheckable: (claim = CLAIM): void => {
      uncheckable.add(claim);
    },
    policies(...now: readonly string[]): void {
      policies = now;
    },
    /** From now on they may this. */
    has(who: PersonaName, now: Rights): void {
      at += SECOND;
      rights.get(PERSONAS[who].id)?.push({ since: at, rights: now });
    },

    /** Something is written into the claim. */
    happens(type: string, who: Who, facts: Json = {}, writing: Writing = {}): void {
      at += SECOND;
      const id = writing.claim ?? CLAIM;
      const body = bodies.get(`claim ${id}`) ?? { entries: [], outbox: [], homes: {} };
      const entries = body['entries'] as readonly Json[];
      const side = writing.side ?? SIDES[type] ?? (who === 'desk' ? 'desk' : 'partner');
      const entry = {
        version: entries.length + 1,
        ...(writing.press !== undefined && { press: writing.press }),
        event: { type, at, by: { side, id: idOf(who), name: who }, ...facts },
      };
      write('claim', id, { ...body, entries: [...entries, entry] }, writing);
    },
    /** The row of the claim is put back to one that has gone on without anyone being told. */
    putBack(...types: readonly string[]): void {
      const body = bodies.get(`claim ${CLAIM}`) ?? {};
      const entries = types.map((type) => ({ event: { type, at, by: { side: 'review', id: 'x', name: 'x' } } }));
      bodies.set(`claim ${CLAIM}`, { ...body, entries: [...(body['entries'] as readonly Json[]), ...entries] });
    },
    /** The document of the claim changes without an entry. */
    keeps(changes: Json, claim = CLAIM, writing: Writing = {}): void {
      at += SECOND;
      write('claim', claim, { ...bodies.get(`claim ${claim}`), ...changes }, writing);
    },
    /** An operator writes a document. */
    writes(kind: string, id: string, body: Json): void {
      at += SECOND;
      write(kind, id, body, { by: 'operator#1' });
    },
    channel(name: keyof typeof CHANNELS, purpose: string = CHANNELS[name].purpose): void {
      at += SECOND;
      write('channel', purpose, { purpose, place: { conversationId: CHANNELS[name].channel } }, { by: 'operator#1' });
    },

    /** A user presses a button on the claim's card, by default on the card of the newest version. */
    presses(
      who: PersonaName,
      verb: string,
      {
        claim = CLAIM,
        version = versionOf(claim),
        isVersioned = true,
        inputs = {},
        ...asking
      }: Asking & { version?: number; isVersioned?: boolean; claim?: string; inputs?: Json } = {},
    ): number {
      const data = { ...inputs, verb, claim, ...(isVersioned && { version }) };
      return brought(who, { type: 'invoke', name: 'adaptiveCard/action', value: { action: { verb, data } } }, asking, {
        verb,
        claim,
        ...(isVersioned && { version }),
      });
    },
    says(who: PersonaName, text: string, asking: Asking = {}): number {
      return brought(who, { type: 'message', text }, asking);
    },
    /** What was asked is answered, by default with nothing. */
    answers(number: number, answer: Omit<Partial<ActivityAnswered>, 'asked' | 'at'> = {}): void {
      at += SECOND;
      const asking = unanswered.get(number);
      if (!asking) throw new Error(`no one asked ${number}`);
      heard(checker.answered?.({ asked: asking, at, disturbed: false, ...answer }));
    },
    /** A message takes effect. */
    shows(
      what: { readonly text?: string; readonly card?: Json },
      { how = 'post', messageId = 'm1', to = 'anna', channel }: Showing = {},
    ): void {
      at += SECOND;
      const conversation = channel ? `${CHANNELS[channel].channel};messageid=${messageId}` : personalChat(PERSONAS[to]);
      const readers = channel ? CHANNELS[channel].members.map((name) => PERSONAS[name].id) : [PERSONAS[to].id];
      heard(checker.taken?.({ at, by: IN, how, conversation, messageId, readers, acknowledged: true, ...what }));
    },
    ends(): void {
      heard(checker.ended?.());
    },

    // --- a claim on its way, everything as it should be ---

    created(facts: { readonly customerName?: string; readonly claim?: string; readonly mpnId?: string } = {}): void {
      scenario.presses('anna', 'create');
      const fields = {
        mpnId: facts.mpnId ?? MPN.fabrikam,
        customerName: facts.customerName ?? 'Contoso 7',
        customerTenantId: TENANTS.contoso,
        customerContactEmail: PERSONAS.dana.email,
      };
      scenario.happens(
        'ClaimCreated',
        'anna',
        { id: facts.claim ?? CLAIM, partner: { id: organisationId('fabrikam'), name: 'Fabrikam' }, fields },
        facts.claim === undefined ? {} : { claim: facts.claim },
      );
    },
    submitted(): void {
      scenario.created();
      scenario.does('anna', 'submit', 'ClaimSubmitted');
    },
    underReview(): void {
      scenario.submitted();
      scenario.does('arun', 'start', 'ReviewStarted', { assignee: { id: PERSONAS.arun.id, name: 'Arun' } });
    },
    approved(): void {
      scenario.underReview();
      scenario.does('arun', 'approve', 'ClaimApproved');
    },
    rejected(): void {
      scenario.underReview();
      scenario.does('arun', 'reject', 'ClaimRejected', { comment: 'Because of w5x' });
    },
    /** Presses, and it is done. */
    does(who: PersonaName, verb: string, type: string, facts: Json = {}): void {
      scenario.presses(who, verb);
      scenario.happens(type, who, facts);
    },
  };

  function brought(
    who: PersonaName,
    own: Json,
    { by = IN, again, channel }: Asking,
    press?: ActivityAsked['press'],
  ): number {
    at += SECOND;
    asked += 1;
    const conversation = { id: channel ? `${CHANNELS[channel].channel};messageid=1` : personalChat(PERSONAS[who]) };
    const one: ActivityAsked = {
      number: asked,
      at,
      by,
      person: PERSONAS[who].id,
      activity: { ...own, conversation },
      ...(again !== undefined && { again }),
      ...(press && { press }),
    };
    unanswered.set(asked, one);
    heard(checker.asked?.(one));
    return asked;
  }

  return scenario;
}

/** The side that the history names, where it is not the partner's. */
const SIDES: Readonly<Record<string, string>> = {
  ReviewStarted: 'review',
  ClaimReassigned: 'review',
  InformationRequested: 'review',
  ClaimApproved: 'review',
  ClaimRejected: 'review',
  DisputeUpheld: 'review',
  DisputeOverturned: 'review',
  AssessmentReported: 'review',
  ConsentDenied: 'customer',
  ConsentAgreed: 'customer',
  ObjectionRecorded: 'customer',
  ObjectionWithdrawn: 'customer',
  LateDenialRecorded: 'customer',
};

/** A claim's card as it matters to checkers: its buttons, and a text. */
export function cardOf(version: number, verbs: readonly string[] = ['show'], text = '', claim = CLAIM): Json {
  const actions = verbs.map((verb) => ({ type: 'Action.Execute', verb, data: { verb, claim, version } }));
  return { type: 'AdaptiveCard', fallbackText: claim, body: [{ type: 'TextBlock', text }], actions };
}

/** The answer to a press. */
export function answerOf(card: Json): Json {
  return { statusCode: 200, type: 'application/vnd.microsoft.card.adaptive', value: card };
}
