/** The content of a part that is no XML: a document within the document, a program, or just a picture. */
import { COMPOUND_FILE, LOCAL_HEADER, startsWith } from '../signatures.ts';

const ELF = Buffer.from('\x7fELF', 'latin1');
/** The storage of macros, as the directory of a compound file spells it. */
const MACROS = Buffer.from('_VBA_PROJECT', 'utf16le');

export type Content = 'archive' | 'compound' | 'program' | 'other';

/** What a part is, by its first bytes: at least 4 KiB, or all there are. */
export function contentOf(beginning: Buffer): Content {
  if (startsWith(beginning, LOCAL_HEADER)) return 'archive';
  if (startsWith(beginning, COMPOUND_FILE)) return 'compound';
  return startsWith(beginning, ELF) || isWindowsProgram(beginning) ? 'program' : 'other';
}

/** `MZ` alone is how a picture or a printer's settings may begin by chance. */
function isWindowsProgram(bytes: Buffer): boolean {
  if (bytes.length < 64 || bytes.toString('latin1', 0, 2) !== 'MZ') return false;
  const at = bytes.readUInt32LE(60);
  return bytes.toString('latin1', at, at + 4) === 'PE\0\0';
}

/** Looks for macros in a compound file as its bytes go by. */
export class MacroSearch {
  #end = Buffer.alloc(0);
  found = false;

  next(bytes: Buffer): void {
    const joint = Buffer.concat([this.#end, bytes]);
    this.found ||= joint.includes(MACROS);
    this.#end = Buffer.from(joint.subarray(Math.max(0, joint.length - MACROS.length)));
  }
}
