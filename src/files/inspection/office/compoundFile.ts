/** Compound files: Office documents of before 2007, and newer ones under a password (MS-CFB). */
import type { StoredFile } from '../../../desk/ports/files.ts';
import { bytesOf } from '../buffers.ts';
import type { Rejection } from './finding.ts';
import { reject } from './finding.ts';

const HEADER = 512;
const ENTRY = 128;
/** Sectors of the directory that are read: four names each, or 32. */
const MAX_SECTORS = 1_024;
const END_OF_CHAIN = 0xffff_fffe;
/** Of the table of sectors, the header has the places of the first 109 parts. */
const TABLES_AT = 76;
const TABLES = 109;

/** Names in the directory, and what they tell; the first that is there counts. */
const BY_NAME: readonly (readonly [name: string, kind: string])[] = [
  ['WordDocument', 'doc'],
  ['Workbook', 'xls'],
  ['Book', 'xls'],
  ['PowerPoint Document', 'ppt'],
  ['__properties_version1.0', 'email'],
  ['VisioDocument', 'vsd'],
  ['Quill', 'pub'],
  ['\u0005HwpSummaryInformation', 'hwp'],
];

/** Why a compound file is not accepted: none of them is, but the way out differs. */
export async function judgeCompoundFile(file: StoredFile): Promise<Rejection> {
  const names = await directoryOf(file);
  // A label of Microsoft Purview, or rights management: no password opens it, and none can be taken away.
  if (names.some((name) => /^DRM(?:Encrypted|Content)/.test(name))) return reject('encrypted', 'rights');
  if (names.includes('EncryptedPackage')) return reject('encrypted');
  const known = BY_NAME.find(([name]) => names.includes(name));
  return reject('kindNotAccepted', known?.[1] ?? 'oldOffice');
}

/** The names in the directory; those that could be read, where the file is damaged. */
async function directoryOf(file: StoredFile): Promise<readonly string[]> {
  const header = await bytesOf(file.part(0, Math.min(HEADER, file.size)));
  if (header.length < HEADER) return [];
  const sectorBytes = header.readUInt16LE(30) === 12 ? 4096 : 512;
  const sector = async (at: number): Promise<Buffer> => {
    const start = (at + 1) * sectorBytes;
    return start < file.size ? bytesOf(file.part(start, Math.min(start + sectorBytes, file.size))) : Buffer.alloc(0);
  };
  const perTable = sectorBytes / 4;
  const names: string[] = [];
  let at = header.readUInt32LE(48);
  for (let count = 0; count < MAX_SECTORS && at < END_OF_CHAIN; count += 1) {
    const entries = await sector(at);
    for (let start = 0; start + ENTRY <= entries.length; start += ENTRY) names.push(nameIn(entries, start));
    const table = Math.floor(at / perTable);
    if (table >= TABLES) break;
    const links = await sector(header.readUInt32LE(TABLES_AT + table * 4));
    const place = (at % perTable) * 4;
    at = place + 4 <= links.length ? links.readUInt32LE(place) : END_OF_CHAIN;
  }
  return names;
}

function nameIn(entries: Buffer, start: number): string {
  const bytes = Math.min(64, entries.readUInt16LE(start + 64));
  return entries.toString('utf16le', start, start + Math.max(0, bytes - 2));
}
