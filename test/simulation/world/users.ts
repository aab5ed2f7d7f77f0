/**
 * The users of a run. Each has habits: how often they look, how old the card is that they look at, how carefully they
 * press. Together they file claims, add proof, decide, deny, dispute, ask, talk, come and go; some press what is not
 * theirs.
 */
import { activitiesOf, personalChat } from '../../acceptance/support/activities.ts';
import type { Where } from '../../acceptance/support/activities.ts';
import { buttonsOf, linksOf } from '../../acceptance/support/shownCard.ts';
import type { Json, ShownButton } from '../../acceptance/support/shownCard.ts';
import type { Chance } from '../../support/random.ts';
import type { ActivityDelivery, Press } from './activityDelivery.ts';
import { PERSONAS, CHANNELS, ALL_PERSONAS } from './personas.ts';
import type { SimulatedPersona } from './personas.ts';
import {
  anyInputs,
  CLAIM_VERBS,
  filled,
  BUTTON_WEIGHTS,
  newClaim,
  createWords,
  saying,
  answering,
} from './userActions.ts';
import type { Faults } from './faults.ts';
import type { Posted, Conversations } from './conversations.ts';
import { SERVICE } from './tokenIssuer.ts';
import type { Scheduler } from '../engine/scheduler.ts';
import { mistyped } from './mistypedIds.ts';
import { createLinkVisits } from './linkVisits.ts';
import type { LinkVisitsOptions } from './linkVisits.ts';
import type { MessageTaken } from '../checkers/observations.ts';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;
/** Where the files lie that people hand to the bot. */
const FILES = 'https://contoso.sharepoint.com/';
const CLAIM_ID = /CPOR-[0-9A-Z]{6}/;
/** How often users look for what is due soon. */
const WATCH_MS = 6 * HOUR;
/** Presses in a run that no card offers. */
const FORGED_PRESSES = 24;
/** How many claims a user collects all links of. */
const MAX_HOARDED = 3;
/** A customer answers about one of the newest claims. */
const MAX_ANSWERED = 4;
/** The weight of doing nothing, beside the weights of the buttons. */
const IDLE_WEIGHT = 9;
/**
 * How long until a user looks at what is new to them: the share of users, and the longest time. All others never look.
 */
const LOOKS = [
  [0.35, 2 * HOUR],
  [0.3, 1.5 * DAY],
  [0.17, 9 * DAY],
] as const;

export interface UsersOptions {
  readonly scheduler: Scheduler;
  readonly conversations: Conversations;
  readonly faults: Faults;
  readonly delivery: ActivityDelivery;
  readonly chanceFor: (name: string) => Chance;
  readonly visiting: Omit<LinkVisitsOptions, 'scheduler' | 'faults' | 'chance' | 'fileName'>;
  /** The version of a claim as it is stored: what a forged press may say. */
  readonly versionOf: (claim: string) => number;
  /** The ids of the proofs that a claim has: what a forged press may name. */
  readonly poeOf: (claim: string) => readonly string[];
  /** When something is due next for each claim, by its key. */
  readonly dues: () => readonly { readonly claim: string; readonly at: number }[];
  readonly claims: number;
  readonly until: number;
}

export type Users = ReturnType<typeof createUsers>;

export function createUsers({
  scheduler,
  conversations,
  faults,
  delivery,
  chanceFor,
  visiting,
  versionOf,
  poeOf,
  dues,
  claims,
  until,
}: UsersOptions) {
  const activities = activitiesOf(SERVICE);
  const words = createWords();
  const known: string[] = [];
  /** Messages in threads that a user wrote, to be edited or deleted. */
  const said: { readonly by: SimulatedPersona; readonly where: Where & { readonly id: string } }[] = [];
  const reactions = chanceFor('reactions');
  const visits = createLinkVisits({
    scheduler,
    faults,
    chance: chanceFor('visits'),
    fileName: words.fileName,
    ...visiting,
  });

  const isOver = (): boolean => scheduler.now() >= until;

  /** The place of a message, for an activity about it. */
  function placeOf(conversation: string): Where {
    const [channel = '', thread] = conversation.split(';messageid=');
    const found = Object.values(CHANNELS).find((one) => one.channel === channel);
    return found ? { in: { team: found.team, channel, ...(thread !== undefined && { thread }) } } : {};
  }

  function press(
    by: SimulatedPersona,
    on: Pick<Posted, 'conversation' | 'id'>,
    verb: string,
    data: Json,
    hear?: (body: unknown) => void,
  ): void {
    const activity = activities.press(by, { verb, data }, { replyTo: on.id, ...placeOf(on.conversation) });
    const { claim, version } = data;
    const asked: Press = {
      verb,
      ...(typeof claim === 'string' && { claim }),
      ...(typeof version === 'number' && { version }),
    };
    delivery.deliver(by.id, activity, asked, (body) => {
      heard(body);
      hear?.(body);
    });
  }

  /** Everyone hears of claims: their ids are no secret. */
  function heard(body: unknown): void {
    const id = CLAIM_ID.exec(JSON.stringify((body as { value?: unknown } | undefined)?.value ?? ''))?.[0];
    if (id && !known.includes(id)) known.push(id);
  }

  const cardIn = (body: unknown): Json | undefined => {
    const { type, value } = (body ?? {}) as { readonly type?: unknown; readonly value?: unknown };
    return type === 'application/vnd.microsoft.card.adaptive' && typeof value === 'object' && value !== null
      ? (value as Json)
      : undefined;
  };

  /** Files a claim: the form, then the proof. The submission is a button on the draft's card. */
  function file(by: SimulatedPersona, number: number, chance: Chance): void {
    // The draft's card takes the place of the form.
    const form = conversations.post(personalChat(by), { card: { type: 'AdaptiveCard' } });
    press(by, form, 'create', { verb: 'create', ...newClaim(by, number, chance) }, (body) => {
      const card = cardIn(body);
      const id = CLAIM_ID.exec(JSON.stringify(card ?? ''))?.[0];
      if (!card || !id) return;
      conversations.edit(form.conversation, form.id, { card });
      scheduler.after(chance.below(HOUR), () => prove(by, id, chance));
    });
  }

  function prove(by: SimulatedPersona, claim: string, chance: Chance): void {
    press(
      by,
      { conversation: personalChat(by), id: '' },
      'addPoe',
      { verb: 'addPoe', claim, version: versionOf(claim) },
      (body) => {
        const [link] = linksIn(by, claim, cardIn(body));
        if (link === undefined) return;
        const times = chance.happens(0.2) ? 2 : 1;
        for (let time = 0; time < times; time += 1)
          scheduler.after(chance.below(20 * MINUTE), () => visits.add(link, by.id));
        if (chance.happens(0.1)) scheduler.after(chance.below(20 * MINUTE), () => visits.follow('finish', link, by.id));
      },
    );
  }

  /** A user was answered with links: they have them now. */
  function linksIn(by: SimulatedPersona, claim: string, card: Json | undefined): readonly string[] {
    const links = card ? linksOf(card).filter((one) => one.includes('/poe')) : [];
    if (links.length > 0) visits.keep(by.id, claim, links);
    return links;
  }

  /** Looks at a card: any that the user can see, most often the newest. */
  function click(by: SimulatedPersona, chance: Chance): void {
    const cards = conversations.cardsFor(by.id);
    const message = cards[cards.length - 1 - Math.floor(chance.next() * chance.next() * cards.length)];
    if (message) react(by, message, chance);
  }

  /**
   * Looks at a card, as it is or as it was when they looked last, and presses something on it, or finds that nothing
   * has to be done.
   */
  function react(by: SimulatedPersona, message: Posted, chance: Chance, idle = IDLE_WEIGHT): void {
    if (!message.card) return;
    const isOld = message.older.length > 0 && chance.happens(0.12);
    const card = isOld ? chance.pick(message.older) : message.card;
    const buttons = buttonsOf(card).filter(({ verb }) => BUTTON_WEIGHTS[verb] !== undefined);
    const button = weighed(buttons, chance, idle);
    if (button) pressButton(by, message, button, chance);
  }

  function pressButton(
    by: SimulatedPersona,
    on: Pick<Posted, 'conversation' | 'id'>,
    button: ShownButton,
    chance: Chance,
  ): void {
    const { verb } = button;
    const data = filled(button, words, chance);
    if (verb === 'addPoe') {
      const { claim } = data;
      if (typeof claim === 'string') prove(by, claim, chance);
      return;
    }
    press(by, on, verb, data, (body) => {
      const card = cardIn(body);
      const links = verb === 'documents' && typeof data['claim'] === 'string' ? linksIn(by, data['claim'], card) : [];
      if (links.length > 0) visits.follow('download', chance.pick(links), by.id);
      if (!card || !chance.happens(verb === 'reassign' ? 0.9 : 0.25)) return;
      const next =
        verb === 'reassign'
          ? buttonsOf(card).find((one) => one.verb === 'reassign')
          : weighed(
              buttonsOf(card).filter((one) => BUTTON_WEIGHTS[one.verb] !== undefined),
              chance,
            );
      if (next)
        scheduler.after(2_000 + chance.below(60_000), () => {
          if (!isOver()) press(by, on, next.verb, filled(next, words, chance));
        });
    });
  }

  /** A forged press: any verb, on any claim, at any version, with made-up inputs. */
  function forge(by: SimulatedPersona, chance: Chance): void {
    const claim = chance.happens(0.03) || known.length === 0 ? 'CPOR-0ZZZZ0' : chance.pick(known);
    const verb = chance.pick(CLAIM_VERBS);
    const version = chance.happens(0.85) ? versionOf(claim) : chance.pick([1, 2, 999, versionOf(claim) - 1]);
    const poe = poeOf(claim);
    const data = {
      verb,
      claim,
      ...(version > 0 && { version }),
      ...anyInputs(verb, words, chance, poe.length > 0 ? chance.pick(poe) : 'none'),
    };
    press(by, { conversation: personalChat(by), id: '1:forged' }, verb, data, (body) => {
      const [link] = verb === 'addPoe' ? linksIn(by, claim, cardIn(body)) : [];
      if (link !== undefined) visits.add(link, by.id);
    });
  }

  function write(by: SimulatedPersona, text: string): void {
    delivery.deliver(by.id, activities.message(by, text));
  }

  /** Writes in the thread of a claim without mentioning the bot. */
  function reply(by: SimulatedPersona, chance: Chance): boolean {
    const threads = conversations.cardsFor(by.id).filter(({ conversation }) => conversation.includes(';messageid='));
    if (threads.length === 0) return false;
    const where = placeOf(chance.pick(threads).conversation);
    const activity = activities.message(by, `I say ${words.word()}`, { ...where, mention: false });
    said.push({ by, where: { ...where, id: String(activity['id']) } });
    delivery.deliver(by.id, activity);
    return true;
  }

  /** Hands the bot a proof for one claim, with its id as people type ids. */
  function handOver(by: SimulatedPersona, chance: Chance): void {
    const claim = chance.pick(known);
    const file = { name: words.fileName(), downloadUrl: `${FILES}${claim}/${words.word()}.pdf` };
    const typed = mistyped(claim, chance);
    delivery.deliver(by.id, activities.file(by, file, chance.happens(0.5) ? typed : `Proof for ${typed}, please`));
  }

  function reconsider(chance: Chance): boolean {
    if (said.length === 0) return false;
    const { by, where } = chance.pick(said);
    delivery.deliver(
      by.id,
      chance.happens(0.6) ? activities.edited(by, `I meant ${words.word()}`, where) : activities.deleted(by, where),
    );
    return true;
  }

  /** At the last moment, or just after it, a user presses what the claim's card still offers. */
  function pressAtDeadline(claim: string, chance: Chance): void {
    const shown = conversations.all().filter(({ card }) => card !== undefined && JSON.stringify(card).includes(claim));
    const message = shown.length > 0 ? chance.pick(shown) : undefined;
    const reader = message && conversations.readers(message.conversation)[0];
    const by = ALL_PERSONAS.find(({ id }) => id === reader);
    if (by && message) react(by, message, chance, 0);
  }

  /** One action of a user, or none where there is nothing to do. */
  function act(by: SimulatedPersona, chance: Chance): void {
    const lot = chance.next();
    const claim = known.length > 0 ? chance.pick(known.slice(-MAX_ANSWERED)) : undefined;
    if (by.rights.contact === true && lot < 0.25) write(by, answering(claim, chance));
    else if (lot < 0.1) write(by, saying(known.length > 0 ? chance.pick(known) : undefined, words, chance));
    else if (lot < 0.14) reply(by, chance);
    else if (lot < 0.16) reconsider(chance);
    else if (by.rights.member && lot < 0.24 && known.length > 0) handOver(by, chance);
    else click(by, chance);
  }

  return {
    /** Starts all users; `pace` is the mean time between two actions of one person, in hours. */
    begin(pace: number): void {
      const filing = chanceFor('filing');
      const writers = [PERSONAS.anna, PERSONAS.boris, PERSONAS.tomas, PERSONAS.petra];
      for (let number = 1; number <= claims; number += 1) {
        const by = filing.pick(writers);
        scheduler.after(filing.below((until - scheduler.now()) / 3), () =>
          file(by, number, chanceFor(`claim ${number}`)),
        );
      }
      const last = chanceFor('last moments');
      const watch = (): void => {
        for (const { claim, at } of dues()) {
          const wait = at - scheduler.now();
          if (wait > 0 && wait < WATCH_MS && last.happens(0.4))
            scheduler.after(wait + last.below(6_000) - 4_000, () => {
              if (!isOver()) pressAtDeadline(claim, last);
            });
        }
        if (!isOver()) scheduler.after(WATCH_MS, watch);
      };
      watch();
      const forging = chanceFor('forging');
      for (let time = 0; time < FORGED_PRESSES; time += 1)
        scheduler.after(forging.below(until - scheduler.now()), () => forge(forging.pick(ALL_PERSONAS), forging));
      for (const by of ALL_PERSONAS) {
        const chance = chanceFor(`habits of ${by.name}`);
        const own = pace * (0.4 + chance.next() * 1.6) * (by.rights.staff.length > 0 || by.rights.member ? 1 : 1.5);
        const next = (): void => {
          const wait = Math.min(-Math.log(1 - chance.next()) * own * HOUR, 20 * DAY);
          scheduler.after(wait, () => {
            if (isOver()) return;
            act(by, chance);
            next();
          });
        };
        next();
      }
    },
    act,
    /** A message was posted or edited: one of its readers looks at it, sooner or later or never. */
    noticed({ conversation, messageId, card, readers }: MessageTaken): void {
      if (!card || isOver()) return;
      visits.tryAfterChange(card);
      const reader = reactions.pick(readers);
      const by = ALL_PERSONAS.find(({ id }) => id === reader);
      let lot = reactions.next();
      const look = LOOKS.find(([share]) => (lot -= share) < 0);
      if (!by || !look) return;
      scheduler.after(reactions.below(look[1]), () => {
        const message = conversations.message(conversation, messageId);
        if (message && !isOver()) react(by, message, reactions);
      });
    },
    /** A user who is about to lose their rights collects links, which are tried in the hour after. */
    collectLinks(by: SimulatedPersona, chance: Chance): void {
      const verbs = ['documents', 'addPoe'] as const;
      for (const claim of known.slice(-MAX_HOARDED)) {
        for (const verb of verbs) {
          press(
            by,
            { conversation: personalChat(by), id: '' },
            verb,
            { verb, claim, version: versionOf(claim) },
            (body) => {
              const [link] = linksIn(by, claim, cardIn(body));
              if (link !== undefined && verb === 'addPoe') visits.add(link, by.id);
            },
          );
        }
      }
      scheduler.after(MINUTE + chance.below(MINUTE), () => visits.tryAfterRevocation(by.id));
    },
    /** They install the bot in their chat, for the first time or again. */
    arrive(by: SimulatedPersona): void {
      conversations.setOpen(personalChat(by), true);
      delivery.deliver(by.id, activities.installed(by));
    },
    leave(by: SimulatedPersona): void {
      conversations.setOpen(personalChat(by), false);
      delivery.deliver(by.id, activities.removed(by));
    },
    /** The bot is taken out of a channel or put in again; or the channel is deleted, and brought back. */
    channel(name: keyof typeof CHANNELS, isIn: boolean, isDeletion = false): void {
      const { channel, team, members } = CHANNELS[name];
      const by = PERSONAS[members[0]];
      const where = { in: { channel, team } };
      conversations.setOpen(channel, isIn);
      const membership = isIn ? activities.joined(by, 'bot', where) : activities.left(by, 'bot', where);
      const change = activities.channelChanged(by, isIn ? 'channelRestored' : 'channelDeleted', where);
      delivery.deliver(by.id, isDeletion ? change : membership);
    },
    /** They get a new version of the app; Teams says so in one way or in two. */
    updateApp(by: SimulatedPersona, chance: Chance): void {
      delivery.deliver(by.id, activities.updated(by));
      if (chance.happens(0.5)) delivery.deliver(by.id, activities.joined(by, 'bot'));
    },
    /** A user says something to others in a channel. */
    chatter(name: keyof typeof CHANNELS): void {
      const { channel, team, members } = CHANNELS[name];
      const by = PERSONAS[members[0]];
      delivery.deliver(by.id, activities.message(by, 'Good morning', { in: { channel, team }, mention: false }));
    },
  };
}

/** Draws one of the buttons by its weight, or none by the weight of `idle`. */
function weighed(buttons: readonly ShownButton[], chance: Chance, idle = 0): ShownButton | undefined {
  let lot = chance.next() * buttons.reduce((sum, { verb }) => sum + (BUTTON_WEIGHTS[verb] ?? 0), idle);
  for (const button of buttons) {
    lot -= BUTTON_WEIGHTS[button.verb] ?? 0;
    if (lot < 0) return button;
  }
  return undefined;
}
