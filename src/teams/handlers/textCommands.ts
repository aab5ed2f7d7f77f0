/** Executes the commands that users type, and answers with a sentence or a card (R52). */
import type { Desk } from '../../desk/desk.ts';
import type { Person } from '../../desk/directory/people.ts';
import type { ListName } from '../../desk/queries/lists.ts';
import type { ClaimView } from '../../desk/queries/view.ts';
import type { PersonCommandType } from '../../domain/claims/commands.ts';
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
import type { CardVerb, ClaimWord, ConsentWord, Intent } from '../intents/intent.ts';
import { CARD_WORDS } from '../intents/lexicon.ts';
import { isRemark } from '../intents/remarks.ts';
import { understand } from '../intents/understand.ts';
import type { Speech } from '../text/format.ts';
import { formatList } from '../text/format.ts';
import { claimName } from '../text/labels.ts';
import type { Caller } from './caller.ts';
import type { CardActions } from './cardActions.ts';
import type { ClaimReplies } from './claimReplies.ts';
import { formToReopen } from './claimReplies.ts';
import type { CommandReply } from './commandReply.ts';
import { enrolForm } from './enrolment.ts';
import { journalByName } from './journals.ts';
import { createOwnClaims } from './ownClaims.ts';
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
/** What only a card can do, and the name of its button. */
const PRESSED: Readonly<Record<CardVerb, readonly [command: PersonCommandType, button: SentenceKey]>> = {
  approve: ['ApproveClaim', 'button.approve'],
  reject: ['RejectClaim', 'button.reject'],
  start: ['StartReview', 'button.start'],
  request: ['RequestInformation', 'button.request'],
  reassign: ['ReassignClaim', 'button.reassign'],
  addPoe: ['AddPoe', 'button.addPoe'],
  edit: ['EditFields', 'button.edit'],
  discard: ['DiscardDraft', 'button.discard'],
  uphold: ['UpholdRejection', 'button.uphold'],
  overturn: ['OverturnRejection', 'button.overturn'],
};
/** Words by which a customer objects too: whom they are a no from decides what they mean. */
const NO_OF_CUSTOMERS: ReadonlySet<string> = new Set(['deny', 'reject', 'dispute']);

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
  /** What became of the words beside files that were added to a claim: they are offered as a comment on it (R33). */
  besideFiles(text: string, claim: ClaimId, caller: Caller): Promise<CommandReply>;
  /** Greets a user with what they can ask of the desk; for one who is not enrolled, with how to get enrolled. */
  welcome(person: Person, speech: Speech): Promise<Card>;
}

/** Each intent is one call of the desk. */
export function createTextCommands({ desk, cards, actions, replies, timeTravel }: TextCommandParts): TextCommands {
  const playground = timeTravel !== undefined;
  const own = createOwnClaims(desk);

  async function answer(intent: Intent, caller: Caller, message: MessageReceived): Promise<CommandReply> {
    const { speech } = caller;
    switch (intent.kind) {
      case 'help':
        return { card: await help(caller) };
      case 'newClaim':
        return { card: await actions.newClaim(caller) };
      case 'list':
        return list(intent.name, caller);
      case 'status':
        return intent.claim ? status(intent.claim, caller, message, intent.remark) : ownStatus(caller, message);
      case 'history':
        return { card: await actions.history(intent.claim, {}, caller) };
      case 'journal':
        return { card: await journal(intent.name, caller) };
      case 'comment':
        return comment(intent, caller, message);
      case 'act':
        return act(intent, caller, message);
      case 'card':
        return { card: await pressed(intent.verb, intent.claim, caller, message) };
      case 'needsClaim':
        return needsClaim(intent, caller, message);
      case 'named':
        return named(intent, caller, message);
      case 'no':
        return no(intent, caller, message);
      case 'talk':
        return publicReply(speech, intent.what === 'thanks' ? 'answer.thanks' : 'answer.ok');
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
    if (verb === 'dispute' && (await desk.look(caller.person.id, claim))?.view.side === 'customer')
      return { card: await object(claim, caller, message) };
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

  /** What only a card can do is not done by a word: the answer is the card, with the form open or its button named. */
  async function pressed(verb: CardVerb, claim: ClaimId, caller: Caller, message: MessageReceived): Promise<Card> {
    const { person, speech } = caller;
    const seen = await desk.look(person.id, claim);
    if (!seen) return replies.notFound(claim, speech);
    if (seen.view.side === 'customer' && NO_OF_CUSTOMERS.has(verb)) return object(claim, caller, message);
    if (seen.view.side === 'customer' && verb === 'approve') return openForm('agree', claim, caller);
    const [command, button] = PRESSED[verb];
    const refusal = seen.view.refusals[command];
    if (refusal) return replies.refused(seen, refusal, true, caller);
    const text = say(speech.language, 'answer.pressed', { button: say(speech.language, button) });
    const open = formToReopen(verb, seen.view);
    return replies.card(seen, true, caller, { note: { tone: 'plain', text }, ...(open && { open }) });
  }

  /** A command without a whole id: of the only claim that it can mean, else the person is asked which they mean. */
  async function needsClaim(
    { verb, word, consent, part }: Extract<Intent, { kind: 'needsClaim' }>,
    caller: Caller,
    message: MessageReceived,
  ): Promise<CommandReply> {
    const { person, speech } = caller;
    if (message.chat === 'personal' && (consent || NO_OF_CUSTOMERS.has(verb) || verb === 'approve')) {
      const answered = await ofConsent(consent ?? (verb === 'approve' ? 'agree' : 'deny'), caller, message);
      if (answered) return answered;
    }
    const meant = part === undefined ? [] : await own.meant(person.id, { part });
    if (meant && meant.length > 0) return oneOf(meant, verb, caller, message);
    if (!(verb in CARD_WORDS)) return publicReply(speech, 'answer.needsClaim', { word });
    const [, button] = PRESSED[verb as CardVerb];
    return publicReply(speech, 'answer.pressedOnCard', { button: say(speech.language, button) });
  }

  /** A command about a claim of a customer by its name; without such a claim it is no command. */
  async function named(
    { verb, name, text }: Extract<Intent, { kind: 'named' }>,
    caller: Caller,
    message: MessageReceived,
  ): Promise<CommandReply> {
    const meant = (await own.meant(caller.person.id, { name })) ?? [];
    return meant.length > 0 ? oneOf(meant, verb, caller, message) : unknown(text, caller, message);
  }

  async function oneOf(
    meant: readonly ClaimView[],
    verb: ClaimWord | CardVerb,
    caller: Caller,
    message: MessageReceived,
  ): Promise<CommandReply> {
    const [only, second] = meant;
    if (only && !second) return answer(intentOf(verb, only.claim.id), caller, message);
    const names = meant.slice(0, MAX_OFFERED).map(({ claim }) => claimName(claim));
    const text = say(caller.speech.language, 'answer.whichClaimNamed', {
      claims: formatList(names, caller.speech.language),
    });
    return { card: cards.message(text, { ...caller.speech, tone: 'plain' }) };
  }

  /**
   * What a customer says of the consent without naming a claim. A no is recorded for each claim that awaits their
   * consent, as silence would count (R60); anything else needs to be of one claim. Undefined where they have none.
   */
  async function ofConsent(
    word: ConsentWord,
    caller: Caller,
    message: MessageReceived,
  ): Promise<CommandReply | undefined> {
    const open = await own.openConsents(caller.person.id);
    const [first, second] = open;
    if (!first || (second && word !== 'deny')) return undefined;
    if (word !== 'deny') return act({ kind: 'act', verb: word, claim: first.claim.id }, caller, message);
    const objected: Card[] = [];
    for (const { claim } of open) objected.push(await object(claim.id, caller, message));
    const [card = replies.notFound(first.claim.id, caller.speech), ...others] = objected;
    return { card, others: others.slice(0, MAX_OFFERED) };
  }

  /** A no among other words: it counts from a customer, and is no command from anyone else. */
  async function no(
    { text, claim }: Extract<Intent, { kind: 'no' }>,
    caller: Caller,
    message: MessageReceived,
  ): Promise<CommandReply> {
    if (claim) {
      const seen = await desk.look(caller.person.id, claim);
      const isCustomers = seen?.view.side === 'customer';
      return isCustomers ? { card: await object(claim, caller, message) } : status(claim, caller, message);
    }
    const answered = message.chat === 'personal' ? await ofConsent('deny', caller, message) : undefined;
    return answered ?? unknown(text, caller, message);
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

  async function list(name: ListName, caller: Caller): Promise<CommandReply> {
    const { person, speech } = caller;
    const found = await desk.list(person.id, name, MAX_LISTED);
    if (found) return { card: cards.list(name, found, { ...speech, now: desk.now() }) };
    if (name === 'claims') return { card: await welcome(person, speech) };
    // What is "mine" to who decides nothing are their own claims.
    if (name === 'mine') return list('claims', caller);
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
   * (R6). In their own chat, what they say of it beside asking is offered as a comment.
   */
  async function status(
    claim: ClaimId,
    caller: Caller,
    { chat, place }: MessageReceived,
    remark?: string,
  ): Promise<CommandReply> {
    const { person, speech } = caller;
    const seen = await desk.look(person.id, claim);
    if (!seen) return { card: replies.notFound(claim, speech), forAll: true };
    const view = chat === 'personal' ? undefined : await desk.lookIn(place.conversationId, seen.view.claim);
    if (!view) {
      const isComment = remark !== undefined && chat === 'personal' && seen.view.actions.includes('AddComment');
      return {
        card: await replies.card(seen, true, caller),
        ...(isComment && { others: [cards.commentOffer(remark, [seen.view.claim], speech)] }),
      };
    }
    return { card: cards.claim(view, { ...speech, now: desk.now(), place: 'channel' }), forAll: true };
  }

  /** Their only claim, or all of them, what is due first before the others. */
  async function ownStatus(caller: Caller, message: MessageReceived): Promise<CommandReply> {
    const { person, speech } = caller;
    const found = await own.urgentFirst(person.id, MAX_LISTED);
    const [only, second] = found?.views ?? [];
    if (only && !second) return status(only.claim.id, caller, message);
    return found ? { card: cards.list('claims', found, { ...speech, now: desk.now() }) } : list('claims', caller);
  }

  /** The journal of a name; for those who may read none, the history of the claim that the name means. */
  async function journal(name: string, caller: Caller): Promise<Card> {
    const member = await desk.member(caller.person.id);
    const mayRead = member.staff.includes('owner') || isOperator(member);
    const [only, second] = mayRead ? [] : ((await own.meant(caller.person.id, { name })) ?? []);
    return only && !second ? actions.history(only.claim.id, {}, caller) : journalByName(desk, cards, name, caller);
  }

  /** Who is not enrolled reads how to be; everyone else what they can write. */
  async function help({ person, speech }: Caller): Promise<Card> {
    const member = await desk.member(person.id);
    const roles = rolesOf(member);
    if (member.staff.length === 0 && !roles.partner && !roles.customer) return welcome(person, speech);
    return cards.help({ ...speech, ...roles, proof: proofOf(desk.settings) });
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
    understand(text, claim) {
      const intent = understand(text, { playground, ...(claim && { claim }) });
      if (!isRemark(text, intent)) return intent;
      if (claim) return { kind: 'unknown', text };
      return intent.kind === 'status' ? { ...intent, remark: text } : intent;
    },
    answer,
    welcome,

    async besideFiles(text, claim, { person, speech }) {
      const seen = await desk.look(person.id, claim);
      if (seen?.view.actions.includes('AddComment'))
        return { card: cards.commentOffer(text, [seen.view.claim], speech) };
      return publicReply(speech, 'answer.wordsNotTaken');
    },
  };
}

/** The intent of a command, once its claim is known. */
function intentOf(verb: ClaimWord | CardVerb, claim: ClaimId): Intent {
  switch (verb) {
    case 'status':
    case 'history':
      return { kind: verb, claim };
    case 'comment':
      return { kind: 'comment', claim, text: '' };
    case 'approve':
    case 'reject':
    case 'start':
    case 'request':
    case 'reassign':
    case 'addPoe':
    case 'edit':
    case 'discard':
    case 'uphold':
    case 'overturn':
      return { kind: 'card', verb, claim };
    default:
      return { kind: 'act', verb, claim };
  }
}
