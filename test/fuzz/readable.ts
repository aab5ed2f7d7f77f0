/** Checks that what people read has whole characters, no open template and nothing that only a fault says. */
import en from '../../src/locales/en.json' with { type: 'json' };
import type { OutboundActivity } from '../../src/teams/sending/connector.ts';
import { MAX_CARD_BYTES } from '../../src/teams/cards/sizeBudget.ts';
import { isRecord } from './json.ts';
import { promise } from './target.ts';

const FAULTY = /\bundefined\b|\[object |\bNaN\b|Invalid Date/;
/** The places in the desk's sentences into which something is put. */
const PLACES = [
  ...new Set(
    Object.values(en).flatMap((sentence) => [...sentence.matchAll(/\{(\w+)[},]/g)].map((match) => match[1] ?? '')),
  ),
];
const OPEN_PLACE = new RegExp(`\\{(?:${PLACES.join('|')})[},]`);
/** A message of Teams holds about as much. */
const LONGEST_LINE = 28_000;

export function readableCard(card: unknown): void {
  const bytes = Buffer.byteLength(JSON.stringify(card));
  promise(bytes <= MAX_CARD_BYTES, 'a card is larger than any may be', bytes);
  each(card, (text) => {
    readableText(text);
    promise(!/\$\{|\{\{/.test(text), 'a card has a template in it', text);
  });
}

export function readableMessage({ text, attachments, summary }: OutboundActivity): void {
  if (text !== undefined) {
    readableText(text);
    promise(text.trim() !== '', 'a message says nothing');
    promise(!/<at[ >]/i.test(text), 'a message mentions someone', text);
    promise(Buffer.byteLength(text) <= LONGEST_LINE, 'a message is too long', text.length);
  }
  if (summary !== undefined) readableText(summary);
  for (const { content } of attachments ?? []) readableCard(content);
}

export function readableText(text: string): void {
  promise(text.isWellFormed(), 'half a letter is shown', text);
  promise(!FAULTY.test(text), 'what only a fault says is shown', text);
  promise(!OPEN_PLACE.test(text), 'a sentence has a place left open', text);
}

function each(value: unknown, look: (text: string) => void): void {
  if (typeof value === 'string') look(value);
  else if (Array.isArray(value)) for (const item of value as readonly unknown[]) each(item, look);
  else if (isRecord(value)) for (const member of Object.values(value)) each(member, look);
}
