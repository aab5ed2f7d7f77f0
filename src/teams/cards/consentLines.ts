/** The state of the customer's consent, in lines (R24, R25, R51, R59, R60). */
import type { Consent } from '../../domain/claims/claim.ts';
import type { ClaimView } from '../../desk/queries/view.ts';
import { say } from '../../locales/say.ts';
import type { Speech } from '../text/format.ts';
import { formatTime } from '../text/format.ts';
import { truncateWithEllipsis } from './escape.ts';
import type { Line } from './elements.ts';
import { line, run } from './elements.ts';
import { partyName } from '../text/labels.ts';

const LATE_SHOWN = 3;
const MAX_REASON_SHOWN = 300;

/** Late denials are for the reviewers only. */
export function consentLines(consent: Consent, { side }: ClaimView, speech: Speech): readonly Line[] {
  const { language, zone } = speech;
  const again = consent.period > 1 ? [line(run(say(language, 'card.consentAgain', { period: consent.period })))] : [];
  const passed = consent.state === 'passed' ? consent : undefined;
  const late = side === 'review' ? (passed?.lateDenials ?? []).slice(-LATE_SHOWN) : [];
  return [
    ...again,
    ...(consent.needsAgreement ? [line(run(say(language, 'card.consentNeedsAgreement')))] : []),
    ...agreedLines(consent, speech),
    ...(passed
      ? [line(run(say(language, 'card.consentPassed', { when: formatTime(passed.passedAt, zone, language) }), 'bold'))]
      : []),
    ...late.map((denial) =>
      line(
        run(
          say(language, 'card.lateDenial', {
            who: partyName(denial.by, speech),
            when: formatTime(denial.at, zone, language),
          }),
          'bold',
        ),
        ...(denial.reason === '' ? [] : [run(truncateWithEllipsis(denial.reason, MAX_REASON_SHOWN))]),
      ),
    ),
  ];
}

/** Who has agreed, and when; where the consent was denied after it, that the denial has revoked it (R59). */
export function agreedLines({ agreed, state }: Consent, speech: Speech): readonly Line[] {
  if (!agreed) return [];
  const { language, zone } = speech;
  const facts = { who: partyName(agreed.by, speech), when: formatTime(agreed.at, zone, language) };
  return state === 'denied'
    ? [line(run(say(language, 'card.agreementRevoked', facts)))]
    : [line(run(say(language, 'card.agreed', facts), 'bold'))];
}
