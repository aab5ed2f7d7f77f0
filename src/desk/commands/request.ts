/** What a person asks of a claim, and the answer. */
import type { ClaimCommand } from '../../domain/claims/commands.ts';
import type { Entry } from '../../domain/claims/history.ts';
import type { Member } from '../../domain/claims/permission.ts';
import type { Refusal } from '../../domain/claims/refusal.ts';
import type { Fields, PersonId } from '../../domain/claims/values.ts';
import type { ClaimView } from '../queries/view.ts';

type Plain<Command> = Command extends { type: 'ReassignClaim' }
  ? { readonly type: 'ReassignClaim'; readonly to: PersonId }
  : Command extends { type: 'AddPoe' | 'RecordDelivery' | 'RecordScan' | 'Wake' }
    ? never
    : Command extends { type: 'AddComment' }
      ? Omit<Command, 'by' | 'at' | 'seen' | 'id'>
      : Omit<Command, 'by' | 'at' | 'seen' | 'seenFields' | 'parties'>;
/**
 * What a person asks of a claim: a command without who, when, of which parties and which version was seen: the desk
 * adds these.
 */
export type Request = Plain<ClaimCommand>;

/**
 * What makes a request the same as one before (R58): the card it was pressed on, with the version that the card shows
 * (R57); a message in words, by a key that is its own; or nothing, for a request that changes nothing when repeated.
 */
export type Idempotency =
  | { readonly kind: 'card'; readonly version: number }
  | { readonly kind: 'message'; readonly key: string }
  | { readonly kind: 'none' };

/**
 * The answer to a person: what came of the request, the claim as it is now for them, and with which rights they asked.
 * `entry` is what they did just now or, `repeated`, with their first request.
 */
export type CommandResult =
  | {
      readonly kind: 'done' | 'repeated';
      readonly view: ClaimView;
      readonly member: Member;
      readonly entry: Entry;
    }
  | { readonly kind: 'nothing'; readonly view: ClaimView; readonly member: Member }
  | {
      readonly kind: 'refused';
      readonly view: ClaimView;
      readonly member: Member;
      readonly refusal: Refusal;
      /** Of a refused edit: the form as the card showed it, where the fields have changed since. */
      readonly shown?: Fields;
    }
  /** There is no such claim, or the person may not see it (R6). */
  | { readonly kind: 'notFound' };

/** The answer to a form of a new claim. `repeated`: the form was sent before. */
export type CreateResult =
  | Extract<CommandResult, { kind: 'done' | 'repeated' }>
  | { readonly kind: 'refused'; readonly refusal: Refusal };
