/** What a command answers with. */
import type { Card } from '../cards/templates.ts';

/** An answer for the caller alone, or with `forAll` for everyone in the conversation. */
export type CommandReply = ({ readonly card: Card } | { readonly text: string }) & {
  readonly forAll?: boolean;
  /** Cards that follow, in a personal chat. */
  readonly others?: readonly Card[];
};
