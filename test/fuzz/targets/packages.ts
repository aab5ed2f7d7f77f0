/**
 * Documents of Office, altered before they are packed: bytes that are altered afterwards fail at their checksum, and
 * never reach the readers of types, relationships, fields and formulas.
 */
import { compoundFile, relationships } from '../../files/samples.ts';
import { entriesOf, field, MICROSOFT, packageOf, sheetWith } from '../../files/inspection/office/packages.ts';
import { inspectBytes } from '../../files/inspection/inspectBytes.ts';
import { rawZip } from '../../files/inspection/office/rawZip.ts';
import type { RawEntry, RawZipOptions } from '../../files/inspection/office/rawZip.ts';
import type { Chance } from '../../support/random.ts';
import { altered } from '../bytes.ts';
import { hostileText } from '../hostile.ts';
import { unpolluted } from '../pollution.ts';
import { alone, promise } from '../target.ts';
import type { Stage, Taken, Target } from '../target.ts';
import { isVerdict } from './upload.ts';

/** A package of Office, packed after it was altered. */
export const packages: Target = { name: 'packages', share: 6, act: 1, open: openPackages };

interface EntryInput extends Omit<RawEntry, 'content'> {
  readonly base64: string;
}

interface PackageInput {
  readonly entries: readonly EntryInput[];
  readonly before: string;
  readonly behind: string;
  readonly zip64: boolean;
}

const SAMPLES: readonly (readonly RawEntry[])[] = [
  entriesOf('docx', { body: field(' PAGE ') + field(' IF ', field(' QUOTE 65 66 '), ' = "x" ') }),
  entriesOf('docx', {
    relations: [
      ['attachedTemplate', 'file:///C:\\a.dotm', 'External'],
      ['image', 'media/image1.png'],
      ['hyperlink', 'https://a.example/%20', 'External'],
      ['package', 'embeddings/a.xlsx'],
      ['oleObject', 'embeddings/o.bin'],
    ],
    parts: { 'word/embeddings/a.xlsx': packageOf('xlsx'), 'word/embeddings/o.bin': compoundFile('CONTENTS') },
  }),
  entriesOf('xlsx', sheetWith(`<f>SUM('a|b'!A1:A9)&amp;"|"&amp;T[x]</f><is><t>=1+1</t></is>`)),
  entriesOf('xlsx', {
    relations: [['connections', 'connections.xml']],
    parts: {
      'xl/connections.xml':
        '<connections><connection id="1" name="q" type="4"><webPr url="C:\\a.xml"/></connection></connections>',
      'xl/externalLinks/_rels/e.xml.rels': relationships(['externalLinkPath', 'b.xlsx', 'External']),
    },
  }),
  entriesOf('pptx', {
    rootRelations: [[`${MICROSOFT}/2007/relationships/ui/extensibility`, 'customUI/customUI.xml']],
    parts: { 'customUI/customUI.xml': '<?xml version="1.0"?><!-- x --><customUI><ribbon/></customUI>' },
  }),
];

async function openPackages(): Promise<Stage> {
  return alone(make, take);
}

function make(chance: Chance): PackageInput {
  const entries: (RawEntry & { readonly content: Buffer })[] = chance
    .pick(SAMPLES)
    .map((entry) => ({ ...entry, content: Buffer.from(entry.content) }));
  for (let left = chance.happens(0.1) ? 0 : 1 + chance.below(3); left > 0; left -= 1) {
    const at = chance.below(entries.length);
    const entry = entries[at];
    if (entry) entries[at] = { ...entry, ...alteredEntry(chance, entry) };
  }
  return {
    entries: entries.map(({ content, ...entry }) => ({ ...entry, base64: content.toString('base64') })),
    before: chance.happens(0.1) ? hostileText(chance).slice(0, 2_000) : '',
    behind: chance.happens(0.1) ? hostileText(chance).slice(0, 2_000) : '',
    zip64: chance.happens(0.05),
  };
}

function alteredEntry(
  chance: Chance,
  entry: RawEntry & { readonly content: Buffer },
): Partial<RawEntry> & { readonly content: Buffer } {
  const { content } = entry;
  switch (chance.weighed({ bytes: 40, text: 25, name: 8, lie: 12, form: 15 })) {
    case 'bytes':
      return { content: altered(chance, content) };
    case 'text': {
      const at = chance.below(content.length + 1);
      return {
        content: Buffer.concat([content.subarray(0, at), Buffer.from(hostileText(chance)), content.subarray(at)]),
      };
    }
    case 'name':
      return { content, name: hostileText(chance).slice(0, 300) };
    case 'lie':
      return {
        content,
        lie: chance.pick([
          { size: 0 },
          { size: 0x7fff_ffff },
          { sum: 1 },
          { name: 'x' },
          { at: 1 },
          { at: 0x7fff_ffff },
        ]),
      };
    default:
      return chance.pick([
        { content, descriptor: true },
        { content, stored: true },
        { content, zip64: true },
        { content, unlisted: true },
        { content: Buffer.from(`\ufeff${content.toString()}`, 'utf16le') },
      ]);
  }
}

async function take({ entries, before, behind, zip64 }: PackageInput): Promise<Taken> {
  const parts = entries.map(({ base64, ...entry }) => ({ ...entry, content: Buffer.from(String(base64), 'base64') }));
  const options: RawZipOptions = { before: String(before), behind: String(behind), zip64: Boolean(zip64) };
  const verdict = await inspectBytes(rawZip(parts, options));
  promise(isVerdict(verdict), 'a document gets a verdict that is none', verdict);
  // What comes behind a zip is no part of it: a document that is taken is taken with it as well.
  if (verdict.ok && options.behind === '')
    promise((await inspectBytes(rawZip(parts, { ...options, behind: '\r\n' }))).ok, 'a line break spoils a document');
  unpolluted();
  return verdict.ok ? 'accepted' : 'refused';
}
