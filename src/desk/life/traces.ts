/** Where a claim's history has the names and words of a person. */
import type { Claim } from '../../domain/claims/claim.ts';
import type { ClaimEvent } from '../../domain/claims/events.ts';
import { evolve } from '../../domain/claims/evolve.ts';
import type { Entry } from '../../domain/claims/history.ts';
import { personalPaths, valueAt } from '../../domain/claims/personal.ts';
import type { Fields } from '../../domain/claims/values.ts';
import { parsePersonId } from './findPerson.ts';
import type { Identity } from './identity.ts';
import { hasAddress, isCalled, mentions, namesIn, withNames } from './identity.ts';

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

type ContactField = 'Name' | 'Title' | 'Email';
const CONTACT = /^(?:fields|changes)\.(customer|partner)Contact(Name|Title|Email)(?:\.(from|to))?$/;

/** The traces of a person in a history, in its order. */
export function tracesIn(entries: readonly Entry[], identity: Identity): readonly Trace[] {
  const traces: Trace[] = [];
  let claim: Claim | undefined;
  for (const { version, event } of entries) {
    const before = claim?.fields;
    claim = evolve(claim, event);
    for (const path of personalPaths(event)) {
      const word = valueAt(event, path);
      if (typeof word !== 'string' || word === '') continue;
      const kind = kindOf(identity, { event, path, word, before, after: claim.fields });
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
    if (hasAddress(identity, fields.customerContactEmail)) names.push(fields.customerContactName);
    if (hasAddress(identity, fields.partnerContactEmail)) names.push(fields.partnerContactName);
  }
  return withNames(identity, { names });
}

interface Place {
  readonly event: ClaimEvent;
  readonly path: string;
  readonly word: string;
  readonly before: Fields | undefined;
  readonly after: Fields;
}

function kindOf(identity: Identity, place: Place): TraceKind | undefined {
  const { event, path, word } = place;
  const [, side, field, at] = CONTACT.exec(path) ?? [];
  if (side === 'customer' || side === 'partner') {
    const fields = at === 'from' ? place.before : place.after;
    if (fields && isContact(identity, fields, side, field as ContactField, word)) return 'contact';
  } else {
    const named = path.endsWith('.name') ? idAt(event, path.slice(0, -'.name'.length)) : undefined;
    if (named === identity.id) return 'name';
    // A namesake's name is theirs, also in what the person did.
    if (typeof named === 'string' && parsePersonId(named)) return undefined;
    if (event.by.id === identity.id) return 'word';
  }
  return mentions(identity, word) ? 'mention' : undefined;
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

/** The id of what is at a path of an event. */
function idAt(event: ClaimEvent, path: string): unknown {
  return valueAt(event, `${path}.id`);
}
