/** Where a claim's history has the names and words of a person. */
import type { Claim } from '../../domain/claims/claim.ts';
import type { ClaimEvent } from '../../domain/claims/events.ts';
import { evolve } from '../../domain/claims/evolve.ts';
import type { Entry } from '../../domain/claims/history.ts';
import type { Fields } from '../../domain/claims/values.ts';
import type { Identity } from './identity.ts';
import { isCalled, mentions, namesIn, plain, withNames } from './identity.ts';

/**
 * Why a word is a trace. `name`: it names the person. `word`: the person wrote it. `contact`: it says who a contact of
 * the claim is, and they are that. `mention`: another wrote it, and it has their full name or address in it.
 */
export type TraceKind = 'name' | 'word' | 'contact' | 'mention';

/** One word of an entry: its dotted path in the event. */
export interface Trace {
  readonly version: number;
  readonly path: string;
  readonly word: string;
  readonly kind: TraceKind;
}

/** Ids, instants and codes are no words of people: these are where texts can be. */
const CODES: ReadonlySet<string> = new Set(['type', 'at', 'clocks', 'reasons', 'record']);
type ContactField = 'Name' | 'Title' | 'Email';
const CONTACT = /^(?:fields|changes)\.(customer|partner)Contact(Name|Title|Email)(?:\.(from|to))?$/;

/** The traces of a person in a history, in its order. */
export function tracesIn(entries: readonly Entry[], identity: Identity): readonly Trace[] {
  const traces: Trace[] = [];
  let claim: Claim | undefined;
  for (const { version, event } of entries) {
    const before = claim?.fields;
    claim = evolve(claim, event);
    for (const [path, word] of textsOf(event)) {
      const kind = word === '' ? undefined : kindOf(identity, { event, path, word, before, after: claim.fields });
      if (kind) traces.push({ version, path, word, kind });
    }
  }
  return traces;
}

/** The identity with the names that a history gives the person, also as a contact whose address is theirs. */
export function learnNames(entries: readonly Entry[], identity: Identity): Identity {
  const names: string[] = [];
  let claim: Claim | undefined;
  for (const { event } of entries) {
    claim = evolve(claim, event);
    const { fields } = claim;
    names.push(...namesIn(event, identity.id));
    if (identity.emails.has(plain(fields.customerContactEmail))) names.push(fields.customerContactName);
    if (identity.emails.has(plain(fields.partnerContactEmail))) names.push(fields.partnerContactName);
  }
  return withNames(identity, { names });
}

/** The texts of an event by their dotted paths. */
export function textsOf(event: ClaimEvent): readonly (readonly [path: string, text: string])[] {
  const texts: [string, string][] = [];
  const look = (value: unknown, path: string): void => {
    if (typeof value === 'string') texts.push([path, value]);
    else if (value !== null && typeof value === 'object' && !Array.isArray(value))
      for (const [name, inner] of Object.entries(value))
        if (path !== '' || !CODES.has(name)) look(inner, path === '' ? name : `${path}.${name}`);
  };
  look(event, '');
  return texts;
}

interface Place {
  readonly event: ClaimEvent;
  readonly path: string;
  readonly word: string;
  readonly before: Fields | undefined;
  readonly after: Fields;
}

/** The texts that people write themselves, by the last name of their path. */
const WRITTEN: ReadonlySet<string> = new Set(['comment', 'reason', 'justification', 'text', 'from', 'to']);

function kindOf(identity: Identity, place: Place): TraceKind | undefined {
  const { event, path, word } = place;
  const [, side, field, at] = CONTACT.exec(path) ?? [];
  if (side === 'customer' || side === 'partner') {
    const fields = at === 'from' ? place.before : place.after;
    return fields && isContact(identity, fields, side, field as ContactField, word) ? 'contact' : undefined;
  }
  const above = path.slice(0, Math.max(0, path.lastIndexOf('.')));
  const last = path.slice(path.lastIndexOf('.') + 1);
  if (last === 'name' && idAt(event, above) === identity.id) return 'name';
  const isFileName = path === 'poe.name' || (event.type === 'PoeRemoved' && path === 'name');
  const isFree = isFileName || (WRITTEN.has(last) && !path.startsWith('changes.') && !isCode(event, path));
  if (!isFree) return undefined;
  if (event.by.id === identity.id) return 'word';
  return mentions(identity, word) ? 'mention' : undefined;
}

/** A reason that is chosen from a list, or given by the desk, is no one's word. */
function isCode(event: ClaimEvent, path: string): boolean {
  return path === 'reason' && event.type !== 'ConsentDenied' && event.type !== 'LateDenialRecorded';
}

function isContact(
  identity: Identity,
  fields: Fields,
  side: 'customer' | 'partner',
  field: ContactField,
  word: string,
): boolean {
  if (field !== 'Title' && isCalled(identity, word)) return true;
  return isCalled(identity, fields[`${side}ContactEmail`]) || isCalled(identity, fields[`${side}ContactName`]);
}

function idAt(event: ClaimEvent, path: string): unknown {
  let value: unknown = event;
  for (const name of path.split('.')) value = (value as Readonly<Record<string, unknown>> | undefined)?.[name];
  return (value as { readonly id?: unknown } | undefined)?.id;
}
