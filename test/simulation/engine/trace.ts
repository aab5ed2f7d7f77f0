/**
 * The trace of a run: one short line for each thing that happened. All lines are hashed; the last ones are kept to be
 * read.
 */
import { createHash } from 'node:crypto';
import { ALL_PERSONAS } from '../world/personas.ts';
import type { Scheduler } from './scheduler.ts';
import type {
  ActivityAnswered,
  ActivityAsked,
  LinkAnswered,
  LinkFollowed,
  Json,
  KeysFetched,
  SweepEnded,
  MessageTaken,
  DocumentWritten,
} from '../checkers/observations.ts';

const KEPT = 4_000;
/** After the time, what begins a line that tells of a fault. */
export const FAULT_MARK = ' !! ';

const NAMES = new Map(ALL_PERSONAS.map(({ id, name }) => [id, name]));

const TEXT = /"text":"((?:[^"\\]|\\.)*)"/;
const NOTE =
  /"type":"Container","style":"(good|attention|emphasis)","spacing":"Medium","items":\[\{"type":"RichTextBlock"(.{0,600})/;

export type Trace = ReturnType<typeof createTrace>;

export function createTrace(scheduler: Scheduler) {
  const digest = createHash('sha256');
  const lines: string[] = [];

  function note(what: string): void {
    const line = `${new Date(scheduler.now()).toISOString()} ${what}`;
    digest.update(line).update('\n');
    lines.push(line);
    if (lines.length > 2 * KEPT) lines.splice(0, KEPT);
  }

  return {
    /** Answers how many entries of a history were written. */
    wrote({ by, kind, id, before, after }: DocumentWritten): number {
      const count = lengthOf(before);
      const events = (
        (after['entries'] ?? []) as readonly {
          readonly version: number;
          readonly hash: string;
          readonly event: { readonly type: string; readonly at: number; readonly clock?: string };
        }[]
      ).slice(count);
      const outbox = (after['outbox'] ?? []) as readonly {
        readonly id: string;
        readonly waitsFor?: string;
        readonly nextAt?: number;
      }[];
      const waiting = outbox
        .map((notice) => `${notice.id}${notice.waitsFor === undefined ? '' : ` waits for ${notice.waitsFor}`}`)
        .join(', ');
      const written = events.map(
        ({ version, hash, event }) =>
          `${version} ${event.type}${event.clock === undefined ? '' : ` ${event.clock}`} at ` +
          `${new Date(event.at).toISOString()} ${hash.slice(0, 6)}`,
      );
      note(
        `${by} writes ${kind} ${id}${written.length > 0 ? `: ${written.join('; ')}` : ''}` +
          `${waiting === '' ? '' : ` | outbox ${waiting}`}${after['lease'] ? ' | leased' : ''}`,
      );
      return events.length;
    },
    taken({ by, how, conversation, messageId, text, card, acknowledged }: MessageTaken): void {
      const shown = card ? cardOf(JSON.stringify(card)) : `"${(text ?? '').slice(0, 90)}"`;
      note(`${by} ${how}s ${conversation} ${messageId}: ${shown}${acknowledged ? '' : ' NOT ACKNOWLEDGED'}`);
    },
    asked({ number, by, person, press, again, activity }: ActivityAsked): void {
      const what = press
        ? `${press.verb} ${press.claim ?? ''} v${press.version ?? ''}`
        : `${textOf(activity['type'])} "${textOf(activity['text']).slice(0, 60)}"`;
      note(
        `#${number}${again === undefined ? '' : ` again #${again}`} ${NAMES.get(person) ?? person} asks ${by}: ${what}`,
      );
    },
    answered({ asked, body, fault }: ActivityAnswered): void {
      const text = fault === undefined ? JSON.stringify(body ?? '') : `FAULT ${faultOf(fault)}`;
      note(
        `#${asked.number} is answered: ` +
          `${fault === undefined ? `${text.length} ${createHash('sha256').update(text).digest('hex').slice(0, 6)} ${noteOf(text)}` : text}`,
      );
    },
    forged(by: string, person: string, rejected: number | undefined): void {
      note(`${by} got a forged activity of ${NAMES.get(person) ?? person}: ${rejected ?? 'LET IN'}`);
    },
    keysFetched({ by, what }: KeysFetched): void {
      if (what !== 'begun') note(`${by} ${what === 'got' ? 'has' : 'could not get'} the keys of Teams`);
    },
    followed({ number, by, how, person, link, file }: LinkFollowed): void {
      note(`link #${number} ${person.slice(-2)} follows at ${by}: ${how} ${file?.name ?? ''} …${link.slice(-8)}`);
    },
    fetched({ followed, problem, file, page, fault }: LinkAnswered): void {
      const what = fault === undefined ? (problem ?? file?.name ?? page?.claim ?? 'done') : `FAULT ${faultOf(fault)}`;
      note(`link #${followed.number} answers: ${what} ${file?.sha256.slice(0, 6) ?? ''}`);
    },
    swept({ by, processed, failed, fault, disturbed }: SweepEnded): void {
      note(
        `${by} swept: ${processed} processed, ${failed} failed` +
          `${fault === undefined ? '' : ` FAULT ${faultOf(fault)}`}${disturbed ? ', disturbed' : ''}`,
      );
    },
    heard: (by: string, level: string, sentence: string, fields: object): void => {
      const error = 'error' in fields && fields.error instanceof Error ? ` (${fields.error.message})` : '';
      note(`${by} logs ${level}: ${sentence} ${'claim' in fields ? String(fields.claim) : ''}${error}`);
    },
    struck(name: string): void {
      note(`${FAULT_MARK.trim()} ${name}`);
    },
    hash: (): string => digest.copy().digest('hex'),
    lines: (): readonly string[] => lines,
  };
}

/** The claim, the version and the first letters of the hash of a card. */
function cardOf(json: string): string {
  return (
    `card ${/CPOR-[0-9A-Z]{6}/.exec(json)?.[0] ?? ''} ${/"version":\d+/.exec(json)?.[0] ?? ''} ` +
    `${createHash('sha256').update(json).digest('hex').slice(0, 6)}`
  );
}

function lengthOf(body: Json | undefined): number {
  return ((body?.['entries'] ?? []) as readonly unknown[]).length;
}

function textOf(value: unknown): string {
  return typeof value === 'string' ? value : '';
}

function faultOf(fault: unknown): string {
  return fault instanceof Error ? fault.message : 'no error';
}

/** Of an answered card the first words, and what came of the press: the note. */
function noteOf(text: string): string {
  const first = TEXT.exec(text)?.[1] ?? '';
  const [, colour, after = ''] = NOTE.exec(text) ?? [];
  return colour === undefined
    ? first.slice(0, 70)
    : `${first.slice(0, 14)} (${colour}) ${TEXT.exec(after)?.[1]?.slice(0, 90) ?? ''}`;
}
