/** What Teams makes of a message, read without a desk: its HTML, the words typed, the claim that its files are for. */
import { claimIdsIn } from '../../../src/domain/claims/claimId.ts';
import type { ClaimId } from '../../../src/domain/claims/values.ts';
import { decodeText } from '../../../src/shared/textFile.ts';
import { readMarkup } from '../../../src/teams/intents/markup.ts';
import { namedClaim } from '../../../src/teams/intents/namedClaim.ts';
import { typedText } from '../../../src/teams/intents/typedText.ts';
import type { Chance } from '../../support/random.ts';
import { hostileText } from '../hostile.ts';
import { unpolluted } from '../pollution.ts';
import { sentence } from '../sentences.ts';
import { alone, promise } from '../target.ts';
import type { Taken, Target } from '../target.ts';

interface Sent {
  readonly text: string;
  readonly html: string;
  readonly textFormat: string;
  readonly file: string;
}

const IDS = ['CPOR-7F3K9Q', 'CPOR-2B4D6H'] as const;
const KNOWN = [
  { id: IDS[0] as ClaimId, customer: 'Fabrikam Inc' },
  { id: IDS[1] as ClaimId, customer: 'Contoso Ltd' },
];
const BOT = '<at>CPOR Claims Desk</at>';
const SECRET = 'zqzqzq';
const PIECES = [
  '<p>',
  '</p>',
  '<br>',
  '<blockquote itemtype="http://schema.skype.com/Reply">',
  '</blockquote>',
  '<img itemtype="http://schema.skype.com/Emoji" alt="x">',
  '<attachment id="1">',
  '<pre>',
  '&nbsp;',
  '&#x110000;',
  '<!--',
  '<p ',
] as const;
const FORWARD = `<blockquote itemtype="http://schema.skype.com/Forward">${SECRET}</blockquote>`;
const LONGEST = 32_768;

export const messages: Target = {
  name: 'messages',
  share: 4,
  act: 1,
  open: async () => alone(make, take),
};

function make(chance: Chance): Sent {
  const text = chance.happens(0.7) ? sentence(chance, IDS) : hostileText(chance);
  return {
    text: chance.happens(0.2) ? `${BOT} ${text}` : text,
    html: `${chance.pick(PIECES)}${chance.happens(0.5) ? text : hostileText(chance)}${chance.pick(PIECES)}`,
    textFormat: chance.pick(['plain', 'markdown', 'xml', '']),
    file: `${chance.happens(0.5) ? sentence(chance, IDS) : hostileText(chance)}.pdf`,
  };
}

function take({ text, html, textFormat, file }: Sent): Taken {
  const written = { text, textFormat, mentions: [BOT], botMention: BOT, quotes: false };
  const markup = readMarkup(html);
  for (const beside of [undefined, markup])
    promise(typedText(written, beside).length <= 2 * LONGEST, 'a message is read without a bound');
  if (!html.includes(SECRET) && !text.includes(SECRET)) {
    const handedOn = readMarkup(FORWARD + html);
    promise(!typedText(written, handedOn).includes(SECRET), 'words of another are taken for those of the writer', html);
  }
  const named = namedClaim(text, [file], KNOWN, IDS[1] as ClaimId);
  if (named.kind === 'named') {
    const ids = [text, file].flatMap(claimIdsIn);
    const isSure = ids.length === 0 || ids.every((id) => id === named.claim);
    promise(isSure, 'a file goes to a claim beside the id of another', { text, file, named });
  }
  const bytes = Buffer.from(text);
  const read = decodeText(bytes);
  if ('text' in read) promise(read.text.isWellFormed(), 'a text file is read as no text', text);
  else promise(read.wrong.byte >= 1 && read.wrong.byte <= bytes.length + 1, 'a byte that is none is wrong', read);
  const cut = decodeText(Buffer.from(html, 'utf16le'));
  promise('text' in cut || cut.wrong.sentence !== '', 'a wrong text has no reason');
  unpolluted();
  return named.kind === 'unsure' ? 'refused' : 'accepted';
}
