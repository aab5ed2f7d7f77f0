/** How large a card may be when it is drawn, by what it is for, and which checks of drawn cards are in force. */
import type { CardKind } from '../teams/cards/catalogue.ts';
import type { DrawnFault, Measured } from './cardPage.ts';
import type { Look } from './looks.ts';

/** The greatest height by the width of the conversation, in CSS pixels. */
type Heights = Readonly<Record<640 | 360, number>>;

/** A form is as long as what it asks for, and a text as what it tells. */
export const MAX_HEIGHTS: Readonly<Partial<Record<CardKind, Heights>>> = {
  claim: { 640: 450, 360: 650 },
  notice: { 640: 450, 360: 650 },
  list: { 640: 520, 360: 700 },
  history: { 640: 520, 360: 700 },
};

export type DrawnCheck = DrawnFault['check'] | 'height';

/** The kinds of card that do not pass a check yet. An empty list: the check is in force for all. */
export const NOT_YET: Readonly<Record<DrawnCheck, readonly CardKind[]>> = {
  height: ['claim', 'list', 'history'],
  split: ['claim', 'form', 'text'],
  wider: [],
  cut: [],
  contrast: [],
};

/** How much too high a card is, in a sentence; undefined where it has no limit at this width, or keeps it. */
export function heightFault(height: number, kind: CardKind, { width }: Pick<Look, 'width'>): string | undefined {
  const most = width === 640 || width === 360 ? MAX_HEIGHTS[kind]?.[width] : undefined;
  return most !== undefined && height > most ? `${height} px high, at most ${most}` : undefined;
}

/** Everything that is wrong with a drawn card, whether the check is in force or not. */
export function drawnFaults(
  { height, faults }: Measured,
  kind: CardKind,
  look: Look,
): readonly { readonly check: DrawnCheck; readonly what: string }[] {
  const tooHigh = heightFault(height, kind, look);
  // The browser chooses the colours of high contrast.
  const seen = look.isForced ? faults.filter(({ check }) => check !== 'contrast') : faults;
  return [...(tooHigh === undefined ? [] : [{ check: 'height', what: tooHigh } as const]), ...seen];
}

/** Whether a check is in force for a kind of card. */
export function isInForce(check: DrawnCheck, kind: CardKind): boolean {
  return !NOT_YET[check].includes(kind);
}
