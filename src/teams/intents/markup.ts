/**
 * The HTML that Teams sends beside the text of a message: whose words are in it, the emoji that only it has, and what
 * it shows that is no text.
 */
import { Parser } from 'htmlparser2';
import { truncate } from './plainText.ts';

/** Whose words a part of a message is: the writer's, a quotation in front of them, or a message handed on. */
export type Whose = 'own' | 'quoted' | 'forwarded';

/** A part of a message in the order of reading. */
export interface MarkupPart {
  readonly text: string;
  readonly whose: Whose;
  /** An emoji, which the plain text of the message may lack. */
  readonly emoji: boolean;
}

/** What the writer's own part of a message shows besides text, each counted. */
export interface Shown {
  readonly pictures: number;
  /** Stickers and GIFs. */
  readonly stickers: number;
  /** Voice messages and video clips. */
  readonly recordings: number;
  /** Places of attachments that are not in the message itself. */
  readonly attachments: number;
}

export interface Markup extends Shown {
  readonly parts: readonly MarkupPart[];
}

const ITEM = 'http://schema.skype.com/';
const BLOCKS: ReadonlySet<string> = new Set(
  'address article blockquote div dd dl dt figure footer h1 h2 h3 h4 h5 h6 header hr li ol p pre section table tr ul'.split(
    ' ',
  ),
);
const VERBATIM: ReadonlySet<string> = new Set(['pre', 'codeblock']);
const UNREAD: ReadonlySet<string> = new Set(['script', 'style', 'title', 'head', 'attachment', 'template']);
const GIFS = /^https:\/\/(?:[a-z0-9-]+\.)*(?:giphy\.com|tenor\.com)\//i;

/** Reads the first 32768 letters of a message's HTML. Never throws, whatever the text is. */
export function readMarkup(html: string): Markup {
  const parts: MarkupPart[] = [];
  const counts = { pictures: 0, stickers: 0, recordings: 0, attachments: 0 };
  const quotations: Whose[] = [];
  let verbatim = 0;
  let unread = 0;
  const whose = (): Whose => quotations.find((one) => one !== 'own') ?? 'own';
  const add = (text: string, emoji = false): void => {
    if (text !== '' && unread === 0) parts.push({ text, whose: whose(), emoji });
  };
  /** A line ends where a block begins or ends, once. */
  const endLine = (): void => {
    const last = parts.at(-1);
    if (last && !last.text.endsWith('\n')) add('\n');
  };
  const count = (what: keyof Shown): void => {
    if (whose() === 'own') counts[what] += 1;
  };

  function picture(itemtype: string, src: string, alt: string): void {
    if (itemtype === 'Emoji' || (itemtype === 'CustomEmoji' && alt !== '')) add(alt, true);
    else if (itemtype === 'Sticker' || GIFS.test(src)) count('stickers');
    else count('pictures');
  }

  const parser = new Parser(
    {
      onopentag(name, attributes) {
        const itemtype = itemOf(attributes['itemtype']);
        if (name === 'blockquote') {
          endLine();
          quotations.push(itemtype === 'Reply' ? 'quoted' : itemtype === 'Forward' ? 'forwarded' : 'own');
        } else if (name === 'br') add('\n');
        else if (name === 'img') picture(itemtype, attributes['src'] ?? '', attributes['alt'] ?? '');
        else if (name === 'emoji') add(attributes['alt'] ?? '', true);
        else if (name === 'video' || name === 'audio' || itemtype === 'InputExtension') count('recordings');
        else if (name === 'attachment') count('attachments');
        else if (BLOCKS.has(name)) endLine();
        if (VERBATIM.has(name)) verbatim += 1;
        if (UNREAD.has(name) || name === 'emoji') unread += 1;
      },
      ontext(text) {
        const isLayout = verbatim === 0 && /^[ \t\r\n]*[\r\n][ \t\r\n]*$/.test(text);
        if (isLayout && (parts.at(-1)?.text.endsWith('\n') ?? true)) return;
        add((verbatim > 0 ? text : text.replace(/[\t\r\n]+/g, ' ')).replaceAll('\u00a0', ' '));
      },
      onclosetag(name) {
        if (UNREAD.has(name) || name === 'emoji') unread = Math.max(0, unread - 1);
        if (VERBATIM.has(name)) verbatim = Math.max(0, verbatim - 1);
        if (BLOCKS.has(name)) endLine();
        if (name === 'blockquote') quotations.pop();
      },
    },
    { decodeEntities: true },
  );
  parser.end(truncate(html));
  return { parts, ...counts };
}

/** The last word of a type of Skype's, as Teams marks the parts of a message with; empty for any other. */
function itemOf(itemtype: string | undefined): string {
  return itemtype?.toLowerCase().startsWith(ITEM) ? itemtype.slice(ITEM.length) : '';
}
