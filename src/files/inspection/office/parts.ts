/** Goes through every part of a package once: whether it is whole, what it is by its bytes, what its XML does. */
import { bytesOf } from '../buffers.ts';
import { isRibbon, isUnjudged } from './relationshipRules.ts';
import type { Archive, Part } from './archive.ts';
import { ContentScan, judgeRoughVml, TriggerSearch } from './contentScan.ts';
import type { ContentTypes } from './contentTypes.ts';
import { contentOf, MacroSearch } from './embedded.ts';
import type { Content } from './embedded.ts';
import type { Finding, Rejection } from './finding.ts';
import { isRejection, reject, unreadable } from './finding.ts';
import { isReadAsXml, isTaken, isVml, ROOTS } from './kinds.ts';
import { isOffices } from './partTypes.ts';
import type { Budget, SoundPackage } from './budget.ts';
import type { Relationship } from './relationships.ts';
import { isRelationships } from './relationships.ts';
import { readXml } from './xml.ts';

/** A document in a document is held in memory while it is looked through. */
const MAX_EMBEDDED_BYTES = 32 * 1024 * 1024;
/** How much of a part shows what it is. */
const BEGINNING = 4096;

/** What is known of a package before its parts are read. */
export interface PackageFacts {
  readonly types: ContentTypes;
  readonly relationships: readonly Relationship[];
  readonly main: string;
  readonly kind: string;
}

/**
 * What is found in the parts. Every part is unpacked, so that none is damaged or larger than the directory says;
 * `inspect` looks through a package that is embedded. Stops at the first part that is rejected.
 */
export async function lookThroughParts(
  archive: Archive,
  facts: PackageFacts,
  budget: Budget,
  inspect: (bytes: Buffer) => Promise<SoundPackage | Rejection>,
): Promise<readonly Finding[]> {
  const readings = new Readings(facts);
  const previews = new Set(facts.relationships.filter(({ type }) => isPreview(type)).map(({ part }) => part));
  const findings: Finding[] = [];
  for (const [key, part] of archive.parts) {
    if (isRelationships(key)) continue;
    const type = facts.types.typeOf(key);
    const reading = readings.of(key);
    const look = isVml(type)
      ? lookThroughVml(archive, part, budget, inspect)
      : reading === 'bytes' || reading === 'likely'
        ? lookThroughBytes(archive, part, inspect, reading === 'likely' ? budget : undefined)
        : lookThroughXml(archive, part, reading, budget);
    const found: Look = await (previews.has(key) ? look.catch(() => ({ findings: [] })) : look);
    findings.push(...found.findings);
    if (key === facts.main && found.root !== undefined && isTaken(facts.kind) && found.root !== ROOTS[facts.kind])
      findings.push(reject('broken', part.name));
    if (findings.some(isRejection)) break;
  }
  return findings;
}

/** The small picture of a document, which no program reads with it: one that is damaged does no harm. */
function isPreview(type: string | undefined): boolean {
  return type === 'metadata/thumbnail' || type === 'thumbnail';
}

/**
 * How a part is read: wholly as XML, which it `must` be; as `xml` where something in it may act; where it is `likely`
 * XML by its first bytes, though its type does not say so; or by its bytes.
 */
type Reading = 'must' | 'xml' | 'likely' | 'bytes';

/** Readers find parts by relationships, types or names: what any of these makes a part of the document is read. */
class Readings {
  readonly #facts: PackageFacts;
  readonly #leadingTo: ReadonlyMap<string, readonly Relationship[]>;

  constructor(facts: PackageFacts) {
    this.#facts = facts;
    this.#leadingTo = Map.groupBy(
      facts.relationships.filter((one): one is Relationship & { readonly part: string } => one.part !== undefined),
      ({ part }) => part,
    );
  }

  of(key: string): Reading {
    const { main, kind, types } = this.#facts;
    const leading = this.#leadingTo.get(key) ?? [];
    if (key === main ? kind !== 'xlsb' : leading.some((one) => isRibbon(one.type) || isUnjudged(one))) return 'must';
    const type = types.typeOf(key);
    const isOwn = leading.length > 0 && leading.every((one) => isWritersOwn(one)) && !isOffices(type);
    if (isReadAsXml(type) && !isOwn) return 'xml';
    if (isOwn ? OFFICES_FOLDER.test(key) : !isPicture(type, leading)) return 'likely';
    return 'bytes';
  }
}

/** Where Office has its parts, and readers that go by names look for them. */
const OFFICES_FOLDER = /^(?:word|xl|ppt)\//;

/** What writers keep for themselves is not read by Office as its own: any XML, of any size, also ill-formed. */
function isWritersOwn({ type }: Relationship): boolean {
  return type === 'customxml' || type === undefined;
}

/** Whether a part is only shown: a picture of vectors is XML of its own. */
function isPicture(type: string, leading: readonly Relationship[]): boolean {
  return type.startsWith('image/') && leading.every((one) => isWritersOwn(one) || SHOWS.test(one.type ?? ''));
}

const SHOWS = /^(?:image|svgimage|hdphoto|hyperlink|(?:metadata\/)?thumbnail)$/;

interface Look {
  readonly findings: readonly Finding[];
  readonly root?: string;
}

async function lookThroughXml(
  archive: Archive,
  part: Part,
  reading: Exclude<Reading, 'bytes'>,
  budget: Budget,
): Promise<Look> {
  if (reading !== 'must') {
    const search = new TriggerSearch();
    for await (const bytes of archive.read(part)) search.next(bytes);
    if (!search.found) return { findings: [] };
  }
  budget.xmlLeft -= part.size;
  if (budget.xmlLeft < 0) return { findings: [reject('tooComplex', part.name)] };
  const scan = new ContentScan();
  const outcome = await readXml(archive.read(part), scan, budget);
  scan.finish();
  // What is no XML is none of a document's parts, where its type does not say that it is.
  const isRead = outcome === 'read' || (reading === 'likely' && outcome === 'malformed');
  const wrong = isRead ? [] : [unreadable(outcome, part.name)];
  return { findings: [...scan.findings, ...wrong], ...(scan.root !== undefined && { root: scan.root }) };
}

/**
 * Drawings of an older kind, which Excel writes with lines of HTML in them, and reads all the same. Of what is no XML
 * the text is judged.
 */
async function lookThroughVml(
  archive: Archive,
  part: Part,
  budget: Budget,
  inspect: (bytes: Buffer) => Promise<SoundPackage | Rejection>,
): Promise<Look> {
  budget.xmlLeft -= part.size;
  if (budget.xmlLeft < 0 || part.size > MAX_EMBEDDED_BYTES) return { findings: [reject('tooComplex', part.name)] };
  const bytes = await bytesOf(archive.read(part));
  const scan = new ContentScan();
  const outcome = await readXml(piecesOf(bytes), scan, budget);
  scan.finish();
  if (outcome === 'read') return { findings: scan.findings };
  if (outcome !== 'malformed') return { findings: [...scan.findings, unreadable(outcome, part.name)] };
  const rough = judgeRoughVml(bytes.toString('utf8'));
  const { findings } = await lookThroughBytes(archive, part, inspect);
  return { findings: [...scan.findings, ...(rough ? [rough] : []), ...findings] };
}

async function* piecesOf(bytes: Buffer): AsyncGenerator<Buffer> {
  yield bytes;
}

async function lookThroughBytes(
  archive: Archive,
  part: Part,
  inspect: (bytes: Buffer) => Promise<SoundPackage | Rejection>,
  ofXml?: Budget,
): Promise<Look> {
  const macros = new MacroSearch();
  let beginning: Buffer = Buffer.alloc(0);
  let content: Content | undefined;
  const kept: Buffer[] = [];
  for await (const bytes of archive.read(part)) {
    if (beginning.length < BEGINNING) beginning = Buffer.concat([beginning, bytes]);
    if (beginning.length >= BEGINNING) content ??= contentOf(beginning);
    if (content === 'archive' && part.size > MAX_EMBEDDED_BYTES) return { findings: [reject('tooComplex', part.name)] };
    if (content === 'compound' || content === undefined) macros.next(bytes);
    if (content === 'archive' || content === undefined) kept.push(bytes);
  }
  switch (content ?? contentOf(beginning)) {
    case 'archive': {
      const found = await inspect(Buffer.concat(kept));
      return { findings: [isRejection(found) ? ofEmbedded(found, part) : { mark: 'embeddedDocuments' }] };
    }
    case 'compound':
      return { findings: macros.found ? [reject('macros', part.name)] : [{ mark: 'oleObjects' }] };
    case 'program':
      return { findings: [reject('active', part.name)] };
    default:
      return ofXml && beginsAsXml(beginning) ? lookThroughXml(archive, part, 'likely', ofXml) : { findings: [] };
  }
}

/** Whether bytes begin with an element, a declaration or a comment, in any encoding of Unicode. */
function beginsAsXml(beginning: Buffer): boolean {
  return /^(?:\xef\xbb\xbf|\xff\xfe|\xfe\xff)?[\s\0]*</.test(beginning.toString('latin1', 0, BEGINNING));
}

/** A rejection names the part in which it was found; an archive that is no document hides what no one looks at. */
function ofEmbedded({ problem }: Rejection, { name }: Part): Finding {
  switch (problem) {
    case 'encrypted':
      return { mark: 'embeddedDocuments' };
    case 'kindNotAccepted':
      return reject('nestedArchive', name);
    default:
      return reject(problem, name);
  }
}
