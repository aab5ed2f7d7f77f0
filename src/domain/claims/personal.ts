/**
 * The personal words of an event: names, contacts, titles, and what people wrote. They can be erased on request, so the
 * history chains commitments to them, not the words themselves (R55). Ids, organisations, products and codes are no
 * personal words.
 */
import type { ClaimEvent, EventType } from './events.ts';
import { UnknownEventError } from './evolve.ts';
import type { FieldName } from './values.ts';

/** The dotted paths at which a value may hold any text. Ids are branded and codes are unions: neither is any text. */
type TextPath<Value> = Value extends string | number | boolean | null | undefined | readonly unknown[]
  ? never
  : {
      [Key in keyof Value & string]: string extends Value[Key] ? Key : `${Key}.${TextPath<NonNullable<Value[Key]>>}`;
    }[keyof Value & string];

type Privacy = 'personal' | 'open';
type EventOf<Type extends EventType> = Extract<ClaimEvent, { type: Type }>;
/** A text that is added to an event has to be named here: the compiler asks for it. */
type PrivacyOf<Type extends EventType> = Readonly<
  Record<TextPath<Omit<EventOf<Type>, 'type' | 'clocks' | 'changes'>>, Privacy>
>;

const FIELDS: Readonly<Record<FieldName, Privacy>> = {
  mpnId: 'open',
  customerName: 'open',
  customerDomain: 'open',
  customerTenantId: 'open',
  customerContactName: 'personal',
  customerContactTitle: 'personal',
  customerContactEmail: 'personal',
  partnerContactName: 'personal',
  partnerContactEmail: 'personal',
  area: 'open',
  activity: 'open',
  products: 'open',
  subscriptionIds: 'open',
};

const ACTOR = { 'by.name': 'personal' } as const;
const COMMENTED = { ...ACTOR, comment: 'personal' } as const;

const TEXTS: { readonly [Type in EventType]: PrivacyOf<Type> } = {
  ClaimCreated: {
    ...ACTOR,
    'filedBy.name': 'personal',
    'partner.name': 'open',
    'fields.mpnId': 'open',
    'fields.customerName': 'open',
    'fields.customerDomain': 'open',
    'fields.customerTenantId': 'open',
    'fields.customerContactName': 'personal',
    'fields.customerContactTitle': 'personal',
    'fields.customerContactEmail': 'personal',
    'fields.partnerContactName': 'personal',
    'fields.partnerContactEmail': 'personal',
  },
  FieldsEdited: ACTOR,
  PoeAdded: { ...ACTOR, 'poe.name': 'personal', 'poe.sha256': 'open', 'poe.by.name': 'personal' },
  PoeRemoved: { ...ACTOR, name: 'personal' },
  // What a scanner calls a virus is nothing of a person.
  PoeScanned: { ...ACTOR, name: 'personal', threat: 'open' },
  DraftDiscarded: ACTOR,
  ClaimSubmitted: ACTOR,
  ReviewStarted: { ...ACTOR, 'assignee.name': 'personal' },
  ClaimReassigned: { ...ACTOR, 'from.name': 'personal', 'to.name': 'personal' },
  InformationRequested: COMMENTED,
  ClaimResubmitted: ACTOR,
  ClaimApproved: COMMENTED,
  ClaimRejected: COMMENTED,
  RejectionRequested: COMMENTED,
  PartnerDidNotRespond: ACTOR,
  ConsentDenied: { ...ACTOR, reason: 'personal' },
  LateDenialRecorded: { ...ACTOR, reason: 'personal' },
  ConsentPassed: { ...ACTOR, 'record.mpnId': 'open', 'record.customerTenantId': 'open' },
  AssessmentReported: { ...ACTOR, programme: 'open', number: 'open' },
  AssessmentCorrected: { ...ACTOR, programme: 'open', number: 'open', reason: 'personal', 'from.number': 'open' },
  ConsentAgreed: ACTOR,
  ConsentNotGiven: ACTOR,
  ObjectionRecorded: { ...ACTOR, text: 'personal' },
  ObjectionWithdrawn: ACTOR,
  DisputeOpened: { ...ACTOR, justification: 'personal' },
  DisputeUpheld: COMMENTED,
  DisputeOverturned: COMMENTED,
  DisputeWindowClosed: ACTOR,
  CommentAdded: { ...ACTOR, text: 'personal', message: 'open' },
  CommentEdited: { ...ACTOR, from: 'personal', to: 'personal' },
  CommentDeleted: { ...ACTOR, text: 'personal' },
  ClockReminded: ACTOR,
  ClockEscalated: ACTOR,
  NoticeDelivered: ACTOR,
  NoticeUndeliverable: { ...ACTOR, reason: 'open' },
  ClockSuspended: ACTOR,
  StateRestored: ACTOR,
  ClaimFollowed: ACTOR,
  ClaimMuted: ACTOR,
  // A hash over the words themselves: who knows all but one of them could find that one by trying.
  HistorySealed: { ...ACTOR, oldHead: 'personal' },
  WordsErased: ACTOR,
};

function personalIn(texts: Readonly<Record<string, Privacy>>): readonly string[] {
  return Object.keys(texts).filter((path) => texts[path] === 'personal');
}

const PATHS: ReadonlyMap<string, readonly string[]> = new Map(
  Object.entries(TEXTS).map(([type, texts]) => [type, personalIn(texts)]),
);
const EDITED = personalIn(FIELDS).flatMap((field) => [`changes.${field}.from`, `changes.${field}.to`]);

/**
 * The dotted paths at which an event of this type may have a personal word, whether or not this one has. Throws
 * UnknownEventError for a type that only a newer version knows.
 */
export function personalPaths({ type }: ClaimEvent): readonly string[] {
  const paths = PATHS.get(type);
  if (!paths) throw new UnknownEventError(String(type));
  return type === 'FieldsEdited' ? [...paths, ...EDITED] : paths;
}

/** What an event has at a dotted path; undefined where it has nothing there. */
export function valueAt(event: ClaimEvent, path: string): unknown {
  let value: unknown = event;
  for (const name of path.split('.')) {
    if (value === null || typeof value !== 'object' || !Object.hasOwn(value, name)) return undefined;
    value = (value as Readonly<Record<string, unknown>>)[name];
  }
  return value;
}

/** A copy of an event, or of a part of one, with other values at dotted paths. */
export function withValues<Part extends object>(part: Part, values: ReadonlyMap<string, unknown>): Part {
  let copy = part;
  for (const [path, value] of values) copy = withValue(copy, path.split('.'), value);
  return copy;
}

function withValue<Part extends object>(part: Part, [name = '', ...rest]: readonly string[], value: unknown): Part {
  const inner = (part as Readonly<Record<string, unknown>>)[name];
  return { ...part, [name]: rest.length === 0 ? value : withValue(inner as object, rest, value) };
}
