import { expect } from 'chai';
import { stageOf } from '../../../src/domain/claims/claim.ts';
import { refusalFor } from '../../../src/domain/claims/decide.ts';
import type { Member } from '../../../src/domain/claims/permission.ts';
import { STAFF_ROLES } from '../../../src/domain/claims/permission.ts';
import type { Relation } from './model/law.ts';
import { denialOf, STRANGER } from './model/law.ts';
import { anna, arun, asif, person, rolf, VENDOR_TENANT } from './personas.ts';
import type { Story } from './scenario.ts';
import { disputed, passed, refuses, thenHappened, underReview } from './scenario.ts';

const apart = (member: Member): Member => ({ ...member, separateDuties: true });
const report = (by: Member) => ({ type: 'ReportAssessment', by, eligible: true, programme: 'OSU' }) as const;
const assessed = (by: Member = asif): Story => passed().given(report(by));
/** A claim that was approved by Arun, assessed by Asif, and rejected at the partner's wish: its dispute is open. */
const assessedAndDisputed = (): Story =>
  assessed()
    .given({ type: 'RequestRejection', by: anna, reason: 'incorrectActivity', comment: '' })
    .given({ type: 'OpenDispute', by: anna, justification: 'It was right after all.' });
const STORIES = { underReview, passed, disputed, assessedAndDisputed };
const COMMANDS = [
  'StartReview',
  'ApproveClaim',
  'RejectClaim',
  'OverturnRejection',
  'UpholdRejection',
  'ReportAssessment',
] as const;

describe('separate duties (R5)', () => {
  it('are asked for by the programme alone: without, one person may approve and assess', () => {
    thenHappened(passed().when(report({ ...arun, staff: ['reviewer', 'assessor'] })), 'AssessmentReported');
  });

  it('keep who approved from assessing, and who assessed from overturning', () => {
    const both = { ...arun, staff: ['reviewer', 'assessor'] } as const;
    refuses(passed(), report(apart(both)), 'dutiesSeparate');
    thenHappened(passed().when(report(apart(asif))), 'AssessmentReported');
    const overturn = (by: Member) => ({ type: 'OverturnRejection', by, comment: 'It was.' }) as const;
    refuses(assessedAndDisputed(), overturn(apart({ ...asif, staff: ['assessor', 'reviewer'] })), 'dutiesSeparate');
    thenHappened(assessedAndDisputed().when(overturn(apart(rolf))), 'DisputeOverturned');
  });

  it('keep an operator from both', () => {
    const operator = apart({ ...rolf, staff: ['lead', 'assessor', 'operator'] });
    refuses(underReview(), { type: 'ApproveClaim', by: operator }, 'operatorDecidesNot');
    refuses(passed(), report(operator), 'operatorDecidesNot');
    thenHappened(
      underReview().when({ type: 'RejectClaim', by: operator, reason: 'poeUnavailable', comment: 'No.' }),
      'ClaimRejected',
    );
  });

  it('are as the law says, for every set of roles, everyone who did something, and every state', () => {
    let cases = 0;
    for (const [name, story] of Object.entries(STORIES)) {
      const { claim } = story();
      const reporters = claim.assessment?.outcomes.map(({ by }) => by.id) ?? [];
      for (let set = 0; set < 1 << STAFF_ROLES.length; set += 1)
        for (const who of [arun, asif, rolf, person('Newcomer', { tenantId: VENDOR_TENANT })])
          for (const separateDuties of [false, true]) {
            const staff = STAFF_ROLES.filter((_, index) => (set >> index) & 1);
            const member: Member = { ...who, staff, ...(separateDuties && { separateDuties }) };
            const has = (role: (typeof STAFF_ROLES)[number]): boolean => staff.includes(role);
            const relation: Relation = {
              ...STRANGER,
              reviewer: has('reviewer') || has('lead'),
              lead: has('lead'),
              owner: has('owner'),
              assessor: has('assessor'),
              operator: has('operator'),
              assignee: claim.assignee?.id === who.id,
              rejecter:
                claim.status === 'Rejected' && claim.rejection.by.side === 'review' && claim.rejection.by.id === who.id,
              separateDuties,
              approver: claim.approval?.by.id === who.id,
              reporter: reporters.includes(who.id),
            };
            const facts = {
              stage: stageOf(claim),
              wasSubmitted: claim.submittedAt !== undefined,
              wasApproved: claim.approval !== undefined,
              wasHandedOver: claim.assessment !== undefined,
            };
            for (const command of COMMANDS) {
              cases += 1;
              const words = `${command} by ${who.name} as ${staff.join('+')} of ${name}, ${String(separateDuties)}`;
              expect(refusalFor(command, member, claim)?.code, words).to.equal(denialOf(command, relation, facts));
            }
          }
    }
    expect(cases).to.equal(4 * 32 * 4 * 2 * 6);
  });
});
