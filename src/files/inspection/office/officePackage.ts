/**
 * Recognises a document of Office, and looks through it: a zip whose main part says what it is, with an allow-list of
 * what its parts may be to each other (R9).
 */
import type { StoredFile } from '../../../desk/ports/files.ts';
import type { PoeMark } from '../../../domain/claims/values.ts';
import { bytesOf } from '../buffers.ts';
import { PagedReader } from '../pagedReader.ts';
import type { Archive } from './archive.ts';
import { openArchive } from './archive.ts';
import type { ContentTypes } from './contentTypes.ts';
import { readContentTypes } from './contentTypes.ts';
import type { Finding, Rejection } from './finding.ts';
import { gravest, isRejection, marksIn, reject, unreadable } from './finding.ts';
import type { OfficeKind } from './kinds.ts';
import { isMacroEnabled, isTaken, kindOfMain, otherArchive } from './kinds.ts';
import { budgetFor } from './budget.ts';
import type { Budget, SoundPackage } from './budget.ts';
import { lookThroughParts } from './parts.ts';
import { judgeTypes } from './partTypes.ts';
import { judgeRelationship } from './relationshipRules.ts';
import type { Relationship } from './relationships.ts';
import { isRelationships, readRelationships } from './relationships.ts';
import { findZip } from './zipEnd.ts';

const MAX_LIST_BYTES = 4 * 1024 * 1024;
const MAX_RELATIONSHIPS = 200_000;
/** A presentation may hold a document that holds a workbook. */
const MAX_DEPTH = 3;

const CONTENT_TYPES = '[content_types].xml';
/** The macros of Microsoft, ONLYOFFICE and WPS: their programs find them by name, whatever refers to them. */
const MACRO_PART = /(?:^|\/)(?:vbaproject|jsaproject|jdedata)\.bin$/;

/** What the file is, or why it is not accepted; takes from `budget`. Throws where it cannot be read. */
export async function inspectPackage(
  file: StoredFile,
  budget: Budget = budgetFor(file.size),
): Promise<{ readonly kind: OfficeKind; readonly marks: readonly PoeMark[] } | Rejection> {
  const found = await inspectWithin(file, budget, 0);
  if (isRejection(found)) return found;
  return isTaken(found.kind) ? { kind: found.kind, marks: found.marks } : reject('kindNotAccepted', found.kind);
}

/** As {@link inspectPackage}, but of any kind of Office's, for what is embedded; `depth` says in how many packages. */
async function inspectWithin(file: StoredFile, budget: Budget, depth: number): Promise<SoundPackage | Rejection> {
  const zip = await findZip(file);
  if (!zip) return reject('broken');
  const reader = new PagedReader(zip.file);
  try {
    const archive = await openArchive(zip, reader, budget);
    const found = isRejection(archive) ? archive : await inspectArchive(archive, budget, depth);
    if (reader.fault) throw reader.fault;
    return found;
  } catch (error) {
    if (reader.fault) throw reader.fault;
    // The one message of the zip reader that tells encryption from damage.
    return reject(error instanceof Error && error.message.includes('strong encryption') ? 'encrypted' : 'broken');
  }
}

async function inspectArchive(archive: Archive, budget: Budget, depth: number): Promise<SoundPackage | Rejection> {
  const types = await contentTypesOf(archive, budget);
  if (isRejection(types)) return types;
  const relationships = await relationshipsOf(archive, budget);
  if (isRejection(relationships)) return relationships;
  const main = mainPart(relationships);
  const isThere = (part: string): boolean => archive.parts.has(part);
  const declared = [...judgeNames(archive), ...judgeTypes(types, relationships, main, isThere)];
  if (main === undefined) return gravest(declared) ?? reject('kindNotAccepted', otherArchive(archive.parts.keys(), ''));
  if (!archive.parts.has(main)) return reject('broken', main);
  const kind = kindOfMain(types, main);
  if (kind === undefined) return reject('kindNotAccepted', otherArchive(archive.parts.keys(), ''));
  // To say how to save it is more use than to say what else is wrong with it.
  if (depth === 0 && !isTaken(kind) && (kind === 'xlsb' || !isMacroEnabled(types.typeOf(main))))
    return reject('kindNotAccepted', kind);

  const related = relationships.flatMap((one) => judgeRelationship(one, isThere) ?? []);
  const judged = gravest([...declared, ...related]);
  if (judged) return judged;
  const inParts = await lookThroughParts(archive, { types, relationships, main, kind }, budget, (inner) =>
    inspectEmbedded(inner, budget, depth + 1),
  );
  return gravest(inParts) ?? { kind, marks: marksIn([...related, ...inParts]) };
}

/** A package within the package, which is in memory. */
async function inspectEmbedded(bytes: Buffer, budget: Budget, depth: number): Promise<SoundPackage | Rejection> {
  if (depth >= MAX_DEPTH) return reject('nestedArchive');
  async function* part(start: number, end: number): AsyncGenerator<Buffer> {
    yield bytes.subarray(start, end);
  }
  return inspectWithin({ size: bytes.length, bytes: part(0, bytes.length), part }, budget, depth);
}

async function contentTypesOf(archive: Archive, budget: Budget): Promise<ContentTypes | Rejection> {
  const list = archive.parts.get(CONTENT_TYPES);
  if (!list) return reject('kindNotAccepted', otherArchive(archive.parts.keys(), await mimetypeOf(archive)));
  if (list.size > MAX_LIST_BYTES) return reject('archiveBomb', list.name);
  const types = await readContentTypes(archive.read(list), budget);
  return typeof types === 'string' ? unreadable(types, list.name) : types;
}

/** What formats of other programs say of themselves, in a part of a few bytes. */
async function mimetypeOf(archive: Archive): Promise<string> {
  const part = archive.parts.get('mimetype');
  return part && part.size <= 256 ? (await bytesOf(archive.read(part))).toString('latin1').trim() : '';
}

async function relationshipsOf(archive: Archive, budget: Budget): Promise<readonly Relationship[] | Rejection> {
  const all: Relationship[] = [];
  for (const [key, part] of archive.parts) {
    if (!isRelationships(key)) continue;
    if (part.size > MAX_LIST_BYTES) return reject('archiveBomb', part.name);
    const list = await readRelationships(key, archive.read(part), budget);
    if (typeof list === 'string') return unreadable(list, part.name);
    all.push(...list);
    if (all.length > MAX_RELATIONSHIPS) return reject('tooComplex');
  }
  return all;
}

/** The one part that is the document; undefined where there is none, or readers would disagree which it is. */
function mainPart(relationships: readonly Relationship[]): string | undefined {
  const mains = relationships.filter(({ from, type }) => from === '' && type === 'officedocument');
  const [first, second] = new Set(mains.map(({ part }) => part));
  return second === undefined ? first : undefined;
}

function judgeNames(archive: Archive): readonly Finding[] {
  return [...archive.parts].filter(([key]) => MACRO_PART.test(key)).map(([, { name }]) => reject('macros', name));
}
