import { expect } from 'chai';
import { isDeepStrictEqual } from 'node:util';
import { stageOf } from '../../../src/domain/claims/claim.ts';
import type { CommandType } from '../../../src/domain/claims/commands.ts';
import type { Actor } from '../../../src/domain/claims/permission.ts';
import { refusalFor } from '../../../src/domain/claims/decide.ts';
import type { RefusalCode } from '../../../src/domain/claims/refusal.ts';
import { handleCreation } from '../../../src/domain/claims/handleCommand.ts';
import { FABRIKAM } from './personas.ts';
import { CREATION, LAW, outcomeOf, stageAfter } from './model/law.ts';
import { known } from './model/people.ts';
import { relationOf } from './model/relation.ts';
import { expected, ROLES, ROWS, STATES } from './matrix.ts';
import type { Role, Row, State } from './matrix.ts';
import { FORM, frozen, ID, MONDAY, RULES } from './scenario.ts';
import type { Story } from './scenario.ts';

const roles = Object.entries(ROLES) as [Role, Actor][];
let cases = 0;

/** The refusals that no other input would have avoided. */
const FOR_WHO_AND_WHERE: readonly RefusalCode[] = [
  'notFound',
  'partnerRoleNeeded',
  'partnerOnly',
  'reviewerOnly',
  'customerContactOnly',
  'partnerCannotAgree',
  'assessorOnly',
  'assigneeOrLeadOnly',
  'ownOrganisation',
  'ownRejection',
  'wrongStage',
];

/** What is wrong with the outcome of one case; undefined when it is as the model says. */
function wrongness(
  state: State,
  before: Story,
  after: Story,
  [name, row]: readonly [string, Row],
  role: Role,
): string | undefined {
  const verdict = expected(state, name, row, role);
  const { outcome } = after;
  const answer = outcome?.answer;
  if (!outcome || !answer) return 'has no outcome';
  const came = answer.kind === 'refused' ? answer.refusal.code : answer.kind === 'nothing' ? 'nothing' : 'happens';
  if (came !== verdict) return `expected ${verdict}, came to ${came}`;
  const settled = before.settled();
  if (answer.kind !== 'done')
    return isDeepStrictEqual(outcome.claim, settled.claim) && isDeepStrictEqual(after.events, settled.events)
      ? undefined
      : 'changed the claim';
  const event = state.events?.[name] ?? row.event ?? outcomeOf(row.type, state.stage)?.type ?? 'nothing';
  const stage = stageAfter(state.stage, event, state.declines);
  const by = ROLES[role].kind === 'desk' ? 'desk' : ROLES[role].id;
  if (answer.event.type !== event) return `expected ${event}, came to ${answer.event.type}`;
  if (answer.event.by.id !== by) return `done by ${answer.event.by.id}`;
  if (stageOf(outcome.claim) !== stage) return `expected ${stage}, came to ${stageOf(outcome.claim)}`;
  return outcome.claim.version === settled.claim.version + 1
    ? undefined
    : `made version ${outcome.claim.version} of ${settled.claim.version}`;
}

describe('Matrix', () => {
  after(() => {
    console.log(`      matrix: ${cases} cases`);
  });

  it('has a row for every command', () => {
    const given = new Set<CommandType>(Object.values(ROWS).map((row) => row.type));
    const commands: Readonly<Record<CommandType, true>> = {
      EditFields: true,
      AddPoe: true,
      RemovePoe: true,
      DiscardDraft: true,
      SubmitClaim: true,
      StartReview: true,
      ReassignClaim: true,
      RequestInformation: true,
      ResubmitClaim: true,
      ApproveClaim: true,
      RejectClaim: true,
      RequestRejection: true,
      DenyConsent: true,
      AgreeConsent: true,
      RecordObjection: true,
      WithdrawObjection: true,
      OpenDispute: true,
      UpholdRejection: true,
      OverturnRejection: true,
      AddComment: true,
      EditComment: true,
      DeleteComment: true,
      ReportAssessment: true,
      FollowClaim: true,
      MuteClaim: true,
      RecordDelivery: true,
      RecordScan: true,
      Wake: true,
    };
    expect([...given].sort()).to.deep.equal(Object.keys(commands).sort());
  });

  for (const state of STATES) {
    it(`${state.name}: what R10-R33 allow happens, all else is refused with its reason and changes nothing`, () => {
      const before = state.story();
      frozen(before.claim);
      expect(stageOf(before.settled().claim)).to.equal(state.stage);
      const wrong: string[] = [];
      for (const [role, actor] of roles) {
        for (const [name, row] of Object.entries(ROWS)) {
          cases += 1;
          const mistake = wrongness(state, before, before.when(row.ask(actor)), [name, row], role);
          if (mistake !== undefined) wrong.push(`${name} (${LAW[row.type].rule}) by ${role}: ${mistake}`);
        }
      }
      expect(wrong).to.deep.equal([]);
    });

    it(`${state.name}: a button is offered to those whose press would be taken`, () => {
      const { claim } = state.story().settled();
      const wrong: string[] = [];
      for (const [role, actor] of roles) {
        for (const [name, row] of Object.entries(ROWS)) {
          const verdict = expected(state, name, row, role);
          const offered = refusalFor(row.type, actor, claim);
          const refusedByState = FOR_WHO_AND_WHERE.some((code) => code === verdict);
          if (refusedByState ? offered?.code !== verdict : offered !== undefined)
            wrong.push(`${name} to ${role}: ${offered?.code ?? 'offered'}, but ${verdict}`);
        }
      }
      expect(wrong).to.deep.equal([]);
    });
  }

  it('R10: a partner member with a role creates a claim of their own organisation, no one else does', () => {
    for (const [role, by] of roles) {
      cases += 1;
      const made = handleCreation(
        { type: 'CreateClaim', by, at: MONDAY, id: ID, organisation: FABRIKAM, fields: FORM },
        RULES,
      );
      const ties = { assignee: undefined, rejecter: undefined };
      const denied = CREATION.who.denial(relationOf(known(by), ties));
      if (denied) expect(made, role).to.deep.equal({ refusal: { code: denied } });
      else expect(made, role).to.have.nested.property('claim.status', CREATION.to);
    }
  });
});
