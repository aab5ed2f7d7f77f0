/**
 * What a press on a card does (R57, R58). The answer is the current card rather than an error wherever there is one to
 * show.
 */
import { countsAsProof } from '../../domain/claims/values.ts';
import type { Desk } from '../../desk/desk.ts';
import type { Language } from '../../desk/ports/system.ts';
import { parseClaimId } from '../../domain/claims/claimId.ts';
import type { Refusal } from '../../domain/claims/refusal.ts';
import type { ClaimId } from '../../domain/claims/values.ts';
import { LANGUAGES, say } from '../../locales/say.ts';
import { textOf } from '../activity.ts';
import type { Note } from '../cards/cardOptions.ts';
import type { Cards } from '../cards/cards.ts';
import type { Card } from '../cards/templates.ts';
import type { Inputs } from '../cards/verbs.ts';
import { fieldsAsked, requestOf } from '../cards/verbs.ts';
import { doneNote } from '../text/outcomes.ts';
import { refusalNote } from '../text/refusals.ts';
import type { Caller } from './caller.ts';
import type { ClaimReplies } from './claimReplies.ts';
import { formToReopen } from './claimReplies.ts';
import { enrolAnswer, enrolVerb } from './enrolment.ts';
import type { FileUploads } from './fileUploads.ts';
import { hiddenReadings, journalChosen, readingsAnswer } from './journals.ts';
import type { Press } from './press.ts';

/** The form of a new claim, shown again with what was typed. */
interface NewClaimForm {
  readonly form: string;
  readonly filled?: Inputs;
  readonly note?: Note;
}

/** Executes presses on cards; each method returns the card to show. */
export interface CardActions {
  /** The card that answers a press. */
  act(press: Press, caller: Caller): Promise<Card>;
  /** The form of a new claim, or why there is none for this person (R10). */
  newClaim(caller: Caller, again?: NewClaimForm): Promise<Card>;
  history(claim: ClaimId, inputs: Inputs, caller: Caller): Promise<Card>;
  /** Sets the user's language; asks for it where none was named. */
  language(chosen: Language | undefined, caller: Caller): Promise<Card>;
}

/** Translates presses into calls of the desk, and its results into cards. */
export function createCardActions(
  desk: Desk,
  cards: Cards,
  replies: ClaimReplies,
  uploads: Pick<FileUploads, 'chosen'>,
): CardActions {
  async function act(press: Press, caller: Caller): Promise<Card> {
    const { verb, inputs, claim } = press;
    const { person, speech } = caller;
    if (verb === 'create') return create(press, caller);
    if (verb === 'commentOn') return commentOn(press, caller);
    if (verb === 'fileFor') return uploads.chosen(press, caller);
    if (verb === 'language')
      return language(
        LANGUAGES.find((one) => one === inputs['language']),
        caller,
      );
    if (verb === 'journal') return journalChosen(desk, cards, inputs, caller);
    const enrolled = enrolVerb(verb);
    if (enrolled) return enrolAnswer(desk, cards, enrolled, inputs, caller);
    if (!claim) return cards.message(say(speech.language, 'answer.badCard'), { ...speech, tone: 'attention' });
    if (verb === 'history') return history(claim, inputs, caller);
    if (verb === 'readings') return readingsAnswer(desk, cards, claim, inputs, caller);
    const request = requestOf(verb, inputs);
    if (!request) return show(press, claim, caller);
    if (press.version === undefined) return show({ ...press, verb: 'show' }, claim, caller);
    if (verb === 'reassign' && textOf(inputs['to']) === '') return show(press, claim, caller);
    if (verb === 'assess' && !['yes', 'no'].includes(textOf(inputs['eligible'])))
      return askWhetherEligible(press, claim, caller);
    const result = await desk.execute(person.id, claim, request, { kind: 'card', version: press.version });
    return replies.result(result, press, caller);
  }

  /**
   * Shows the form again where it came without a verdict, which has no default; or the reason why there is none (R53).
   */
  async function askWhetherEligible(press: Press, claim: ClaimId, caller: Caller): Promise<Card> {
    const { language } = caller.speech;
    const seen = await desk.look(caller.person.id, claim);
    if (!seen) return replies.notFound(claim, caller.speech);
    const refusal = seen.view.refusals.ReportAssessment;
    if (refusal) return replies.refused(seen, refusal, press.personal, caller);
    const text = say(language, 'form.fillIn', { label: say(language, 'form.eligible') });
    const open = formToReopen(press.verb, seen.view);
    return replies.card(seen, press.personal, caller, {
      note: { tone: 'attention', text },
      ...(open && { open, filled: press.inputs }),
    });
  }

  async function show(press: Press, claim: ClaimId, caller: Caller): Promise<Card> {
    const { personal } = press;
    const seen = await desk.look(caller.person.id, claim);
    if (!seen) return replies.notFound(claim, caller.speech);
    const { view } = seen;
    switch (press.verb) {
      case 'documents': {
        const files = await Promise.all(
          view.poe.filter(countsAsProof).map(async ({ id, name, kind, size, marks, scan }) => {
            const link = await desk.poe.downloadLink(claim, caller.person.id, id);
            return { name, kind, size, link, ...(marks && { marks }), ...(scan && { scan }) };
          }),
        );
        const documents = { ...desk.poe.linkTerms('download'), name: caller.person.name, files };
        return replies.card(seen, personal, caller, { documents });
      }
      case 'addPoe': {
        const refusal = view.refusals.AddPoe;
        if (refusal) return replies.refused(seen, refusal, personal, caller);
        const url = await desk.poe.uploadLink(claim, caller.person.id);
        const uploadLink = { ...desk.poe.linkTerms('upload'), name: caller.person.name, url };
        return replies.card(seen, personal, caller, { uploadLink });
      }
      case 'reassign': {
        // The form to reassign, or why there is none (R17).
        const refusal = view.refusals.ReassignClaim;
        if (refusal) return replies.refused(seen, refusal, personal, caller);
        const reviewers = await desk.eligibleReviewers(view);
        if (reviewers.length > 0) return replies.card(seen, personal, caller, { open: 'reassign', reviewers });
        const text = say(caller.speech.language, 'answer.nobodyToAssign');
        return replies.card(seen, personal, caller, { note: { tone: 'attention', text }, reviewers });
      }
      default:
        return replies.card(seen, personal, caller);
    }
  }

  async function history(claim: ClaimId, inputs: Inputs, caller: Caller): Promise<Card> {
    const { person, speech } = caller;
    const found = await desk.history(person.id, claim);
    if (!found) return (await hiddenReadings(desk, cards, claim, caller)) ?? replies.notFound(claim, speech);
    const asked = inputs['page'];
    const page = typeof asked === 'number' || typeof asked === 'string' ? Number(asked) : 1;
    return cards.history(found.view, found.entries, {
      ...speech,
      ...(Number.isSafeInteger(page) && page > 0 && { page }),
    });
  }

  async function create(press: Press, caller: Caller): Promise<Card> {
    const { inputs, personal, message } = press;
    const { person, speech } = caller;
    const form = formName(inputs['form']);
    const card = message.messageId === '' ? undefined : { ...message, personal };
    const created = await desk.createClaim(person.id, form, fieldsAsked(inputs), card);
    if (created.kind === 'refused') {
      const note = { tone: 'attention', text: refusalNote(created.refusal, undefined, speech) } as const;
      return newClaim(caller, { form, filled: inputs, note });
    }
    const text = doneNote(created.entry, created.view.claim, person.id, speech);
    return replies.card(created, personal, caller, { note: { tone: 'good', text } });
  }

  async function newClaim({ person, speech }: Caller, again: NewClaimForm = { form: desk.newForm() }): Promise<Card> {
    const { memberships } = await desk.member(person.id);
    const mpnIds = memberships.filter(({ roles }) => roles.length > 0).flatMap((membership) => membership.mpnIds);
    if (mpnIds.length === 0) {
      const refusal: Refusal = { code: memberships.length > 0 ? 'partnerRoleNeeded' : 'partnerOnly' };
      return cards.message(refusalNote(refusal, undefined, speech), { ...speech, tone: 'attention' });
    }
    const { note, form, filled = { partnerContactName: person.name, partnerContactEmail: person.email } } = again;
    return cards.newClaim({ ...speech, form, mpnIds, filled, ...(note && { note }) });
  }

  async function commentOn(press: Press, caller: Caller): Promise<Card> {
    const { person, speech } = caller;
    const claim = parseClaimId(press.inputs['claim']);
    if (!claim) return cards.message(say(speech.language, 'answer.chooseClaim'), { ...speech, tone: 'attention' });
    const comment = textOf(press.inputs['text']);
    const key = `offer/${press.message.conversationId}/${press.message.messageId}`;
    const result = await desk.execute(
      person.id,
      claim,
      { type: 'AddComment', text: comment },
      { kind: 'message', key },
    );
    return replies.result(result, { ...press, verb: 'comment', inputs: { comment }, claim }, caller);
  }

  async function language(chosen: Language | undefined, { person, speech }: Caller): Promise<Card> {
    if (!chosen) return cards.language(speech);
    await desk.setLanguage(person.id, chosen);
    return cards.message(say(chosen, 'answer.languageSet'), { ...speech, language: chosen, tone: 'good' });
  }

  return { act, newClaim, history, language };
}

/** The id of a form as the desk issues them; empty for anything else, as it goes back onto the card. */
function formName(name: unknown): string {
  return /^[\w-]{1,100}$/.test(textOf(name)) ? textOf(name) : '';
}
