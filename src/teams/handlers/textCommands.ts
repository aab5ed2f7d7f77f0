/** Executes the commands that users type, and answers with a sentence or a card (R52). */
import type { Desk } from '../../desk/desk.ts';
import type { Person } from '../../desk/directory/people.ts';
import type { ListName } from '../../desk/queries/lists.ts';
import type { Member } from '../../domain/claims/permission.ts';
import { isOperator, isReviewer } from '../../domain/claims/permission.ts';
import type { ClaimId } from '../../domain/claims/values.ts';
import type { SentenceKey } from '../../locales/say.ts';
import { say } from '../../locales/say.ts';
import type { MessageReceived } from '../activity.ts';
import { messageKey } from '../activity.ts';
import type { HelpOptions } from '../cards/cardOptions.ts';
import type { Cards } from '../cards/cards.ts';
import type { Card } from '../cards/templates.ts';
import type { Intent } from '../intents/intent.ts';
import { understand } from '../intents/understand.ts';
import type { Speech } from '../text/format.ts';
import type { Caller } from './caller.ts';
import type { CardActions } from './cardActions.ts';
import type { ClaimReplies } from './claimReplies.ts';
import type { CommandReply } from './commandReply.ts';
import { enrolForm } from './enrolment.ts';
import { journalByName } from './journals.ts';
import { readBody } from './messageBody.ts';

/**
 * Moves the clock of the playground forward, and returns a sentence with the new time. Exists in the playground only.
 */
export type TimeTravel = (by: Omit<Extract<Intent, { kind: 'time' }>, 'kind'>, speech: Speech) => Promise<string>;

type SentenceValues = Readonly<Record<string, string | number>>;

const MAX_LISTED = 10;
const MAX_OFFERED = 8;
const ACTS = {
  submit: 'SubmitClaim',
  resubmit: 'ResubmitClaim',
  notMeant: 'WithdrawObjection',
  follow: 'FollowClaim',
  mute: 'MuteClaim',
} as const;
const FORMS = { withdraw: 'RequestRejection', dispute: 'OpenDispute', agree: 'AgreeConsent' } as const;

/** What text commands need; `timeTravel` in the playground only. */
export interface TextCommandParts {
  readonly desk: Desk;
  readonly cards: Cards;
  readonly actions: CardActions;
  readonly replies: ClaimReplies;
  readonly timeTravel?: TimeTravel;
}

/** The commands that users type. */
export interface TextCommands {
  /** The intent of a sentence; in the thread of a claim, a command that names no claim means that one. */
  understand(text: string, claim?: ClaimId): Intent;
  /** Executes the intent of a message and returns the answer. */
  answer(intent: Intent, caller: Caller, message: MessageReceived): Promise<CommandReply>;
  /** Greets a user with what they can ask of the desk; for one who is not enrolled, with how to get enrolled. */
  welcome(person: Person, speech: Speech): Promise<Card>;
}

/** Each intent is one call of the desk. */
export function createTextCommands({ desk, cards, actions, replies, timeTravel }: TextCommandParts): TextCommands {
  const playground = timeTravel !== undefined;

  async function answer(intent: Intent, caller: Caller, message: MessageReceived): Promise<CommandReply> {
    const { person, speech } = caller;
    switch (intent.kind) {
      case 'help':
        return {
          card: cards.help({ ...speech, ...rolesOf(await desk.member(person.id)), proof: proofOf(desk.settings) }),
        };
      case 'newClaim':
        return { card: await actions.newClaim(caller) };
      case 'list':
        return list(intent.name, caller);
      case 'status':
        return intent.claim ? status(intent.claim, caller, message) : ownStatus(caller, message);
      case 'history':
        return { card: await actions.history(intent.claim, {}, caller) };
      case 'journal':
        return { card: await journalByName(desk, cards, intent.name, caller) };
      case 'comment':
        return comment(intent, caller, message);
      case 'act':
        return act(intent, caller, message);
      case 'needsClaim':
        return needsClaim(intent, caller, message);
      case 'no':
        return no(intent.text, caller, message);
      case 'enrol':
        return { card: await enrolForm(desk, cards, intent.what, caller) };
      case 'useChannel':
        return useChannel(intent.purpose, caller, message);
      case 'badMpn':
        return publicReply(speech, 'answer.badMpn', { text: intent.text });
      case 'language':
        return { card: await actions.language(intent.language, caller) };
      case 'time':
        return timeTravel
          ? { text: await timeTravel(intent, speech), forAll: true }
          : publicReply(speech, 'answer.unknown');
      case 'unknown':
        return unknown(intent.text, caller, message);
      default:
        return intent satisfies never;
    }
  }

  /** A sentence for everyone in the conversation, on a card. */
  function publicReply(speech: Speech, key: SentenceKey, values: SentenceValues = {}): CommandReply {
    return { card: cards.message(say(speech.language, key, values), { ...speech, tone: 'plain' }), forAll: true };
  }

  async function comment(
    { claim, text }: Extract<Intent, { kind: 'comment' }>,
    caller: Caller,
    message: MessageReceived,
  ): Promise<CommandReply> {
    const key = messageKey(message);
    const request = { type: 'AddComment', text, message: key } as const;
    const result = await desk.execute(caller.person.id, claim, request, { kind: 'none' });
    return {
      card: await replies.result(result, { verb: 'comment', inputs: { comment: text }, personal: true, claim }, caller),
    };
  }

  async function act(
    { verb, claim }: Extract<Intent, { kind: 'act' }>,
    caller: Caller,
    message: MessageReceived,
  ): Promise<CommandReply> {
    if (verb === 'deny') return { card: await object(claim, caller, message) };
    if (verb === 'withdraw' || verb === 'dispute' || verb === 'agree')
      return { card: await openForm(verb, claim, caller) };
    const idempotency = { kind: 'message', key: messageKey(message) } as const;
    const result = await desk.execute(caller.person.id, claim, { type: ACTS[verb] }, idempotency);
    return { card: await replies.result(result, { verb, inputs: {}, personal: true, claim }, caller) };
  }

  /**
   * A denial in words is kept and holds the consent period, and the answer asks to confirm it (R60). Where the consent
   * has passed, it is recorded as a late one.
   */
  async function object(claim: ClaimId, caller: Caller, message: MessageReceived): Promise<Card> {
    const { text } = readBody(message);
    const request = { type: 'RecordObjection', text } as const;
    const idempotency = { kind: 'message', key: messageKey(message) } as const;
    const objected = await desk.execute(caller.person.id, claim, request, idempotency);
    const isLate =
      objected.kind === 'refused' &&
      objected.refusal.code === 'wrongStage' &&
      objected.refusal.stage === 'ConsentPassed';
    // A late denial changes no status, so it takes no confirmation (R51).
    const result = isLate
      ? await desk.execute(caller.person.id, claim, { type: 'DenyConsent', reason: text }, idempotency)
      : objected;
    return replies.result(result, { verb: 'deny', inputs: {}, personal: true, claim }, caller);
  }

  /** A customer with one claim to consent to need not name it; anyone else is asked which they mean. */
  async function needsClaim(
    { word, consent }: Extract<Intent, { kind: 'needsClaim' }>,
    caller: Caller,
    message: MessageReceived,
  ): Promise<CommandReply> {
    const claim = consent && (await onlyConsent(caller, message));
    if (!claim) return publicReply(caller.speech, 'answer.needsClaim', { word });
    return act({ kind: 'act', verb: consent, claim }, caller, message);
  }

  /** A bare no objects where the customer has one claim to consent to; from anyone else it is no command. */
  async function no(text: string, caller: Caller, message: MessageReceived): Promise<CommandReply> {
    const claim = await onlyConsent(caller, message);
    return claim ? { card: await object(claim, caller, message) } : unknown(text, caller, message);
  }

  /** The only claim that the customer who writes in their own chat can still consent to. */
  async function onlyConsent({ person }: Caller, { chat }: MessageReceived): Promise<ClaimId | undefined> {
    const found = chat === 'personal' ? await desk.list(person.id, 'claims', MAX_OFFERED) : undefined;
    const open = (found?.views ?? []).filter(({ side, stage }) => side === 'customer' && stage === 'ConsentOpen');
    const [only, second] = open;
    return second || found?.more ? undefined : only?.claim.id;
  }

  /** What needs a reason or a confirmation is not executed by a word: the answer is its form, or why there is none. */
  async function openForm(verb: keyof typeof FORMS, claim: ClaimId, caller: Caller): Promise<Card> {
    const seen = await desk.look(caller.person.id, claim);
    if (!seen) return replies.notFound(claim, caller.speech);
    const refusal = seen.view.refusals[FORMS[verb]];
    if (!refusal) return replies.card(seen, true, caller, { open: verb });
    const asked = { verb, inputs: {}, personal: true, claim };
    return replies.result({ kind: 'refused', refusal, ...seen }, asked, caller);
  }

  async function list(name: ListName, { person, speech }: Caller): Promise<CommandReply> {
    const found = await desk.list(person.id, name, MAX_LISTED);
    if (found) return { card: cards.list(name, found, { ...speech, now: desk.now() }) };
    if (name === 'claims') return { card: await welcome(person, speech) };
    const text = say(speech.language, 'answer.reviewersOnly');
    return { card: cards.message(text, { ...speech, tone: 'attention' }) };
  }

  async function welcome({ id, name, tenantId, objectId }: Person, speech: Speech): Promise<Card> {
    const member = await desk.member(id);
    const roles = rolesOf(member);
    const known = member.staff.length > 0 || roles.partner || roles.customer;
    return cards.welcome({ ...speech, ...roles, proof: proofOf(desk.settings), known, name, tenantId, objectId });
  }

  /**
   * In a channel a claim is shown as that channel may see it; elsewhere as the caller may, and to the caller alone
   * (R6).
   */
  async function status(claim: ClaimId, caller: Caller, { chat, place }: MessageReceived): Promise<CommandReply> {
    const { person, speech } = caller;
    const seen = await desk.look(person.id, claim);
    if (!seen) return { card: replies.notFound(claim, speech), forAll: true };
    const view = chat === 'personal' ? undefined : await desk.lookIn(place.conversationId, seen.view.claim);
    if (!view) return { card: await replies.card(seen, true, caller) };
    return { card: cards.claim(view, { ...speech, now: desk.now(), place: 'channel' }), forAll: true };
  }

  async function ownStatus(caller: Caller, message: MessageReceived): Promise<CommandReply> {
    const found = await desk.list(caller.person.id, 'claims', 2);
    const [only, second] = found?.views ?? [];
    return only && !second ? status(only.claim.id, caller, message) : list('claims', caller);
  }

  async function useChannel(
    purpose: string,
    { person, speech }: Caller,
    { chat, place }: MessageReceived,
  ): Promise<CommandReply> {
    const sentence = (key: SentenceKey, values: SentenceValues = {}): CommandReply => ({
      text: say(speech.language, key, values),
      forAll: true,
    });
    if (chat !== 'channel') return sentence('answer.onlyInChannel');
    const mpnId = purpose.startsWith('mpn:') ? purpose.slice('mpn:'.length) : undefined;
    switch (await desk.useChannel(person.id, purpose, place, speech.language)) {
      case 'notAllowed':
        return sentence('answer.operatorOnly');
      case 'mpnUnknown':
        return sentence('answer.mpnUnknown', { mpnId: mpnId ?? '' });
      case 'taken':
        return sentence('answer.channelTaken');
      case 'set':
        return mpnId === undefined ? sentence('answer.reviewChannelSet') : sentence('answer.mpnChannelSet', { mpnId });
    }
  }

  /** A sentence that is no command may be meant as a comment: in a personal chat it is offered as one (R33). */
  async function unknown(text: string, { person, speech }: Caller, { chat }: MessageReceived): Promise<CommandReply> {
    const found = chat === 'personal' && text !== '' ? await desk.list(person.id, 'claims', MAX_OFFERED) : undefined;
    const open = (found?.views ?? []).filter(({ actions }) => actions.includes('AddComment'));
    if (open.length === 0) return publicReply(speech, 'answer.unknown');
    return {
      card: cards.commentOffer(
        text,
        open.map(({ claim }) => claim),
        speech,
      ),
    };
  }

  function proofOf({ poeKinds, maxPoeBytes }: Desk['settings']): NonNullable<HelpOptions['proof']> {
    return { kinds: poeKinds, maxBytes: maxPoeBytes };
  }

  /** The sections that the help has for a user. */
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
    understand: (text, claim) => understand(text, { playground, ...(claim && { claim }) }),
    answer,
    welcome,
  };
}
