/** Clocks: what starts, pauses and ends them, and what their firing does (R35–R46). */
import type { Mutant } from '../mutant.ts';

const CLOCKS = ['test/claims/clocks.test.ts', 'test/claims/settle.test.ts'];
const FILE = 'src/claims/clocks.ts';

export const clocks: readonly Mutant[] = [
  {
    name: 'in-time-when-due', what: 'Who acts at the very instant at which it is due is still in time.', rule: 'R42',
    file: 'src/claims/settle.ts', find: 'firing.at > now', put: 'firing.at >= now', tests: CLOCKS,
  },
  {
    name: 'fires-early', what: 'A partner who answers in the last second is rejected already.', rule: 'R44',
    file: 'src/claims/settle.ts', find: 'firing.at > now', put: 'firing.at > now + 1_000', tests: CLOCKS,
  },
  {
    name: 'sweep-decides', what: 'A denial that comes too late is taken as long as no sweep has run.', rule: 'R44',
    file: 'src/claims/settle.ts', find: 'decide(command, settled.claim, rules)', put: 'decide(command, claim, rules)', tests: CLOCKS,
  },
  {
    name: 'pause-not-counted', what: 'The reviewers are late while they wait for the partner.', rule: 'R37',
    file: FILE, find: "...change(claim, 'overallDecision', (clock) => pauseClock(clock, event.at, programme)), partnerResponse", put: 'partnerResponse', tests: CLOCKS,
  },
  {
    name: 'resumes-in-full', what: 'After a request for information the reviewers have ten days again.', rule: 'R46',
    file: FILE, find: 'programme.policyOf(clock.policy)), at, remaining);', put: 'programme.policyOf(clock.policy)), at, programme.policyOf(clock.policy).clocks.overallDecision.length);', tests: CLOCKS,
  },
  {
    name: 'overdue-forgiven', what: 'A review that was late is not late any more once the partner has answered.', rule: 'R46',
    file: FILE, find: "if (isOverdue(clock)) return { ...rest, state: 'running', nextAt };", put: '', tests: CLOCKS,
  },
  {
    name: 'new-policy-for-old-clock', what: 'A change of the policy moves the deadlines of claims that wait for a notice.', rule: 'R42',
    file: FILE, find: 'const policy = programme.policyOf(clock.policy);\n  const { length, unit }', put: 'const { policy } = programme;\n  const { length, unit }', tests: CLOCKS,
  },
  {
    name: 'runs-undelivered', what: 'A claim is rejected for want of an answer to a request that never arrived.', rule: 'R45',
    file: FILE, find: 'return policy.clocks[name].startsOnDelivery ? still : runClock', put: 'return runClock', tests: CLOCKS,
  },
  {
    name: 'runs-from-the-event', what: 'Who could not be reached for a week has a week less to answer.', rule: 'R45',
    file: FILE, find: 'runClock(event.clock, clock, event.at, programme)', put: 'runClock(event.clock, clock, clock.startedAt, programme)', tests: CLOCKS,
  },
  {
    name: 'level-not-recorded', what: 'Leads and owner never hear that a review is late.', rule: 'R43',
    file: FILE, find: 'level: clock.level + 1, nextAt', put: 'nextAt', tests: CLOCKS,
  },
  {
    name: 'escalates-at-weekends', what: 'Leads are called on Saturdays and Sundays.', rule: 'R43',
    file: FILE, find: 'return dueAfterRemaining(calendar, justFired, 0);', put: 'return Math.min(justFired + 86_400_000, dueAfterRemaining(calendar, justFired, 0));', tests: CLOCKS,
  },
  {
    name: 'reminded-without-end', what: 'A claim is reminded of over and over and never gets any further.', rule: 'R38',
    file: FILE, find: 'reminders: clock.reminders.slice(1)', put: 'reminders: clock.reminders', tests: CLOCKS,
  },
  {
    name: 'second-reminder-lost', what: 'A partner hears two days before the end, and not again on the last day.', rule: 'R38',
    file: FILE, find: 'reminders: clock.reminders.slice(1)', put: 'reminders: []', tests: CLOCKS,
  },
  {
    name: 'reminded-of-the-past', what: 'A clock that resumes on its last day reminds of a day that is over.', rule: 'R46',
    file: FILE, find: '.filter((reminder) => reminder > from)', put: '', tests: CLOCKS,
  },
  {
    name: 'clocks-outlive-rejection', what: 'Reviewers are told that they are late with a claim that was withdrawn.', rule: 'R22',
    file: FILE, find: '{ ...endAll(claim), disputeWindow', put: '{ disputeWindow', tests: CLOCKS,
  },
  {
    name: 'window-closes-over-dispute', what: 'A dispute is ended by the window in which it was opened.', rule: 'R29',
    file: FILE, find: 'return { disputeWindow: null, disputeDecision', put: 'return { disputeDecision', tests: [...CLOCKS, 'test/claims/dispute.test.ts'],
  },
  {
    name: 'start-clock-goes-on', what: 'Reviewers are told to start a review that they have started.', rule: 'R35',
    file: FILE, find: "return { reviewStart: null, reviewDecision: start('reviewDecision') };", put: "return { reviewDecision: start('reviewDecision') };", tests: CLOCKS,
  },
  {
    name: 'days-left-wrong', what: 'The reminder of the last day says that two days are left.', rule: 'R38',
    file: 'src/claims/settle.ts', find: 'policy.reminders.at(-(running?.reminders.length ?? 1)) ?? 0', put: 'policy.reminders[0] ?? 0', tests: CLOCKS,
  },
];
