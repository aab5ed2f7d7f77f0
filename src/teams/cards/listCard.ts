/** The lists: claims in rows, each with its status, what is due, and a button that shows it. */
import type { Instant } from '../../domain/calendar/calendar.ts';
import type { ListName } from '../../desk/queries/lists.ts';
import type { ClaimView } from '../../desk/queries/view.ts';
import type { SentenceKey } from '../../locales/say.ts';
import { say } from '../../locales/say.ts';
import { button } from './buttons.ts';
import type { Speech } from '../text/format.ts';
import { formatDue } from '../text/format.ts';
import { truncateWithEllipsis } from './escape.ts';
import { page, sectionElements } from './page.ts';
import type { Line, Run } from './elements.ts';
import { line, run, section } from './elements.ts';
import type { SizeBudget } from './sizeBudget.ts';
import { fitToSize } from './sizeBudget.ts';
import { clockName } from '../text/labels.ts';
import { stageName } from '../text/status.ts';
import type { Card, Fill } from './templates.ts';

/** Claims as their reader may see them, and whether there are more than these. */
export interface ShownList {
  readonly views: readonly ClaimView[];
  readonly more: boolean;
}

export type ListOptions = Speech & { readonly now: Instant };

const TITLES: Readonly<Record<ListName, SentenceKey>> = {
  claims: 'list.claims',
  queue: 'list.queue',
  mine: 'list.mine',
  overdue: 'list.overdue',
};
const EMPTY: Readonly<Record<ListName, SentenceKey>> = {
  claims: 'list.noClaims',
  queue: 'list.noQueue',
  mine: 'list.noMine',
  overdue: 'list.noOverdue',
};

/** A list of claims, or a sentence where it is empty. */
export function listCard(fill: Fill, name: ListName, { views, more }: ShownList, options: ListOptions): Card {
  const { language } = options;
  const title = say(language, TITLES[name]);
  const hints = [
    ...(views.length === 0 ? [say(language, EMPTY[name])] : []),
    ...(more ? [say(language, 'list.more', { count: views.length })] : []),
  ];
  return fitToSize((budget) =>
    page(
      fill,
      {
        title,
        body: [
          fill('title', { title }),
          ...views.map((view) => rowOf(fill, view, options, budget)),
          ...sectionElements(
            fill,
            hints.map((hint) => section('', { lines: [line(run(hint, 'subtle'))] })),
          ),
        ],
      },
      options,
    ),
  );
}

function rowOf(fill: Fill, view: ClaimView, options: ListOptions, budget: SizeBudget): Card {
  const { language } = options;
  const { claim } = view;
  const customer = truncateWithEllipsis(claim.fields.customerName || say(language, 'card.noCustomer'), budget.name);
  const lines: readonly Line[] = [
    line(run(claim.id, 'bold'), run(customer)),
    {
      spacing: 'None',
      runs: [
        run(`${stageName(view.stage, options)} · ${truncateWithEllipsis(claim.partner.name, budget.name)}`, 'subtle'),
      ],
    },
    ...dueLine(view, options),
  ];
  const show = button(fill, {
    title: say(language, 'button.show'),
    data: { verb: 'show', claim: claim.id, version: claim.version },
  });
  return fill('listRow', { lines, actions: [show] });
}

/** The running clock that is due first, of those that the reader sees. */
function dueLine({ clocks }: ClaimView, options: ListOptions): readonly Line[] {
  const running = clocks.flatMap(({ name, dueAt, state, overdue }) =>
    dueAt === undefined || state !== 'running' ? [] : [{ name, dueAt, overdue }],
  );
  const [due] = running.sort((one, other) => one.dueAt - other.dueAt);
  if (!due) return [];
  const words: Run[] = [run(`${clockName(due.name, options)}: ${formatDue(due.dueAt, options)}`, 'subtle')];
  if (due.overdue) words.push(run(say(options.language, 'card.overdue'), 'bold'));
  return [{ ...line(...words), spacing: 'None' }];
}
