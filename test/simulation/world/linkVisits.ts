/**
 * What users do with the links that they are given: exchange them in their browser and use the session, at once, late,
 * after the claim has moved on or their rights are gone; pass them on; and try what an altered link opens, or the
 * session of another link.
 */
import { createHash } from 'node:crypto';
import type { LinkProblem, LinkUse } from '../../../src/desk/ports/proof.ts';
import type { FileBytes } from '../../../src/desk/ports/files.ts';
import type { Chance } from '../../support/random.ts';
import { ALL_PERSONAS } from './personas.ts';
import type { Faults } from './faults.ts';
import { uploaded } from './simulatedFiles.ts';
import type { DeskProcess } from './instance.ts';
import type { Scheduler } from '../engine/scheduler.ts';
import type { LinkAnswered, LinkFollowed, Json } from '../checkers/observations.ts';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;
/** How long a link is valid. */
const FRESH_MS = HOUR;
/** The longest upload: what was allowed at its beginning may not be at its end. */
const LONGEST_UPLOAD_MS = 10 * MINUTE;
/** What a user answers by sending the file once more. */
const AGAIN: ReadonlySet<string> = new Set(['interrupted', 'stalled', 'busy', 'tooManyAtOnce', 'placesTaken']);

export interface LinkVisitsOptions {
  readonly scheduler: Scheduler;
  readonly faults: Faults;
  readonly chance: Chance;
  readonly instance: () => DeskProcess | undefined;
  readonly fileName: () => string;
  readonly onFollowed: (followed: LinkFollowed) => void;
  readonly onFetched: (fetched: LinkAnswered) => void;
}

interface KeptLink {
  readonly link: string;
  readonly person: string;
  readonly claim: string;
  readonly since: number;
}
type Came = Omit<LinkAnswered, 'followed' | 'at'>;
type How = LinkFollowed['how'];

export type LinkVisits = ReturnType<typeof createLinkVisits>;

export function createLinkVisits({
  scheduler,
  faults,
  chance,
  instance,
  fileName,
  onFollowed,
  onFetched,
}: LinkVisitsOptions) {
  let number = 0;
  let files = 0;
  let kept: KeptLink[] = [];
  /** What browsers were given for links, by link and browser. */
  const sessions = new Map<string, string>();

  /** Resolves to undefined where there is no instance; stays pending where it dies. */
  async function visit(how: How, link: string, person: string): Promise<Came | undefined> {
    const deskProcess = instance();
    if (!deskProcess) return undefined;
    number += 1;
    const sent = how === 'add' ? newFile() : undefined;
    // Some have the link open on the phone too.
    const browser = `${person}${chance.happens(0.1) ? ' phone' : ''}`;
    const followed: LinkFollowed = {
      number,
      at: scheduler.now(),
      by: deskProcess.name,
      how,
      link,
      person,
      browser,
      hasSession: sessions.has(placeOf(link, browser)),
      ...(sent && { file: { name: sent.name, sha256: sent.sha256 } }),
    };
    onFollowed(followed);
    const came = await entered(deskProcess, followed)
      .then((use) => ('problem' in use ? use : opened(deskProcess, how, use, sent)))
      .catch((fault: unknown): Came => ({ fault }));
    onFetched({ followed, at: scheduler.now(), ...came });
    return came;
  }

  /** What the browser has of the link, or gets by the button of its page; now and then it shows that of another. */
  async function entered(
    { desk: { poe } }: DeskProcess,
    { how, link, browser }: LinkFollowed,
  ): Promise<LinkUse | { readonly problem: LinkProblem }> {
    const sealed = link.slice(link.lastIndexOf('/') + 1);
    const place = placeOf(link, browser);
    const session = sessions.get(place);
    if (session !== undefined) return { link: sealed, session };
    const others = [...sessions].filter(([of]) => !of.startsWith(`${link} `)).map(([, other]) => other);
    if (others.length > 0 && chance.happens(0.05)) return { link: sealed, session: chance.pick(others) };
    const door = how === 'download' ? poe.downloads : poe.uploads;
    const offer = await door.show(sealed, { browser });
    if (!offer.ok) return { problem: offer.problem };
    const got = await door.enter(sealed, { browser, form: offer.form });
    if (!got.ok) return { problem: got.problem };
    sessions.set(place, got.session);
    return { link: sealed, session: got.session };
  }

  function newFile(): NewFile {
    files += 1;
    const isCut = faults.strikes('fileCut');
    const text = chance.happens(0.05) ? 'MZ no proof' : chance.happens(0.05) ? '%PDF the same' : `%PDF ${files}`;
    const takesMs = chance.happens(0.4) ? chance.below(LONGEST_UPLOAD_MS) : 0;
    return {
      name: fileName(),
      bytes: slowly(uploaded(text, isCut), takesMs / 2),
      sha256: createHash('sha256').update(text).digest('hex'),
    };
  }

  async function* slowly(bytes: FileBytes, betweenMs: number): FileBytes {
    for await (const piece of bytes) {
      if (betweenMs > 0)
        await new Promise<void>((resolve) => {
          scheduler.after(betweenMs, resolve);
        });
      yield piece;
    }
  }

  /** Adds a file, and again where it broke off. */
  function add(link: string, person: string, tries = 3): void {
    visit('add', link, person).then(
      (came) => {
        const isOver = came && came.fault === undefined && !AGAIN.has(came.problem ?? '');
        if (!isOver && tries > 0)
          scheduler.after(MINUTE + chance.below(10 * MINUTE), () => add(link, person, tries - 1));
      },
      () => undefined,
    );
  }

  function follow(how: How, link: string, person: string): void {
    visit(how, link, person).catch(() => undefined);
  }

  /** One of the things that such a link is for. */
  function use(link: string, person: string): void {
    if (link.includes('/poe-file/')) return follow('download', link, person);
    const lot = chance.next();
    if (lot < 0.5) follow('look', link, person);
    else if (lot < 0.85) add(link, person, 0);
    else follow('finish', link, person);
  }

  const other = (): string => chance.pick(ALL_PERSONAS).id;

  /** An altered link, by a user who wants more than it is for. */
  function tampered({ link, person }: KeptLink): void {
    const isDownload = link.includes('/poe-file/');
    const lot = chance.next();
    if (lot < 0.2) return follow(isDownload ? 'look' : 'download', link, person);
    const from = link.lastIndexOf('/') + 1;
    const sealed = link.slice(from);
    const other = chance.pick(kept).link;
    const at = chance.below(sealed.length);
    const text =
      lot < 0.5
        ? `${sealed.slice(0, at)}${sealed[at] === 'A' ? 'B' : 'A'}${sealed.slice(at + 1)}`
        : lot < 0.8
          ? `${sealed.slice(0, at)}${other.slice(other.lastIndexOf('/') + 1 + at)}x`
          : sealed.slice(0, at);
    use(`${link.slice(0, from)}${text}`, person);
  }

  return {
    add,
    follow,
    /** A user was given links. Some of these they follow once more, pass on, or alter. */
    keep(person: string, claim: string, links: readonly string[]): void {
      const since = scheduler.now();
      kept = kept.filter((one) => since - one.since < FRESH_MS);
      for (const link of links) {
        const one = { link, person, claim, since };
        kept.push(one);
        if (chance.happens(0.2)) scheduler.after(chance.below(FRESH_MS), () => use(link, other()));
        if (chance.happens(0.15))
          scheduler.after(FRESH_MS + chance.below(chance.happens(0.5) ? 10 * MINUTE : 2 * DAY), () =>
            use(link, person),
          );
        if (chance.happens(0.1)) scheduler.after(chance.below(FRESH_MS), () => tampered(one));
      }
    },
    /** A claim moved on: users with a link to it follow it once more. */
    tryAfterChange(card: Json): void {
      const fresh = kept.filter(({ since }) => scheduler.now() - since < FRESH_MS);
      const text = fresh.length > 0 ? JSON.stringify(card) : '';
      for (const { link, person, claim } of fresh)
        if (text.includes(claim) && chance.happens(0.1)) scheduler.after(chance.below(MINUTE), () => use(link, person));
    },
    /** A person lost their rights: their links are tried in the next hour, by them or by others. */
    tryAfterRevocation(person: string): void {
      for (const { link, person: given } of kept)
        if (given === person)
          scheduler.after(MINUTE + chance.below(50 * MINUTE), () => use(link, chance.happens(0.5) ? person : other()));
    },
  };
}

/** Where a browser keeps what it got for a link. */
const placeOf = (link: string, browser: string): string => `${link} ${browser}`;

/** A file as a browser sends it. */
interface NewFile {
  readonly name: string;
  readonly bytes: FileBytes;
  readonly sha256: string;
}

async function opened(
  { desk: { poe } }: DeskProcess,
  how: How,
  use: LinkUse,
  sent: NewFile | undefined,
): Promise<Came> {
  switch (how) {
    case 'download': {
      const open = await poe.downloads.open(use);
      return open.ok ? { file: { name: open.name, sha256: await hashOf(open.bytes) } } : { problem: open.problem };
    }
    case 'look': {
      const open = await poe.uploads.open(use);
      return open.ok
        ? { page: { claim: open.claimId, names: open.alreadyThere.map(({ name }) => name) } }
        : { problem: open.problem };
    }
    case 'add': {
      const taken = sent ? await poe.uploads.take(use, sent.name, sent.bytes) : undefined;
      return taken && !taken.ok ? { problem: taken.problem } : {};
    }
    case 'finish': {
      const finished = await poe.uploads.finish(use);
      return finished.ok ? {} : { problem: finished.problem };
    }
  }
}

async function hashOf(bytes: FileBytes): Promise<string> {
  const digest = createHash('sha256');
  for await (const piece of bytes) digest.update(piece);
  return digest.digest('hex');
}
