/** Every command that there is, with good and bad inputs, as somebody may give it to the model's claim. */
import { createHash } from 'node:crypto';
import * as cast from '../personas.ts';
import type { CommentId, Fields, PoeId } from '../../../../src/domain/claims/values.ts';
import type { CommandType } from '../../../../src/domain/claims/commands.ts';
import type { ClockName } from '../../../../src/domain/claims/policy.ts';
import type { Member } from '../../../../src/domain/claims/permission.ts';
import type { Ask } from '../scenario.ts';
import { ENTRIES } from './form.ts';
import { LAW } from './law.ts';
import type { ModelClaim } from './modelClaim.ts';
import { PARTNER_REASONS, REQUEST_REASONS, REVIEWER_REASONS } from './needs.ts';
import { personOf, ROLES } from './people.ts';
import type { Role } from './people.ts';
import { relationTo } from './relation.ts';

/** What a press is made of, before it is known what the claim looks like. */
export interface Choice {
  readonly type: CommandType;
  readonly role: Role;
  /** Which of the inputs. */
  readonly n: number;
  /** How many versions ago the card was shown; -1 for one that never was; absent for no card. */
  readonly behind: number | undefined;
}

/** What carries a claim on. */
export const ONWARD: readonly CommandType[] = [
  'AddPoe',
  'SubmitClaim',
  'StartReview',
  'RequestInformation',
  'ResubmitClaim',
  'ApproveClaim',
  'RejectClaim',
  'OpenDispute',
  'UpholdRejection',
  'OverturnRejection',
  'AgreeConsent',
  'RecordObjection',
  'WithdrawObjection',
  'ReportAssessment',
  'RecordDelivery',
  'RecordScan',
];
/** What else is done to it. */
export const ASIDE: readonly CommandType[] = [
  'EditFields',
  'RemovePoe',
  'ReassignClaim',
  'RequestRejection',
  'DenyConsent',
  'AddComment',
  'EditComment',
  'DeleteComment',
];

const WORDS = ['A word.', 'Another.', '', '  '];
const WAITING: readonly ClockName[] = ['partnerResponse', 'consent', 'disputeWindow', 'reviewStart', 'overallDecision'];
const TARGETS: readonly Member[] = [
  cast.rita,
  cast.arun,
  cast.hana,
  cast.lena,
  cast.rolf,
  cast.petra,
  cast.haldor,
  cast.stefan,
];

export function pick<One>(all: readonly One[], n: number): One {
  const one = all[n % all.length];
  if (one === undefined) throw new RangeError('there is nothing to pick from');
  return one;
}

/** The command of a choice. */
export function askOf({ type, role, n, behind }: Choice, claim: ModelClaim): Ask {
  const seen = behind === undefined ? {} : { seen: Math.max(1, claim.version - behind) };
  const by = personOf(role).actor;
  const text = pick(WORDS, n);
  const message = `m${n % 5}`;
  switch (type) {
    case 'EditFields':
      return { type, by, ...seen, ...edit(claim, n, seen.seen) };
    case 'AddPoe':
      return {
        type,
        by,
        ...seen,
        id: `p${n % 30}` as PoeId,
        name: 'proof.pdf',
        kind: 'pdf',
        size: 1000,
        sha256: contentOf(n),
        ...(n % 4 > 1 && { scan: n % 4 === 2 ? ('waiting' as const) : ('clean' as const) }),
      };
    case 'RemovePoe':
      return { type, by, ...seen, id: `p${n % 30}` as PoeId };
    case 'ReassignClaim':
      return { type, by, ...seen, to: pick(TARGETS, n) };
    case 'RequestInformation':
      return { type, by, ...seen, reasons: n % 7 === 0 ? [] : [pick(REQUEST_REASONS, n)], comment: text };
    case 'ApproveClaim':
      return { type, by, ...seen, comment: text };
    case 'RejectClaim':
      return { type, by, ...seen, reason: pick(REVIEWER_REASONS, n >> 2), comment: text };
    case 'RequestRejection':
      return { type, by, ...seen, reason: pick(PARTNER_REASONS, n >> 2), comment: text };
    case 'DenyConsent':
      return { type, by, ...seen, reason: text };
    case 'OpenDispute':
      return { type, by, ...seen, justification: text };
    case 'UpholdRejection':
    case 'OverturnRejection':
      return { type, by, ...seen, comment: text };
    case 'AddComment':
      return { type, by, ...seen, id: `c${claim.version}` as CommentId, text, ...(n % 3 > 0 && { message }) };
    case 'EditComment':
      return { type, by, ...seen, message, text };
    case 'DeleteComment':
      return { type, by, ...seen, message };
    case 'ReportAssessment':
      return {
        type,
        by,
        ...seen,
        eligible: n % 2 === 0,
        programme: pick(['OSU', 'OSA', 'osu', ''], n >> 1),
        number: pick(['', 'N-1', ' N-2 '], n >> 3),
        reason: pick(WORDS, n >> 4),
      };
    case 'RecordObjection':
      return { type, by, ...seen, text };
    case 'RecordDelivery':
      return {
        type,
        by,
        clock: pick(WAITING, n),
        outcome:
          n % 4 === 0 ? { kind: 'undeliverable', reason: pick(['blocked', 'gone'], n >> 2) } : { kind: 'delivered' },
      };
    case 'RecordScan':
      return { type, by, poe: `p${n % 30}` as PoeId, verdict: pick(VERDICTS, n >> 3) };
    default:
      return { type, by, ...seen };
  }
}

const VERDICTS = ['malicious', 'clean', 'clean', 'tooLarge', 'unscanned'] as const;

const CONTENTS = Array.from({ length: 30 }, (_, n) => createHash('sha256').update(`content ${n}`).digest('hex'));

/** One content in six lies in the claim under another id. */
function contentOf(n: number): string {
  return pick(CONTENTS, n % 6 === 0 ? 0 : n);
}

/** One field, alone or within the whole form as the card showed it. */
function edit(
  claim: ModelClaim,
  n: number,
  seen: number | undefined,
): { readonly fields: Partial<Fields>; readonly seenFields?: Fields } {
  const [name, value] = pick(ENTRIES, n);
  const seenFields = seen === undefined || n % 2 === 0 ? undefined : claim.forms[seen];
  return seenFields ? { fields: { ...seenFields, [name]: value }, seenFields } : { fields: { [name]: value } };
}

/** A command from where it may be given and by whom, with a few inputs, on the current card. */
export function choicesOf(type: CommandType, n: number, claim: ModelClaim): readonly Choice[] {
  const { from, who } = LAW[type];
  if (!from.includes(claim.stage)) return [];
  const roles = ROLES.filter((role) => who.denial(relationTo(claim, personOf(role))) === undefined);
  return [0, 1, 2, 3, 4].flatMap((more) => roles.map((role) => ({ type, role, n: n + more, behind: undefined })));
}
