/** What a person of the model is to a claim, in the law's terms (R1–R6), and what they have missed of it (R57). */
import type { Relation, Progress } from './law.ts';
import { sideOf } from './law.ts';
import type { ModelChange, ModelClaim } from './modelClaim.ts';
import { idOf } from './people.ts';
import type { Person } from './people.ts';

/** The facts of a claim on which a relation to it depends; people by their ids. */
export interface Ties {
  readonly assignee: string | undefined;
  /** The reviewer who gave the rejection that is in force. */
  readonly rejecter: string | undefined;
}

export function relationOf(person: Person, { assignee, rejecter }: Ties): Relation {
  const { actor, partner, reviewer, lead, owner, assessor, operator, atHome, customer } = person;
  const id = idOf(actor);
  return {
    desk: actor.kind === 'desk',
    partner,
    reviewer,
    lead,
    owner,
    assessor,
    operator,
    contact: customer?.enrolled === true,
    ofParty: partner !== undefined || atHome,
    assignee: id === assignee,
    rejecter: id === rejecter,
  };
}

/** A person's relation to the model's claim as it is now. */
export function relationTo({ assignee, rejection }: ModelClaim, person: Person): Relation {
  return relationOf(person, {
    assignee,
    rejecter: rejection?.byReviewer === true ? rejection.by : undefined,
  });
}

export function progressOf({ submittedAt, approval, assessment }: ModelClaim): Progress {
  return {
    wasSubmitted: submittedAt !== undefined,
    wasApproved: approval !== undefined,
    wasHandedOver: assessment !== undefined,
  };
}

/**
 * What the presser of a card of that version has not seen: the status, what others entered, what the other side said
 * (R57).
 */
export function missed(claim: ModelClaim, person: Person, seen: number | undefined): readonly ModelChange[] {
  if (seen === undefined) return [];
  const side = sideOf(relationTo(claim, person));
  return claim.changes.filter(({ kind, version, by, side: theirs }) => {
    if (version <= shownBy(claim, seen)) return false;
    if (kind === 'status') return true;
    return by !== idOf(person.actor) && side !== 'customer' && (kind !== 'comment' || theirs !== side);
  });
}

/** No card shows a version that is still to come: a press that names one has seen nothing. */
export function shownBy({ version }: ModelClaim, seen: number): number {
  return seen > version ? 0 : seen;
}
