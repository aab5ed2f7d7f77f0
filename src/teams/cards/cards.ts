/** The cards that the desk shows: each one a template filled with what one reader may see, in their language. */
import type { Instant } from '../../domain/calendar/calendar.ts';
import type { Claim } from '../../domain/claims/claim.ts';
import type { ClaimId } from '../../domain/claims/values.ts';
import type { Entry } from '../../domain/claims/history.ts';
import type { EnrolmentKind } from '../../desk/directory/operators.ts';
import type { ListName } from '../../desk/queries/lists.ts';
import type { ClaimView } from '../../desk/queries/view.ts';
import { claimCard } from './claimCard.ts';
import type { Speech } from '../text/format.ts';
import { enrolCard, enrolMenuCard } from './enrolCard.ts';
import { helpCard, welcomeCard } from './helpCard.ts';
import { historyCard } from './historyCard.ts';
import type { ShownList } from './listCard.ts';
import { listCard } from './listCard.ts';
import { commentOfferCard, languageCard, messageCard, movedCard, newClaimCard } from './smallCards.ts';
import type { Card } from './templates.ts';
import { loadTemplates } from './templates.ts';
import type {
  Tone,
  ClaimCardOptions,
  NewClaimOptions,
  HelpOptions,
  WelcomeOptions,
  EnrolMenuOptions,
  EnrolOptions,
} from './cardOptions.ts';

export interface Cards {
  /** A claim as its view shows it, with the buttons of `view.actions` (R52). */
  claim(view: ClaimView, options: ClaimCardOptions): Card;
  /** The form that files a draft: verb `create`, data `{ verb, form }` (R10). */
  newClaim(options: NewClaimOptions): Card;
  list(name: ListName, list: ShownList, options: Speech & { readonly now: Instant }): Card;
  /** The history of a claim, oldest first (R55). `page` counts from 0, the newest; without it the newest. */
  history(view: ClaimView, entries: readonly Entry[], options: Speech & { readonly page?: number }): Card;
  help(options: HelpOptions): Card;
  welcome(options: WelcomeOptions): Card;
  enrol(what: EnrolmentKind, options: EnrolOptions): Card;
  /** All five forms of enrolment, each behind its button. */
  enrolMenu(options: EnrolMenuOptions): Card;
  /** Offers a sentence as a comment to one of some claims: verb `commentOn`, inputs `text` and `claim`. */
  commentOffer(text: string, claims: readonly Claim[], options: Speech): Card;
  /** Three buttons: verb `language`, data `{ verb, language }`. */
  language(options: Speech): Card;
  /** In the place of a claim's card: that it lies elsewhere now, with the way there if it can be shown, or that the claim is not shown here any more. */
  moved(claim: ClaimId, options: Speech & { readonly to: 'elsewhere' | 'nowhere'; readonly link?: string }): Card;
  /** A card that says one thing. */
  message(text: string, options: Speech & { readonly tone: Tone }): Card;
}

/** Compiles the templates of a folder, once, and answers the cards that are made of them. */
export function createCards(folder: URL | string): Cards {
  const fill = loadTemplates(folder);
  return {
    claim: (view, options) => claimCard(fill, view, options),
    newClaim: (options) => newClaimCard(fill, options),
    list: (name, list, options) => listCard(fill, name, list, options),
    history: (view, entries, options) => historyCard(fill, view, entries, options),
    help: (options) => helpCard(fill, options),
    welcome: (options) => welcomeCard(fill, options),
    enrol: (what, options) => enrolCard(fill, what, options),
    enrolMenu: (options) => enrolMenuCard(fill, options),
    commentOffer: (text, claims, options) => commentOfferCard(fill, text, claims, options),
    language: (options) => languageCard(fill, options),
    moved: (claim, options) => movedCard(fill, claim, options),
    message: (text, options) => messageCard(fill, text, options),
  };
}
