/** The looks in which the gallery shows each card: a theme of Teams at a width, or high contrast. */
import type { Theme } from './hostConfig.ts';

/** A way in which a person sees a card. Widths in CSS pixels. */
export interface Look {
  readonly name: string;
  readonly theme: Theme;
  /** Of the conversation; the card has a margin at either side of it. */
  readonly width: number;
  /** Windows' high contrast: the browser's own forced colours. */
  readonly isForced: boolean;
  /** A client that knows none of the newer elements. */
  readonly showsFallbacks: boolean;
  /** How many cards are side by side on a sheet. */
  readonly columns: number;
}

export const LOOKS = [
  { name: 'light-640', theme: 'light', width: 640, isForced: false, showsFallbacks: false, columns: 3 },
  { name: 'dark-640', theme: 'dark', width: 640, isForced: false, showsFallbacks: false, columns: 3 },
  { name: 'light-360', theme: 'light', width: 360, isForced: false, showsFallbacks: false, columns: 5 },
  { name: 'contrast-320', theme: 'dark', width: 320, isForced: true, showsFallbacks: false, columns: 6 },
] as const satisfies readonly Look[];
export type LookName = (typeof LOOKS)[number]['name'];

/** What a client that knows none of the newer elements shows. */
export const FALLBACK_LOOK: Look = { ...LOOKS[0], name: 'fallbacks-640', showsFallbacks: true };

const PHONE = 400;

/** How wide the card itself is: on phones the conversation leaves it less of a margin. */
export function cardWidth({ width }: Look): number {
  return width - 2 * (width < PHONE ? 8 : 16);
}
