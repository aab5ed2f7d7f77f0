/** What people do in the lives of some claims, as a script that can be played again in another world. All times are milliseconds since the begin. */
import type { Fields } from '../../../src/domain/claims/values.ts';
import type { Request } from '../../../src/desk/desk.ts';
import type { CastName } from '../world/personas.ts';

/** What is asked of a claim; of whom it is handed to, the part they play. */
export type Asked =
  | Exclude<Request, { type: 'ReassignClaim' }>
  | { readonly type: 'ReassignClaim'; readonly to: CastName };

export type Doing =
  | { readonly kind: 'file'; readonly form: string; readonly fields: Partial<Fields> }
  | { readonly kind: 'prove'; readonly text: string }
  /** On the card that stood there so long before the press, as somebody saw who asked for it; else on the newest that stands there. */
  | { readonly kind: 'press'; readonly asked: Asked; readonly lookedBefore?: number }
  /** Their chat with the bot begins. */
  | { readonly kind: 'arrive' };

export interface Deed {
  /** `claim.number`. */
  readonly name: string;
  /** From 1; 0 for what is of no claim. */
  readonly claim: number;
  readonly at: number;
  readonly by: CastName;
  readonly does: Doing;
}

export interface Script {
  /** True time of the begin. */
  readonly start: number;
  readonly claims: number;
  /** When nothing is due any more but what is still to come. */
  readonly ends: number;
  /** Whose chats are not there at first. */
  readonly away: readonly CastName[];
  readonly deeds: readonly Deed[];
}

/** When somebody asks something of an instance in a script, oldest first. */
export function timesIn({ deeds }: Script): readonly number[] {
  return deeds
    .flatMap(({ at, does }) =>
      does.kind === 'press' && does.lookedBefore !== undefined ? [at - does.lookedBefore, at] : [at],
    )
    .sort((one, other) => one - other);
}
