/**
 * Links are exchanged once. Whoever only gets a link's address, such as a program that looks ahead or the history of a
 * browser, reads nothing and spends nothing: the page's button trades the link for a session of that browser. The
 * session is for this one link and is bound to the person for whom the link was made.
 */
import type { Instant } from '../../domain/calendar/calendar.ts';
import type { People } from '../directory/people.ts';
import type { StoredDocument } from '../ports/documents.ts';
import type { Link } from '../ports/links.ts';
import type { LinkDoor, LinkUse, OpenSession, RefusedLink } from '../ports/proof.ts';
import type { World } from '../ports/world.ts';
import { requireKnownSchema, schemaOf } from '../records/schemaVersion.ts';
import type { CheckedLink, LinkCheck, LinkCheckPorts } from './linkCheck.ts';
import { createLinkCheck } from './linkCheck.ts';

/** What exchanging links needs of the outside. */
export type LinkExchangePorts = LinkCheckPorts & Pick<World, 'random' | 'digest'>;

/** How long a session lasts, in minutes: a document opens at once, and twenty files come over a phone's line. */
export const SESSION_MINUTES: Readonly<Record<Link['kind'], number>> = { upload: 60, download: 10 };

const MINUTE = 60_000;
const USED_LINK = 'usedLink';
/** So long the browser that exchanged a link may do it again: a second press, or an answer that got lost. */
const REPEAT_MS = MINUTE;
/** A used link is remembered until it has expired, and its session ended, by the clock of any instance. */
const KEPT_AFTER_MS = 60 * MINUTE;

/** A document of kind `usedLink`; its id is the nonce of the link. */
interface UsedLink {
  readonly schema: number;
  readonly until: Instant;
  /** When the link was exchanged, a digest of the browser's id, and when its session ends. */
  readonly at?: Instant;
  readonly browser?: string;
  readonly session?: Instant;
  /** The reader said that they are done. */
  readonly finished?: true;
}

export interface LinkExchange {
  /** The first two steps of every link: whose it is, and the exchange. */
  door(kind: Link['kind']): LinkDoor;
  /** The link behind a use, for a browser that has exchanged it and a person who may still do what it is for. */
  admit<Kind extends Link['kind']>(kind: Kind, use: LinkUse): Promise<RefusedLink | CheckedLink<Kind>>;
  /** Nothing can be done by this link any more, although its session has not ended. */
  finish(link: Link): Promise<void>;
}

export function createLinkExchange(ports: LinkExchangePorts, people: People): LinkExchange {
  const { clock, digest, documents, links, random, securityLog } = ports;
  const check: LinkCheck = createLinkCheck(ports, people);

  const browserOf = (link: Link, browser: string): string => digest.sha256(`${link.nonce}/${browser}`);
  /** Only the page that was made for this link and this browser has it. */
  const formOf = (link: Link, browser: string): string => digest.sign(`link form/${link.nonce}/${browser}`);

  async function readUsed(link: Link): Promise<StoredDocument<UsedLink> | undefined> {
    const used = await documents.read<UsedLink>(USED_LINK, link.nonce);
    return used && { ...used, body: requireKnownSchema(USED_LINK, link.nonce, used.body) };
  }

  /** The end of the session that a browser has for a link; undefined where it has none. */
  async function sessionEnd(link: Link, session: string | undefined): Promise<Instant | undefined> {
    const sealed = session === undefined ? undefined : await links.unseal('session', session);
    return sealed?.nonce === link.nonce && clock.now() < sealed.until ? sealed.until : undefined;
  }

  async function sessionUntil(link: Link, until: Instant): Promise<OpenSession> {
    const session = await links.seal({ kind: 'session', nonce: link.nonce, until });
    return { ok: true, session, seconds: Math.max(1, Math.floor((until - clock.now()) / 1_000)) };
  }

  /** Exactly one browser spends a link, whichever instances are asked. */
  async function spend(link: Link, browser: string): Promise<Instant | undefined> {
    const at = clock.now();
    const session = at + SESSION_MINUTES[link.kind] * MINUTE;
    const { until } = link;
    const body: UsedLink = { schema: schemaOf(USED_LINK), until, at, browser: browserOf(link, browser), session };
    const created = await documents.create({ kind: USED_LINK, id: link.nonce, body, keys: [], keepMs: keptMs(body) });
    if (created !== 'exists') {
      securityLog.record({ what: 'linkOpened', link: link.kind, person: link.person, claim: link.claim });
      return session;
    }
    const used = (await readUsed(link))?.body;
    if (used?.browser !== body.browser || used?.finished || at >= (used?.at ?? 0) + REPEAT_MS) return undefined;
    return used?.session;
  }

  function keptMs({ until, session = until }: Pick<UsedLink, 'until' | 'session'>): number {
    return Math.max(0, until - clock.now(), session - clock.now()) + KEPT_AFTER_MS;
  }

  function door(kind: Link['kind']): LinkDoor {
    return {
      async show(text, { browser = random.randomId(), session }) {
        const read = await check.read(kind, text);
        if (!read.ok) return read;
        const { link } = read;
        const known = await sessionEnd(link, session);
        if (known === undefined && clock.now() >= link.until) return check.refuse(link, 'expired');
        const used = (await readUsed(link))?.body;
        if (used && (known === undefined || used.finished)) return check.refuse(link, 'used');
        const allowed = await check.allow(link);
        if (!allowed.ok) return allowed;
        return {
          ok: true,
          language: allowed.language,
          person: allowed.person.name,
          minutesLeft: Math.ceil(((known ?? link.until) - clock.now()) / MINUTE),
          isEntered: known !== undefined,
          sessionMinutes: SESSION_MINUTES[kind],
          browser,
          form: formOf(link, browser),
        };
      },
      async enter(text, { browser, form, session }) {
        const read = await check.read(kind, text);
        if (!read.ok) return read;
        const { link } = read;
        if (browser === undefined || form !== formOf(link, browser)) return check.refuse(link, 'notEntered');
        const known = await sessionEnd(link, session);
        if (known !== undefined) {
          const isFinished = (await readUsed(link))?.body.finished;
          return isFinished ? check.refuse(link, 'used') : sessionUntil(link, known);
        }
        if (clock.now() >= link.until) return check.refuse(link, 'expired');
        const allowed = await check.allow(link);
        if (!allowed.ok) return allowed;
        const until = await spend(link, browser);
        return until === undefined ? check.refuse(link, 'used') : sessionUntil(link, until);
      },
    };
  }

  async function admit<Kind extends Link['kind']>(
    kind: Kind,
    { link: text, session }: LinkUse,
  ): Promise<RefusedLink | CheckedLink<Kind>> {
    const read = await check.read(kind, text);
    if (!read.ok) return read;
    const { link } = read;
    const used = await readUsed(link);
    // A replica of the store may not know yet that the link was exchanged; the session proves it.
    if ((await sessionEnd(link, session)) !== undefined && !used?.body.finished) return check.allow<Kind>(link);
    if (used) return check.refuse(link, 'used');
    return check.refuse(link, clock.now() >= link.until ? 'expired' : 'notEntered');
  }

  async function finish(link: Link): Promise<void> {
    for (;;) {
      const used = await readUsed(link);
      if (!used || used.body.finished) return;
      const body: UsedLink = { ...used.body, finished: true };
      const document = { kind: USED_LINK, id: link.nonce, body, keys: [], keepMs: keptMs(body) };
      if ((await documents.replace(document, used.etag)) !== 'changed') return;
    }
  }

  return { door, admit, finish };
}
