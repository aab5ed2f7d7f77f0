/** Which buttons a claim's card may have: by its stage, and by the side that reads it (R10–R33, R52). */
import type { Stage } from './knownClaims.ts';

export const SIDES = ['partner', 'review', 'customer'] as const;
export type CardSide = (typeof SIDES)[number];

const DISCUSSED: readonly Stage[] = [
  'Submitted',
  'UnderReview',
  'PartnerActionRequired',
  'ConsentOpen',
  'ConsentPassed',
  'Disputable',
  'Disputed',
];
const REWORKED: readonly Stage[] = ['Editing', 'Submitted', 'PartnerActionRequired'];

interface Row {
  readonly side: readonly CardSide[];
  readonly stages: readonly Stage[];
}

const BUTTONS: Readonly<Record<string, Row>> = {
  edit: { side: ['partner'], stages: REWORKED },
  addPoe: { side: ['partner'], stages: [...REWORKED, 'Disputable'] },
  removePoe: { side: ['partner'], stages: ['Editing'] },
  discard: { side: ['partner'], stages: ['Editing'] },
  submit: { side: ['partner'], stages: ['Editing'] },
  resubmit: { side: ['partner'], stages: ['PartnerActionRequired'] },
  withdraw: {
    side: ['partner'],
    stages: ['Submitted', 'UnderReview', 'PartnerActionRequired', 'ConsentOpen', 'ConsentPassed'],
  },
  dispute: { side: ['partner'], stages: ['Disputable'] },
  start: { side: ['review'], stages: ['Submitted'] },
  reassign: { side: ['review'], stages: ['Submitted', 'UnderReview', 'Disputed'] },
  request: { side: ['review'], stages: ['UnderReview'] },
  approve: { side: ['review'], stages: ['UnderReview'] },
  reject: { side: ['review'], stages: ['UnderReview'] },
  uphold: { side: ['review'], stages: ['Disputed'] },
  overturn: { side: ['review'], stages: ['Disputed'] },
  assess: { side: ['review'], stages: ['ConsentPassed'] },
  deny: { side: ['customer'], stages: ['ConsentOpen', 'ConsentPassed'] },
  comment: { side: ['partner', 'review'], stages: DISCUSSED },
};
/** What only shows something. */
const SHOWS: ReadonlySet<string> = new Set(['show', 'history', 'documents', 'follow', 'mute', 'commentOn']);

/** Whether a card of this side may have the button, for a claim in this stage. */
export function isButtonAllowed(verb: string, stage: Stage, sides: readonly CardSide[] = SIDES): boolean {
  if (SHOWS.has(verb)) return true;
  const row = BUTTONS[verb];
  return row !== undefined && row.stages.includes(stage) && row.side.some((side) => sides.includes(side));
}
