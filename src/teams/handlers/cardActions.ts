/** What a press on a card does (R57, R58). A press is never answered with an error where the truth can be shown: the answer is the current card. */
import type { ClaimId, Fields, PersonRef } from '../../domain/claims/values.ts';
import { parseClaimId } from '../../domain/claims/claimId.ts';
import { mayGive } from '../../domain/claims/decide.ts';
import { FIELD_NAMES, sameValue } from '../../domain/claims/fields.ts';
import type { Member } from '../../domain/claims/permission.ts';
import { isReviewer } from '../../domain/claims/permission.ts';
import type { Refusal } from '../../domain/claims/refusal.ts';
import type { Desk, CommandResult } from '../../desk/desk.ts';
import type { Person } from '../../desk/directory/people.ts';
import type { Language } from '../../desk/ports/system.ts';
import type { PostedMessage } from '../../desk/ports/messenger.ts';
import type { ClaimView } from '../../desk/queries/view.ts';
import { LANGUAGES, say } from '../../locales/say.ts';
import { textOf } from '../activity.ts';
import type { Card } from '../cards/templates.ts';
import type { Cards } from '../cards/cards.ts';
import type { ClaimCardOptions } from '../cards/cardOptions.ts';
import type { Speech } from '../text/format.ts';
import { enrolAnswer, enrolVerb } from './enrolment.ts';
import { inputsOf } from '../cards/inputIds.ts';
import { changeNote, doneNote } from '../text/outcomes.ts';
import { refusalNote } from '../text/refusals.ts';
import type { Inputs, Verb } from '../cards/verbs.ts';
import { fieldsAsked, fieldsOf, requestOf, VERBS } from '../cards/verbs.ts';
import { isObject } from '../../shared/objects.ts';

/** A press as it was read from an activity: who and where are known, the rest is only what the card says. */
export interface Press {
  readonly verb: string;
  readonly claim?: ClaimId;
  readonly version?: number;
  readonly inputs: Inputs;
  /** The message that was pressed. */
  readonly message: PostedMessage;
  readonly personal: boolean;
}

export interface Caller {
  readonly person: Person;
  readonly speech: Speech;
}

const RESERVED = new Set(['verb', 'claim', 'version', 'msteams']);

/** Reads a press from a card's data; undefined where it has not even a verb. Fields that claim to say who pressed are ignored. */
export function readPress(verb: unknown, data: unknown, message: PostedMessage, personal: boolean): Press | undefined {
  const facts = isObject(data) ? data : {};
  const name = textOf(verb) || textOf(Object.hasOwn(facts, 'verb') ? facts['verb'] : undefined);
  if (name === '' || name.length > 40) return undefined;
  const claim = parseClaimId(facts['claim']);
  const { version } = facts;
  const inputs = inputsOf(
    name,
    Object.fromEntries(
      Object.entries(facts).filter(([key]) => !RESERVED.has(key) || (key === 'claim' && name === 'commentOn')),
    ),
  );
  return {
    verb: name,
    inputs,
    message,
    personal,
    ...(claim && { claim }),
    ...(typeof version === 'number' && Number.isSafeInteger(version) && version > 0 && { version }),
  };
}

export type CardActions = ReturnType<typeof createCardActions>;

export function createCardActions(desk: Desk, cards: Cards) {
  /** The card that answers a press. */
  async function act(press: Press, caller: Caller): Promise<Card> {
    const { verb, inputs } = press;
    const { person, speech } = caller;
    if (verb === 'create') return create(press, caller);
    if (verb === 'commentOn') return commentOn(press, caller);
    if (verb === 'language')
      return language(
        LANGUAGES.find((one) => one === inputs['language']),
        caller,
      );
    const enrolled = enrolVerb(verb);
    if (enrolled) return enrolAnswer(desk, cards, enrolled, inputs, await desk.memberBy(person.id), speech);
    const { claim } = press;
    if (!claim) return cards.message(say(speech.language, 'answer.badCard'), { ...speech, tone: 'attention' });
    if (verb === 'history') return history(claim, inputs, caller);
    const request = requestOf(verb, inputs);
    if (!request) return show(press, claim, caller);
    if (press.version === undefined) return show({ ...press, verb: 'show' }, claim, caller);
    if (verb === 'reassign' && textOf(inputs['to']) === '') return show(press, claim, caller);
    if (verb === 'assess' && !['yes', 'no'].includes(textOf(inputs['eligible'])))
      return askWhetherEligible(press, claim, caller);
    return answer(await desk.press(person.id, claim, request, { seen: press.version }), press, caller);
  }

  /** The current card with what came of the press. What was typed into a refused form is not lost. */
  async function answer(
    pressed: CommandResult,
    press: Pick<Press, 'verb' | 'inputs' | 'personal' | 'claim'>,
    caller: Caller,
  ): Promise<Card> {
    const { speech, person } = caller;
    switch (pressed.kind) {
      case 'notFound':
        return notFound(press.claim, speech);
      case 'done':
      case 'repeated':
        return claimCard(pressed.view, press, caller, {
          note: { tone: 'good', text: doneNote(pressed.entry, pressed.view.claim, person.id, speech) },
        });
      case 'nothing':
        return claimCard(pressed.view, press, caller, {
          note: { tone: 'plain', text: say(speech.language, 'answer.nothing') },
        });
      case 'refused': {
        const note = { tone: 'attention', text: refused(pressed.refusal, pressed.view, speech) } as const;
        const open = reopened(press.verb, pressed.view);
        return claimCard(pressed.view, press, caller, {
          note,
          ...(open && { open, filled: touched(press.inputs, pressed.shown) }),
        });
      }
    }
  }

  function reopened(verb: string, view: ClaimView): Verb | undefined {
    return view.actions
      .map((type) => (type in VERBS ? VERBS[type as keyof typeof VERBS] : undefined))
      .find((candidate) => candidate === verb && FORMS.has(verb));
  }

  function refused(refusal: Refusal, view: ClaimView, speech: Speech): string {
    const words = refusalNote(refusal, view, speech);
    return refusal.code === 'wrongStage' && refusal.changes.length > 0
      ? `${changeNote(refusal.changes, speech)} ${words}`
      : words;
  }

  /** The form once more, where a client sent it without an answer that nothing else may stand for; or why there is none (R53). */
  async function askWhetherEligible(press: Press, claim: ClaimId, caller: Caller): Promise<Card> {
    const seen = await desk.look(caller.person.id, claim);
    if (!seen) return notFound(claim, caller.speech);
    const { view } = seen;
    const { language } = caller.speech;
    const denied = mayGive('ReportAssessment', await desk.memberBy(caller.person.id), view.claim);
    const text = denied
      ? refusalNote(denied, view, caller.speech)
      : say(language, 'form.fillIn', { label: say(language, 'form.eligible') });
    const open = reopened(press.verb, view);
    return claimCard(view, press, caller, {
      note: { tone: 'attention', text },
      ...(open && { open, filled: press.inputs }),
    });
  }

  async function claimCard(
    view: ClaimView,
    press: Pick<Press, 'personal'>,
    caller: Caller,
    extra: Partial<ClaimCardOptions> = {},
  ): Promise<Card> {
    const member = await desk.memberBy(caller.person.id);
    return cards.claim(view, {
      ...caller.speech,
      now: desk.now(),
      place: press.personal ? 'personal' : 'channel',
      ...(await choices(view, member)),
      ...extra,
    });
  }

  /** What only one person's card can offer: their MPN ids, the colleagues to reassign to. */
  async function choices(view: ClaimView, member: Member): Promise<Pick<ClaimCardOptions, 'reviewers' | 'mpnIds'>> {
    const mpnIds = member.memberships.find((membership) => membership.organisation === view.claim.partner.id)?.mpnIds;
    const reviewers = view.actions.includes('ReassignClaim') ? await colleagues(view) : undefined;
    return { ...(mpnIds && { mpnIds }), ...(reviewers && { reviewers }) };
  }

  async function colleagues(view: ClaimView): Promise<readonly PersonRef[]> {
    const all = [...(await desk.people.withRole('reviewer')), ...(await desk.people.withRole('lead'))];
    const able = new Map<string, PersonRef>();
    for (const person of all) {
      const member = await desk.people.memberOf(person);
      const type = view.stage === 'Disputed' ? 'UpholdRejection' : 'StartReview';
      const denied = mayGive(type, member, view.claim);
      if (isReviewer(member) && (!denied || denied.code === 'wrongStage') && person.id !== view.claim.assignee?.id)
        able.set(person.id, { id: person.id, name: person.name });
    }
    return [...able.values()];
  }

  async function show(press: Press, claim: ClaimId, caller: Caller): Promise<Card> {
    const seen = await desk.look(caller.person.id, claim);
    if (!seen) return notFound(claim, caller.speech);
    const { view } = seen;
    if (press.verb === 'documents') {
      const documents = await Promise.all(
        view.poe.map(async ({ id, name, size }) => ({
          name,
          size,
          link: await desk.poe.downloadLink(claim, caller.person.id, id),
        })),
      );
      return claimCard(view, press, caller, { documents });
    }
    if (press.verb === 'addPoe') {
      const denied = mayGive('AddPoe', await desk.memberBy(caller.person.id), view.claim);
      if (denied)
        return claimCard(view, press, caller, {
          note: { tone: 'attention', text: refusalNote(denied, view, caller.speech) },
        });
      return claimCard(view, press, caller, { uploadLink: await desk.poe.uploadLink(claim, caller.person.id) });
    }
    if (press.verb === 'reassign') return offerColleagues(view, press, caller);
    return claimCard(view, press, caller);
  }

  /** The form to reassign, or why there is none (R17). */
  async function offerColleagues(view: ClaimView, press: Press, caller: Caller): Promise<Card> {
    const { speech, person } = caller;
    const denied = mayGive('ReassignClaim', await desk.memberBy(person.id), view.claim);
    if (denied)
      return claimCard(view, press, caller, { note: { tone: 'attention', text: refusalNote(denied, view, speech) } });
    if ((await colleagues(view)).length > 0) return claimCard(view, press, caller, { open: 'reassign' });
    return claimCard(view, press, caller, {
      note: { tone: 'attention', text: say(speech.language, 'answer.nobodyToAssign') },
    });
  }

  async function history(claim: ClaimId, inputs: Inputs, { person, speech }: Caller): Promise<Card> {
    const found = await desk.history(person.id, claim);
    const asked = inputs['page'];
    const page = typeof asked === 'number' || typeof asked === 'string' ? Number(asked) : 1;
    return found
      ? cards.history(found.view, found.entries, { ...speech, ...(Number.isSafeInteger(page) && page > 0 && { page }) })
      : notFound(claim, speech);
  }

  async function create(press: Press, caller: Caller): Promise<Card> {
    const { inputs, personal, message } = press;
    const { person, speech } = caller;
    const form = formNamed(inputs['form']);
    const created = await desk.create(
      person.id,
      form,
      fieldsAsked(inputs),
      message.messageId === '' ? undefined : { ...message, personal },
    );
    if (created.kind !== 'refused')
      return claimCard(created.view, press, caller, {
        note: { tone: 'good', text: doneNote(created.entry, created.view.claim, person.id, speech) },
      });
    return newClaim(caller, {
      form,
      filled: inputs,
      note: { tone: 'attention', text: refusalNote(created.refusal, undefined, speech) },
    });
  }

  /** The form of a new claim, or why there is none for this person (R10). */
  async function newClaim(
    { person, speech }: Caller,
    again: { form: string; filled?: Inputs; note?: ClaimCardOptions['note'] },
  ): Promise<Card> {
    const member = await desk.memberBy(person.id);
    const mpnIds = member.memberships
      .filter((membership) => membership.roles.length > 0)
      .flatMap((membership) => membership.mpnIds);
    if (mpnIds.length === 0) {
      const refusal: Refusal = { code: member.memberships.length > 0 ? 'partnerRoleNeeded' : 'partnerOnly' };
      return cards.message(refusalNote(refusal, undefined, speech), { ...speech, tone: 'attention' });
    }
    const { note, form, filled = { partnerContactName: person.name, partnerContactEmail: person.email } } = again;
    return cards.newClaim({ ...speech, form, mpnIds, filled, ...(note && { note }) });
  }

  async function commentOn(press: Press, caller: Caller): Promise<Card> {
    const claim = parseClaimId(press.inputs['claim']);
    if (!claim)
      return cards.message(say(caller.speech.language, 'answer.chooseClaim'), { ...caller.speech, tone: 'attention' });
    const once = `offer/${press.message.conversationId}/${press.message.messageId}`;
    const comment = textOf(press.inputs['text']);
    const pressed = await desk.press(caller.person.id, claim, { type: 'AddComment', text: comment }, { once });
    return answer(pressed, { ...press, verb: 'comment', inputs: { comment }, claim }, caller);
  }

  /** Speaks to a person in another language from now on; asks for it where none was named. */
  async function language(chosen: Language | undefined, { person, speech }: Caller): Promise<Card> {
    if (!chosen) return cards.language(speech);
    await desk.people.alter(person.id, (known) => ({ ...known, language: chosen }));
    return cards.message(say(chosen, 'answer.languageSet'), { ...speech, language: chosen, tone: 'good' });
  }

  function notFound(claim: ClaimId | undefined, speech: Speech): Card {
    return cards.message(say(speech.language, 'answer.notFound', { claim: claim ?? '' }), {
      ...speech,
      tone: 'attention',
    });
  }

  return { act, answer, claimCard, newClaim, notFound, history, language };
}

/** The name of a form as the desk gave it; it goes back onto the card, so nothing else does. */
function formNamed(name: unknown): string {
  return /^[\w-]{1,100}$/.test(textOf(name)) ? textOf(name) : '';
}

/** What somebody filled in themselves. What they left as an older card showed it must not undo what others saved since (R57). */
function touched(inputs: Inputs, shown: Fields | undefined): Inputs {
  if (!shown) return inputs;
  const fields = fieldsOf(inputs);
  const left = new Set<string>(
    FIELD_NAMES.filter((name) => fields[name] !== undefined && sameValue(fields[name], shown[name])),
  );
  return Object.fromEntries(
    Object.entries(inputs).filter(
      ([name]) => !(name === 'kind' ? left.has('area') && left.has('activity') : left.has(name)),
    ),
  );
}

/** The verbs whose button opens a form. */
const FORMS: ReadonlySet<string> = new Set([
  'edit',
  'request',
  'reject',
  'approve',
  'withdraw',
  'deny',
  'dispute',
  'uphold',
  'overturn',
  'comment',
  'assess',
  'reassign',
]);
