/** What a message holds: the words that were typed, and what of it the desk does not take. */
import type { MessageText, RawActivity } from '../activity.ts';
import { textOf } from '../activity.ts';
import { FILE_DOWNLOAD, attachedFiles } from '../files/attachments.ts';
import type { Markup } from '../intents/markup.ts';
import { readMarkup } from '../intents/markup.ts';
import { isMarkup, typedText } from '../intents/typedText.ts';
import { isObject } from '../../shared/objects.ts';

/** What a message can have besides words and files that the desk takes. Each has a sentence. */
export const LEFT_OUT = [
  'picture',
  'sticker',
  'recording',
  'snippet',
  'forwarded',
  'loop',
  'card',
  'fileLink',
  'other',
] as const;
export type LeftOut = (typeof LEFT_OUT)[number];

export interface MessageBody {
  /** The writer's own words; empty where there are none. */
  readonly text: string;
  /** What was not taken, each kind once, in the order of {@link LEFT_OUT}. */
  readonly leftOut: readonly LeftOut[];
}

const CARD = 'application/vnd.microsoft.card.';
/** What the HTML of a message shows by itself, or what is no part of what was said. */
const UNSAID: ReadonlySet<string> = new Set(['text/html', 'text/plain', 'messagereference']);
const KINDS: Readonly<Record<string, LeftOut>> = {
  [`${CARD}codesnippet`]: 'snippet',
  [`${CARD}fluid`]: 'loop',
  [`${CARD}fluidembedcard`]: 'loop',
  [`${CARD}audio`]: 'recording',
  [`${CARD}video`]: 'recording',
  [`${CARD}animation`]: 'sticker',
  [`${CARD}announcement`]: 'other',
  forwardedmessagereference: 'forwarded',
  reference: 'fileLink',
};
/** Where Teams keeps the pictures of emoji. */
const EMOJI_PICTURES = /^https:\/\/statics\.teams\.cdn\.(?:office|live)\.net\//i;

/** Reads a message that was written or edited. */
export function readBody(message: MessageText): MessageBody {
  const html = message.attachments.map(htmlOf).filter((one) => one !== '');
  const markup =
    html.length > 0 ? readMarkup(html.join('\n')) : isMarkup(message) ? readMarkup(message.text) : undefined;
  const found = new Set<LeftOut>([...inMarkup(markup), ...attached(message.attachments, markup)]);
  return { text: typedText(message, markup), leftOut: LEFT_OUT.filter((kind) => found.has(kind)) };
}

function htmlOf(attachment: RawActivity): string {
  if (typeOf(attachment) !== 'text/html') return '';
  const { content } = attachment;
  return textOf(isObject(content) ? content['text'] : content);
}

function typeOf({ contentType }: RawActivity): string {
  return textOf(contentType).trim().toLowerCase();
}

function inMarkup(markup: Markup | undefined): readonly LeftOut[] {
  if (!markup) return [];
  return [
    ...(markup.pictures > 0 ? (['picture'] as const) : []),
    ...(markup.stickers > 0 ? (['sticker'] as const) : []),
    ...(markup.recordings > 0 ? (['recording'] as const) : []),
    ...(markup.parts.some(({ whose }) => whose === 'forwarded') ? (['forwarded'] as const) : []),
  ];
}

function attached(attachments: readonly RawActivity[], markup: Markup | undefined): readonly LeftOut[] {
  const kinds = attachments.filter((one) => !isTaken(one)).flatMap(kindOf);
  const pictures = kinds.filter((kind) => kind === 'picture').length;
  // The pictures that the HTML shows are attached too, those of emoji and stickers among them.
  const isShown = pictures <= (markup ? markup.pictures + markup.stickers + emojiIn(markup) : 0);
  const places = (markup?.attachments ?? 0) > 0 && kinds.length === 0 ? (['other'] as const) : [];
  return [...kinds.filter((kind) => kind !== 'picture' || !isShown), ...places];
}

function emojiIn({ parts }: Markup): number {
  return parts.filter(({ emoji }) => emoji).length;
}

/** Whether an attachment is a file that the desk fetches. */
function isTaken(attachment: RawActivity): boolean {
  return attachedFiles([attachment]).length > 0;
}

function kindOf(attachment: RawActivity): readonly LeftOut[] {
  const type = typeOf(attachment);
  if (UNSAID.has(type)) return [];
  const known = Object.hasOwn(KINDS, type) ? KINDS[type] : undefined;
  if (known) return [known];
  if (type.startsWith('image/')) return EMOJI_PICTURES.test(textOf(attachment['contentUrl'])) ? [] : ['picture'];
  if (/^(?:audio|video)\//.test(type)) return ['recording'];
  if (type.startsWith(CARD) || type.startsWith('application/vnd.microsoft.teams.card.')) return ['card'];
  // A file that was picked in OneDrive on a phone comes without an address.
  return type === FILE_DOWNLOAD ? ['fileLink'] : ['other'];
}
