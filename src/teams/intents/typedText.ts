/**
 * What a person typed, to the letter. Teams sends a message twice: as a text, and as HTML beside it. The text is what
 * was typed, but lacks emoji and has the words of messages that were handed on; the HTML tells these apart. Which of
 * the two is markup is said by `textFormat`, never guessed from the letters.
 */
import type { Markup, MarkupPart } from './markup.ts';
import { MENTION, nameIn, plainText, truncate } from './plainText.ts';

/** A message as Teams sends it. */
export interface Written {
  readonly text: string;
  /** `xml` where the text is HTML; anything else, and nothing, where it is what was typed. */
  readonly textFormat: string;
  /** Every mention in the text, with its tags (`<at>Claims desk</at>`). */
  readonly mentions: readonly string[];
  /** That of the bot; empty where it is not mentioned. */
  readonly botMention: string;
  /** Whether the text begins with a mark for the message that it answers. */
  readonly quotes: boolean;
}

const QUOTED_MARK = /<quoted\s[^<>]{0,500}\/?>/gi;
const BLANK = /[\s\u200b\ufeff]/;

/** The writer's own words: without the mention of the bot, quotations and messages handed on, with all emoji. */
export function typedText(written: Written, markup: Markup | undefined): string {
  const typed = mentionsTaken(written);
  if (isMarkup(written))
    return markup ? textIn(withoutBot(asStretches(ownIn(markup)), typed)) : plainText(written.text, written.botMention);
  if (!markup) return textIn(typed);
  return textIn(merged(typed, markup, written.textFormat === 'markdown') ?? typed);
}

/** Whether the text itself is HTML. */
export function isMarkup({ textFormat }: Pick<Written, 'textFormat'>): boolean {
  return textFormat === 'xml' || textFormat === 'html';
}

/** A stretch of the text; the name in the mention of the bot is no word of the writer's. */
interface Stretch {
  readonly text: string;
  readonly isBot: boolean;
}

/** The text, with the names of mentions in place of their tags. Tags that no mention speaks of were typed. */
function mentionsTaken({ text, mentions, botMention, quotes }: Written): readonly Stretch[] {
  const names = new Set(mentions.map(nameIn));
  const bot = botMention === '' ? undefined : nameIn(botMention);
  const whole = truncate(text).replace(/\r\n?/g, '\n');
  const plain = quotes ? whole.replace(QUOTED_MARK, '') : whole;
  const stretches: Stretch[] = [];
  let last = 0;
  for (const { 0: tag, 1: name = '', index } of plain.matchAll(MENTION)) {
    if (!names.has(nameIn(name))) continue;
    stretches.push({ text: plain.slice(last, index), isBot: false }, { text: name, isBot: nameIn(name) === bot });
    last = index + tag.length;
  }
  return [...stretches, { text: plain.slice(last), isBot: false }];
}

function textIn(stretches: readonly Stretch[]): string {
  const isBotFirst = stretches.find(({ text }) => text.trim() !== '')?.isBot ?? false;
  const text = stretches
    .map(({ text, isBot }) => (isBot ? ' ' : text))
    .join('')
    .replaceAll('\u00a0', ' ')
    .trimEnd();
  // The first line keeps its indent, but for the gap that the mention of the bot leaves.
  return isBotFirst ? text.trimStart() : text.replace(/^\s*\n/, '');
}

/**
 * The text with what only the HTML knows. The spaces and line breaks of the text stay as they are, but for the gaps in
 * which an emoji is put or a quotation was. Undefined where the HTML has nothing to add.
 */
function merged(typed: readonly Stretch[], markup: Markup, isMarkdown: boolean): readonly Stretch[] | undefined {
  const { parts } = markup;
  const own = ownIn(markup);
  const hasOthers = own.length < parts.length;
  const letters = squeezed(typed);
  if (letters === '' && !hasOthers) return asStretches(own);
  const withoutEmoji = (some: readonly MarkupPart[]): readonly MarkupPart[] => some.filter(({ emoji }) => !emoji);
  if (letters === squeezed(withoutEmoji(own))) return own.some(({ emoji }) => emoji) ? woven(typed, own) : undefined;
  if (letters === squeezed(own)) return undefined;
  if (hasOthers && letters === squeezed(withoutEmoji(parts))) return woven(typed, parts);
  if (hasOthers && letters === squeezed(parts))
    return woven(
      typed,
      parts.map((part) => ({ ...part, emoji: false })),
    );
  const lacksEmoji = own.some(({ emoji, text }) => emoji && !letters.includes(text));
  // Where the text is Markdown of what was typed, the letters are those of the HTML.
  const isWritten = isMarkdown && squeezed(own) !== '';
  return hasOthers || lacksEmoji || isWritten ? withoutBot(asStretches(own), typed) : undefined;
}

function ownIn({ parts }: Markup): readonly MarkupPart[] {
  return parts.filter(({ whose }) => whose === 'own');
}

/** Follows the letters of the text through the parts of the HTML, and takes the gaps with an emoji from the latter. */
function woven(typed: readonly Stretch[], parts: readonly MarkupPart[]): readonly Stretch[] {
  const units = typed.flatMap(({ text, isBot }) => unitsOf(text).map((unit) => ({ unit, isBot })));
  const places = units.flatMap(({ unit }, at) => (BLANK.test(unit) ? [] : [at]));
  const out: Stretch[] = [];
  let taken = 0;
  let last = -1;
  let gap = '';
  let isGapTheirs = false;
  for (const { text, whose, emoji } of parts) {
    if (emoji) {
      if (whose === 'own') gap += text;
      isGapTheirs = true;
      continue;
    }
    for (const unit of unitsOf(text)) {
      if (BLANK.test(unit)) {
        gap += unit;
        continue;
      }
      const at = places[taken] ?? last;
      const here = units[at];
      taken += 1;
      if (whose === 'own') {
        const between = units.slice(last + 1, at).map((one) => one.unit);
        out.push({ text: isGapTheirs ? gap : between.join(''), isBot: false });
        out.push({ text: here?.unit ?? '', isBot: here?.isBot ?? false });
        gap = '';
        isGapTheirs = false;
      } else isGapTheirs = true;
      last = at;
    }
  }
  if (isGapTheirs) out.push({ text: gap, isBot: false });
  return joinedBots(out);
}

/** One blank for a whole mention, not one for each of its letters. */
function joinedBots(stretches: readonly Stretch[]): readonly Stretch[] {
  return stretches.filter(({ isBot }, at) => !isBot || !stretches[at - 1]?.isBot);
}

function unitsOf(text: string): readonly string[] {
  return text.split('');
}

function squeezed(parts: readonly { readonly text: string }[]): string {
  return parts
    .map(({ text }) => text)
    .join('')
    .replace(/[\s\u200b\ufeff]+/g, '');
}

function asStretches(parts: readonly MarkupPart[]): readonly Stretch[] {
  // Line by line: one expression over the whole text would take quadratic time for a long run of blanks.
  const lines = parts
    .map(({ text }) => text)
    .join('')
    .split('\n');
  const text = lines.map((line, at) => {
    const started = at > 0 ? line.trimStart() : line;
    return at < lines.length - 1 ? started.trimEnd() : started;
  });
  return [{ text: text.join('\n'), isBot: false }];
}

/** The mention of the bot at the start of the HTML, where the letters alone say that it is one. */
function withoutBot(stretches: readonly Stretch[], typed: readonly Stretch[]): readonly Stretch[] {
  const bot = typed.find(({ isBot }) => isBot)?.text ?? '';
  if (bot === '') return stretches;
  return stretches.flatMap((stretch) => {
    const at = stretch.text.indexOf(bot);
    if (at < 0) return [stretch];
    const { text } = stretch;
    return [
      { text: text.slice(0, at), isBot: false },
      { text: bot, isBot: true },
      { text: text.slice(at + bot.length), isBot: false },
    ];
  });
}
