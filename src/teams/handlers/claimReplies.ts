/** The claim's current card as an answer, with the result of the request or the reason of its refusal on top. */
import type { CommandResult } from '../../desk/commands/request.ts';
import type { Desk } from '../../desk/desk.ts';
import type { SeenClaim } from '../../desk/queries/claims.ts';
import type { ClaimView } from '../../desk/queries/view.ts';
import { FIELD_NAMES, sameValue } from '../../domain/claims/fields.ts';
import type { Refusal } from '../../domain/claims/refusal.ts';
import type { ClaimId, Fields } from '../../domain/claims/values.ts';
import { say } from '../../locales/say.ts';
import type { ClaimCardOptions } from '../cards/cardOptions.ts';
import type { Cards } from '../cards/cards.ts';
import type { Card } from '../cards/templates.ts';
import type { Inputs, Verb } from '../cards/verbs.ts';
import { fieldsOf, VERBS } from '../cards/verbs.ts';
import type { Speech } from '../text/format.ts';
import { changeNote, doneNote, happenedNote } from '../text/outcomes.ts';
import { refusalNote } from '../text/refusals.ts';
import type { Caller } from './caller.ts';
import type { Press } from './press.ts';

/** What an answer needs to know of the request: its verb, what was filled in, and where it was made. */
export type Asked = Pick<Press, 'verb' | 'inputs' | 'personal' | 'claim'>;

/** Builds the cards that answer a user's request about a claim. */
export interface ClaimReplies {
  /** The card of a claim as one person sees it. */
  card(seen: SeenClaim, personal: boolean, caller: Caller, extra?: Partial<ClaimCardOptions>): Promise<Card>;
  /** The card with the result of a command. A refused form stays open with what was typed into it (R57). */
  result(result: CommandResult, asked: Asked, caller: Caller): Promise<Card>;
  /** The card with the reason why something cannot be done now. */
  refused(seen: SeenClaim, refusal: Refusal, personal: boolean, caller: Caller): Promise<Card>;
  notFound(claim: ClaimId | undefined, speech: Speech): Card;
}

/** Reads what the user's card may offer from the desk. */
export function createClaimReplies(desk: Desk, cards: Cards): ClaimReplies {
  const card: ClaimReplies['card'] = async (seen, personal, { speech }, extra = {}) => {
    const place = personal ? 'personal' : 'channel';
    return cards.claim(seen.view, { ...speech, now: desk.now(), place, ...(await choices(seen, extra)), ...extra });
  };

  /** What only one user's card can offer: their MPN ids, and the reviewers to reassign to, unless they are known. */
  async function choices(
    { view, member }: SeenClaim,
    known: Pick<Partial<ClaimCardOptions>, 'reviewers'>,
  ): Promise<Pick<ClaimCardOptions, 'reviewers' | 'mpnIds'>> {
    const mpnIds = member.memberships.find(({ organisation }) => organisation === view.claim.partner.id)?.mpnIds;
    const isAsked = !known.reviewers && view.actions.includes('ReassignClaim');
    const reviewers = isAsked ? await desk.eligibleReviewers(view) : undefined;
    return { ...(mpnIds && { mpnIds }), ...(reviewers && { reviewers }) };
  }

  return {
    card,
    async result(result, asked, caller) {
      const { speech, person } = caller;
      switch (result.kind) {
        case 'notFound':
          return notFound(asked.claim, speech);
        case 'done':
        case 'repeated': {
          const text = doneNote(result.entry, result.view.claim, person.id, speech);
          return card(result, asked.personal, caller, {
            note: { tone: 'good', text },
            ...toConfirm(asked, result.view),
          });
        }
        case 'nothing': {
          const text = alreadyNote(asked, result.view, speech) ?? say(speech.language, 'answer.nothing');
          return card(result, asked.personal, caller, {
            note: { tone: 'plain', text },
            ...toConfirm(asked, result.view),
          });
        }
        case 'refused': {
          const note = { tone: 'attention', text: reasonOf(result.refusal, result.view, speech) } as const;
          const open = formToReopen(asked.verb, result.view);
          const filled = filledByHand(asked.inputs, result.shown);
          return card(result, asked.personal, caller, { note, ...(open && { open, filled }) });
        }
      }
    },
    refused: (seen, refusal, personal, caller) =>
      card(seen, personal, caller, {
        note: { tone: 'attention', text: refusalNote(refusal, seen.view, caller.speech) },
      }),
    notFound,
  };

  function notFound(claim: ClaimId | undefined, speech: Speech): Card {
    const text = say(speech.language, 'answer.notFound', { claim: claim ?? '' });
    return cards.message(text, { ...speech, tone: 'attention' });
  }
}

/** A denial in words is recorded as an objection, and its form is open to confirm it (R60). */
function toConfirm({ verb }: Asked, view: ClaimView): Partial<ClaimCardOptions> {
  const isObjection = verb === 'deny' && view.stage === 'ConsentOpen';
  return isObjection ? { open: 'deny' } : {};
}

/** Who agreed or objected before, and when (R58, R59). */
function alreadyNote({ verb }: Asked, { claim }: ClaimView, speech: Speech): string | undefined {
  const { agreed, objections = [] } = claim.consent ?? {};
  const [objection] = objections;
  if (verb === 'agree' && agreed) return happenedNote('ConsentAgreed', agreed.by, agreed.at, speech);
  if (verb === 'deny' && objection) return happenedNote('ObjectionRecorded', objection.by, objection.at, speech);
  return undefined;
}

function reasonOf(refusal: Refusal, view: ClaimView, speech: Speech): string {
  const words = refusalNote(refusal, view, speech);
  const isChanged = refusal.code === 'wrongStage' && refusal.changes.length > 0;
  return isChanged ? `${changeNote(refusal.changes, speech)} ${words}` : words;
}

/** The verbs whose button opens a form. */
const FORMS: ReadonlySet<string> = new Set([
  'edit',
  'request',
  'reject',
  'approve',
  'withdraw',
  'deny',
  'agree',
  'dispute',
  'uphold',
  'overturn',
  'comment',
  'assess',
  'reassign',
]);

/** The form of a verb, if the user may still execute its command. */
export function formToReopen(verb: string, view: ClaimView): Verb | undefined {
  if (!FORMS.has(verb)) return undefined;
  return view.actions.map((type) => VERBS[type as keyof typeof VERBS]).find((candidate) => candidate === verb);
}

/**
 * The inputs that the user changed. What they left as an older card showed it must not undo what others saved since
 * (R57).
 */
function filledByHand(inputs: Inputs, shown: Fields | undefined): Inputs {
  if (!shown) return inputs;
  const fields = fieldsOf(inputs);
  const left = new Set<string>(
    FIELD_NAMES.filter((name) => fields[name] !== undefined && sameValue(fields[name], shown[name])),
  );
  const isLeft = (name: string): boolean =>
    name === 'kind' ? left.has('area') && left.has('activity') : left.has(name);
  return Object.fromEntries(Object.entries(inputs).filter(([name]) => !isLeft(name)));
}
