/** The cards that the desk shows: each one a template filled with what one reader may see, in their language. */
import type { Instant } from '../calendar/calendar.ts';
import type { Catalogue } from '../claims/catalogue.ts';
import type { Claim, ClaimId, PersonRef } from '../claims/claim.ts';
import type { Entry } from '../claims/history.ts';
import type { ListName } from '../desk/find.ts';
import type { Organisation, Person } from '../desk/people.ts';
import type { ClaimView } from '../desk/view.ts';
import { claimCard } from './claimCard.ts';
import type { Speech } from './format.ts';
import { enrolCard, enrolMenuCard } from './enrolCard.ts';
import { helpCard, welcomeCard } from './helpCard.ts';
import { historyCard } from './historyCard.ts';
import type { ShownList } from './listCard.ts';
import { listCard } from './listCard.ts';
import { commentOfferCard, languageCard, messageCard, movedCard, newClaimCard } from './smallCards.ts';
import type { Card } from './templates.ts';
import { openTemplates } from './templates.ts';
import type { Inputs, Verb } from './verbs.ts';

export type { Card } from './templates.ts';
export type { Speech } from './format.ts';

export type Tone = 'good' | 'attention' | 'plain';
/** A line on top of a card: what came of the press. */
export interface Note {
  readonly tone: Tone;
  readonly text: string;
}

export interface ClaimCardOptions extends Speech {
  readonly now: Instant;
  readonly place: 'personal' | 'channel';
  readonly note?: Note;
  /** The signed link to the upload page; only ever on a card that answers one person. */
  readonly uploadLink?: string;
  /** PoE with signed links, `size` in bytes; only ever on a card that answers one person. */
  readonly documents?: readonly { readonly name: string; readonly size: number; readonly link: string }[];
  /** The form to show at once, in place of the buttons. */
  readonly open?: Verb;
  /** What that form held when it was refused; nothing typed is lost. */
  readonly filled?: Inputs;
  /** Whom the claim can be reassigned to; without them the form is not offered. */
  readonly reviewers?: readonly PersonRef[];
  /** MPN ids to choose from in the edit form; without them it has a text input. */
  readonly mpnIds?: readonly string[];
}

export interface NewClaimOptions extends Speech {
  /** Names the form, so that a form sent twice makes one claim. */
  readonly form: string;
  readonly mpnIds: readonly string[];
  readonly filled?: Inputs;
  readonly note?: Note;
}

/** What somebody may do at the desk, for help and welcome. */
export interface HelpOptions extends Speech {
  readonly partner: boolean;
  readonly reviewer: boolean;
  readonly customer: boolean;
  readonly operator: boolean;
  readonly playground: boolean;
}

export interface WelcomeOptions extends HelpOptions {
  readonly known: boolean;
  readonly name: string;
  readonly tenantId: string;
  readonly objectId: string;
}

export type EnrolForm = 'partner' | 'member' | 'staff' | 'customer' | 'contact';

export interface EnrolMenuOptions extends Speech {
  /** Who wrote to the bot last, to choose from; the first 20 are offered. */
  readonly people: readonly Person[];
  /** The form of a member offers the partners among them, the first 100. */
  readonly organisations: readonly Organisation[];
}

export interface EnrolOptions extends EnrolMenuOptions {
  readonly filled?: Inputs;
  readonly note?: Note;
}

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
  enrol(what: EnrolForm, options: EnrolOptions): Card;
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
export function openCards(folder: URL | string, catalogue: Catalogue): Cards {
  const fill = openTemplates(folder);
  return {
    claim: (view, options) => claimCard(fill, catalogue, view, options),
    newClaim: (options) => newClaimCard(fill, catalogue, options),
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
