/** Claim + event → claim. Never refuses and never judges: what happened, happened. */
import { DeskError } from '../deskError.ts';
import { isSameProgramme } from './assessment.ts';
import type {
  Approved,
  AssessmentOutcome,
  Change,
  Claim,
  ClaimCore,
  Editing,
  FieldEdit,
  OpenConsent,
  Rejected,
  Rejection,
} from './claim.ts';
import type { Comment, FieldName, Fields, PoeId } from './values.ts';
import { countsAsProof } from './values.ts';
import type { Clock, ClockChanges, Clocks } from './clock.ts';
import type {
  AssessmentCorrected,
  AssessmentReported,
  ClaimCreated,
  ClaimEvent,
  ClockSuspended,
  FieldsEdited,
  LostDecision,
} from './events.ts';
import { isUpkeep } from './events.ts';
import type { ClockName } from './policy.ts';
import { CLOCK_NAMES } from './policy.ts';
import { isObjection } from './consent.ts';
import { holdReasonOf, isAbsence, sideOfClock } from './standing.ts';

/** An event that this version of the desk does not know: a newer one wrote it. */
export class UnknownEventError extends DeskError<'claim.unknownEvent'> {
  constructor(message: string, options?: ErrorOptions) {
    super('claim.unknownEvent', message, options);
  }
}

/**
 * The claim after one more event. Throws UnknownEventError for one of a newer version. The first event must be its
 * creation, and only the first.
 */
export function evolve(claim: Claim | undefined, event: ClaimEvent): Claim {
  if (event.type === 'ClaimCreated') return created(event);
  if (!claim) throw new Error(`a claim begins with its creation, not with ${event.type}`);
  const base: Claim = {
    ...claim,
    version: claim.version + 1,
    clocks: withClocks(claim.clocks, event.clocks),
    runsSince: withRuns(claim, event),
    changes: withChange(claim, event),
  };
  return happen(base, event);
}

/** A claim from all that happened to it, or from a number of its first events. */
export function fold(events: readonly ClaimEvent[]): Claim {
  let claim: Claim | undefined;
  for (const event of events) claim = evolve(claim, event);
  if (!claim) throw new Error('a claim has at least one event');
  return claim;
}

function created(event: ClaimCreated): Editing {
  const { id, filedBy, partner, fields, at } = event;
  return {
    status: 'Editing',
    id,
    version: 1,
    createdAt: at,
    filedBy,
    partner,
    fields,
    poe: [],
    proofSince: {},
    poeAdded: 0,
    infected: [],
    comments: [],
    changes: [],
    fieldEdits: {},
    clocks: {},
    declines: 0,
    lost: [],
    runsSince: {},
    followers: [],
    muted: [],
  };
}

function happen(claim: Claim, event: Exclude<ClaimEvent, ClaimCreated>): Claim {
  const { at, by } = event;
  switch (event.type) {
    case 'FieldsEdited':
      return answered({ ...claim, fields: withFields(claim.fields, event), fieldEdits: withEdits(claim, event) });
    case 'PoeAdded':
      return withProof({ ...claim, poe: [...claim.poe, event.poe], poeAdded: claim.poeAdded + 1 });
    case 'PoeRemoved':
      return withProof({ ...claim, poe: claim.poe.filter((poe) => poe.id !== event.poeId) });
    case 'PoeScanned':
      return withProof({
        ...claim,
        poe: claim.poe.map((poe) => (poe.id === event.poeId ? { ...poe, scan: event.verdict } : poe)),
        infected:
          event.verdict === 'malicious' ? [...claim.infected, ...contentOf(claim, event.poeId)] : claim.infected,
      });
    case 'DraftDiscarded':
      return { ...core(claim), status: 'Discarded' };
    case 'ClaimSubmitted':
      return { ...core(claim), status: 'Submitted', submittedAt: at };
    case 'ReviewStarted':
      return { ...core(claim), status: 'UnderReview', assignee: event.assignee };
    case 'ClaimReassigned':
      return { ...claim, assignee: event.to };
    case 'InformationRequested':
      return {
        ...core(claim),
        status: 'PartnerActionRequired',
        request: {
          at,
          by,
          reasons: event.reasons,
          comment: event.comment,
          answered: false,
          since: claim.version,
        },
      };
    case 'ClaimResubmitted':
      return { ...withoutHold(core(claim)), status: 'Submitted', submittedAt: claim.submittedAt ?? at };
    case 'ClaimApproved':
      return approved(claim, event, false);
    case 'DisputeOverturned':
      return approved(claim, event, true);
    case 'ClaimRejected':
      return rejected(claim, { at, by, reason: event.reason, comment: event.comment });
    case 'RejectionRequested':
      return rejected(claim, { at, by, reason: 'partnerRequest', comment: event.comment, partnerReason: event.reason });
    case 'PartnerDidNotRespond':
      return rejected(claim, { at, by, reason: 'noPartnerResponse', comment: '' });
    case 'ConsentDenied':
      return declined(claim, { at, by, reason: 'customerDecline', comment: event.reason }, event.clocks);
    case 'ConsentNotGiven':
      return declined(claim, { at, by, reason: 'customerDecline', comment: '' }, event.clocks);
    case 'ConsentAgreed':
      return withOpenConsent(claim, (consent) => ({ ...consent, agreed: { at, by }, objections: [] }));
    case 'ObjectionRecorded':
      return withOpenConsent(claim, (consent) => ({
        ...consent,
        objections: [...consent.objections, { at, by, text: event.text }],
      }));
    case 'ObjectionWithdrawn':
      return withOpenConsent(claim, (consent) => ({
        ...consent,
        objections: consent.objections.filter((objection) => objection.by.id !== by.id),
      }));
    case 'LateDenialRecorded':
      return claim.consent?.state === 'passed'
        ? {
            ...claim,
            consent: {
              ...claim.consent,
              lateDenials: [...claim.consent.lateDenials, { at, by, reason: event.reason }],
            },
          }
        : claim;
    case 'ConsentPassed':
      return claim.consent
        ? {
            ...claim,
            consent: { ...claim.consent, state: 'passed', passedAt: at, lateDenials: [] },
            assessment: { record: event.record, outcomes: [] },
          }
        : claim;
    case 'AssessmentReported':
    case 'AssessmentCorrected':
      return claim.assessment
        ? { ...claim, assessment: { ...claim.assessment, outcomes: withOutcome(claim.assessment.outcomes, event) } }
        : claim;
    case 'DisputeOpened':
      return disputed(claim, { state: 'open', at, by, justification: event.justification });
    case 'DisputeUpheld':
      return disputed(claim, { state: 'upheld', at, by, comment: event.comment });
    case 'DisputeWindowClosed':
      return disputed(claim, { state: 'windowClosed', at });
    case 'CommentAdded':
      return by.side === 'partner' ? answered(withComment(claim, event)) : withComment(claim, event);
    case 'CommentEdited':
      return altered(claim, event.commentId, (comment) => {
        const { deletedAt: _, ...kept } = comment;
        return { ...kept, text: event.to, editedAt: at };
      });
    case 'CommentDeleted':
      return altered(claim, event.commentId, (comment) => ({ ...comment, deletedAt: at }));
    case 'NoticeDelivered':
      return withoutHold(claim);
    case 'NoticeUndeliverable':
      return event.runsOn ? { ...claim, partnerLostAt: at } : { ...claim, hold: { reason: event.reason, since: at } };
    case 'ClockSuspended':
      return { ...claim, hold: { reason: suspendedFor(event), since: at } };
    case 'StateRestored': {
      const told = { ...claim, lost: [...claim.lost, ...event.lost] };
      const objections = event.lost.filter(isObjection);
      return objections.length > 0 ? withOpenConsent(told, (consent) => objectedTo(consent, objections)) : told;
    }
    case 'ClaimFollowed':
      return {
        ...claim,
        followers: [...claim.followers, event.personId],
        muted: claim.muted.filter((id) => id !== event.personId),
      };
    case 'ClaimMuted':
      return {
        ...claim,
        muted: [...claim.muted, event.personId],
        followers: claim.followers.filter((id) => id !== event.personId),
      };
    case 'ClockReminded':
    case 'ClockEscalated':
    case 'HistorySealed':
    case 'WordsErased':
      return claim;
    default:
      throw new UnknownEventError(String((event satisfies never as ClaimEvent).type));
  }
}

/** What every status has in common: a claim that changes its status leaves the rest behind. */
function contentOf({ poe }: Claim, id: PoeId): readonly string[] {
  return poe.filter((one) => one.id === id).map(({ sha256 }) => sha256);
}

function core(claim: Claim): ClaimCore {
  const copy: Partial<PickAll> & ClaimCore = { ...claim };
  delete copy.status;
  delete copy.request;
  delete copy.rejection;
  delete copy.dispute;
  return copy;
}
type PickAll = { status: unknown; request: unknown; rejection: unknown; dispute: unknown };

function withoutHold<Held extends ClaimCore>(claim: Held): Held {
  const copy: Held & { hold?: unknown } = { ...claim };
  delete copy.hold;
  return copy;
}

function approved(
  claim: Claim,
  event: Extract<ClaimEvent, { type: 'ClaimApproved' | 'DisputeOverturned' }>,
  afterDispute: boolean,
): Approved {
  const { at, by } = event;
  const { assessment: _, ...rest } = withoutHold(core(claim));
  return {
    ...rest,
    status: 'Approved',
    approval: { at, by, afterDispute },
    consent: {
      period: (claim.consent?.period ?? 0) + 1,
      openedAt: at,
      state: 'open',
      needsAgreement: claim.declines > 0 || claim.lost.some(isObjection),
      objections: [],
    },
  };
}

function rejected(claim: Claim, rejection: Rejection): Rejected {
  const rest = withoutHold(core(claim));
  const ended = rejection.reason === 'customerDecline' ? 'denied' : 'ended';
  const consent = rest.consent?.state === 'open' ? { consent: { ...rest.consent, state: ended } as const } : {};
  return { ...rest, ...consent, status: 'Rejected', rejection, dispute: { state: 'possible' } };
}

/**
 * The second time is final (R60). A denial that opened the window for a dispute, as every one did in earlier versions,
 * keeps it: its partner was told so.
 */
function declined(claim: Claim, rejection: Rejection, clocks: ClockChanges | undefined): Rejected {
  const isFinal = claim.declines > 0 && !clocks?.disputeWindow;
  return {
    ...rejected(claim, rejection),
    declines: claim.declines + 1,
    ...(isFinal && { dispute: { state: 'excluded' } }),
  };
}

function withOpenConsent(claim: Claim, alter: (consent: OpenConsent) => OpenConsent): Claim {
  if (claim.status !== 'Approved' || claim.consent.state !== 'open') return claim;
  return { ...claim, consent: alter(claim.consent) };
}

/** Silence is no consent any more, and what was agreed to before the newest of them was revoked by it (R59, R60). */
function objectedTo({ agreed, ...consent }: OpenConsent, objections: readonly LostDecision[]): OpenConsent {
  const stands = agreed && objections.every(({ at }) => at < agreed.at);
  return { ...consent, needsAgreement: true, ...(stands && { agreed }) };
}

/** An outcome takes the place of the one before for the same programme. */
function withOutcome(
  outcomes: readonly AssessmentOutcome[],
  event: AssessmentReported | AssessmentCorrected,
): readonly AssessmentOutcome[] {
  const { at, by, eligible, programme, number } = event;
  const outcome: AssessmentOutcome = {
    at,
    by,
    eligible,
    programme,
    ...(number !== undefined && { number }),
    ...(event.type === 'AssessmentCorrected' && { correction: event.reason }),
  };
  const index = outcomes.findIndex((known) => isSameProgramme(known.programme, programme));
  return index < 0 ? [...outcomes, outcome] : outcomes.with(index, outcome);
}

function disputed(claim: Claim, dispute: Rejected['dispute']): Claim {
  return claim.status === 'Rejected' ? { ...withoutHold(claim), dispute } : claim;
}

function suspendedFor({ clock, reason }: ClockSuspended): string {
  const side = sideOfClock(clock);
  return side && isAbsence(reason) ? holdReasonOf(side, reason) : reason;
}

/** A field or a partner's comment answers the request (R19). */
function answered(claim: Claim): Claim {
  return claim.status === 'PartnerActionRequired'
    ? { ...claim, request: { ...claim.request, answered: true, inWords: true } }
    : claim;
}

/**
 * Which PoE count, after one was added, removed or scanned: each since it first did. One that counts since the request
 * answers it, until it is found bad (R9, R19).
 */
function withProof(claim: Claim): Claim {
  const counting = claim.poe.filter(countsAsProof);
  const proofSince = Object.fromEntries(counting.map(({ id }) => [id, claim.proofSince[id] ?? claim.version]));
  if (claim.status !== 'PartnerActionRequired') return { ...claim, proofSince };
  const { request } = claim;
  const isProven = Object.values(proofSince).some((since) => since > request.since);
  return { ...claim, proofSince, request: { ...request, answered: request.inWords === true || isProven } };
}

function withFields(fields: Fields, event: FieldsEdited): Fields {
  const changed = Object.entries(event.changes).map(([name, change]) => [name, change.to]);
  return { ...fields, ...(Object.fromEntries(changed) as Partial<Fields>) };
}

function withEdits(claim: Claim, event: FieldsEdited): Claim['fieldEdits'] {
  const edit: FieldEdit = { version: claim.version, by: event.by, at: event.at };
  const names = Object.keys(event.changes) as FieldName[];
  return { ...claim.fieldEdits, ...(Object.fromEntries(names.map((name) => [name, edit])) as Claim['fieldEdits']) };
}

function withComment(claim: Claim, event: Extract<ClaimEvent, { type: 'CommentAdded' }>): Claim {
  const comment: Comment = {
    id: event.commentId,
    by: event.by,
    at: event.at,
    text: event.text,
    ...(event.message !== undefined && { message: event.message }),
  };
  return { ...claim, comments: [...claim.comments, comment] };
}

function altered(claim: Claim, id: string, alter: (comment: Comment) => Comment): Claim {
  return { ...claim, comments: claim.comments.map((comment) => (comment.id === id ? alter(comment) : comment)) };
}

function withClocks(clocks: Clocks, changes: ClockChanges | undefined): Clocks {
  if (!changes) return clocks;
  const next: Partial<Record<ClockName, Clock>> = { ...clocks };
  for (const [name, clock] of Object.entries(changes) as [ClockName, Clock | null][]) {
    if (clock) next[name] = clock;
    else delete next[name];
  }
  return next;
}

/** A clock that begins to run, or goes on, runs since then. */
function withRuns({ clocks, runsSince }: Claim, event: ClaimEvent): Claim['runsSince'] {
  const begun = CLOCK_NAMES.filter(
    (name) => sideOfClock(name) && event.clocks?.[name]?.state === 'running' && clocks[name]?.state !== 'running',
  );
  return begun.length > 0 ? { ...runsSince, ...Object.fromEntries(begun.map((name) => [name, event.at])) } : runsSince;
}

/**
 * The passing of the consent is no change of the status: a denial on the card of the consent notice counts, as a late
 * one (R51). Neither are an agreement and an objection: a denial on the card from before them counts (R59, R60).
 */
const KINDS: Readonly<Partial<Record<ClaimEvent['type'], Change['kind']>>> = {
  FieldsEdited: 'fields',
  PoeAdded: 'poe',
  PoeRemoved: 'poe',
  PoeScanned: 'poe',
  CommentAdded: 'comment',
  CommentEdited: 'comment',
  CommentDeleted: 'comment',
  DraftDiscarded: 'status',
  ClaimSubmitted: 'status',
  ReviewStarted: 'status',
  InformationRequested: 'status',
  ClaimResubmitted: 'status',
  ClaimApproved: 'status',
  ClaimRejected: 'status',
  RejectionRequested: 'status',
  PartnerDidNotRespond: 'status',
  ConsentDenied: 'status',
  ConsentNotGiven: 'status',
  StateRestored: 'status',
  DisputeOpened: 'status',
  DisputeUpheld: 'status',
  DisputeOverturned: 'status',
  DisputeWindowClosed: 'status',
};

/** The newest change of the status, and the newest of each other kind by each party, in the order of their versions. */
function withChange(claim: Claim, event: ClaimEvent): readonly Change[] {
  const kind = KINDS[event.type];
  if (!kind || isUpkeep(event)) return claim.changes;
  const change: Change = { kind, event: event.type, version: claim.version + 1, by: event.by, at: event.at };
  const kept = claim.changes.filter(
    (other) => other.kind !== kind || (kind !== 'status' && other.by.id !== change.by.id),
  );
  return [...kept, change];
}
