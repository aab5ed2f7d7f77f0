/** The rules of a claim: what is taken, from whom it counts, and what it makes of the claim (R10–R34, R51–R57). */
import type { Mutant } from '../mutant.ts';

export const claims: readonly Mutant[] = [
  {
    name: 'dispute-after-window', what: 'A rejection that is final can be disputed all the same.', rule: 'R26',
    file: 'src/claims/decide.ts', find: "stages: ['Disputable'], counts", put: "stages: ['Disputable', 'WindowClosed'], counts", tests: ['test/claims/dispute.test.ts', 'test/claims/matrix.test.ts'],
  },
  {
    name: 'version-checked-by-halves', what: 'A claim is approved although its fields were changed since the card was drawn.', rule: 'R57',
    file: 'src/claims/decide.ts', find: 'counts && since.length > 0)', put: "counts && since.some(({ kind }) => kind === 'status'))", tests: ['test/claims/stale.test.ts'],
  },
  {
    name: 'approval-from-old-card', what: 'Approve counts from any card, however old.', rule: 'R57',
    file: 'src/claims/decide.ts', find: "ApproveClaim: { may: mayDecide, stages: ['UnderReview'], counts: seen }", put: "ApproveClaim: { may: mayDecide, stages: ['UnderReview'] }", tests: ['test/claims/stale.test.ts'],
  },
  {
    name: 'own-comments-are-news', what: "A colleague's comment keeps a reviewer from deciding.", rule: 'R57',
    file: 'src/claims/decide.ts', find: "return change.kind !== 'comment' || change.by.side !== reader.side;", put: 'return true;', tests: ['test/claims/stale.test.ts'],
  },
  {
    name: 'card-of-the-future', what: 'A press that claims a version still to come is believed to have seen all.', rule: 'R57',
    file: 'src/claims/decision.ts', find: 'return seen > claim.version ? 0 : seen;', put: 'return Math.min(seen, claim.version + seen);', tests: ['test/claims/stale.test.ts'],
  },
  {
    name: 'late-denial-rejects', what: 'A customer ends an association months after the consent has passed.', rule: 'R51',
    file: 'src/claims/consent.ts', find: "if (claim.consent.state === 'open') return", put: "if (claim.consent.state !== 'denied') return", tests: ['test/claims/consent.test.ts'],
  },
  {
    name: 'late-denial-again', what: 'The reviewers are told again and again of one late denial.', rule: 'R51',
    file: 'src/claims/consent.ts', find: "if (claim.consent.lateDenials.some((denial) => denial.by.id === by.by.id)) return refuse({ code: 'alreadyDenied' });", put: '', tests: ['test/claims/consent.test.ts'],
  },
  {
    name: 'submitted-without-proof', what: 'A claim without any proof of execution reaches the reviewers.', rule: 'R15',
    file: 'src/claims/drafting.ts', find: "return claim.poe.length === 0 ? refuse({ code: 'poeMissing' }) : undefined;", put: 'return undefined;', tests: ['test/claims/drafting.test.ts'],
  },
  {
    name: 'same-proof-twice', what: 'One document under two names counts as two.', rule: 'R12',
    file: 'src/claims/drafting.ts', find: 'poe.sha256 === sha256', put: 'poe.sha256 === sha256 && poe.name === name', tests: ['test/claims/drafting.test.ts'],
  },
  {
    name: 'others-comments-edited', what: "Anybody in the thread changes anybody's comment.", rule: 'R33',
    file: 'src/claims/comments.ts', find: "command.by.kind === 'person' && command.by.id === comment.by.id ?", put: "command.by.kind === 'person' ?", tests: ['test/claims/comments.test.ts'],
  },
  {
    name: 'resubmitted-unanswered', what: 'A partner sends a claim back without having added anything.', rule: 'R19',
    file: 'src/claims/drafting.ts', find: 'if (!claim.request.answered)', put: "if (!claim.request.answered && claim.request.reasons.length === 0)", tests: ['test/claims/drafting.test.ts'],
  },
  {
    name: 'reviewer-answers-request', what: "A reviewer's own comment counts as the partner's answer.", rule: 'R19',
    file: 'src/claims/evolve.ts', find: "return by.side === 'partner' ? answered(withComment(claim, event)) : withComment(claim, event);", put: 'return answered(withComment(claim, event));', tests: ['test/claims/drafting.test.ts', 'test/claims/comments.test.ts'],
  },
  {
    name: 'hold-not-cleared', what: 'A claim says that its notice was not delivered after it was.', rule: 'R45',
    file: 'src/claims/evolve.ts', find: "case 'NoticeDelivered':\n      return withoutHold(claim);", put: "case 'NoticeDelivered':\n      return claim;", tests: ['test/claims/clocks.test.ts'],
  },
  {
    name: 'hold-counts-as-delivery', what: 'When a notice cannot be delivered for a second reason, its clock starts all the same.', rule: 'R45',
    file: 'src/claims/decide.ts', find: "if (outcome.kind === 'delivered') return happened", put: "if (outcome.kind === 'delivered' || (claim.hold && claim.hold.reason !== outcome.reason)) return happened", tests: ['test/claims/clocks.test.ts', 'test/desk/unreachable.test.ts'],
  },
  {
    name: 'assessment-outlives-overturn', what: 'A claim in a fresh consent period shows the assessment of the one before.', rule: 'R28',
    file: 'src/claims/evolve.ts', find: 'const { assessment: _, ...rest } = withoutHold(core(claim));', put: 'const rest = withoutHold(core(claim));', tests: ['test/claims/dispute.test.ts', 'test/claims/consent.test.ts'],
  },
  {
    name: 'period-not-counted', what: 'The hand-over of the second consent period is taken for the first, and not written.', rule: 'R53',
    file: 'src/claims/evolve.ts', find: '(claim.consent?.period ?? 0) + 1', put: '1', tests: ['test/claims/consent.test.ts', 'test/claims/dispute.test.ts'],
  },
  {
    name: 'seen-conflict-asked-again', what: 'Who has seen what a colleague changed is asked about it again, for ever.', rule: 'R57',
    file: 'src/claims/drafting.ts', find: 'edit.version <= shownVersion(claim, seen)', put: 'edit.version < shownVersion(claim, seen)', tests: ['test/claims/drafting.test.ts'],
  },
  {
    name: 'colleague-overwritten', what: "What a colleague saved meanwhile is lost when one's own old form is sent.", rule: 'R57',
    file: 'src/claims/drafting.ts', find: "if (conflicts.length > 0) return refuse({ code: 'editConflict', conflicts });", put: '', tests: ['test/claims/drafting.test.ts'],
  },
  {
    name: 'customer-swapped', what: 'A partner moves a submitted claim to another customer.', rule: 'R11',
    file: 'src/claims/fields.ts', find: "'mpnId', 'products', 'customerContactName', 'customerContactTitle'", put: "'mpnId', 'products', 'customerTenantId', 'customerContactName', 'customerContactTitle'", tests: ['test/claims/drafting.test.ts'],
  },
  {
    name: 'own-tenant-as-customer', what: 'A partner asks its own people for the consent.', rule: 'R3',
    file: 'src/claims/fields.ts', find: "return value === own.tenantId ? 'ownTenant' : undefined;", put: 'return undefined;', tests: ['test/claims/drafting.test.ts', 'test/claims/fields.test.ts'],
  },
  {
    name: 'chain-without-previous', what: 'An entry of the history can be replaced without anybody seeing it.', rule: 'R55',
    file: 'src/claims/history.ts', find: 'unsigned.version !== index + 1 || unsigned.previous !== previous || hash', put: 'unsigned.version !== index + 1 || hash', tests: ['test/claims/history.test.ts'],
  },
  {
    name: 'previous-not-signed', what: 'An entry of the history can be replaced by pointing the next one at it.', rule: 'R55',
    file: 'src/claims/history.ts', find: '.filter(([, member]) => member !== undefined)', put: ".filter(([key, member]) => member !== undefined && key !== 'previous')", tests: ['test/claims/history.test.ts'],
  },
  {
    name: 'follower-stays', what: 'Who muted a claim still hears of everything as a follower.', rule: 'R47',
    file: 'src/claims/evolve.ts', find: 'muted: [...claim.muted, event.personId], followers: claim.followers.filter((id) => id !== event.personId)', put: 'muted: [...claim.muted, event.personId]', tests: ['test/claims/notices.test.ts'],
  },
  {
    name: 'level-three-to-leads', what: 'The programme owner is not told of the third escalation.', rule: 'R43',
    file: 'src/claims/notices.ts', find: "case 3: return [line('owner')];", put: "case 3: return [line('leads')];", tests: ['test/claims/notices.test.ts'],
  },
  {
    name: 'customer-told-of-refused-claim', what: 'A customer reads of a claim that was never approved.', rule: 'R6',
    file: 'src/claims/notices.ts', find: "(claim.approval ? [line('customer')] : []);", put: "[line('customer')];", tests: ['test/claims/notices.test.ts'],
  },
  {
    name: 'window-never-starts', what: 'A rejection never becomes final.', rule: 'R29',
    file: 'src/claims/notices.ts', find: "return [line('partner', 'disputeWindow'), line('review'), ...customerOf(claim)];", put: "return [line('partner'), line('review'), ...customerOf(claim)];", tests: ['test/claims/notices.test.ts'],
  },
];
