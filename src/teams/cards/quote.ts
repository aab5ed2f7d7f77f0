/** What a person wrote: in short where it stands on a card, and whole among the details. */
import type { Instant } from '../../domain/calendar/calendar.ts';
import type { Party } from '../../domain/claims/values.ts';
import { say } from '../../locales/say.ts';
import type { Speech } from '../text/format.ts';
import { formatTime } from '../text/format.ts';
import { partyName } from '../text/labels.ts';
import { truncateWithEllipsis } from './escape.ts';
import type { Line } from './elements.ts';
import { line, nextLine, run } from './elements.ts';
import type { SizeBudget } from './sizeBudget.ts';

/** Words and who said them, and when. */
export interface Said {
  readonly text: string;
  readonly by: Party;
  readonly at: Instant;
}

/** About three lines at 640 pixels. */
const MAX_QUOTE = 180;

/** The words in quotation marks with the name behind them; only the name where there are none. */
export function quote({ text, by }: Said, speech: Speech): Line {
  const who = run(say(speech.language, 'quote.by', { who: sayer(by, speech) }), 'subtle');
  const words = text.replace(/\s+/g, ' ').trim();
  if (words === '') return nextLine(who);
  return nextLine(run(say(speech.language, 'quote.text', { text: truncateWithEllipsis(words, MAX_QUOTE) })), who);
}

/** The words as they were typed, cut to the budget, below who said them and when; the history has all of them. */
export function wholeQuote({ text, by, at }: Said, speech: Speech, budget: SizeBudget): readonly Line[] {
  const { language, zone } = speech;
  const hint = text.length > budget.text ? [line(run(say(language, 'card.restInHistory'), 'subtle'))] : [];
  return [
    line(run(`${sayer(by, speech)} · ${formatTime(at, zone, language)}`, 'subtle')),
    ...(text === '' ? [] : [line(run(truncateWithEllipsis(text, budget.text))), ...hint]),
  ];
}

function sayer(by: Party, speech: Speech): string {
  return by.name === '' ? say(speech.language, `card.side.${by.side}`) : partyName(by, speech);
}
