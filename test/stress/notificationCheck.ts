/**
 * Checks who was told what (R47): a table of the stress tests' own, compared with the messages that Teams accepted. A
 * transition is told by its line, or by a card that was posted after it.
 */
import type { StoredEntry } from './historyCheck.ts';
import type { Kept } from './faultSchedule.ts';

export type Home = 'review' | 'partner' | 'customer';

interface Line {
  /** What the line says to the reviewers and the partner. */
  readonly words: RegExp;
  /** What it says to the customer, once the claim has been approved. */
  readonly customer?: RegExp;
}

const LINES: Readonly<Record<string, Line>> = {
  ClaimSubmitted: { words: /: .* submitted the claim for / },
  ReviewStarted: { words: / started the review\./ },
  ClaimResubmitted: { words: / resubmitted the claim for / },
  InformationRequested: { words: / needs more information\. / },
  ClaimApproved: {
    words: /: [\w ]+ approved the claim\./,
    customer: / claims to be partner of record for your organization /,
  },
  DisputeOverturned: {
    words: / overturned the rejection after the dispute\. The claim is approved\./,
    customer: /: after a dispute, the reviewers have approved /,
  },
  ClaimRejected: {
    words: /: [\w ]+ rejected the claim\. Reason: /,
    customer: / was rejected\. The association does not stand/,
  },
  RejectionRequested: {
    words: / withdrew the claim; it was rejected /,
    customer: / withdrew the claim\. The association /,
  },
  PartnerDidNotRespond: {
    words: /: rejected automatically, /,
    customer: / was rejected\. The association does not stand/,
  },
  ConsentDenied: { words: / \(customer\) denied consent, so /, customer: / denied consent\. The association / },
  ConsentAgreed: { words: / of the customer agreed\. /, customer: / agreed to the association with / },
  ConsentNotGiven: { words: / has not agreed\. So the claim was rejected\./, customer: /: no one agreed in time, / },
  ConsentPassed: { words: /: the consent period has passed and /, customer: /: the consent period has passed\. / },
  DisputeOpened: {
    words: / disputed the rejection\./,
    customer: / disputed the rejection, and the reviewers will decide/,
  },
  DisputeUpheld: {
    words: / upheld the rejection\. It is final/,
    customer: /: the claim by .* stays rejected; this is final/,
  },
  DisputeWindowClosed: {
    words: /: the dispute period is over\./,
    customer: /: the claim by .* stays rejected; this is final/,
  },
};

export interface NotificationFindings {
  /** How many times an audience had to be told of a transition. */
  readonly due: number;
  /** Transitions of which an audience was not told. */
  readonly lost: readonly string[];
  /** Lines that were sent more than once, and whether a lost acknowledgement or a kill explains it. */
  readonly repeats: readonly { readonly what: string; readonly explained: boolean }[];
}

/**
 * An acknowledgement this shortly before a kill may not have been stored; and a call of a dead process may still
 * arrive.
 */
const IN_FLIGHT_MS = 1_000;

/** `homeOf`: whose home a conversation is, if any; `kills`: when a desk was killed. */
export function checkNotifications(
  entries: readonly StoredEntry[],
  messages: readonly Kept[],
  homeOf: (conversation: string) => Home | undefined,
  kills: readonly number[],
): NotificationFindings {
  const lost: string[] = [];
  let due = 0;
  const approvedAt = entries.find(({ event }) => event.type === 'ClaimApproved')?.version ?? Number.POSITIVE_INFINITY;
  for (const home of ['review', 'partner', 'customer'] as const) {
    const posts = messages.filter((message) => message.how === 'post' && homeOf(message.conversation) === home);
    const cards = Math.max(0, ...posts.map((message) => message.version ?? 0));
    for (const [type, line] of Object.entries(LINES)) {
      const words = home === 'customer' ? line.customer : line.words;
      const told = entries.filter(
        ({ event, version }) => event.type === type && (home !== 'customer' || version >= approvedAt),
      );
      due += told.length;
      const lines = words
        ? posts.filter((message) => message.version === undefined && words.test(message.content))
        : [];
      const needed = told.filter(({ version }) => version > cards);
      if (lines.length < needed.length)
        lost.push(
          `${type} ${needed.map(({ version }) => version).join(', ')} to ${home}: ${lines.length} of ${needed.length} lines`,
        );
    }
  }
  return { due, lost, repeats: repeatsOf(entries, messages, kills) };
}

function repeatsOf(
  entries: readonly StoredEntry[],
  messages: readonly Kept[],
  kills: readonly number[],
): NotificationFindings['repeats'] {
  const groups = new Map<string, Kept[]>();
  for (const message of messages) {
    if (message.how !== 'post' || message.version !== undefined) continue;
    const name = `${message.conversation}\n${message.content}`;
    groups.set(name, [...(groups.get(name) ?? []), message]);
  }
  return [...groups.values()].flatMap((copies) => {
    const [first] = copies;
    if (!first) return [];
    const surplus = copies.length - sayings(entries, first.content);
    const unsure = copies.filter(
      ({ acknowledged, at }) => !acknowledged || kills.some((kill) => Math.abs(kill - at) < IN_FLIGHT_MS),
    ).length;
    return Array.from({ length: Math.max(0, surplus) }, (_, index) => ({
      what: `${first.conversation}: ${first.content}`,
      explained: index < unsure,
    }));
  });
}

const COMMENT = /: comment by /;

/**
 * How often the history allows the same words to be sent: a comment of the stress run once, a transition as often as it
 * happened; reminders are not counted.
 */
function sayings(entries: readonly StoredEntry[], content: string): number {
  if (COMMENT.test(content)) return 1;
  const types = Object.entries(LINES)
    .filter(([, { words, customer }]) => words.test(content) || customer?.test(content))
    .map(([type]) => type);
  return types.length === 0
    ? Number.POSITIVE_INFINITY
    : entries.filter(({ event }) => types.includes(event.type)).length;
}
