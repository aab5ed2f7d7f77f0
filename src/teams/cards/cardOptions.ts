import type { Instant } from '../../domain/calendar/calendar.ts';
import type { PersonRef } from '../../domain/claims/values.ts';
import type { Organisation, Person } from '../../desk/directory/people.ts';
import type { Speech } from '../text/format.ts';
import type { Inputs, Verb } from './verbs.ts';

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
