/** What each card needs to know beside the claim: the reader's language and zone, and what answers one person only. */
import type { Instant } from '../../domain/calendar/calendar.ts';
import type { PersonRef, Poe } from '../../domain/claims/values.ts';
import type { Organisation, Person } from '../../desk/directory/people.ts';
import type { Speech } from '../text/format.ts';
import type { Inputs, Verb } from './verbs.ts';

/** How a note is coloured: success, a problem, or neutral. */
export type Tone = 'good' | 'attention' | 'plain';
/** A line on top of a card: the result of the press. */
export interface Note {
  readonly tone: Tone;
  readonly text: string;
}

/** What is true of the links on a card: for whom they are, until when each opens, and for how long it then works. */
export interface LinkTermsShown {
  readonly name: string;
  readonly until: Instant;
  readonly sessionMinutes: number;
}

/** A document with its sealed link; `size` in bytes. */
export type DocumentLink = Pick<Poe, 'name' | 'kind' | 'size' | 'marks' | 'scan'> & { readonly link: string };

/** What the card of a claim shows beside the claim itself. */
export interface ClaimCardOptions extends Speech {
  readonly now: Instant;
  readonly place: 'personal' | 'channel';
  readonly note?: Note;
  /** The sealed link to the upload page; only ever on a card that answers one person. */
  readonly uploadLink?: LinkTermsShown & { readonly url: string };
  /** PoE with sealed links; only ever on a card that answers one person. */
  readonly documents?: LinkTermsShown & { readonly files: readonly DocumentLink[] };
  /** The form to show open, instead of the buttons. */
  readonly open?: Verb;
  /** The inputs of that form when it was refused, so that nothing typed is lost (R57). */
  readonly filled?: Inputs;
  /** The reviewers that the claim can be reassigned to; without them the form is not offered. */
  readonly reviewers?: readonly PersonRef[];
  /** MPN ids to choose from in the edit form; without them it has a text input. */
  readonly mpnIds?: readonly string[];
}

/** What the form for a new claim starts with (R10). */
export interface NewClaimOptions extends Speech {
  /** An id of the form, so that a form sent twice creates one claim. */
  readonly form: string;
  readonly mpnIds: readonly string[];
  readonly filled?: Inputs;
  readonly note?: Note;
}

/** What the user may do at the desk; decides which sections help and welcome have. */
export interface HelpOptions extends Speech {
  readonly partner: boolean;
  readonly reviewer: boolean;
  readonly customer: boolean;
  readonly operator: boolean;
  readonly playground: boolean;
  /** What is taken as proof (R9): the kinds, and the largest file in bytes. Partners read it. */
  readonly proof?: { readonly kinds: readonly string[]; readonly maxBytes: number };
}

/** `known`: the user is enrolled. Where not, the card shows the ids that the operator needs to enrol them. */
export interface WelcomeOptions extends HelpOptions {
  readonly known: boolean;
  readonly name: string;
  readonly tenantId: string;
  readonly objectId: string;
}

/** What the enrolment forms offer to choose from (R4). */
export interface EnrolMenuOptions extends Speech {
  /** The people who wrote to the bot most recently, to choose from; the first 20 are offered. */
  readonly people: readonly Person[];
  /** The member form offers the first 100 partners among them. */
  readonly organisations: readonly Organisation[];
}

/** One enrolment form; `filled` and `note` where it is shown again with its problems. */
export interface EnrolOptions extends EnrolMenuOptions {
  readonly filled?: Inputs;
  readonly note?: Note;
}
