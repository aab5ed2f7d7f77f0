/**
 * Examines the bytes of a PDF: whether readers open it, what in it acts without being asked, and what a reviewer should
 * know of. Runs in a thread of its own (`worker.ts`), because hostile bytes can keep a parser busy for ever.
 */
import { PDF, PdfArray, PdfDict, PdfName, PdfRef } from '@libpdf/core';
import type { PdfObject } from '@libpdf/core';
import type { PoeMark } from '../../../domain/claims/values.ts';
import type { AcceptedFile, RejectedFile } from '../../../desk/ports/inspection.ts';
import { POE_MARKS } from '../../../domain/claims/values.ts';
import type { PdfFindings, Resolve } from './actions.ts';
import { PdfActions } from './actions.ts';
import { startOfPdf } from './start.ts';

/** Readers look for the last `startxref` in these last bytes. */
const END_BYTES = 1024;
/** As many object numbers are looked at in a file of any size. */
const MIN_OBJECTS = 500_000;
const TOO_COMPLEX: RejectedFile = { ok: false, problem: 'tooComplex' };
const BROKEN: RejectedFile = { ok: false, problem: 'broken' };
const LOCKED: RejectedFile = { ok: false, problem: 'encrypted' };

/**
 * What a PDF is, by its bytes. It is read as readers do: by its cross-reference table, counted from `%PDF` and from the
 * first byte; and as a reader repairs it, by its objects alone. What acts in any of these is refused. Alters the bytes.
 */
export async function examinePdf(bytes: Buffer): Promise<AcceptedFile | RejectedFile> {
  const start = startOfPdf(bytes);
  if (start < 0 || !hasEnd(bytes)) return BROKEN;
  const readings = [await read(bytes.subarray(start)), ...(start > 0 ? [await read(bytes)] : [])];
  if (readings.some((reading) => reading?.isLocked)) return LOCKED;
  const byObjects = await readByObjects(bytes.subarray(start));
  if (byObjects === 'tooComplex') return TOO_COMPLEX;
  const all = [...readings, byObjects].filter((reading) => reading !== undefined);
  const best = all.find(({ pages }) => pages > 0);
  // Nothing can be read of what is encrypted throughout, and a repair loses how to decrypt it.
  if ((!best || best.isRepaired) && isEncrypted(bytes)) return LOCKED;
  if (!best) return BROKEN;
  const refusal = all.find(({ findings }) => findings.refusal)?.findings.refusal;
  if (refusal) return { ok: false, ...refusal };
  const isMarked = (mark: PoeMark): boolean =>
    (mark === 'ownerRestricted' && best.isRestricted) || all.some(({ findings }) => findings.marks.has(mark));
  const marks = POE_MARKS.filter(isMarked);
  return { ok: true, kind: 'pdf', ...(marks.length > 0 && { marks }) };
}

/** Whether the file was written to its end: a cross-reference, where it is, and no object after the last end mark. */
function hasEnd(bytes: Buffer): boolean {
  const end = bytes.lastIndexOf('%%EOF', undefined, 'latin1');
  const pointer = end < 0 ? -1 : bytes.lastIndexOf('startxref', end, 'latin1');
  if (pointer < 0 || !hasCrossReference(bytes)) return false;
  return !/\d\s+\d+\s+obj\b/.test(bytes.subarray(end).toString('latin1')) && !isCutOff(bytes);
}

/** A table of places with a first line, or a stream that is one, wherever: pointers to it go wrong on the way. */
const TABLE = /^xref[\s\0]+\d+[\s\0]+[1-9]\d*[\s\0]+\d+[\s\0]+\d+[\s\0]+[nf]/;
const STREAM = /\/Type[\s\0]*\/XRef\b/;

function hasCrossReference(bytes: Buffer): boolean {
  for (let at = bytes.indexOf('xref'); at >= 0; at = bytes.indexOf('xref', at + 1))
    if (TABLE.test(bytes.toString('latin1', at, at + 128))) return true;
  for (let at = bytes.indexOf('/XRef'); at >= 0; at = bytes.indexOf('/XRef', at + 1))
    if (STREAM.test(bytes.toString('latin1', Math.max(0, at - 32), at + 6))) return true;
  return false;
}

/** Whether a file that is laid out for reading over a slow line is shorter than it says. */
function isCutOff(bytes: Buffer): boolean {
  const start = Math.max(0, startOfPdf(bytes));
  const head = bytes.subarray(start, start + 1024).toString('latin1');
  const length = /\/Linearized\b[^>]*\/L\s+(\d+)/.exec(head)?.[1] ?? /\/L\s+(\d+)[^>]*\/Linearized\b/.exec(head)?.[1];
  return length !== undefined && Number(length) > bytes.length;
}

function isEncrypted(bytes: Buffer): boolean {
  return /\/Encrypt[\s\0]*(?:\d+[\s\0]+\d+[\s\0]+R|<<)/.test(bytes.toString('latin1'));
}

interface Reading {
  readonly isRepaired: boolean;
  readonly isLocked: boolean;
  readonly isRestricted: boolean;
  readonly pages: number;
  readonly findings: PdfFindings;
}

async function read(bytes: Buffer): Promise<Reading | undefined> {
  try {
    const pdf = await PDF.load(bytes);
    const resolve: Resolve = (ref) => pdf.context.resolve(ref);
    const root = pdf.context.catalog.getDict();
    const actions = new PdfActions(resolve);
    const isLocked = pdf.isEncrypted && !pdf.isAuthenticated;
    if (!isLocked) walk(root, actions, resolve);
    return {
      isRepaired: pdf.recoveredViaBruteForce,
      isLocked,
      isRestricted: pdf.isEncrypted && !pdf.hasOwnerAccess(),
      pages: isLocked ? 0 : countPages(root, resolve),
      findings: actions.findings,
    };
  } catch {
    return undefined;
  }
}

/** As a reader sees it that finds no cross-reference: every object, whether anything refers to it or not. */
async function readByObjects(bytes: Buffer): Promise<Reading | 'tooComplex' | undefined> {
  const end = bytes.subarray(Math.max(0, bytes.length - 2 * END_BYTES));
  for (let at = end.indexOf('startxref'); at >= 0; at = end.indexOf('startxref', at)) end.fill(' ', at, at + 9);
  try {
    const pdf = await PDF.load(bytes);
    const { registry, catalog } = pdf.context;
    const resolve: Resolve = (ref) => registry.resolve(ref);
    // Objects are numbered one after the other, and each takes some bytes: a number beyond is none of a writer's.
    if (registry.nextObjectNumber > Math.max(MIN_OBJECTS, bytes.length)) return 'tooComplex';
    const actions = new PdfActions(resolve);
    for (let number = 1; number < registry.nextObjectNumber; number += 1)
      walk(resolve(PdfRef.of(number)), actions, () => null);
    const pages = countPages(catalog.getDict(), resolve);
    return { isRepaired: true, isLocked: false, isRestricted: false, pages, findings: actions.findings };
  } catch {
    return undefined;
  }
}

/** Judges each dictionary that an object leads to, once. */
function walk(from: PdfObject | null, actions: PdfActions, resolve: Resolve): void {
  const seen = new Set<PdfRef>();
  const open: (PdfObject | null)[] = [from];
  while (open.length > 0) {
    const object = open.pop();
    if (object instanceof PdfRef) {
      if (!seen.has(object)) open.push(resolve(object));
      seen.add(object);
    } else if (object instanceof PdfArray) for (const one of object) push(open, one);
    else if (object instanceof PdfDict) {
      actions.judge(object);
      for (const [, value] of object) push(open, value);
    }
  }
}

/** Names, numbers and texts lead nowhere; most values are these. */
function push(open: (PdfObject | null)[], value: PdfObject): void {
  if (value instanceof PdfRef || value instanceof PdfDict || value instanceof PdfArray) open.push(value);
}

/** How many pages the tree of pages leads to; a node that says nothing of itself is what it looks like. */
function countPages(root: PdfDict, resolve: Resolve): number {
  const seen = new Set<PdfObject>();
  const open: (PdfObject | undefined)[] = [root.get('Pages', resolve)];
  let pages = 0;
  while (open.length > 0) {
    const next = open.pop();
    const node = next instanceof PdfRef ? resolve(next) : next;
    if (!(node instanceof PdfDict) || seen.has(node)) continue;
    seen.add(node);
    const kids = node.get('Kids', resolve);
    if (kids instanceof PdfArray) for (const kid of kids) open.push(kid);
    else if (isPage(node)) pages += 1;
  }
  return pages;
}

function isPage(node: PdfDict): boolean {
  const type = node.get('Type');
  return type instanceof PdfName ? type.value === 'Page' : node.has('MediaBox') || node.has('Contents');
}
