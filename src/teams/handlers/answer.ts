import type { Card } from '../cards/templates.ts';

/** An answer for the asker alone, or for everybody in the conversation. */
export type Answer = ({ readonly card: Card } | { readonly text: string }) & { readonly forAll?: boolean };
