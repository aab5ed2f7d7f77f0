/**
 * The four steps of a claim, as bars with their names: what is done, where it is, what is to come, and where it ended.
 */
import type { Claim } from '../../domain/claims/claim.ts';
import { stageOf } from '../../domain/claims/claim.ts';
import type { Language, SentenceKey } from '../../locales/say.ts';
import { say } from '../../locales/say.ts';
import type { TextStyle } from './elements.ts';
import { run } from './elements.ts';
import type { Card, Fill } from './templates.ts';

const STEPS = ['submitted', 'review', 'consent', 'assessment'] as const;

/** How far a step is. The words say it too, so that no one needs the colour. */
type StepState = 'done' | 'now' | 'toCome' | 'ended';

/**
 * Pictures of one colour, 600 × 6: a container with a background has padding in every client, which would make a thick
 * box of a bar. The colours stand out from the backgrounds of all themes.
 */
const BARS: Readonly<Record<StepState, string>> = {
  done: 'iVBORw0KGgoAAAANSUhEUgAAAlgAAAAGAQMAAAAls3IxAAAAA1BMVEUrilenASBNAAAADklEQVR42mNgGAXDAQAAAcgAAbYOrQoAAAAASUVORK5CYII=',
  now: 'iVBORw0KGgoAAAANSUhEUgAAAlgAAAAGAQMAAAAls3IxAAAAA1BMVEVbX8f/sOoDAAAADklEQVR42mNgGAXDAQAAAcgAAbYOrQoAAAAASUVORK5CYII=',
  toCome:
    'iVBORw0KGgoAAAANSUhEUgAAAlgAAAAGAQMAAAAls3IxAAAAA1BMVEWmpqa9ZwG6AAAADklEQVR42mNgGAXDAQAAAcgAAbYOrQoAAAAASUVORK5CYII=',
  ended:
    'iVBORw0KGgoAAAANSUhEUgAAAlgAAAAGAQMAAAAls3IxAAAAA1BMVEXEMUsWj5zsAAAADklEQVR42mNgGAXDAQAAAcgAAbYOrQoAAAAASUVORK5CYII=',
};

const LABELS: Readonly<Record<StepState, TextStyle>> = {
  done: 'small',
  now: 'smallBold',
  toCome: 'smallSubtle',
  ended: 'smallBold',
};

const BETWEEN = { type: 'TextRun', text: ' · ', size: 'Small', isSubtle: true };

/** The steps of a claim, from the template `steps`. */
export function stepsElement(fill: Fill, claim: Claim, language: Language): Card {
  const { at, state } = whereIs(claim);
  const stateOf = (index: number): StepState => (index < at ? 'done' : index === at ? state : 'toCome');
  const steps = STEPS.map((name, index) => {
    const own = stateOf(index);
    const label = say(language, `step.${name}` satisfies SentenceKey);
    return {
      bar: `data:image/png;base64,${BARS[own]}`,
      state: say(language, `step.is.${own}`, { step: label }),
      label: run(label, LABELS[own]),
    };
  });
  // One line below the bars: a name in each column would break on a narrow phone.
  const labels = steps.flatMap(({ label }, index) => (index === 0 ? [label] : [BETWEEN, label]));
  return fill('steps', { steps: steps.map(({ bar, state: words }) => ({ bar, state: words })), labels });
}

/** At which of the steps a claim is, by their number from 0; 4 where all are done. */
function whereIs(claim: Claim): { readonly at: number; readonly state: StepState } {
  const stage = stageOf(claim);
  switch (stage) {
    case 'Editing':
    case 'Submitted':
      return { at: 0, state: stage === 'Editing' ? 'now' : 'done' };
    case 'UnderReview':
    case 'PartnerActionRequired':
      return { at: 1, state: 'now' };
    case 'ConsentOpen':
      return { at: 2, state: 'now' };
    case 'ConsentPassed':
      return { at: 3, state: claim.assessment?.outcomes.length ? 'done' : 'now' };
    case 'Discarded':
      return { at: 0, state: 'ended' };
    case 'Disputable':
    case 'Disputed':
    case 'Upheld':
    case 'WindowClosed':
    case 'FinallyDeclined':
      return { at: endedAt(claim), state: 'ended' };
  }
}

/** A denial ends a claim in the consent; any other rejection in the review, or in the consent if it was approved. */
function endedAt(claim: Claim): number {
  return claim.status === 'Rejected' && (claim.rejection.reason === 'customerDecline' || claim.approval) ? 2 : 1;
}
