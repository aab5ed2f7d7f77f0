/**
 * The cards that the desk shows, each for what one reader may see, in their language.
 *
 * Layout is in the JSON templates of the folder `cards`: one for each element that has a look of its own (a button, a
 * section, an input, the page around it all). Code decides what is on a card and repeats elements: it fills one
 * template for each section, row or button and puts the results into `page`. No template loops over claims or decides
 * on statuses.
 */
import type { Instant } from '../../domain/calendar/calendar.ts';
import type { Claim } from '../../domain/claims/claim.ts';
import type { ClaimId } from '../../domain/claims/values.ts';
import type { Entry } from '../../domain/claims/history.ts';
import type { EnrolmentKind, EnrolmentUnconfirmed } from '../../desk/directory/operators.ts';
import type { ListName } from '../../desk/queries/lists.ts';
import type { JournalFound } from '../../desk/queries/journals.ts';
import type { ClaimReadings } from '../../desk/desk.ts';
import type { ClaimView } from '../../desk/queries/view.ts';
import type { JournalOptions } from './journalCard.ts';
import { journalCard, readingsCard } from './journalCard.ts';
import { claimCard } from './claimCard.ts';
import type { Speech } from '../text/format.ts';
import { confirmEnrolmentCard, enrolCard, enrolMenuCard } from './enrolCard.ts';
import { helpCard, welcomeCard } from './helpCard.ts';
import { historyCard } from './historyCard.ts';
import type { ShownList } from './listCard.ts';
import { listCard } from './listCard.ts';
import type { FileOffer } from './smallCards.ts';
import { commentOfferCard, fileOfferCard, languageCard, messageCard, movedCard, newClaimCard } from './smallCards.ts';
import type { Card } from './templates.ts';
import type { Inputs } from './verbs.ts';
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

/** One method for each card. Cards are plain JSON and at most 40,000 bytes. */
export interface Cards {
  /** A claim as its view shows it, with the buttons of `view.actions` (R52). */
  claim(view: ClaimView, options: ClaimCardOptions): Card;
  /** The form that files a draft: verb `create`, data `{ verb, form }` (R10). */
  newClaim(options: NewClaimOptions): Card;
  list(name: ListName, list: ShownList, options: Speech & { readonly now: Instant }): Card;
  /** The history of a claim, oldest first (R55). `page` counts from 0, the newest; without it the newest. */
  history(view: ClaimView, entries: readonly Entry[], options: Speech & { readonly page?: number }): Card;
  /** A journal of rights, what a name may mean, or that it means nothing: verb `journal`, data `{ verb, of, page }`. */
  journal(asked: string, found: JournalFound, options: JournalOptions): Card;
  /** Who opened the documents of a claim: verb `readings`. */
  readings(found: ClaimReadings, options: JournalOptions): Card;
  help(options: HelpOptions): Card;
  welcome(options: WelcomeOptions): Card;
  enrol(what: EnrolmentKind, options: EnrolOptions): Card;
  /** Asks whether a form may stop the clocks that it would stop; its button sends the form again, confirmed (R45). */
  confirmEnrolment(what: EnrolmentKind, form: Inputs, asked: EnrolmentUnconfirmed, options: Speech): Card;
  /** All five forms of enrolment, each behind its button. */
  enrolMenu(options: EnrolMenuOptions): Card;
  /** Offers a sentence as a comment to one of some claims: verb `commentOn`, inputs `text` and `claim`. */
  commentOffer(text: string, claims: readonly Claim[], options: Speech): Card;
  /** Asks which claim files are for: verb `fileFor`, data `files`, input `claim`. `why` says what was not sure. */
  fileOffer(asked: FileOffer, options: Speech): Card;
  /** Three buttons: verb `language`, data `{ verb, language }`. */
  language(options: Speech): Card;
  /**
   * Replaces a claim's card that has moved: says where it is now, with a link if there is one (`elsewhere`), or that
   * the claim is no longer shown here (`nowhere`).
   */
  moved(claim: ClaimId, options: Speech & { readonly to: 'elsewhere' | 'nowhere'; readonly link?: string }): Card;
  /** A card with one sentence. */
  message(text: string, options: Speech & { readonly tone: Tone }): Card;
}

/** Compiles the templates of `folder` once and returns the cards made of them. */
export function createCards(folder: URL | string): Cards {
  const fill = loadTemplates(folder);
  return {
    claim: (view, options) => claimCard(fill, view, options),
    newClaim: (options) => newClaimCard(fill, options),
    list: (name, list, options) => listCard(fill, name, list, options),
    history: (view, entries, options) => historyCard(fill, view, entries, options),
    journal: (asked, found, options) => journalCard(fill, asked, found, options),
    readings: (found, options) => readingsCard(fill, found, options),
    help: (options) => helpCard(fill, options),
    welcome: (options) => welcomeCard(fill, options),
    enrol: (what, options) => enrolCard(fill, what, options),
    confirmEnrolment: (what, form, asked, options) => confirmEnrolmentCard(fill, what, form, asked, options),
    enrolMenu: (options) => enrolMenuCard(fill, options),
    commentOffer: (text, claims, options) => commentOfferCard(fill, text, claims, options),
    fileOffer: (asked, options) => fileOfferCard(fill, asked, options),
    language: (options) => languageCard(fill, options),
    moved: (claim, options) => movedCard(fill, claim, options),
    message: (text, options) => messageCard(fill, text, options),
  };
}
