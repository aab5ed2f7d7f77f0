/** The documents of a claim: a row for each, which opens it (R9, R12). */
import type { Poe, PoeMark } from '../../domain/claims/values.ts';
import type { ClaimView } from '../../desk/queries/view.ts';
import { say, sentenceKey } from '../../locales/say.ts';
import { formatSize } from '../../locales/formatSize.ts';
import { pressAction } from './buttons.ts';
import type { ClaimCardOptions, DocumentLink, LinkTermsShown } from './cardOptions.ts';
import { pressData } from './claimForms.ts';
import type { Speech } from '../text/format.ts';
import { formatList, formatTime } from '../text/format.ts';
import { wordOrErased } from '../text/labels.ts';
import { truncateWithEllipsis } from './escape.ts';
import type { Line, Run, Section } from './elements.ts';
import { line, link, run, section } from './elements.ts';
import { sectionElements } from './page.ts';
import type { SizeBudget } from './sizeBudget.ts';
import type { Card, Fill } from './templates.ts';

/** How many files a shared card names; the others are among its details. */
const MAX_ROWS = 2;
/** How many links stand in rows of their own; more are lines, which take fewer bytes. */
const MAX_LINK_ROWS = 8;

type ShownPoe = Pick<Poe, 'name' | 'kind' | 'size' | 'marks' | 'scan'> & Partial<Pick<Poe, 'addedAt'>>;

/** A scan takes seconds or minutes; what waits for longer waits for an operator. */
const LATE_SCAN_MS = 3_600_000;

/**
 * On a card that answers one person every file, as a link of theirs; on any other the last ones, whose rows are
 * answered with such a card.
 */
export function fileElements(
  fill: Fill,
  view: ClaimView,
  options: ClaimCardOptions,
  budget: SizeBudget,
): readonly Card[] {
  const { documents, language } = options;
  if (view.poe.length === 0) return [];
  if (documents) {
    const { files } = documents;
    const terms = line(run(say(language, 'card.linksExpire', linkWords(documents, options, budget)), 'subtle'));
    const title = say(language, 'card.poe', { count: files.length });
    if (files.length > MAX_LINK_ROWS)
      return sectionElements(fill, [
        section(title, { lines: [terms, ...files.map((file) => linkLine(file, view, options, budget))] }),
      ]);
    return [
      ...sectionElements(fill, [section(title, { lines: [terms] })]),
      ...files.map((file) => linkRow(fill, file, view, options, budget)),
    ];
  }
  const shown = view.poe.slice(-MAX_ROWS);
  const left = view.poe.length - shown.length;
  const more = left > 0 ? [line(run(say(language, 'card.andMore', { count: left }), 'subtle'))] : [];
  return [
    ...shown.map((file) => pressRow(fill, file, view, options, budget)),
    ...sectionElements(fill, more.length > 0 ? [section('', { lines: more })] : []),
  ];
}

/** All files by name, among the details; to reviewers also how many were not scanned. */
export function filesSection(view: ClaimView, options: ClaimCardOptions, budget: SizeBudget): Section | undefined {
  const { language } = options;
  const count = view.poe.length;
  if (count === 0) return undefined;
  const left = count - budget.poe;
  const hint: readonly Line[] = left > 0 ? [line(run(say(language, 'card.andMore', { count: left }), 'subtle'))] : [];
  const unscanned =
    view.side === 'review' ? view.poe.filter(({ scan }) => scan === undefined || scan === 'unscanned').length : 0;
  return section(say(language, 'card.poe', { count }), {
    lines: [
      ...(unscanned > 0 ? [line(run(say(language, 'card.notScanned', { count: unscanned }), 'subtle'))] : []),
      ...view.poe
        .slice(-budget.poe)
        .map((file) => line(run(nameOf(file, options, budget)), ...factsOf(file, view, options))),
      ...hint,
    ],
  });
}

function nameOf({ name }: ShownPoe, speech: Speech, budget: SizeBudget): string {
  return truncateWithEllipsis(wordOrErased(name, speech), budget.name);
}

/** The size, whether it waits for a scan and, to reviewers, what is known of it. */
function factsOf(file: ShownPoe, view: ClaimView, options: ClaimCardOptions): readonly Run[] {
  return [run(formatSize(file.size, options.language), 'subtle'), ...stateOf(file, view, options)];
}

function stateOf(
  { marks = [], scan, addedAt }: ShownPoe,
  { side }: ClaimView,
  options: ClaimCardOptions,
): readonly Run[] {
  const waitedMs = options.now - (addedAt ?? options.now);
  const waits = waitedMs > LATE_SCAN_MS ? 'card.scanLate' : 'card.scanWaiting';
  return [
    ...(scan === 'waiting' ? [run(say(options.language, waits), 'bold')] : []),
    ...(side === 'review' ? marksRuns(marks, options) : []),
  ];
}

/** A row that is answered with the documents of its presser. */
function pressRow(fill: Fill, file: Poe, view: ClaimView, options: ClaimCardOptions, budget: SizeBudget): Card {
  const title = say(options.language, 'button.documents');
  return fill('fileRow', {
    open: pressAction(fill, title, pressData('documents', view)),
    ...faceOf(file, view, options, budget),
  });
}

function linkRow(fill: Fill, file: DocumentLink, view: ClaimView, options: ClaimCardOptions, budget: SizeBudget): Card {
  return fill('fileRow', {
    open: { type: 'Action.OpenUrl', url: file.link },
    ...faceOf(file, view, options, budget),
  });
}

/** A row in few bytes: many of them fit on a card. */
function linkLine(file: DocumentLink, view: ClaimView, options: ClaimCardOptions, budget: SizeBudget): Line {
  const words = `${nameOf(file, options, budget)} (${formatSize(file.size, options.language)})`;
  return line(link(words, file.link), ...stateOf(file, view, options));
}

function faceOf(file: ShownPoe, view: ClaimView, options: ClaimCardOptions, budget: SizeBudget): object {
  const states = stateOf(file, view, options).flatMap((state) => [{ type: 'TextRun', text: ' ' }, state]);
  return {
    kind: [run(file.kind.toUpperCase(), 'accent')],
    name: [run(nameOf(file, options, budget)), ...states],
    size: [run(formatSize(file.size, options.language), 'smallSubtle')],
  };
}

/** The values of a sentence about links. */
export function linkWords(
  { name, until, sessionMinutes }: LinkTermsShown,
  { language, zone }: Speech,
  budget: SizeBudget,
): { readonly name: string; readonly time: string; readonly minutes: number } {
  return {
    name: truncateWithEllipsis(name, budget.name),
    time: formatTime(until, zone, language),
    minutes: sessionMinutes,
  };
}

function marksRuns(marks: readonly PoeMark[], { language }: Speech): readonly Run[] {
  // A mark of a newer version of the desk has no words here.
  const keys = marks.map((mark) => sentenceKey(`card.poeMark.${mark}`)).filter((key) => key !== undefined);
  const words = keys.map((key) => say(language, key));
  return words.length > 0 ? [run(formatList(words, language), 'bold')] : [];
}
