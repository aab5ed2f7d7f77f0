/** What each kind of document can hold of a person, and where a document has something of one. */
import type { World } from '../ports/world.ts';
import { scanAll } from '../records/scanAll.ts';
import type { DocumentKind } from '../records/schemaVersion.ts';
import { DOCUMENT_KINDS } from '../records/schemaVersion.ts';
import { parsePersonId } from './findPerson.ts';
import type { Identity } from './identity.ts';
import { mentions } from './identity.ts';

/**
 * What a kind of document has of a person, and what becomes of it when they are erased. `nothing`: neither an id nor a
 * word. `ids`: who acted or whom it is for, and where their chat is; the ids stay. `erased`: also names, addresses or
 * words, all of which go. `listed`: words that are not the person's own, such as the name of an organisation: they stay
 * and are listed for the operator.
 */
export type PersonalData = 'nothing' | 'ids' | 'erased' | 'listed';

/** Every kind there is: who adds one decides here what it has of people, and erases it in `erasePerson.ts`. */
export const PERSONAL_DATA: Readonly<Record<DocumentKind, PersonalData>> = {
  // Names, contacts, what people wrote; notices by the address that they wait for.
  claim: 'erased',
  // The entry of the directory.
  person: 'erased',
  // The reason of a hold, and who set and released it.
  legalHold: 'erased',
  // Who acted.
  operatorAct: 'erased',
  // Who let the desk go on, and who said that database and files belong together.
  standstill: 'erased',
  pair: 'erased',
  // Organisations may be called as a person is; so may their journals say.
  organisation: 'listed',
  journalPage: 'listed',
  announcement: 'listed',
  // The name of a file that is none of the desk's own may be anything.
  quarantine: 'listed',
  // So may those of files that wait for their claim to be chosen; they are gone within an hour.
  waitingFiles: 'listed',
  // Who changed a right or opened a document, where a chat is, who sent a file.
  channel: 'ids',
  reading: 'ids',
  fileIntent: 'ids',
  uploadSlots: 'ids',
  endedFile: 'nothing',
  sideChange: 'nothing',
  usedLink: 'nothing',
  heard: 'nothing',
  migration: 'nothing',
  sealed: 'nothing',
};

/** Something of a person in a document: the smallest object that has it, without the objects in that. */
export interface PersonalPart {
  /** Where it is in the body: names and places in lists, with dots between; empty for the body itself. */
  readonly path: string;
  readonly value: object;
}

type Json = null | string | number | boolean | readonly unknown[] | { readonly [name: string]: unknown };

/** The parts of a body that have the person's id, full name or address; their namesakes' names are not theirs. */
export function partsAbout(body: unknown, identity: Identity): readonly PersonalPart[] {
  const parts: PersonalPart[] = [];
  const look = (value: Json, path: string): void => {
    if (!isObject(value)) return;
    const isOther = isOfAnother(value, identity);
    // What is in a list is something of its own.
    const isApart = (one: Json): boolean => !isFlat(one) || (Array.isArray(value) && isObject(one));
    const named = Object.entries(value as Readonly<Record<string, Json>>);
    const own = named.filter(([name, one]) => !isApart(one) && !(isOther && WHO.has(name)));
    if (own.some(([name, one]) => [name, ...textsIn(one)].some((text) => isAbout(text, identity))))
      parts.push({ path, value: Array.isArray(value) ? own.map(([, one]) => one) : Object.fromEntries(own) });
    for (const [name, one] of named) if (isApart(one)) look(one, path === '' ? name : `${path}.${name}`);
  };
  look(body as Json, '');
  return parts;
}

/** Whether a document still has the person's full name or an address of theirs in it. */
export function names(body: unknown, identity: Identity): boolean {
  const isNamed = (value: Json): boolean => {
    if (typeof value === 'string') return mentions(identity, value);
    if (!isObject(value)) return false;
    const isOther = isOfAnother(value, identity);
    return Object.entries(value as Readonly<Record<string, Json>>).some(
      ([name, one]) => mentions(identity, name) || (!(isOther && WHO.has(name)) && isNamed(one)),
    );
  };
  return isNamed(body as Json);
}

/** A document that has something of a person. */
export interface FoundDocument {
  readonly kind: DocumentKind;
  readonly id: string;
  readonly body: unknown;
}

/** Every document of every kind, also of those that should have nothing of people. */
export async function* everyDocument({ documents }: Pick<World, 'documents'>): AsyncGenerator<FoundDocument> {
  for (const kind of DOCUMENT_KINDS)
    for await (const { id, body } of scanAll(documents, kind)) yield { kind, id, body };
}

/** What says who someone is, beside their id. */
const WHO: ReadonlySet<string> = new Set(['name', 'email']);

/** Whether an object says who another person is: it has their id. */
function isOfAnother(value: object, { id }: Identity): boolean {
  return 'id' in value && typeof value.id === 'string' && value.id !== id && parsePersonId(value.id) !== undefined;
}

function isAbout(text: string, identity: Identity): boolean {
  return text.includes(identity.id) || mentions(identity, text);
}

/** Whether a value has no objects in it but lists of words. */
function isFlat(value: unknown): boolean {
  return !isObject(value) || Object.values(value).every((one) => !isObject(one));
}

function isObject(value: unknown): value is object {
  return typeof value === 'object' && value !== null;
}

function textsIn(value: unknown): readonly string[] {
  if (typeof value === 'string') return [value];
  if (!isObject(value)) return [];
  return Object.entries(value).flatMap(([name, one]) => [name, ...(typeof one === 'string' ? [one] : [])]);
}
