/** The history of a claim in pages that fit on a card: newest page first, and oldest entry first on each page (R55). */
import type { Entry } from '../../domain/claims/history.ts';
import type { FieldName } from '../../domain/claims/values.ts';
import type { ClaimEvent } from '../../domain/claims/events.ts';
import type { ClaimView } from '../../desk/queries/view.ts';
import { say } from '../../locales/say.ts';
import { button } from './buttons.ts';
import type { Speech } from '../text/format.ts';
import { pressData } from './claimForms.ts';
import { formatDue, formatTime } from '../text/format.ts';
import { page as pageCard, sectionElements } from './page.ts';
import type { Line, Section } from './elements.ts';
import { line, run, section } from './elements.ts';
import { sizeOf } from './sizeBudget.ts';
import {
  clockName,
  fieldLabel,
  fieldValue,
  outcomeWords,
  partnerRequestReason,
  partyName,
  rejectionReason,
  requestReason,
  wordOrErased,
} from '../text/labels.ts';
import { lostNote } from '../text/outcomes.ts';
import { suspendedNote, unreachableNote } from '../text/status.ts';
import type { Card, Fill } from './templates.ts';

const MAX_ON_A_PAGE = 15;
const BYTES_ON_A_PAGE = 30_000;
const HASH_SHOWN = 12;

/** One page of the history; a page that does not exist becomes the nearest that does. */
export function historyCard(
  fill: Fill,
  view: ClaimView,
  entries: readonly Entry[],
  options: Speech & { readonly page?: number },
): Card {
  const { language } = options;
  const pages = pagesOf(entries.map((entry) => entrySection(entry, options)));
  const page = Math.min(Math.max(options.page ?? 0, 0), pages.length - 1);
  const title = say(language, 'history.title', { claim: view.claim.id });
  const last = entries.at(-1);
  const pageButton = (to: number, key: 'button.older' | 'button.newer'): Card =>
    button(fill, { title: say(language, key), data: { ...pressData('history', view), page: to } });
  return pageCard(
    fill,
    {
      title,
      body: [
        fill('title', { title }),
        ...(pages.length > 1
          ? sectionElements(fill, [
              section('', {
                lines: [
                  line(
                    run(say(language, 'history.page', { page: pages.length - page, pages: pages.length }), 'subtle'),
                  ),
                ],
              }),
            ])
          : []),
        ...sectionElements(fill, pages[page] ?? []),
        ...(last
          ? sectionElements(fill, [
              section('', {
                lines: [
                  line(
                    run(
                      say(language, 'history.hash', { count: entries.length, hash: last.hash.slice(0, HASH_SHOWN) }),
                      'subtle',
                    ),
                  ),
                ],
              }),
            ])
          : []),
      ],
      actions: [
        ...(page < pages.length - 1 ? [pageButton(page + 1, 'button.older')] : []),
        ...(page > 0 ? [pageButton(page - 1, 'button.newer')] : []),
        ...(view.side === 'review'
          ? [button(fill, { title: say(language, 'button.readings'), data: pressData('readings', view) })]
          : []),
        button(fill, { title: say(language, 'button.back'), data: pressData('show', view) }),
      ],
    },
    options,
  );
}

/** Newest page first. Each page has as many entries as fit, and at least one. */
export function pagesOf(sections: readonly Section[]): readonly (readonly Section[])[] {
  const pages: Section[][] = [[]];
  let bytes = 0;
  for (const one of sections.toReversed()) {
    const size = sizeOf(one);
    let page = pages.at(-1) ?? [];
    if (page.length >= MAX_ON_A_PAGE || (page.length > 0 && bytes + size > BYTES_ON_A_PAGE)) {
      page = [];
      pages.push(page);
      bytes = 0;
    }
    page.unshift(one);
    bytes += size;
  }
  return pages;
}

function entrySection({ event }: Entry, speech: Speech): Section {
  const { language, zone } = speech;
  const { by, at } = event;
  const who =
    by.name === ''
      ? [run(say(language, `card.side.${by.side}`), 'bold')]
      : [run(partyName(by, speech), 'bold'), run(say(language, `card.side.${by.side}`), 'subtle')];
  const when = line(...who, run(`· ${formatTime(at, zone, language)}`, 'subtle'));
  const what: Line = { spacing: 'None', runs: [run(eventSummary(event, speech))] };
  return { ...section('', { lines: [when, what, ...eventDetails(event, speech)] }), separator: true };
}

const SCANNED = {
  clean: 'history.scanClean',
  unscanned: 'history.scanSkipped',
  malicious: 'history.scanMalicious',
  tooLarge: 'history.scanTooLarge',
} as const;

/** What happened, in a few words. */
function eventSummary(event: ClaimEvent, speech: Speech): string {
  const { language } = speech;
  switch (event.type) {
    case 'PoeAdded':
      return say(language, 'history.PoeAdded', { name: wordOrErased(event.poe.name, speech) });
    case 'PoeRemoved':
      return say(language, 'history.PoeRemoved', { name: wordOrErased(event.name, speech) });
    case 'PoeScanned':
      return say(language, SCANNED[event.verdict], {
        name: wordOrErased(event.name, speech),
        threat: event.threat ?? say(language, 'history.scanThreat'),
      });
    case 'ReviewStarted':
      return say(language, 'history.ReviewStarted', { name: wordOrErased(event.assignee.name, speech) });
    case 'ClaimReassigned':
      return event.from
        ? say(language, 'history.ClaimReassignedFrom', {
            from: wordOrErased(event.from.name, speech),
            to: wordOrErased(event.to.name, speech),
          })
        : say(language, 'history.ClaimReassigned', { to: wordOrErased(event.to.name, speech) });
    case 'InformationRequested':
      return say(language, 'history.InformationRequested', {
        reasons: event.reasons.map((reason) => requestReason(reason, speech)).join(', '),
      });
    case 'ClaimRejected':
      return say(language, 'history.ClaimRejected', { reason: rejectionReason(event.reason, speech) });
    case 'RejectionRequested':
      return say(language, 'history.RejectionRequested', { reason: partnerRequestReason(event.reason, speech) });
    case 'AssessmentReported':
      return say(language, event.eligible ? 'history.Eligible' : 'history.NotEligible', { programme: event.programme });
    case 'AssessmentCorrected':
      return say(language, 'history.AssessmentCorrected', { programme: event.programme });
    case 'ClockReminded':
      return say(language, 'history.ClockReminded', {
        clock: clockName(event.clock, speech),
        due: formatDue(event.dueAt, speech),
      });
    case 'ClockEscalated':
      return say(language, 'history.ClockEscalated', { clock: clockName(event.clock, speech), level: event.level });
    case 'NoticeDelivered':
      return say(language, 'history.NoticeDelivered', { clock: clockName(event.clock, speech) });
    case 'NoticeUndeliverable':
      return say(language, event.runsOn ? 'history.partnerLost' : 'history.NoticeUndeliverable', {
        clock: clockName(event.clock, speech),
      });
    case 'ClockSuspended':
      return say(language, 'history.ClockSuspended', { clock: clockName(event.clock, speech) });
    default:
      return say(language, `history.${event.type}`);
  }
}

/** What people wrote, and the old and the new value of edits. */
function eventDetails(event: ClaimEvent, speech: Speech): readonly Line[] {
  const { language } = speech;
  switch (event.type) {
    case 'FieldsEdited':
      return Object.entries(event.changes).map(([name, { from, to }]) => {
        const field = name as FieldName;
        return line(
          run(`${fieldLabel(field, speech)}:`, 'bold'),
          run(`${fieldValue(field, from, speech)} → ${fieldValue(field, to, speech)}`),
        );
      });
    case 'InformationRequested':
    case 'ClaimRejected':
    case 'RejectionRequested':
    case 'DisputeUpheld':
    case 'DisputeOverturned':
      return textLines(event.comment);
    case 'ClaimApproved':
      return textLines(event.comment ?? '');
    case 'ConsentDenied':
    case 'LateDenialRecorded':
      return textLines(event.reason);
    case 'DisputeOpened':
      return textLines(event.justification);
    case 'CommentAdded':
    case 'CommentDeleted':
    case 'ObjectionRecorded':
      return textLines(wordOrErased(event.text, speech));
    case 'AssessmentReported':
      return event.number === undefined
        ? []
        : textLines(say(language, 'card.programmeNumber', { number: event.number }));
    case 'AssessmentCorrected':
      return [
        line(run(say(language, 'history.before'), 'bold'), run(outcomeWords(event.from, speech))),
        line(run(say(language, 'history.after'), 'bold'), run(outcomeWords(event, speech))),
        ...textLines(event.reason),
      ];
    case 'CommentEdited':
      return [
        line(run(say(language, 'history.before'), 'bold'), run(wordOrErased(event.from, speech))),
        line(run(say(language, 'history.after'), 'bold'), run(wordOrErased(event.to, speech))),
      ];
    case 'NoticeUndeliverable':
      return textLines(unreachableNote(event.reason, speech));
    case 'ClockSuspended':
      return textLines(suspendedNote(event.reason, speech));
    case 'StateRestored':
      return textLines(lostNote(event, speech));
    default:
      return [];
  }
}

function textLines(text: string): readonly Line[] {
  return text === '' ? [] : [line(run(text))];
}
