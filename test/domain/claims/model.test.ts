import { expect } from 'chai';
import fc from 'fast-check';
import type { Fields } from '../../../src/domain/claims/values.ts';
import type { RefusalCode } from '../../../src/domain/claims/refusal.ts';
import { wholeFrom } from '../../support/numbers.ts';
import { DESK } from '../../../src/domain/claims/permission.ts';
import { anna, arun, dana, FOREIGN_MPN, lena, MPN, SECOND_MPN } from './personas.ts';
import { poe } from './scenario.ts';
import type { Ask } from './scenario.ts';
import { BOOK_2020, HASTY } from './model/book.ts';
import { COMPLETE } from './model/form.ts';
import { CREATION, LIVED_EVENT_TYPES, STAGES } from './model/law.ts';
import { ModelClaim } from './model/modelClaim.ts';
import { met, press } from './model/moves.ts';
import { MOVES } from './model/sequences.ts';
import { personOf, ROLES } from './model/people.ts';
import type { Role } from './model/people.ts';
import { relationOf } from './model/relation.ts';
import { create, RealDesk } from './model/realDesk.ts';

const RUNS = wholeFrom(process.env, 'MODEL_RUNS', 3000);

const BOOKS = { 2020: BOOK_2020, hasty: HASTY };

interface Beginning {
  readonly at: number;
  readonly policy: keyof typeof BOOKS;
  readonly fields: Partial<Fields>;
  readonly from: 'draft' | 'submitted' | 'declined';
}

/**
 * Any moment of twenty years; a third of the claims begin submitted, and a third where the customer's denial was
 * overturned (R60).
 */
const beginnings: fc.Arbitrary<Beginning> = fc.record({
  at: fc.integer({ min: Date.UTC(2010, 0, 1), max: Date.UTC(2031, 0, 1) }),
  policy: fc.constantFrom<Beginning['policy'][]>(2020, 2020, 2020, 'hasty'),
  fields: fc.constantFrom<Partial<Fields>>(
    COMPLETE,
    COMPLETE,
    { ...COMPLETE, mpnId: SECOND_MPN },
    { ...COMPLETE, products: [] },
  ),
  from: fc.constantFrom('draft', 'submitted', 'declined'),
});

const SUBMITTED: readonly Ask[] = [poe('proof'), { type: 'SubmitClaim', by: anna }];
const delivered: Ask = {
  type: 'RecordDelivery',
  by: DESK,
  clock: 'consent',
  outcome: { kind: 'delivered' },
};
const BEGUN: Readonly<Record<Beginning['from'], readonly Ask[]>> = {
  draft: [],
  submitted: SUBMITTED,
  declined: [
    ...SUBMITTED,
    { type: 'StartReview', by: arun },
    { type: 'ApproveClaim', by: arun },
    delivered,
    { type: 'DenyConsent', by: dana, reason: 'Not us.' },
    { type: 'OpenDispute', by: anna, justification: 'You are.' },
    { type: 'OverturnRejection', by: lena, comment: 'They are.' },
    delivered,
  ],
};

function begun({ at, policy, fields, from }: Beginning): { readonly model: ModelClaim; readonly real: RealDesk } {
  const book = BOOKS[policy];
  const real = create('incentivesAdmin', fields, book, at);
  if (typeof real === 'string') throw new Error(`no claim was made: ${real}`);
  const model = new ModelClaim({ ...COMPLETE, ...fields }, book, at);
  for (const ask of BEGUN[from]) press(model, real, ask);
  return { model, real };
}

/** R10: who may create a claim, and for which MPN id. */
function verdictOnCreation(role: Role, mpnId: string): string {
  const person = personOf(role);
  const denied = CREATION.who.denial(relationOf(person, { assignee: undefined, rejecter: undefined }));
  if (denied) return denied;
  if (mpnId === '') return 'fieldsMissing';
  return person.mpnIds.some((own) => own === mpnId) ? 'created' : 'fieldsInvalid';
}

const CLOCKS = [
  'awaitingDelivery, level 0',
  ...[0, 1, 2, 3, 4].map((level) => `running, level ${level}`),
  'paused, level 0',
  'paused, level 1',
];
const REFUSALS: readonly RefusalCode[] = [
  'notFound',
  'partnerOnly',
  'partnerRoleNeeded',
  'reviewerOnly',
  'customerContactOnly',
  'partnerCannotAgree',
  'assessorOnly',
  'assigneeOrLeadOnly',
  'ownOrganisation',
  'ownRejection',
  'wrongStage',
  'stale',
  'editConflict',
  'fieldsMissing',
  'fieldsInvalid',
  'commentNeeded',
  'commentNotYours',
];
const EVENTS_AFTER_CREATION = LIVED_EVENT_TYPES.filter((type) => type !== 'ClaimCreated');

describe('the lifecycle against a model of it (R1-R46, R51, R53, R57, R59, R60)', function () {
  this.timeout(Math.max(60_000, RUNS * 120));

  for (const role of ROLES) {
    it(`${role} creates a claim for an own MPN id, or is refused with the reason (R10)`, () => {
      for (const mpnId of [MPN, SECOND_MPN, FOREIGN_MPN, '']) {
        const made = create(role, { mpnId }, BOOK_2020, Date.UTC(2026, 0, 1));
        expect(made instanceof RealDesk ? 'created' : made, mpnId).to.equal(verdictOnCreation(role, mpnId));
      }
    });
  }

  it('whatever is pressed by anybody, however time passes, the claim is as the model says', () => {
    fc.assert(
      fc.property(beginnings, fc.commands([...MOVES], { maxCommands: 60, size: 'max' }), (beginning, moves) => {
        const start = begun(beginning);
        fc.modelRun(() => start, moves);
        start.real.reread();
      }),
      { numRuns: RUNS, unbiased: true },
    );
  });

  it('came by every stage, every state of a clock, what counts among the refusals, and every event in these runs', () => {
    console.log(
      `model: ${RUNS} runs, ${[...met]
        .map(([what, times]) => `${what} ${times}`)
        .sort()
        .join(', ')}`,
    );
    if (RUNS >= 1000)
      expect([...met.keys()]).to.include.members([...STAGES, ...CLOCKS, ...REFUSALS, ...EVENTS_AFTER_CREATION]);
  });
});
