/**
 * Users who press buttons at random, on the cards that Teams shows, several at once; and a Teams that delivers again
 * what was not answered.
 */
import { setTimeout as pause } from 'node:timers/promises';
import { expect } from 'chai';
import type { ClaimId } from '../../src/domain/claims/values.ts';
import { claimIdsIn } from '../../src/domain/claims/claimId.ts';
import { pdf } from '../files/samples.ts';
import type { Activities, Activity } from '../acceptance/support/activities.ts';
import { PERSONAS, CUSTOMER_TENANT, MPN, SECOND_MPN } from '../acceptance/support/personas.ts';
import type { Connector } from '../acceptance/support/connector.ts';
import type { ClaimReader } from '../acceptance/support/claimReader.ts';
import type { Json, ShownCard } from '../acceptance/support/shownCard.ts';
import { linksOf, textOf, verbsOf } from '../acceptance/support/shownCard.ts';
import type { User } from '../acceptance/support/user.ts';
import { inChannel, createUser } from '../acceptance/support/user.ts';
import { post } from '../acceptance/support/scenario.ts';
import type { Answered } from '../acceptance/support/scenario.ts';
import type { Chance } from '../support/random.ts';
import type { Processes } from './processes.ts';
import { createLinkBrowser, putFile } from '../support/linkBrowser.ts';

/** The relative frequency with which a button that is offered is pressed. */
const PRESSES = {
  submit: 30,
  start: 20,
  resubmit: 20,
  approve: 9,
  request: 5,
  reject: 3,
  overturn: 4,
  uphold: 2,
  deny: 0.5,
  agree: 0.5,
  dispute: 8,
  comment: 2,
  edit: 1,
  reassign: 1,
  withdraw: 0.5,
  assess: 2,
} as const;
type Pressed = keyof typeof PRESSES;
const DECISIONS = [
  'start',
  'resubmit',
  'approve',
  'request',
  'reject',
  'overturn',
  'uphold',
  'deny',
  'agree',
  'dispute',
  'assess',
];

const AGAIN_SAME_ID = 0.15;
const AGAIN_NEW_ID = 0.1;
const MOST_TRIES = 200;

export interface Counts {
  clicks: number;
  answers: number;
  /** Delivered again although it was answered: with the same id, with another. */
  sameId: number;
  newId: number;
  /** Delivered again because it was not answered. */
  unanswered: number;
  replies: number;
  words: number;
}

/** A card was answered that shows this version of a claim; the claim never goes back behind it. */
export interface Promised {
  readonly claim: string;
  readonly version: number;
}

export interface UsersDeps {
  readonly connector: Connector;
  readonly activities: Activities;
  readonly reader: ClaimReader;
  readonly processes: Processes;
  readonly chance: Chance;
}

export function createUsers({ connector, activities, reader, processes, chance }: UsersDeps) {
  const counts: Counts = { clicks: 0, answers: 0, sameId: 0, newId: 0, unanswered: 0, replies: 0, words: 0 };
  const promised: Promised[] = [];
  /** Replies in threads, each with words of its own, that a desk accepted. */
  const said: { readonly claim: string; readonly text: string }[] = [];
  let spoken = 0;
  const backend = {
    connector,
    activities,
    post: (activity: Activity) => delivered(activity),
    idle: () => Promise.resolve(),
  };
  const people = Object.fromEntries(
    Object.entries(PERSONAS).map(([name, persona]) => [name, createUser(backend, persona)]),
  ) as Record<keyof typeof PERSONAS, User>;
  const sides = {
    review: [people.arun, people.rita, people.lena],
    partner: [people.anna, people.boris],
    customer: [people.dana],
  } as const;

  const words = (what: string): string => {
    spoken += 1;
    return `${what} number ${spoken}.`;
  };

  /**
   * Delivers to one of the desks until one has answered, as Teams does. Then perhaps once more, to another, as Teams
   * sometimes does.
   */
  async function delivered(activity: Activity): Promise<Answered> {
    for (let tries = 0; tries < MOST_TRIES; tries += 1) {
      const port = processes.port();
      const answer = port === undefined ? undefined : await post(port, JSON.stringify(activity)).catch(() => undefined);
      if (answer && answer.status === 200) {
        counts.answers += 1;
        await perhapsAgain(activity, port);
        return answer;
      }
      if (port !== undefined) counts.unanswered += 1;
      await pause(20 + tries * 5);
    }
    throw new Error(`no one answered ${JSON.stringify(activity)}`);
  }

  async function perhapsAgain(activity: Activity, port: number | undefined): Promise<void> {
    const lot = chance.next();
    const other = processes.port(port);
    if (other === undefined || lot >= AGAIN_SAME_ID + AGAIN_NEW_ID) return;
    const isSame = lot < AGAIN_SAME_ID;
    counts[isSame ? 'sameId' : 'newId'] += 1;
    await post(other, JSON.stringify(isSame ? activity : { ...activity, id: `${String(activity['id'])}9` })).catch(
      () => undefined,
    );
  }

  function noted({ body }: Answered): Json | undefined {
    const card = body['value'];
    if (typeof card !== 'object' || card === null) return undefined;
    const text = JSON.stringify(card);
    const version = /"version":(\d+)/.exec(text)?.[1];
    const [claim] = claimIdsIn(text);
    if (claim && version) promised.push({ claim, version: Number(version) });
    return card as Json;
  }

  /** The inputs for the form of a button. */
  function filling(verb: Pressed): Readonly<Record<string, string>> {
    switch (verb) {
      case 'request':
        return { reasons: 'missingOrOldDates', comment: words('Question') };
      case 'reject':
        return { reason: 'insufficientPoe', comment: words('Reason') };
      case 'withdraw':
        return { reason: 'noLongerWorking', comment: '' };
      case 'deny':
        return { reason: words('Denial') };
      case 'dispute':
        return { justification: words('Justification') };
      case 'uphold':
      case 'overturn':
        return { comment: words('Decision') };
      case 'comment':
        return { comment: words('Comment') };
      case 'edit':
        return { partnerContactName: words('Boris') };
      case 'assess':
        return { eligible: 'yes', programme: 'OSU' };
      default:
        return {};
    }
  }

  async function click(id: ClaimId): Promise<void> {
    const { homes } = (await reader.record(id)).body;
    const home = chance.weighed({
      ...(homes['review'] && { review: 5 }),
      ...(homes['partner'] && { partner: 4 }),
      ...(homes['customer'] && { customer: 1 }),
    });
    if (!home) return;
    const card = await reader.home(id, home).catch(() => undefined);
    if (!card) return;
    const person = chance.pick(sides[home]);
    if (home === 'review' && chance.happens(0.06)) return reply(id, card, person);
    if (chance.happens(0.03)) return ask(id);
    const there = new Set(verbsOf(card.card));
    // No one comments for want of anything else to do.
    if (!DECISIONS.some((name) => there.has(name)) && chance.happens(0.9)) return;
    const offered = (Object.keys(PRESSES) as Pressed[]).filter((name) => there.has(name));
    const verb = chance.weighed<Pressed>(Object.fromEntries(offered.map((name) => [name, PRESSES[name]])));
    if (!verb) return;
    counts.clicks += 1;
    const answer = await delivered(person.pressOn(card, verb, filling(verb)));
    expect(answer.body['type'], answer.text).to.equal('application/vnd.microsoft.card.adaptive');
    const shown = noted(answer);
    // The form to reassign is in the answer: who can take the claim is nothing for a channel's card.
    if (verb === 'reassign' && shown && verbsOf(shown).includes('reassign')) {
      noted(
        await delivered(person.pressOn({ ...card, card: shown }, 'reassign', { to: chance.pick(sides.review).id })),
      );
    }
  }

  /** A comment as a message in the thread. The desk answers only if it refuses it. */
  async function reply(id: ClaimId, { conversationId }: ShownCard, person: User): Promise<void> {
    const where = inChannel(conversationId).in;
    if (!where) return;
    const text = words('Reply');
    counts.replies += 1;
    const heard = connector.messages(conversationId).length;
    await delivered(activities.message(person.persona, text, { in: where, mention: false }));
    const isRefused = connector
      .messages(conversationId)
      .slice(heard)
      .some((message) => !message.card && message.text !== undefined && !message.text.startsWith(id));
    if (!isRefused) said.push({ claim: id, text });
  }

  /** Asked by a person whose chat is not a claim's home, so that the answer is not taken for a notice. */
  async function ask(id: ClaimId): Promise<void> {
    counts.words += 1;
    await delivered(activities.message(people.nikita.persona, `status ${id}`));
  }

  /** A claim from a form, with a document, submitted; every other pair is for the MPN id that has a channel. */
  async function file(number: number): Promise<ClaimId> {
    const by = number % 2 === 0 ? people.anna : people.boris;
    const inputs = {
      form: `stress-${number}`,
      mpnId: number % 4 < 2 ? MPN : SECOND_MPN,
      kind: 'businessApplications/usage',
      customerName: 'Contoso',
      customerDomain: 'contoso.com',
      customerTenantId: CUSTOMER_TENANT,
      customerContactName: PERSONAS.dana.name,
      customerContactTitle: 'CIO',
      customerContactEmail: PERSONAS.dana.email,
      partnerContactName: by.name,
      partnerContactEmail: by.persona.email,
      products: 'd365-sales,power-bi',
      subscriptionIds: 'aaaaaaaa-0000-4000-8000-000000000001',
    };
    const formAt = { replyTo: '' };
    const created = noted(
      await delivered(activities.press(by.persona, { verb: 'create', data: { verb: 'create', ...inputs } }, formAt)),
    );
    const [id] = claimIdsIn(created ? textOf(created) : '');
    if (!id) throw new Error(`no claim was filed: ${JSON.stringify(created)}`);
    for (let tries = 0; tries < MOST_TRIES; tries += 1) {
      const offered = noted(
        await delivered(
          activities.press(by.persona, { verb: 'addPoe', data: { verb: 'addPoe', claim: id, version: 1 } }, formAt),
        ),
      );
      const link = offered && linksOf(offered).find((one) => one.includes('/poe/'));
      const port = processes.port();
      const page = link && port !== undefined ? link.replace(/:\d+\//, `:${port}/`) : undefined;
      const browser = createLinkBrowser();
      const put =
        page &&
        (await browser
          .enter(page)
          .then(() => putFile(browser, page, 'work.pdf', pdf(`/Info(stress ${number})`)))
          .catch(() => undefined));
      if (put && (put.status === 201 || (await put.text()).includes('duplicate'))) break;
      await pause(50);
    }
    const { version } = await reader.claim(id);
    noted(
      await delivered(
        activities.press(by.persona, { verb: 'submit', data: { verb: 'submit', claim: id, version } }, formAt),
      ),
    );
    return id;
  }

  return { people, counts, promised, said, click, file };
}
