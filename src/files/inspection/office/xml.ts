/** Reads the XML of a package as a stream, without what XML can do to its reader. */
import { SaxesParser } from 'saxes';

/** How many nodes may still be read: elements, attributes, comments and the like. They are what takes time. */
export interface NodeBudget {
  nodesLeft: number;
}

/** Nested deeper than any writer nests. */
const MAX_DEPTH = 1_000;
/** The longest tag, text or comment, in characters: the parser has each of them whole in memory. */
const MAX_TOKEN = 8 * 1024 * 1024;
const PIECE = 64 * 1024;
/** The XML declaration, and so the name of the encoding, is in here. */
const HEAD = 256;

/** An element without its prefix, with its attributes, without theirs. */
export interface Element {
  readonly name: string;
  /** Its namespace; '' where the reader asked for none. */
  readonly namespace: string;
  readonly attributes: ReadonlyMap<string, string>;
}

export interface XmlHandlers {
  opened?(element: Element): void;
  closed?(name: string): void;
  /** Text between two tags, and that of CDATA; may come in several pieces. */
  text?(text: string): void;
}

export type XmlOutcome = 'read' | 'malformed' | 'doctype' | 'tooComplex';

/**
 * Reads a document to its end. A document type is none of Office's, and could define entities that grow without end:
 * nothing behind it is read. With `namespaces` the elements have theirs. Takes from `budget` what it reads, and stops
 * where nothing is left of it.
 */
export async function readXml(
  bytes: AsyncIterable<Buffer>,
  handlers: XmlHandlers,
  budget: NodeBudget,
  namespaces = false,
): Promise<XmlOutcome> {
  const reading = new Reading(handlers, budget, namespaces);
  let head: Buffer = Buffer.alloc(0);
  let decoder: ReturnType<typeof decoderFor> | undefined;
  try {
    for await (const piece of bytes) {
      if (reading.outcome) break;
      head = decoder ? piece : Buffer.concat([head, piece]);
      if (!decoder && head.length < HEAD) continue;
      decoder ??= decoderFor(head);
      reading.write(decoder.decode(head, { stream: true }));
    }
    decoder ??= decoderFor(head);
    // What was too short to know its encoding was not decoded yet.
    return reading.end(head.length < HEAD && !reading.hasBegun ? decoder.decode(head) : decoder.decode());
  } catch (error) {
    // The decoder's: of bytes that are none of the encoding, or of an encoding that no one knows.
    if (error instanceof TypeError || error instanceof RangeError) return 'malformed';
    throw error;
  }
}

class Reading {
  readonly #parser: SaxesParser<{ xmlns: boolean; position: false }>;
  readonly #budget: NodeBudget;
  #depth = 0;
  #sinceToken = 0;
  outcome: XmlOutcome | undefined;
  hasBegun = false;

  constructor(handlers: XmlHandlers, budget: NodeBudget, namespaces: boolean) {
    const parser = new SaxesParser({ xmlns: namespaces, position: false });
    this.#parser = parser;
    this.#budget = budget;
    const token = (): void => {
      this.#sinceToken = 0;
    };
    const node = (): void => {
      token();
      this.#count();
    };
    parser.on('error', () => this.#stop('malformed'));
    parser.on('doctype', () => this.#stop('doctype'));
    parser.on('comment', node);
    parser.on('processinginstruction', node);
    // Counted one by one, because a tag may have any number of them.
    parser.on('attribute', () => this.#count());
    parser.on('text', (text) => {
      token();
      if (!this.outcome) handlers.text?.(text);
    });
    parser.on('cdata', (text) => {
      node();
      if (!this.outcome) handlers.text?.(text);
    });
    parser.on('opentag', (tag) => {
      node();
      this.#depth += 1;
      if (this.#depth > MAX_DEPTH) this.#stop('tooComplex');
      if (!this.outcome) handlers.opened?.(elementOf(tag));
    });
    parser.on('closetag', ({ name }) => {
      token();
      this.#depth -= 1;
      if (!this.outcome) handlers.closed?.(localName(name));
    });
  }

  write(text: string): void {
    this.hasBegun = true;
    for (let at = 0; at < text.length && !this.outcome; at += PIECE) {
      const piece = text.slice(at, at + PIECE);
      this.#sinceToken += piece.length;
      this.#parser.write(piece);
      if (this.#sinceToken > MAX_TOKEN) this.#stop('tooComplex');
    }
  }

  end(text: string): XmlOutcome {
    this.write(text);
    if (!this.outcome) this.#parser.close();
    return this.outcome ?? 'read';
  }

  #count(): void {
    this.#budget.nodesLeft -= 1;
    if (this.#budget.nodesLeft < 0) this.#stop('tooComplex');
  }

  /** The first reason is the true one: what comes behind a mistake makes no sense. */
  #stop(outcome: XmlOutcome): void {
    this.outcome ??= outcome;
  }
}

interface Tag {
  readonly name: string;
  readonly uri?: string;
  readonly attributes: Readonly<Record<string, string | { readonly value: string }>>;
}

function elementOf({ name, uri = '', attributes }: Tag): Element {
  const values = new Map<string, string>();
  for (const key in attributes) {
    const value = attributes[key];
    if (value !== undefined) values.set(localName(key), typeof value === 'string' ? value : value.value);
  }
  return { name: localName(name), namespace: uri, attributes: values };
}

function localName(name: string): string {
  return name.slice(name.indexOf(':') + 1);
}

/** UTF-8, unless a byte order mark, the zeros of UTF-16 or the declaration say otherwise. */
function decoderFor(head: Buffer): InstanceType<typeof TextDecoder> {
  return new TextDecoder(encodingOf(head), { fatal: true });
}

export function encodingOf(head: Buffer): string {
  if ((head[0] === 0xff && head[1] === 0xfe) || (head[0] === 0x3c && head[1] === 0)) return 'utf-16le';
  if ((head[0] === 0xfe && head[1] === 0xff) || (head[0] === 0 && head[1] === 0x3c)) return 'utf-16be';
  if (head[0] === 0xef && head[1] === 0xbb && head[2] === 0xbf) return 'utf-8';
  const declared = /^\s*<\?xml\b[^>]*?\bencoding\s*=\s*["']([\w.:-]+)["']/.exec(head.toString('latin1', 0, HEAD))?.[1];
  // A declaration that can be read byte by byte is not of UTF-16, whatever it says.
  return declared === undefined || /^(?:utf-?16|ucs-?2)/i.test(declared) ? 'utf-8' : declared;
}
