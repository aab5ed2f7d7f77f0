/** The claims as their stored entries describe them, followed write by write. The user checkers go by these. */
import type { Json, DocumentWritten } from '../observations.ts';
import type { Stage } from '../../../../src/domain/claims/claim.ts';
import { stageAfter } from '../../../domain/claims/model/law.ts';
import { member, numberAt, objectsAt, textAt } from './looseJson.ts';

/** One entry of a claim's history. `by` is a person's id, or `desk`. */
export interface KnownEntry {
  readonly version: number;
  readonly press: string | undefined;
  readonly type: string;
  readonly by: string;
  readonly side: string;
  readonly event: Json;
}

/** A user whom the claim named as the customer's contact, until when. */
export interface NamedContact {
  readonly email: string;
  readonly until: number;
}

export interface KnownClaim {
  readonly id: string;
  readonly version: number;
  readonly stage: Stage;
  /** The stage at each version, from 1. */
  readonly stages: readonly Stage[];
  readonly entries: readonly KnownEntry[];
  readonly partner: string;
  readonly mpnId: string;
  readonly customerTenant: string;
  readonly contacts: readonly NamedContact[];
  readonly assignee?: string;
  /** The reviewer who rejected it, where that was how it was rejected last. */
  readonly rejecter?: string;
  /** These three never end (R6). */
  readonly wasSubmitted: boolean;
  readonly wasApproved: boolean;
  readonly wasHandedOver: boolean;
  /** The document's body as it is stored now. */
  readonly body: Json;
}

type Growing = { -readonly [Name in keyof KnownClaim]: KnownClaim[Name] } & {
  stages: Stage[];
  entries: KnownEntry[];
  contacts: NamedContact[];
};

export type KnownClaims = ReturnType<typeof createKnownClaims>;

export function createKnownClaims() {
  const claims = new Map<string, Growing>();

  /** Follows a write. `each` is called with every new entry and the claim as it was before it; its problems are returned. */
  function wrote(
    { kind, id, after, at }: Pick<DocumentWritten, 'kind' | 'id' | 'after' | 'at'>,
    each: (claim: KnownClaim, entry: KnownEntry) => readonly string[] = () => [],
  ): readonly string[] {
    if (kind !== 'claim') return [];
    const claim = claims.get(id) ?? unborn(id);
    claims.set(id, claim);
    claim.body = after;
    const problems: string[] = [];
    for (const raw of objectsAt(after, 'entries').slice(claim.version)) {
      const entry = read(raw, claim.version + 1);
      problems.push(...each(claim, entry));
      follow(claim, entry, at);
    }
    return problems;
  }

  return {
    wrote,
    get: (id: string): KnownClaim | undefined => claims.get(id),
    all: (): Iterable<KnownClaim> => claims.values(),
  };
}

function unborn(id: string): Growing {
  return {
    id,
    version: 0,
    stage: 'Editing',
    stages: [],
    entries: [],
    partner: '',
    mpnId: '',
    customerTenant: '',
    contacts: [],
    wasSubmitted: false,
    wasApproved: false,
    wasHandedOver: false,
    body: {},
  };
}

function read(raw: Json, version: number): KnownEntry {
  const event = member(raw, 'event');
  const press = textAt(raw, 'press');
  const by = member(event, 'by');
  return {
    version: numberAt(raw, 'version') ?? version,
    press: press === '' ? undefined : press,
    type: textAt(event, 'type'),
    by: textAt(by, 'id'),
    side: textAt(by, 'side'),
    event: (event ?? {}) as Json,
  };
}

function follow(claim: Growing, entry: KnownEntry, at: number): void {
  const { type, event } = entry;
  claim.version += 1;
  claim.stage = stageAfter(claim.stage, type);
  claim.stages.push(claim.stage);
  claim.entries.push(entry);
  switch (type) {
    case 'ClaimCreated':
      claim.partner = textAt(member(event, 'partner'), 'id');
      takeFields(claim, (name) => member(member(event, 'fields'), name), at);
      break;
    case 'FieldsEdited':
      takeFields(claim, (name) => member(member(member(event, 'changes'), name), 'to'), at);
      break;
    case 'ClaimSubmitted':
      claim.wasSubmitted = true;
      break;
    case 'ReviewStarted':
      claim.assignee = textAt(member(event, 'assignee'), 'id');
      break;
    case 'ClaimReassigned':
      claim.assignee = textAt(member(event, 'to'), 'id');
      break;
    case 'ClaimApproved':
    case 'DisputeOverturned':
      claim.wasApproved = true;
      break;
    case 'ConsentPassed':
      claim.wasHandedOver = true;
      break;
    case 'ClaimRejected':
      claim.rejecter = entry.by;
      break;
    case 'RejectionRequested':
    case 'PartnerDidNotRespond':
    case 'ConsentDenied':
      delete claim.rejecter;
      break;
  }
}

function takeFields(claim: Growing, field: (name: string) => unknown, at: number): void {
  const mpnId = field('mpnId');
  const tenant = field('customerTenantId');
  const email = field('customerContactEmail');
  if (typeof mpnId === 'string') claim.mpnId = mpnId;
  if (typeof tenant === 'string') claim.customerTenant = tenant;
  if (typeof email === 'string')
    claim.contacts = [
      ...claim.contacts.map((known) => ({ ...known, until: Math.min(known.until, at) })),
      { email, until: Infinity },
    ];
}
