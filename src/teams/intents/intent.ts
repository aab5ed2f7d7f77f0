/** What a sentence can ask for. */
import { CLAIM_WORDS, ENROLLED } from './lexicon.ts';
import type { ClaimId } from '../../domain/claims/values.ts';
import type { Language } from '../../locales/say.ts';

/** Commands about one claim. */
export type ClaimWord = keyof typeof CLAIM_WORDS;
/** Commands about one claim that change it. */
export type Act = Exclude<ClaimWord, 'status' | 'history' | 'comment'>;
/** What is decided or filled in on a card, and never by a word alone. */
export type CardVerb =
  | 'approve'
  | 'reject'
  | 'start'
  | 'request'
  | 'reassign'
  | 'addPoe'
  | 'edit'
  | 'discard'
  | 'uphold'
  | 'overturn';
/** What a customer can say of the consent (R24, R59, R60). */
export type ConsentWord = Extract<Act, 'deny' | 'agree' | 'notMeant'>;
/** What an operator can enrol (R4). */
export type Enrolled = keyof typeof ENROLLED;

/** The meaning of one sentence. */
export type Intent =
  | { readonly kind: 'help' }
  | { readonly kind: 'newClaim' }
  | { readonly kind: 'list'; readonly name: 'claims' | 'queue' | 'mine' | 'overdue' }
  /** Of one claim, or of all that the person has. `remark`: the sentence, where it says more than it asks. */
  | { readonly kind: 'status'; readonly claim?: ClaimId; readonly remark?: string }
  | { readonly kind: 'history'; readonly claim: ClaimId }
  /** Of a person, organisation or channel, by its name or an id, at most 100 letters: for operators and owners. */
  | { readonly kind: 'journal'; readonly name: string }
  /** The text as it was typed; it may be empty. */
  | { readonly kind: 'comment'; readonly claim: ClaimId; readonly text: string }
  | { readonly kind: 'act'; readonly verb: Act; readonly claim: ClaimId }
  /** What only a card can do: the answer is the claim's card, with that form open or its button named. */
  | { readonly kind: 'card'; readonly verb: CardVerb; readonly claim: ClaimId }
  /**
   * A command that lacks its claim; `word` is how it is written in the language it was given in. `consent`: what a
   * customer, who may have only one claim to say it of, says of the consent. `part`: what was typed of an id, at least
   * four letters of it, without `CPOR`.
   */
  | {
      readonly kind: 'needsClaim';
      readonly verb: ClaimWord | CardVerb;
      readonly word: string;
      readonly consent?: ConsentWord;
      readonly part?: string;
    }
  /**
   * A command with words that may be a customer's name, at most 100 letters, in place of an id; where the speaker has
   * no such claim it is no command (`text`).
   */
  | {
      readonly kind: 'named';
      readonly verb: ClaimWord | CardVerb;
      readonly word: string;
      readonly name: string;
      readonly text: string;
    }
  /**
   * A no among other words, or alone: a customer's answer to the consent notice, if the speaker has one to answer; of
   * that claim, if it names one.
   */
  | { readonly kind: 'no'; readonly text: string; readonly claim?: ClaimId }
  /** Thanks, or a word such as "ok": nothing is done. */
  | { readonly kind: 'talk'; readonly what: 'thanks' | 'ok' }
  | { readonly kind: 'enrol'; readonly what?: Enrolled }
  | { readonly kind: 'useChannel'; readonly purpose: 'review' | `mpn:${string}` }
  /** A channel's purpose that is neither the reviews nor an MPN id: its words, at most 100 letters. */
  | { readonly kind: 'badMpn'; readonly text: string }
  | { readonly kind: 'language'; readonly language?: Language }
  | { readonly kind: 'time'; readonly businessDays?: number; readonly days?: number; readonly hours?: number }
  /** The sentence without the mention in front. */
  | { readonly kind: 'unknown'; readonly text: string };
