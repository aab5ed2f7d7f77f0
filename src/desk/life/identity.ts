/** Under which id, names and addresses a person is in the store. */
import type { ClaimEvent } from '../../domain/claims/events.ts';
import type { PersonId } from '../../domain/claims/values.ts';
import { normalEmail } from '../../domain/internetNames.ts';
import type { Person } from '../directory/people.ts';
import type { Operator } from './operatorActs.ts';

/**
 * A person as they are looked for. Names and addresses are in their plain form, see {@link plain}; addresses in their
 * normal form too.
 */
export interface Identity {
  readonly id: PersonId;
  readonly names: ReadonlySet<string>;
  readonly emails: ReadonlySet<string>;
}

/** As names and addresses are compared: in any case, with single spaces. */
export function plain(text: string): string {
  return text.normalize('NFC').trim().replace(/\s+/g, ' ').toLowerCase();
}

/** The person as the directory knows them. */
export function identityOf({ id, name, email }: Person): Identity {
  return { id, names: plainSet([name]), emails: addressSet([email]) };
}

/** The identity with more names and addresses. */
export function withNames(
  known: Identity,
  more: { readonly names?: readonly string[]; readonly emails?: readonly string[] },
): Identity {
  return {
    ...known,
    names: new Set([...known.names, ...plainSet(more.names ?? [])]),
    emails: new Set([...known.emails, ...addressSet(more.emails ?? [])]),
  };
}

function plainSet(texts: readonly string[]): ReadonlySet<string> {
  return new Set(texts.map(plain).filter((text) => text !== ''));
}

function addressSet(addresses: readonly string[]): ReadonlySet<string> {
  return plainSet(addresses.flatMap((address) => [address, normalEmail(address)]));
}

/** Whether an e-mail address is one of the person's. */
export function hasAddress({ emails }: Identity, address: string): boolean {
  return emails.has(normalEmail(address));
}

/** The names that an event gives the person of an id: as who acted, was assigned, filed or added a file. */
export function namesIn(event: ClaimEvent, id: PersonId): readonly string[] {
  const names: string[] = [];
  const look = (value: unknown): void => {
    if (value === null || typeof value !== 'object') return;
    if ('id' in value && value.id === id && 'name' in value && typeof value.name === 'string') names.push(value.name);
    Object.values(value).forEach(look);
  };
  look(event);
  return names;
}

/** Whether an operator of the command line is the person: by the name that they gave, or that of their account. */
export function isOperatorCalled(identity: Identity, { user, name = '' }: Operator): boolean {
  return [name, user].some((text) => isCalled(identity, text));
}

/** Whether a text is one of the person's names or addresses, and nothing else. */
export function isCalled(identity: Identity, text: string): boolean {
  return identity.names.has(plain(text)) || hasAddress(identity, text);
}

/**
 * Whether a text has one of the person's addresses or full names in it, as words of their own. A name of one word is no
 * full name: it may as well be another's, or a word of the language.
 */
export function mentions({ names, emails }: Identity, text: string): boolean {
  const searched = plain(text);
  return [...emails, ...[...names].filter((name) => name.includes(' '))].some((name) => hasWord(searched, name));
}

const LETTER = /[\p{L}\p{N}]/u;

function hasWord(text: string, word: string): boolean {
  for (let at = text.indexOf(word); at >= 0; at = text.indexOf(word, at + 1)) {
    const before = [...text.slice(0, at)].at(-1) ?? '';
    const [after = ''] = text.slice(at + word.length);
    if (!LETTER.test(before) && !LETTER.test(after)) return true;
  }
  return false;
}
