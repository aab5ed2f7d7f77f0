/** The lists: claims in rows, each with its status, what is due, and a button that shows it. */
import type { Instant } from '../calendar/calendar.ts';
import type { Claim } from '../claims/claim.ts';
import { stageOf } from '../claims/claim.ts';
import type { Clock } from '../claims/clocks.ts';
import type { ClockName } from '../claims/policy.ts';
import { CLOCK_NAMES } from '../claims/policy.ts';
import type { ClaimList, ListName } from '../desk/find.ts';
import type { SentenceKey } from '../locales/say.ts';
import { say } from '../locales/say.ts';
import { button } from './buttons.ts';
import type { Speech } from './cards.ts';
import { formatDue } from './format.ts';
import { cut } from './literal.ts';
import { page, sectionElements } from './pages.ts';
import type { Line, Run } from './parts.ts';
import { line, run, section } from './parts.ts';
import type { Room } from './room.ts';
import { fitted } from './room.ts';
import { clockName, stageName } from './sentences.ts';
import type { Card, Fill } from './templates.ts';

export type ListOptions = Speech & { readonly now: Instant };

const TITLES: Readonly<Record<ListName, SentenceKey>> = { claims: 'list.claims', queue: 'list.queue', mine: 'list.mine', overdue: 'list.overdue' };
const EMPTY: Readonly<Record<ListName, SentenceKey>> = { claims: 'list.noClaims', queue: 'list.noQueue', mine: 'list.noMine', overdue: 'list.noOverdue' };

export function listCard(fill: Fill, name: ListName, { claims, more }: ClaimList, options: ListOptions): Card {
  const { language } = options;
  const title = say(language, TITLES[name]);
  const hints = [...(claims.length === 0 ? [say(language, EMPTY[name])] : []), ...(more ? [say(language, 'list.more', { count: claims.length })] : [])];
  return fitted((room) => page(fill, {
    title,
    body: [
      fill('title', { title }),
      ...claims.map((claim) => rowOf(fill, claim, options, room)),
      ...sectionElements(fill, hints.map((hint) => section('', { lines: [line(run(hint, 'subtle'))] }))),
    ],
  }, options));
}

function rowOf(fill: Fill, claim: Claim, options: ListOptions, room: Room): Card {
  const { language } = options;
  const customer = cut(claim.fields.customerName || say(language, 'card.noCustomer'), room.name);
  const lines: readonly Line[] = [
    line(run(claim.id, 'bold'), run(customer)),
    { spacing: 'None', runs: [run(`${stageName(stageOf(claim), options)} · ${cut(claim.partner.name, room.name)}`, 'subtle')] },
    ...dueLine(claim, options),
  ];
  const show = button(fill, { title: say(language, 'button.show'), says: { verb: 'show', claim: claim.id, version: claim.version } });
  return fill('listRow', { lines, actions: [show] });
}

/** The clock that is due first, paused and waiting ones left out. */
function dueLine(claim: Claim, options: ListOptions): readonly Line[] {
  const due = CLOCK_NAMES.flatMap((name) => dueOf(name, claim.clocks[name])).sort((one, other) => one.dueAt - other.dueAt)[0];
  if (!due) return [];
  const words: Run[] = [run(`${clockName(due.name, options)}: ${formatDue(due.dueAt, options.zone, options.language)}`, 'subtle')];
  if (due.dueAt <= options.now) words.push(run(say(options.language, 'card.overdue'), 'attention'));
  return [{ ...line(...words), spacing: 'None' }];
}

function dueOf(name: ClockName, clock: Clock | undefined): readonly { readonly name: ClockName; readonly dueAt: Instant }[] {
  return clock?.dueAt === undefined || clock.state !== 'running' ? [] : [{ name, dueAt: clock.dueAt }];
}
