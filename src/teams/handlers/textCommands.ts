/** Sentence → answer: what somebody typed, asked of the desk, and put into words or a card (R52). */
import type { ClaimId } from '../../domain/claims/values.ts';
import { mayGive } from '../../domain/claims/decide.ts';
import type { Member } from '../../domain/claims/permission.ts';
import { isReviewer } from '../../domain/claims/permission.ts';
import type { Desk } from '../../desk/desk.ts';
import type { ListName } from '../../desk/queries/lists.ts';
import type { Person } from '../../desk/directory/people.ts';
import { viewClaim } from '../../desk/queries/view.ts';
import { say } from '../../locales/say.ts';
import type { IncomingActivity } from '../activity.ts';
import type { Caller, CardActions } from './cardActions.ts';
import type { Card } from '../cards/templates.ts';
import type { Cards } from '../cards/cards.ts';
import type { HelpOptions } from '../cards/cardOptions.ts';
import type { Speech } from '../text/format.ts';
import { enrolForm, isOperator } from './enrolment.ts';
import { messageKey } from '../activity.ts';
import type { Intent } from '../intents/intent.ts';
import { understand } from '../intents/understand.ts';
import type { CommandReply } from './answer.ts';

/** Turns the clock of the local Teams and says what time it is then, to whom it may be spoken so. There, and only there. */
export type TimeTravel = (by: Omit<Extract<Intent, { kind: 'time' }>, 'kind'>, speech: Speech) => Promise<string>;

export type TextCommands = ReturnType<typeof createTextCommands>;

const MAX_LISTED = 10;
const MAX_OFFERED = 8;

export function createTextCommands(desk: Desk, cards: Cards, actions: CardActions, turnClock?: TimeTravel) {
  const playground = turnClock !== undefined;

  async function answer(text: string, caller: Caller, incoming: IncomingActivity): Promise<CommandReply> {
    const intent = understand(text, { playground });
    const { person, speech } = caller;
    const words = (key: Parameters<typeof say>[1], values = {}): CommandReply => ({
      card: cards.message(say(speech.language, key, values), { ...speech, tone: 'plain' }),
      forAll: true,
    });
    switch (intent.kind) {
      case 'help':
        return { card: cards.help({ ...speech, ...rolesOf(await desk.memberBy(person.id)) }) };
      case 'newClaim':
        return { card: await actions.newClaim(caller, { form: desk.world.ids.randomId() }) };
      case 'list':
        return list(intent.name, caller);
      case 'status':
        return intent.claim ? status(intent.claim, caller, incoming) : ownStatus(caller, incoming);
      case 'history':
        return { card: await actions.history(intent.claim, {}, caller) };
      case 'comment': {
        const pressed = await desk.press(person.id, intent.claim, {
          type: 'AddComment',
          text: intent.text,
          message: messageKey(incoming),
        });
        return {
          card: await actions.answer(
            pressed,
            { verb: 'comment', inputs: { comment: intent.text }, personal: true, claim: intent.claim },
            caller,
          ),
        };
      }
      case 'act':
        return act(intent, caller, incoming);
      case 'needsClaim':
        return words('answer.needsClaim', { word: intent.word });
      case 'enrol':
        return { card: await enrolForm(desk, cards, intent.what, await desk.memberBy(person.id), speech) };
      case 'useChannel':
        return useChannel(intent.purpose, caller, incoming);
      case 'badMpn':
        return words('answer.badMpn', { text: intent.text });
      case 'language':
        return { card: await actions.language(intent.language, caller) };
      case 'time':
        return turnClock ? { text: await turnClock(intent, speech), forAll: true } : words('answer.unknown');
      case 'unknown':
        return unknown(intent.text, caller, incoming);
      default:
        return intent satisfies never;
    }
  }

  async function act(
    intent: Extract<Intent, { kind: 'act' }>,
    caller: Caller,
    incoming: IncomingActivity,
  ): Promise<CommandReply> {
    const { verb, claim } = intent;
    const press = { verb, inputs: {}, personal: true, claim };
    if (verb === 'withdraw' || verb === 'dispute') {
      const seen = await desk.look(caller.person.id, claim);
      if (!seen) return { card: actions.notFound(claim, caller.speech) };
      const type = verb === 'withdraw' ? 'RequestRejection' : 'OpenDispute';
      if (seen.view.actions.includes(type))
        return { card: await actions.claimCard(seen.view, press, caller, { open: verb }) };
      const refusal = mayGive(type, await desk.memberBy(caller.person.id), seen.view.claim) ?? {
        code: 'nothingChanged',
      };
      return { card: await actions.answer({ kind: 'refused', view: seen.view, refusal }, press, caller) };
    }
    const type = ACTS[verb];
    return {
      card: await actions.answer(
        await desk.press(caller.person.id, claim, { type }, { once: messageKey(incoming) }),
        press,
        caller,
      ),
    };
  }

  async function list(name: ListName, { person, speech }: Caller): Promise<CommandReply> {
    const found = await desk.list(person.id, name, MAX_LISTED);
    const member = await desk.memberBy(person.id);
    if (found) {
      const views = found.claims.map((claim) => viewClaim(claim, { kind: 'person', member }, desk.now()));
      return { card: cards.list(name, { views, more: found.more }, { ...speech, now: desk.now() }) };
    }
    if (name === 'claims') return { card: welcome(person, member, speech) };
    return { card: cards.message(say(speech.language, 'answer.reviewersOnly'), { ...speech, tone: 'attention' }) };
  }

  /** Who somebody is to the desk, and what they can ask of it; for a stranger, how to get enrolled. */
  function welcome({ name, tenantId, objectId }: Person, member: Member, speech: Speech): Card {
    const roles = rolesOf(member);
    return cards.welcome({
      ...speech,
      ...roles,
      known: member.staff.length > 0 || roles.partner || roles.customer,
      name,
      tenantId,
      objectId,
    });
  }

  /** In a channel a claim is shown as that channel may see it; everywhere else as the caller may, to the caller alone. */
  async function status(claim: ClaimId, caller: Caller, incoming: IncomingActivity): Promise<CommandReply> {
    const seen = await desk.look(caller.person.id, claim);
    if (!seen) return { card: actions.notFound(claim, caller.speech), forAll: true };
    const reader = incoming.personal
      ? undefined
      : await desk.channelReader(incoming.place.conversationId, seen.view.claim);
    if (!reader) return { card: await actions.claimCard(seen.view, { personal: true }, caller) };
    const view = viewClaim(seen.view.claim, reader, desk.now());
    return { card: cards.claim(view, { ...caller.speech, now: desk.now(), place: 'channel' }), forAll: true };
  }

  async function ownStatus(caller: Caller, incoming: IncomingActivity): Promise<CommandReply> {
    const found = await desk.list(caller.person.id, 'claims', 2);
    const [only, second] = found?.claims ?? [];
    return only && !second ? status(only.id, caller, incoming) : list('claims', caller);
  }

  async function useChannel(
    purpose: string,
    { person, speech }: Caller,
    incoming: IncomingActivity,
  ): Promise<CommandReply> {
    const member = await desk.memberBy(person.id);
    const said = (key: Parameters<typeof say>[1], values = {}): CommandReply => ({
      text: say(speech.language, key, values),
      forAll: true,
    });
    if (incoming.personal || incoming.groupChat) return said('answer.onlyInChannel');
    const mpnId = purpose.startsWith('mpn:') ? purpose.slice('mpn:'.length) : undefined;
    const own =
      mpnId !== undefined &&
      member.memberships.some((membership) => membership.roles.length > 0 && membership.mpnIds.includes(mpnId));
    if (!isOperator(member) && !own) return said('answer.operatorOnly');
    if (mpnId !== undefined && !(await desk.people.organisationOfMpn(mpnId)))
      return said('answer.mpnUnknown', { mpnId });
    if ((await desk.useChannel(purpose, incoming.place, speech.language)) === 'taken')
      return said('answer.channelTaken');
    return mpnId === undefined ? said('answer.reviewChannelSet') : said('answer.mpnChannelSet', { mpnId });
  }

  /** A sentence that is no command: in a personal chat it may be meant as a comment on one of the person's open claims. */
  async function unknown(text: string, { person, speech }: Caller, incoming: IncomingActivity): Promise<CommandReply> {
    const member = await desk.memberBy(person.id);
    const found = incoming.personal && text !== '' ? await desk.list(person.id, 'claims', MAX_OFFERED) : undefined;
    const open = (found?.claims ?? []).filter((claim) => mayGive('AddComment', member, claim) === undefined);
    if (open.length > 0) return { card: cards.commentOffer(text, open, speech) };
    return { card: cards.message(say(speech.language, 'answer.unknown'), { ...speech, tone: 'plain' }), forAll: true };
  }

  /** What the help tells somebody of. */
  function rolesOf(member: Member): Pick<HelpOptions, 'partner' | 'reviewer' | 'customer' | 'operator' | 'playground'> {
    return {
      partner: member.memberships.length > 0,
      reviewer: isReviewer(member),
      customer: member.contactOf.length > 0,
      operator: isOperator(member),
      playground,
    };
  }

  return {
    answer,
    welcome,
    /** What somebody who mentioned the bot in a claim's thread wants of it: a command, with the thread's claim put in; undefined for a comment. */
    inThread(text: string, claim: ClaimId): string | undefined {
      const { kind } = understand(text, { playground });
      if (kind === 'unknown') return undefined;
      // `comment` and its text: the claim goes in front, where nothing of the text is taken for a part of the command.
      if (kind === 'needsClaim' && understand(`${claim} ${text}`, { playground }).kind === 'comment')
        return `${claim} ${text}`;
      return kind === 'needsClaim' ||
        (kind === 'status' && understand(`${text} ${claim}`, { playground }).kind === 'status')
        ? `${text} ${claim}`
        : text;
    },
  };
}

const ACTS = { submit: 'SubmitClaim', resubmit: 'ResubmitClaim', follow: 'FollowClaim', mute: 'MuteClaim' } as const;
