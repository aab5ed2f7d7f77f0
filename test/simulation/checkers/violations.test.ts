import { expect } from 'chai';
import { WHO } from '../../desk/world.ts';
import type { CreateChecker } from './observations.ts';
import { createChainChecker } from './chain.ts';
import { createClocksChecker } from './clocks.ts';
import { createConsentChecker } from './consent.ts';
import { createDuesChecker } from './dues.ts';
import { createFilesChecker } from './files.ts';
import { createLawChecker } from './law.ts';
import type { HistoryName } from './support/claimHistories.ts';
import { createNoticesChecker } from './notices.ts';
import { createSweepsChecker } from './sweeps.ts';
import type { StoredClock, StoredEvent } from './support/storedClaim.ts';
import type { Tamper } from './support/tampering.ts';
import {
  bodies,
  entries,
  events,
  recording,
  sweeps,
  taken,
  twice,
  verdictOn,
  without,
  writeOf,
  writes,
} from './support/tampering.ts';

const DRAFT = 'a draft that is worked on and discarded';
const PASSED = 'a claim that is approved, passes, is assessed and denied too late';
const DISPUTED = 'a claim that is rejected, disputed, overturned, denied, disputed and upheld';
const AGAIN = 'a claim that is passed, withdrawn, overturned and passed again';
const SILENCE = 'a claim whose partner does not answer';
const LATE = 'a claim whose reviewers are late at everything, and that goes to and fro';
const ANSWERED = 'a claim that answers its request in time';
const AGREED = 'a claim that is denied, overturned, objected to, agreed to, passed and assessed';
const DECLINED = 'a claim that its customer declines twice, the second time by silence';
const UNREACHED = 'a claim whose customer wrote to the desk only after weeks';

type Case = readonly [title: string, history: HistoryName, tamper: Tamper, says: RegExp];

const side =
  (name: string) =>
  ({ by }: StoredEvent): Partial<StoredEvent> => ({ by: { ...by, side: name } });
const clock =
  (name: keyof NonNullable<StoredEvent['clocks']>, alter: (clock: StoredClock) => Partial<StoredClock>) =>
  ({ clocks = {} }: StoredEvent): Partial<StoredEvent> => {
    const before = clocks[name];
    return before ? { clocks: { ...clocks, [name]: { ...before, ...alter(before) } } } : {};
  };
const DAY = 86_400_000;

const LAW: readonly Case[] = [
  [
    'a transition from where it is not allowed',
    PASSED,
    without('ReviewStarted'),
    /ClaimApproved by review is not allowed in Submitted/,
  ],
  [
    'a decision for the second time in a cycle',
    PASSED,
    twice('ClaimApproved'),
    /ClaimApproved by review is not allowed in ConsentOpen/,
  ],
  [
    'a decision by another side',
    PASSED,
    events('ClaimApproved', side('partner')),
    /ClaimApproved in UnderReview is not for partner to do/,
  ],
  ['a clock that a user fired', SILENCE, events('PartnerDidNotRespond', side('review')), /is not for review to do/],
  [
    'a correction without a reason',
    AGREED,
    events('AssessmentCorrected', () => ({ reason: '' })),
    /without a reason \(R53\)/,
  ],
  [
    'a second outcome for a programme that is called the first',
    AGREED,
    events('AssessmentCorrected', () => ({ type: 'AssessmentReported' })),
    /of a programme that has an outcome/,
  ],
  [
    'an event that there is none of',
    PASSED,
    events('AssessmentReported', () => ({ type: 'AssessmentDoubted' })),
    /nothing that happens to a claim/,
  ],
  [
    'a proof removed after the submission',
    PASSED,
    events('ReviewStarted', () => ({ type: 'PoeRemoved' })),
    /PoeRemoved by review is not allowed in Submitted/,
  ],
  [
    'an approval of what has no proof that counts',
    PASSED,
    events('PoeAdded', ({ poe }) => (poe ? { poe: { ...poe, scan: 'waiting' } } : {})),
    /ClaimApproved of a claim without a PoE that counts \(R9\)/,
  ],
  ['a submission without a proof', PASSED, without('PoeAdded'), /ClaimSubmitted without a PoE/],
  [
    'a submission of an incomplete form',
    PASSED,
    events('ClaimCreated', ({ fields }) => ({ fields: { ...fields, subscriptionIds: [] } })),
    /without subscriptionIds/,
  ],
  [
    'a request without a reason',
    ANSWERED,
    events('InformationRequested', () => ({ reasons: [] })),
    /without one of the five reasons/,
  ],
  [
    'a request without a comment',
    ANSWERED,
    events('InformationRequested', () => ({ comment: '' })),
    /without a comment \(R18\)/,
  ],
  ['an answer in which nothing was added', ANSWERED, without('CommentAdded'), /with nothing added since the request/],
  [
    "a rejection for a reason that is not the reviewers'",
    DISPUTED,
    events('ClaimRejected', () => ({ reason: 'customerDecline' })),
    /without a reviewer's reason/,
  ],
  [
    'a withdrawal for no reason',
    AGAIN,
    events('RejectionRequested', () => ({ reason: 'boredom' })),
    /without a partner's reason/,
  ],
  [
    'a dispute with nothing in it',
    DISPUTED,
    events('DisputeOpened', () => ({ justification: '' })),
    /neither a justification nor a new PoE/,
  ],
  [
    'a dispute answered by who rejected',
    DISPUTED,
    events('DisputeOverturned', ({ by }) => ({ by: { ...by, id: WHO.rolf } })),
    /by who rejected the claim/,
  ],
  [
    'a reassignment to who has it',
    LATE,
    events('ClaimReassigned', ({ from }) => ({ ...(from !== undefined && { to: from }) })),
    /to who has it already/,
  ],
  [
    'an assignee who did not start the review',
    PASSED,
    events('ReviewStarted', () => ({ assignee: { id: 'x' } })),
    /a person who is not the one who started it/,
  ],
  [
    'an edit that misquotes the old value',
    DRAFT,
    events('FieldsEdited', () => ({ changes: { customerName: { from: 'Tailspin', to: 'Contoso' } } })),
    /customerName was what it was not/,
  ],
  ['a proof that is there twice', DRAFT, twice('PoeAdded'), /of a PoE that is there already/],
  [
    'a press that was taken twice',
    PASSED,
    entries((all) => all.map((entry) => ({ ...entry, press: 'one' }))),
    /same press/,
  ],
  [
    'what counts from after it was written',
    PASSED,
    entries((all) => all.map((entry) => ({ ...entry, recordedAt: entry.recordedAt - 1 }))),
    /counts from 1 ms after it was written/,
  ],
];

const CHAIN: readonly Case[] = [
  [
    'an entry altered under its old hash',
    PASSED,
    bodies(({ entries: all }) => ({
      entries: all.map((entry) => (entry.version === 3 ? { ...entry, recordedAt: 7 } : entry)),
    })),
    /has not the hash of what it says/,
  ],
  [
    'an entry altered much later',
    PASSED,
    bodies(({ entries: all }) =>
      all.length < 9
        ? {}
        : { entries: all.map((entry) => (entry.version === 3 ? { ...entry, recordedAt: 7 } : entry)) },
    ),
    /version 3: has not the hash/,
  ],
  [
    'an entry put in the place of another',
    PASSED,
    bodies(({ entries: all }) =>
      all.length < 9 ? {} : { entries: all.map((entry) => (entry.version === 3 ? { ...entry, hash: 'x' } : entry)) },
    ),
    /version 3 was put in the place/,
  ],
  [
    'entries that are gone',
    PASSED,
    bodies(({ entries: all }) => (all.length < 9 ? {} : { entries: all.slice(0, 5) })),
    /only 5 entries are left/,
  ],
  [
    'a version that was left out',
    PASSED,
    bodies(({ entries: all }) => ({ entries: all.filter(({ version }) => version !== 4) })),
    /calls itself version 5/,
  ],
  [
    'a queue that a claim is missing from',
    PASSED,
    writes(({ keys }) => ({ keys: keys.filter(({ name }) => name !== 'queue') })),
    /is not found by queue/,
  ],
  [
    'a claim that is never woken',
    PASSED,
    writes(({ keys }) => ({ keys: keys.filter(({ name }) => name !== 'wake') })),
    /is not found by wake/,
  ],
  [
    'a claim that is woken too late',
    PASSED,
    writes(({ keys }) => ({
      keys: keys.map((key) => (key.name === 'wake' ? { ...key, sort: (key.sort ?? 0) + 1 } : key)),
    })),
    /is found by wake/,
  ],
  [
    'a customer who finds it before it is approved',
    PASSED,
    writes(({ keys }) => ({ keys: [...keys, { name: 'customer', value: 'x', sort: 1 }] })),
    /is found by customer/,
  ],
  [
    'an assessment that no one finds',
    PASSED,
    writes(({ keys }) => ({ keys: keys.filter(({ name }) => name !== 'assessment') })),
    /is not found by assessment/,
  ],
  [
    'a wait that no one ends',
    UNREACHED,
    writes(({ keys }) => ({ keys: keys.filter(({ name }) => name !== 'waitsFor') })),
    /is not found by waitsFor/,
  ],
  [
    'a thread that is not known',
    PASSED,
    writes(({ keys }) => ({ keys: keys.filter(({ name }) => name !== 'thread') })),
    /is not found by thread/,
  ],
];

const CONSENT: readonly Case[] = [
  ['a hand-over for the second time', PASSED, twice('ConsentPassed'), /consent period 1 is passed already/],
  [
    'a denial after the hand-over',
    PASSED,
    events('LateDenialRecorded', () => ({ type: 'ConsentDenied' }), 1),
    /ConsentDenied, but consent period 1 is passed already/,
  ],
  ['silence that counts after a denial', AGREED, without('ConsentAgreed'), /by silence after the customer had denied/],
  [
    'silence that counts while an objection is open',
    AGREED,
    entries((all) => all.filter(({ event }) => !['ObjectionWithdrawn', 'ConsentAgreed'].includes(event.type))),
    /an objection is open, so nothing ends by silence/,
  ],
  ['an agreement that adds nothing', AGREED, twice('ConsentAgreed'), /that is known already/],
  ['an objection that no one made', AGREED, without('ObjectionRecorded'), /by who has not objected/],
  [
    'a claim that is rejected because its customer was silent, for the first time',
    PASSED,
    events('ConsentPassed', () => ({ type: 'ConsentNotGiven' })),
    /silence was consent/,
  ],
  [
    'a dispute of what was declined twice',
    DECLINED,
    entries((all) => {
      const opened = all.find(({ event }) => event.type === 'DisputeOpened');
      const isOver = all.some(({ event }) => event.type === 'ConsentNotGiven');
      return opened && isOver ? [...all, opened] : all;
    }),
    /the dispute of the rejection is excluded/,
  ],
  ['a late denial by the same person again', PASSED, twice('LateDenialRecorded'), /for the second time in period 1/],
  [
    'a late denial that is not late',
    DISPUTED,
    events('ConsentDenied', () => ({ type: 'LateDenialRecorded' })),
    /has not passed/,
  ],
  [
    'a record that says something else',
    PASSED,
    events('ConsentPassed', ({ record }) => ({ record: { ...record, mpnId: '1' } })),
    /not what the claim says/,
  ],
  [
    'a record of another period',
    AGAIN,
    events('ConsentPassed', ({ record }) => ({ record: { ...record, period: 1 } }), 2),
    /not what the claim says/,
  ],
  [
    'a second dispute of a rejection',
    DISPUTED,
    twice('DisputeOpened'),
    /DisputeOpened, but the dispute of the rejection is open/,
  ],
  ['a dispute that is answered twice', DISPUTED, twice('DisputeUpheld'), /the dispute of the rejection is answered/],
];

const CLOCKS: readonly Case[] = [
  [
    'a clock that is due a day early',
    PASSED,
    events(
      'ClaimSubmitted',
      clock('reviewStart', ({ dueAt = 0 }) => ({ dueAt: dueAt - DAY, nextAt: dueAt - DAY })),
    ),
    /must start reviewStart/,
  ],
  [
    'a clock that did not start',
    PASSED,
    events('ClaimSubmitted', ({ clocks: { reviewStart: _, ...rest } = {} }) => ({ clocks: rest })),
    /must start reviewStart: nothing/,
  ],
  [
    'a clock that goes on where it ends',
    PASSED,
    events('ReviewStarted', ({ clocks: { reviewStart: _, ...rest } = {} }) => ({ clocks: rest })),
    /must end reviewStart/,
  ],
  [
    'a clock that no one touched',
    PASSED,
    events('AssessmentReported', () => ({ clocks: { consent: null } })),
    /touches the clock consent/,
  ],
  [
    'a consent that does not wait for its notice',
    PASSED,
    events(
      'ClaimApproved',
      clock('consent', () => ({ state: 'running' })),
    ),
    /must start consent/,
  ],
  [
    'an objection that does not hold the consent',
    AGREED,
    events('ObjectionRecorded', () => ({ clocks: {} })),
    /must hold consent/,
  ],
  [
    'an agreement that leaves a reminder',
    AGREED,
    events(
      'ConsentAgreed',
      clock('consent', ({ dueAt = 0 }) => ({ reminders: [dueAt - 2 * DAY] })),
    ),
    /must hush consent/,
  ],
  [
    'days that an objection took',
    AGREED,
    events(
      'ObjectionWithdrawn',
      clock('consent', ({ dueAt = 0 }) => ({ dueAt: dueAt - DAY })),
    ),
    /must letGo consent/,
  ],
  [
    'a window for a dispute of what was declined twice',
    DECLINED,
    events('ConsentNotGiven', ({ clocks = {}, at }) => ({
      clocks: {
        ...clocks,
        disputeWindow: { state: 'awaitingDelivery', policy: '2020', startedAt: at, reminders: [], level: 0 },
      },
    })),
    /touches the clock disputeWindow/,
  ],
  [
    'a consent that runs from the approval',
    UNREACHED,
    events(
      'NoticeDelivered',
      clock('consent', ({ dueAt = 0 }) => ({ dueAt: dueAt - 20 * DAY })),
    ),
    /must run consent/,
  ],
  [
    'a policy that changes while the clock runs',
    PASSED,
    events(
      'NoticeDelivered',
      clock('consent', () => ({ policy: 'shorter' })),
    ),
    /must run consent/,
  ],
  [
    'two policies in one event',
    PASSED,
    events(
      'ClaimSubmitted',
      clock('reviewStart', () => ({ policy: 'shorter' })),
    ),
    /by two policies/,
  ],
  [
    'a policy that no one has',
    PASSED,
    events(
      'ClaimSubmitted',
      clock('reviewStart', () => ({ policy: '1999' })),
    ),
    /must start reviewStart/,
  ],
  [
    'a reminder that is missing',
    PASSED,
    events(
      'NoticeDelivered',
      clock('consent', () => ({ reminders: [] })),
    ),
    /must run consent/,
  ],
  [
    'a pause that loses a day',
    ANSWERED,
    events(
      'InformationRequested',
      clock('overallDecision', ({ remaining = 0 }) => ({ remaining: remaining - 1 })),
    ),
    /business days are spent and/,
  ],
  [
    'a pause that is none',
    ANSWERED,
    events(
      'InformationRequested',
      clock('overallDecision', () => ({ state: 'running' })),
    ),
    /must pause overallDecision/,
  ],
  [
    'a clock that begins anew where it goes on',
    LATE,
    events(
      'ClaimResubmitted',
      clock('overallDecision', () => ({ level: 0 })),
    ),
    /must resume overallDecision/,
  ],
  [
    'an escalation that repeats at once',
    LATE,
    events(
      'ClockEscalated',
      clock('reviewStart', ({ nextAt = 0 }) => ({ nextAt: nextAt - DAY })),
    ),
    /must escalate reviewStart/,
  ],
];

const DUES: readonly Case[] = [
  [
    'what happens early',
    PASSED,
    writeOf('ConsentPassed', ({ at }) => ({ at: at - DAY })),
    /ConsentPassed of consent was written \d+ ms early/,
  ],
  [
    'what does not count from when it was due',
    SILENCE,
    events('PartnerDidNotRespond', ({ at }) => ({ at: at + 1 })),
    /PartnerDidNotRespond of partnerResponse counts from/,
  ],
  ['an escalation for the second time', LATE, twice('ClockEscalated'), /for the second time/],
  ['a reminder for the second time', LATE, twice('ClockReminded'), /for the second time/],
  [
    'an escalation of another level',
    LATE,
    events('ClockEscalated', ({ level = 0 }) => ({ level: level + 1 }), 1),
    /says level 2 .* after level 0/,
  ],
  [
    'a reminder that says another number of days',
    LATE,
    events('ClockReminded', () => ({ daysLeft: 4 }), 1),
    /says 4 days/,
  ],
  [
    'a deadline against who was not reached',
    UNREACHED,
    events('NoticeDelivered', () => ({ clocks: {} })),
    /was not delivered \(R45\)/,
  ],
  [
    'what is done after a clock ran out that has not fired',
    PASSED,
    without('ConsentPassed'),
    /consent was due at .* and had not fired/,
  ],
  [
    'what counts from after it was written, by true time',
    PASSED,
    writeOf('ClaimApproved', ({ at }) => ({ at: at - 60_000 })),
    /ClaimApproved counts from 60000 ms after it was written/,
  ],
  [
    'what counts from long before it was written, though the claim was known then',
    PASSED,
    writeOf('ClaimApproved', ({ at }) => ({ at: at + DAY })),
    /before its writer had read the claim/,
  ],
  [
    'what counts from before it was read',
    PASSED,
    writeOf('ClaimApproved', ({ at }) => ({ at: at + DAY, readAt: at + DAY })),
    /before its writer had read the claim/,
  ],
  [
    'a dispute after its time',
    DISPUTED,
    writeOf('DisputeOpened', ({ at }) => ({ at: at + 40 * DAY })),
    /DisputeOpened was taken \d+ ms after its time was over/,
  ],
];

const NOTICES: readonly Case[] = [
  [
    'a user who is not told',
    PASSED,
    bodies(({ outbox }) => ({ outbox: outbox.filter(({ event }) => event !== 'ReviewStarted') })),
    /there is no notice of ReviewStarted to review/,
  ],
  [
    'a user who is told of what is not for them',
    PASSED,
    bodies(({ outbox }) => ({
      outbox: outbox.map((one) =>
        one.audience === 'partner' ? { ...one, id: `${one.version}:customer`, audience: 'customer' } : one,
      ),
    })),
    /:customer is about nothing/,
  ],
  [
    'an edit instead of a line',
    PASSED,
    bodies(({ outbox }) => ({ outbox: outbox.map((one) => ({ ...one, line: false })) })),
    /is an edit and should be a line/,
  ],
  [
    'a notice that starts no clock',
    PASSED,
    bodies(({ outbox }) => ({ outbox: outbox.map(({ starts: _, ...one }) => one) })),
    /starts no clock instead of consent/,
  ],
  [
    'a notice that is never tried',
    PASSED,
    bodies(({ outbox }) => ({ outbox: outbox.map(({ nextAt: _, ...one }) => one) })),
    /is not to be brought, from the beginning/,
  ],
  [
    'what counts as told before anything was sent',
    PASSED,
    taken(() => undefined),
    /counts as brought to review, but no card was sent/,
  ],
  [
    'a card that shows too little',
    PASSED,
    taken((one) => (one.card ? { ...one, card: { actions: [{ data: { claim: 'CPOR-AAAAAA', version: 1 } }] } } : one)),
    /no card was sent that shows as much/,
  ],
  [
    'an edit that goes unnoticed',
    PASSED,
    taken((one) => (one.text === undefined ? one : undefined)),
    /the card was edited without a line/,
  ],
  [
    'a notice that is gone without an end',
    PASSED,
    bodies(() => ({ told: [] })),
    /is gone, and nothing says what became of it/,
  ],
  [
    'an end without a reason',
    PASSED,
    bodies(({ told }) => ({ told: told.map(({ reason: _, ...one }) => ({ ...one, outcome: 'dead' })) })),
    /ended as dead without a reason/,
  ],
  [
    'a delivery to no one',
    PASSED,
    bodies(({ outbox }) => ({ outbox: outbox.map((one) => ({ ...one, reached: [] })) })),
    /counts as delivered, but no one was reached/,
  ],
  [
    'a clock that runs from another notice',
    PASSED,
    bodies(({ told }) => ({
      told: told.map((one) =>
        one.id.endsWith(':customer') ? { ...one, outcome: 'unreachable', reason: 'blocked' } : one,
      ),
    })),
    /NoticeDelivered of consent, but the notice that starts it/,
  ],
  [
    'what is left at the end',
    PASSED,
    (told) => [
      ...bodies(({ outbox, entries: all }) =>
        all.at(-1)?.event.type === 'DisputeWindowClosed' && outbox.length === 0
          ? {
              outbox: [
                {
                  id: '1:review',
                  audience: 'review',
                  version: 1,
                  event: 'ClaimCreated',
                  line: true,
                  attempts: 1,
                  nextAt: 7,
                  reached: [],
                },
              ],
            }
          : {},
      )(told),
    ],
    /is still to be told/,
  ],
];

const SWEEPS: readonly Case[] = [
  [
    'a claim that a sweep left',
    PASSED,
    (told) => sweeps(() => ({ disturbed: false }))(without('ConsentPassed')(without('ClockReminded')(told))),
    /consent was due at .* left it/,
  ],
  [
    'a claim that a sweep left because it could not be woken',
    PASSED,
    (told) => sweeps(() => ({ failed: 1 }))(without('ConsentPassed')(without('ClockReminded')(told))),
    /consent was due at .* left it/,
  ],
  ['a sweep that broke off by itself', PASSED, sweeps(() => ({ fault: new Error('gone') })), /broke off: gone/],
];

const FILES: readonly Case[] = [
  [
    'a proof without a file',
    PASSED,
    events('PoeAdded', ({ poe }) => (poe ? { poe: { ...poe, id: 'gone' } } : {})),
    /there is no file poe\/CPOR-\w+\/gone/,
  ],
  ['a file that no claim knows', PASSED, without('PoeAdded'), /no claim knows the file poe\//],
  [
    'a hand-over without a record',
    AGAIN,
    events('ConsentPassed', ({ record }) => ({ record: { ...record, period: 3 } })),
    /there is no file assessments\/CPOR-\w+-3\.json/,
  ],
  ['a record without a hand-over', AGAIN, without('ConsentPassed'), /no claim knows the file assessments\//],
];

const ALL: Readonly<Record<string, readonly [CreateChecker, readonly Case[]]>> = {
  law: [createLawChecker, LAW],
  chain: [createChainChecker, CHAIN],
  consent: [createConsentChecker, CONSENT],
  clocks: [createClocksChecker, CLOCKS],
  dues: [createDuesChecker, DUES],
  notices: [createNoticesChecker, NOTICES],
  sweeps: [createSweepsChecker, SWEEPS],
  files: [createFilesChecker, FILES],
};

for (const [name, [open, cases]] of Object.entries(ALL)) {
  describe(`The document checker: ${name}`, () => {
    for (const [title, history, tamper, says] of cases) {
      it(`finds ${title}`, async () => {
        const problems = verdictOn(await recording(history), open, tamper);
        expect(
          problems.some((wrong) => says.test(wrong)),
          problems.slice(0, 6).join('\n') || 'nothing was found',
        ).to.equal(true);
      });
    }
  });
}
