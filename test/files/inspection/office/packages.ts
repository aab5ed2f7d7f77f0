/** Small packages of Office with one thing in them that matters. */
import { contentTypes, MAIN, MAIN_PART, relationships } from '../../samples.ts';
import type { Relation } from '../../samples.ts';
import { rawZip } from './rawZip.ts';
import type { RawEntry, RawZipOptions } from './rawZip.ts';

export const MICROSOFT = 'http://schemas.microsoft.com/office';
const BODY = { docx: ['document', 'body'], xlsx: ['workbook', 'sheets'], pptx: ['presentation', 'sldIdLst'] } as const;

export interface PackageParts {
  /** Further parts by name. */
  readonly parts?: Readonly<Record<string, string | Buffer>>;
  /** Of the main part. */
  readonly relations?: readonly Relation[];
  /** Of the package, beside its main part. */
  readonly rootRelations?: readonly Relation[];
  /** Types of further parts. */
  readonly types?: readonly (readonly [part: string, type: string])[];
  /** What is in the main part. */
  readonly body?: string;
  readonly mainType?: string;
}

/** The entries of a small document, in the order of Office's own. */
export function entriesOf(kind: keyof typeof MAIN, more: PackageParts = {}): readonly RawEntry[] {
  const main = MAIN_PART[kind];
  const [root, inner] = BODY[kind];
  const at = main.lastIndexOf('/') + 1;
  const types = contentTypes([main, more.mainType ?? MAIN[kind]], ...(more.types ?? []));
  return Object.entries({
    '[Content_Types].xml': types,
    '_rels/.rels': relationships(['officeDocument', main], ...(more.rootRelations ?? [])),
    [`${main.slice(0, at)}_rels/${main.slice(at)}.rels`]: relationships(...(more.relations ?? [])),
    [main]: `<${root} xmlns="urn:x" xmlns:w="urn:w"><${inner}>${more.body ?? ''}</${inner}></${root}>`,
    ...more.parts,
  }).map(([name, content]) => ({ name, content }));
}

export function packageOf(kind: keyof typeof MAIN, more: PackageParts = {}, options: RawZipOptions = {}): Buffer {
  return rawZip(entriesOf(kind, more), options);
}

/** The same document with something changed in its entries. */
export function changed(kind: keyof typeof MAIN, change: (entry: RawEntry) => RawEntry): Buffer {
  return rawZip(entriesOf(kind).map(change));
}

/** A field of Word whose code is in one run, or in several. */
export function field(...code: readonly string[]): string {
  const runs = code.map((text) => `<w:r><w:instrText>${text}</w:instrText></w:r>`);
  return `<w:r><w:fldChar fldCharType="begin"/></w:r>${runs.join('')}<w:r><w:fldChar fldCharType="separate"/></w:r><w:r><w:t>shown</w:t></w:r><w:r><w:fldChar fldCharType="end"/></w:r>`;
}

/** A sheet with one formula, and its relationship and type. */
export function sheetWith(inner: string): PackageParts {
  return {
    relations: [['worksheet', 'worksheets/sheet1.xml']],
    types: [['xl/worksheets/sheet1.xml', 'application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml']],
    parts: { 'xl/worksheets/sheet1.xml': `<worksheet><sheetData><row><c>${inner}</c></row></sheetData></worksheet>` },
  };
}

/** A document with a workbook in it, of which the list of types says something. */
export function embeddedWorkbook(type: string): Buffer {
  return packageOf('docx', {
    relations: [['package', 'embeddings/a.bin']],
    types: [['word/embeddings/a.bin', type]],
    parts: { 'word/embeddings/a.bin': packageOf('xlsx') },
  });
}
