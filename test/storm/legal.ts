/**
 * What may happen to a claim, once more and independent of the product's own rules: a table of events, from R10–R33, and the
 * chain of hashes, from R55. Shares no code with what it judges.
 */
import { createHash } from 'node:crypto';

type Stage = 'none' | 'editing' | 'discarded' | 'submitted' | 'review' | 'asked' | 'consent' | 'passed' | 'disputable' | 'disputed' | 'upheld' | 'closed';

interface Row {
  readonly from: readonly Stage[];
  /** The same stage where it is left out. */
  readonly to?: Stage;
  readonly by: readonly string[];
}

const OPEN: readonly Stage[] = ['submitted', 'review', 'asked', 'consent', 'passed', 'disputable', 'disputed'];
const ANY: readonly Stage[] = ['editing', 'discarded', ...OPEN, 'upheld', 'closed'];
const PEOPLE = ['partner', 'review', 'customer'];

const TABLE: Readonly<Record<string, Row>> = {
  ClaimCreated: { from: ['none'], to: 'editing', by: ['partner'] },
  FieldsEdited: { from: ['editing', 'submitted', 'asked'], by: ['partner'] },
  PoeAdded: { from: ['editing', 'submitted', 'asked', 'disputable'], by: ['partner'] },
  PoeRemoved: { from: ['editing'], by: ['partner'] },
  DraftDiscarded: { from: ['editing'], to: 'discarded', by: ['partner'] },
  ClaimSubmitted: { from: ['editing'], to: 'submitted', by: ['partner'] },
  ReviewStarted: { from: ['submitted'], to: 'review', by: ['review'] },
  ClaimReassigned: { from: ['submitted', 'review', 'disputed'], by: ['review'] },
  InformationRequested: { from: ['review'], to: 'asked', by: ['review'] },
  ClaimResubmitted: { from: ['asked'], to: 'submitted', by: ['partner'] },
  ClaimApproved: { from: ['review'], to: 'consent', by: ['review'] },
  ClaimRejected: { from: ['review'], to: 'disputable', by: ['review'] },
  RejectionRequested: { from: ['submitted', 'review', 'asked', 'consent', 'passed'], to: 'disputable', by: ['partner'] },
  PartnerDidNotRespond: { from: ['asked'], to: 'disputable', by: ['desk'] },
  ConsentDenied: { from: ['consent'], to: 'disputable', by: ['customer'] },
  LateDenialRecorded: { from: ['passed'], by: ['customer'] },
  ConsentPassed: { from: ['consent'], to: 'passed', by: ['desk'] },
  AssessmentReported: { from: ['passed'], by: ['review'] },
  DisputeOpened: { from: ['disputable'], to: 'disputed', by: ['partner'] },
  DisputeUpheld: { from: ['disputed'], to: 'upheld', by: ['review'] },
  DisputeOverturned: { from: ['disputed'], to: 'consent', by: ['review'] },
  DisputeWindowClosed: { from: ['disputable'], to: 'closed', by: ['desk'] },
  CommentAdded: { from: OPEN, by: ['partner', 'review'] },
  CommentEdited: { from: ANY, by: ['partner', 'review'] },
  CommentDeleted: { from: ANY, by: ['partner', 'review'] },
  ClockReminded: { from: OPEN, by: ['desk'] },
  ClockEscalated: { from: ['submitted', 'review', 'asked', 'disputed'], by: ['desk'] },
  NoticeDelivered: { from: OPEN, by: ['desk'] },
  NoticeUndeliverable: { from: OPEN, by: ['desk'] },
  ClaimFollowed: { from: ANY, by: PEOPLE },
  ClaimMuted: { from: ANY, by: PEOPLE },
};

/** An entry as it lies in the store, of which nothing is believed. */
export interface StoredEntry {
  readonly version: number;
  readonly recordedAt: number;
  readonly press?: string;
  readonly previous: string;
  readonly hash: string;
  readonly event: { readonly type: string; readonly at: number; readonly by: { readonly side: string; readonly id: string; readonly name: string }; readonly clock?: string; readonly text?: string; readonly message?: string };
}

const DAY = 86_400_000;
/** What the desk does by itself: how long after the notice that starts its clock was delivered, at the least. A change to summer time takes an hour. */
const NOT_BEFORE: Readonly<Record<string, { readonly clock: string; readonly days: number }>> = {
  ConsentPassed: { clock: 'consent', days: 7 }, PartnerDidNotRespond: { clock: 'partnerResponse', days: 5 }, DisputeWindowClosed: { clock: 'disputeWindow', days: 30 },
};

/** All that is wrong with a history; nothing, as it should be. */
export function wrongsOf(entries: readonly StoredEntry[]): readonly string[] {
  return [...illegalSteps(entries), ...brokenLinks(entries), ...twice(entries)];
}

function illegalSteps(entries: readonly StoredEntry[]): readonly string[] {
  const wrongs: string[] = [];
  let stage: Stage = 'none';
  let rejecter = '';
  const delivered = new Map<string, number>();
  for (const { version, recordedAt, event } of entries) {
    const row = TABLE[event.type];
    const where = `version ${version}, ${event.type} by ${event.by.side} in ${stage}`;
    if (!row?.from.includes(stage)) wrongs.push(`${where} is not allowed there`);
    if (row && !row.by.includes(event.by.side)) wrongs.push(`${where} is not theirs to do`);
    if (event.at > recordedAt) wrongs.push(`${where} counts from before it was written`);
    if (event.type === 'ClaimRejected') rejecter = event.by.id;
    if ((event.type === 'DisputeUpheld' || event.type === 'DisputeOverturned') && event.by.id === rejecter) wrongs.push(`${where}: who rejected decides no dispute (R5)`);
    if (event.type === 'NoticeDelivered' && event.clock !== undefined) delivered.set(event.clock, event.at);
    const limit = NOT_BEFORE[event.type];
    if (limit) {
      const from = delivered.get(limit.clock);
      if (from === undefined) wrongs.push(`${where}: the notice of its clock was not delivered (R45)`);
      else if (event.at - from < limit.days * DAY - DAY / 24) wrongs.push(`${where}: after ${(event.at - from) / DAY} days`);
      delivered.delete(limit.clock);
    }
    stage = row?.to ?? stage;
    if (stage === 'consent' && event.type !== 'NoticeDelivered' && row?.to) delivered.delete('consent');
    if (stage === 'disputable' && row?.to) {
      rejecter = event.type === 'ClaimRejected' ? rejecter : '';
      delivered.delete('disputeWindow');
    }
    if (stage === 'asked' && row?.to) delivered.delete('partnerResponse');
  }
  return wrongs;
}

function brokenLinks(entries: readonly StoredEntry[]): readonly string[] {
  const wrongs: string[] = [];
  let previous = '';
  for (const [index, { hash, ...content }] of entries.entries()) {
    if (content.version !== index + 1) wrongs.push(`entry ${index + 1} is called version ${content.version}`);
    if (content.previous !== previous) wrongs.push(`version ${index + 1} does not follow the one before`);
    if (createHash('sha256').update(JSON.stringify(inOrder(content))).digest('hex') !== hash) wrongs.push(`version ${index + 1} has another hash`);
    previous = hash;
  }
  return wrongs;
}

function inOrder(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(inOrder);
  if (value === null || typeof value !== 'object') return value;
  return Object.fromEntries(Object.keys(value).sort().map((key) => [key, inOrder((value as Record<string, unknown>)[key])]));
}

/** A press, a message or a text of its own that left two entries. */
function twice(entries: readonly StoredEntry[]): readonly string[] {
  const seen = new Set<string>();
  return entries.flatMap(({ version, press, event }) => {
    const names = [press && `press ${press}`, event.message && `message ${event.message}`, event.type === 'CommentAdded' && event.text && `comment ${event.text}`].filter((name) => typeof name === 'string' && name !== '');
    return names.flatMap((name) => {
      if (seen.has(String(name))) return [`version ${version}: ${name} for the second time`];
      seen.add(String(name));
      return [];
    });
  });
}
