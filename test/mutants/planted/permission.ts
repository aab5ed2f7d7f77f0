/** Who may see and do what (R1–R6). */
import type { Mutant } from '../mutant.ts';

const WHO = ['test/claims/permission.test.ts', 'test/claims/matrix.test.ts', 'test/claims/consent.test.ts', 'test/claims/dispute.test.ts', 'test/claims/review.test.ts'];
const FILE = 'src/claims/permission.ts';

export const permission: readonly Mutant[] = [
  {
    name: 'home-organisation-ignored', what: 'A reviewer of the tenant of a partner decides its claim.', rule: 'R5',
    file: FILE, find: '    member.homeOrganisations.includes(claim.partner.id) ||\n', put: '', tests: WHO,
  },
  {
    name: 'customer-decides-for-itself', what: "A reviewer of the customer's tenant decides the claim on it.", rule: 'R5',
    file: FILE, find: "    (claim.fields.customerTenantId !== '' && member.tenantId === claim.fields.customerTenantId) ||\n", put: '', tests: WHO,
  },
  {
    name: 'contact-of-any-tenant', what: "Whoever has the contact's address in another tenant denies the consent.", rule: 'R3',
    file: FILE, find: 'if (!tenant || member.tenantId !== tenant) return false;', put: 'if (!tenant) return false;', tests: WHO,
  },
  {
    name: 'address-by-its-beginning', what: "Somebody whose address begins like the contact's denies the consent.", rule: 'R3',
    file: FILE, find: 'return one.trim().toLowerCase() === other.trim().toLowerCase();', put: 'return one.trim().toLowerCase().startsWith(other.trim().toLowerCase());', tests: WHO,
  },
  {
    name: 'rejecter-decides-dispute', what: 'A lead decides the dispute over their own rejection.', rule: 'R5',
    file: FILE, find: "rejecter?.side === 'review' && rejecter.id === actor.id ?", put: "rejecter?.side === 'review' && rejecter.id === actor.id && !isLead(actor) ?", tests: WHO,
  },
  {
    name: 'dispute-handed-to-rejecter', what: 'A dispute is assigned to the reviewer who rejected the claim.', rule: 'R5',
    file: 'src/claims/review.ts', find: "claim.status === 'Rejected' ? mayDecideDispute(to, claim) : mayReview(to, claim)", put: 'mayReview(to, claim)', tests: WHO,
  },
  {
    name: 'customer-sees-too-early', what: 'A customer reads a claim that is not approved yet.', rule: 'R6',
    file: FILE, find: 'return claim.approval !== undefined && isCustomerContact(actor, claim);', put: 'return claim.submittedAt !== undefined && isCustomerContact(actor, claim);', tests: WHO,
  },
  {
    name: 'shown-to-other-partners', what: 'Members of one partner read the claims of another.', rule: 'R6',
    file: FILE, find: 'if (membershipIn(actor, claim.partner.id)) return true;', put: 'if (actor.memberships.length > 0) return true;', tests: WHO,
  },
  {
    name: 'drafts-shown-to-reviewers', what: 'Reviewers read what a partner has not submitted.', rule: 'R6',
    file: FILE, find: "if (claim.submittedAt !== undefined && (isReviewer(actor) || actor.staff.includes('owner'))) return true;", put: "if (isReviewer(actor) || actor.staff.includes('owner')) return true;", tests: WHO,
  },
  {
    name: 'readers-act', what: 'A member without a role submits and withdraws claims.', rule: 'R1',
    file: FILE, find: "return membership.roles.length > 0 ? undefined : { code: 'partnerRoleNeeded' };", put: 'return undefined;', tests: WHO,
  },
  {
    name: 'any-reviewer-decides', what: 'A reviewer approves a claim that is assigned to another.', rule: 'R20',
    file: FILE, find: '(actor.id === claim.assignee?.id || isLead(actor))', put: '(actor.id === claim.assignee?.id || isReviewer(actor))', tests: WHO,
  },
  {
    name: 'anybody-speaks-for-the-clock', what: 'A person who knows how tells the desk that a notice was delivered.', rule: 'R45',
    file: 'src/claims/decide.ts', find: "(actor.kind === 'desk' ? undefined : { code: 'notFound' })", put: 'undefined', tests: WHO,
  },
];
