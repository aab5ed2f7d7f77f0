/**
 * A script: what users do with some claims, so that it can be played again in another world. All times are milliseconds
 * since the beginning.
 */
import type { Fields } from '../../../src/domain/claims/values.ts';
import type { Request } from '../../../src/desk/commands/request.ts';
import type { PersonaName } from '../world/personas.ts';

/** What is asked of a claim; of whom it is handed to, the part they play. */
export type Asked =
  | Exclude<Request, { type: 'ReassignClaim' }>
  | { readonly type: 'ReassignClaim'; readonly to: PersonaName };

export type Doing =
  | { readonly kind: 'file'; readonly form: string; readonly fields: Partial<Fields> }
  | { readonly kind: 'prove'; readonly text: string }
  /** Pressed on the card as it was this long before the press; left out: on the newest. */
  | { readonly kind: 'press'; readonly asked: Asked; readonly lookedBefore?: number }
  /** Their chat with the bot begins. */
  | { readonly kind: 'arrive' };

export interface ScriptedAction {
  /** `claim.number`. */
  readonly name: string;
  /** From 1; 0 for what is of no claim. */
  readonly claim: number;
  readonly at: number;
  readonly by: PersonaName;
  readonly does: Doing;
}

export interface Script {
  /** True time of the begin. */
  readonly start: number;
  readonly claims: number;
  /** When nothing is due any more but what is still to come. */
  readonly ends: number;
  /** Whose chats are not there at first. */
  readonly away: readonly PersonaName[];
  readonly actions: readonly ScriptedAction[];
}

/** When a user asks something of an instance in a script, oldest first. */
export function timesIn({ actions }: Script): readonly number[] {
  return actions
    .flatMap(({ at, does }) =>
      does.kind === 'press' && does.lookedBefore !== undefined ? [at - does.lookedBefore, at] : [at],
    )
    .sort((one, other) => one - other);
}
