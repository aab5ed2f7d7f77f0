/** The fields of a Word document: instructions that Word carries out when it opens, prints or updates the text. */
import type { Finding } from './finding.ts';
import { reject } from './finding.ts';
import { isRemote } from './relationships.ts';

/** Longer instructions are not Word's. */
const MAX_INSTRUCTION = 32 * 1024;
const MAX_NESTED = 64;

interface Field {
  instruction: string;
  /** What the field shows; a field around it reads this as part of its own instruction. */
  result: string;
  isInResult: boolean;
  /** Its name is the result of another field: no one writes that but to hide it. */
  isNameComputed: boolean;
}

/** Follows the fields of one part, in the order of its elements, and says what those do that are not allowed. */
export class Fields {
  readonly #open: Field[] = [];
  readonly #found: (finding: Finding) => void;

  constructor(found: (finding: Finding) => void) {
    this.#found = found;
  }

  /** A field whose instruction is an attribute. */
  simple(instruction: string): void {
    this.#judge(instruction);
  }

  begin(): void {
    if (this.#open.length < MAX_NESTED)
      this.#open.push({ instruction: '', result: '', isInResult: false, isNameComputed: false });
    else this.#found(reject('tooComplex'));
  }

  separate(): void {
    const field = this.#open.at(-1);
    if (field) field.isInResult = true;
  }

  /** A field within another one stands in its instruction for what it shows, and for what it would show. */
  end(): void {
    const field = this.#open.pop();
    if (!field) return;
    this.#judge(field.instruction);
    if (field.isNameComputed) this.#found(reject('active', 'field'));
    const around = this.#open.at(-1);
    if (!around) return;
    const shown = quoted(field.instruction) ?? field.result;
    if (around.isInResult) return add(around, 'result', shown);
    around.isNameComputed ||= around.instruction.trim() === '';
    add(around, 'instruction', shown);
  }

  /** A piece of an instruction, also outside of any field: Word joins it to what is around it. */
  instruction(text: string): void {
    const field = this.#open.at(-1);
    if (!field) this.#judge(text);
    else if (!field.isInResult) add(field, 'instruction', text);
  }

  text(text: string): void {
    const field = this.#open.at(-1);
    if (field) add(field, field.isInResult ? 'result' : 'instruction', text);
  }

  /** Fields that a part left open are judged all the same. */
  finish(): void {
    while (this.#open.length > 0) this.end();
  }

  #judge(instruction: string): void {
    const finding = judgeField(instruction);
    if (finding) this.#found(finding);
  }
}

function add(field: Field, where: 'instruction' | 'result', text: string): void {
  field[where] = (field[where] + text).slice(0, MAX_INSTRUCTION);
}

/** What a field does that a document may not do (R9). */
function judgeField(instruction: string): Finding | undefined {
  const words = instruction.replace(/[\p{Cf}\p{Cc}]+/gu, ' ').trimStart();
  const [, name = ''] = /^["“”]?\s*([a-z]+)/i.exec(words) ?? [];
  switch (name.toUpperCase()) {
    case 'DDE':
    case 'DDEAUTO':
      return reject('active', 'DDE');
    case 'LINK':
      return reject('external', 'LINK');
    case 'DATABASE':
      return reject('external', 'DATABASE');
    case 'IMPORT':
    case 'INCLUDE':
    case 'INCLUDETEXT':
    case 'RD':
      return argumentOf(words).some(isRemote) ? reject('external', name.toUpperCase()) : { mark: 'linkedFiles' };
    case 'INCLUDEPICTURE':
      // With \d the picture is not in the document, and is fetched to be shown.
      return argumentOf(words).some(isRemote) && /\\d\b/i.test(words)
        ? reject('external', 'INCLUDEPICTURE')
        : undefined;
    default:
      return undefined;
  }
}

/** The words of an instruction; backslashes are doubled within quotes. */
function argumentOf(instruction: string): readonly string[] {
  const words = instruction.match(/"(?:[^"\\]|\\.)*"|[“”][^“”]*[“”]|\S+/g) ?? [];
  return words.map((word) => word.replace(/^["“”]|["“”]$/g, '').replaceAll('\\\\', '\\'));
}

/** What a QUOTE field shows: its texts, and a letter for each number. */
function quoted(instruction: string): string | undefined {
  const words = /^\s*QUOTE\b(.*)$/is.exec(instruction)?.[1]?.match(/"[^"]*"|\S+/g);
  return words
    ?.map((word) => {
      if (/^\d{1,5}$/.test(word)) return String.fromCodePoint(Number(word));
      const code = /^0x[\da-f]{1,4}$/i.exec(word);
      return code ? String.fromCodePoint(Number.parseInt(word, 16)) : word.replaceAll('"', '');
    })
    .join('');
}
