/**
 * Checks who gets which document by a link, and who adds which: what a link opens is its owner's, only while they may
 * (R1, R6, R12, R13, R26), and only in the one browser that opened it, for a time.
 */
import type { HandedFile } from './support/handedFiles.ts';
import { handedFilesIn } from './support/handedFiles.ts';
import type { Stage } from '../../../src/domain/claims/claim.ts';
import { LAW } from '../../domain/claims/model/law.ts';
import type { LinkAnswered, LinkFollowed, Checker, GroundTruth, DocumentWritten } from './observations.ts';
import { PLANTED } from './observations.ts';
import { STALE_MS } from '../world/storeClient.ts';
import type { Viewer } from './support/entitlement.ts';
import { isInsider, relationOf } from './support/entitlement.ts';
import type { EnteredLink, GivenLink } from './support/givenLinks.ts';
import { createGivenLinks, hasEnded, hasRunOut, isGoingOn, isGood } from './support/givenLinks.ts';
import type { KnownClaim, KnownEntry } from './support/knownClaims.ts';
import { createKnownClaims } from './support/knownClaims.ts';
import { member, textAt } from './support/looseJson.ts';

/** Another replica of the store tells of a write so much later. */
const ON_ITS_WAY_MS = 10_000;
const ADDS_POE = LAW.AddPoe;
const mayAdd = (viewer: Viewer, claim: KnownClaim): boolean =>
  ADDS_POE.who.denial(relationOf(viewer, claim)) === undefined;

/** A proof that a claim has or had. */
interface Proof {
  readonly id: string;
  readonly claim: string;
  readonly by: string;
  readonly sha256: string;
  readonly removedAt: number;
  /** Until when it waited for its virus scan, and since when it is known to be bad (R9). */
  readonly waitsUntil: number;
  readonly badSince: number;
}

export function createDocumentsReadChecker(groundTruth: GroundTruth): Checker {
  const claims = createKnownClaims();
  const given = createGivenLinks();
  /** By the name of the file: each is sent once in a run. */
  const sent = new Map<string, LinkFollowed>();
  /** Likewise, what was handed over with a message, and by whom. */
  const handed = new Map<string, HandedFile & { readonly person: string }>();
  const proofs = new Map<string, Proof>();
  /** When an upload link was ended: begun, and done. */
  const ending = new Set<string>();
  const ended = new Map<string, number>();
  /** When each browser first followed a link and last did, and which browser opened it. */
  const firstFollowed = new Map<string, Map<string, number>>();
  const lastFollowed = new Map<string, Map<string, number>>();
  const entered = new Map<string, EnteredLink>();
  const stages = new Map<string, { readonly stage: Stage; readonly since: number }[]>();

  /** A file came whole, to that claim, by a link of the person under whose name it is recorded. */
  function added(
    { at, by: writer }: DocumentWritten,
    claim: KnownClaim,
    { event, by, version }: KnownEntry,
  ): readonly string[] {
    const poe = member(event, 'poe');
    const [name, sha256] = [textAt(poe, 'name'), textAt(poe, 'sha256')];
    const waitsUntil = textAt(poe, 'scan') === 'waiting' ? Infinity : 0;
    proofs.set(name, {
      id: textAt(poe, 'id'),
      claim: claim.id,
      by,
      sha256,
      removedAt: Infinity,
      badSince: Infinity,
      waitsUntil,
    });
    const what = `PoeAdded of ${claim.id} (version ${version}, written by ${writer} at ${at}): ${name}`;
    const file = handed.get(name);
    if (file)
      return [
        ...(file.claim === claim.id ? [] : [`${what} was handed over for ${file.claim} (R12)`]),
        ...(file.person === by ? [] : [`${what} was handed over by ${file.person}, but stands under ${by} (R12)`]),
        ...(file.sha256 === sha256 ? [] : [`${what} is not what was handed over under this name (R9)`]),
      ];
    const followed = sent.get(name);
    const link = followed && given.of(followed.link);
    if (!followed || !link) return [`${what} was sent by no one with a link that was given`];
    return [
      ...(link.person === by && link.claim === claim.id
        ? []
        : [
            `${what} came by a link that was given to ${link.person} for ${link.claim}, but stands under the name of ${by} (R12)`,
          ]),
      ...(followed.file?.sha256 === sha256 ? [] : [`${what} is not what was sent under this name (R9)`]),
    ];
  }

  function learn(wrote: DocumentWritten, claim: KnownClaim, entry: KnownEntry): readonly string[] {
    if (entry.type === 'PoeAdded')
      return wrote.by === PLANTED || groundTruth.isUncheckable(claim.id) ? [] : added(wrote, claim, entry);
    if (entry.type === 'PoeRemoved') {
      for (const [name, proof] of proofs)
        if (proof.id === textAt(entry.event, 'poeId')) proofs.set(name, { ...proof, removedAt: wrote.at });
    }
    if (entry.type === 'PoeScanned') {
      const isBad = ['malicious', 'tooLarge'].includes(textAt(entry.event, 'verdict'));
      for (const [name, proof] of proofs)
        if (proof.id === textAt(entry.event, 'poeId'))
          proofs.set(name, { ...proof, ...(isBad ? { badSince: wrote.at } : { waitsUntil: wrote.at }) });
    }
    return [];
  }

  function follow({ id, at }: DocumentWritten): void {
    const stage = claims.get(id)?.stage;
    const known = stages.get(id) ?? [];
    if (stage !== undefined && known.at(-1)?.stage !== stage) stages.set(id, [...known, { stage, since: at }]);
  }

  function hadStage(claim: string, from: number, to: number): boolean {
    const known = stages.get(claim) ?? [];
    return known.some(
      ({ stage, since }, index) =>
        since <= to && (known[index + 1]?.since ?? Infinity) >= from - ON_ITS_WAY_MS && ADDS_POE.from.includes(stage),
    );
  }

  /** What came although it should not have. */
  function opened(
    { followed, at, file, page }: LinkAnswered,
    link: GivenLink | undefined,
    what: string,
  ): readonly string[] {
    const kind = followed.how === 'download' ? 'download' : 'upload';
    if (!link) return [`${what}: a link was taken that no one was given`];
    if (link.kind !== kind) return [`${what}: a link to ${link.kind} was taken (${kind})`];
    const claim = claims.get(link.claim);
    if (!claim || groundTruth.isUncheckable(link.claim)) return [];
    const span = { from: followed.at, at };
    const could = (may: (viewer: Viewer, claim: KnownClaim) => boolean): boolean =>
      groundTruth.everBetween(link.person, span.from - STALE_MS, span.at, (rights) =>
        may({ person: link.person, rights }, claim),
      );
    const problems = [...notInItsTime(link, followed, span, what)];
    if (kind === 'download') {
      if (!could(isInsider)) problems.push(`${what}: ${link.person} may not read ${link.claim}, by R6`);
      return file ? [...problems, ...misgiven(file, link, { followed, at }, what)] : problems;
    }
    const endedAt = ended.get(followed.link);
    if (endedAt !== undefined && endedAt < span.from - ON_ITS_WAY_MS) problems.push(`${what}: the link was used`);
    if (followed.how === 'finish') return problems;
    if (!could(mayAdd)) problems.push(`${what}: ${link.person} may not add to ${link.claim}, by R12`);
    if (!hadStage(link.claim, span.from, span.at))
      problems.push(`${what}: ${link.claim} takes no PoE in ${claim.stage} (R12, R26)`);
    if (page && (page.claim !== link.claim || page.names.some((name) => proofs.get(name)?.claim !== link.claim)))
      problems.push(`${what}: the page tells of another claim than ${link.claim}`);
    if (followed.file && proofs.get(followed.file.name)?.claim !== link.claim)
      problems.push(`${what}: ${followed.file.name} was taken, but is not in ${link.claim} (R12)`);
    return problems;
  }

  /** A link opens once while it is good; then it is for the browser that opened it, while its session lasts. */
  function notInItsTime(
    link: GivenLink,
    { link: url, browser }: LinkFollowed,
    span: { readonly from: number; readonly at: number },
    what: string,
  ): readonly string[] {
    const first = entered.get(url);
    // It may have opened the link when it first followed it, although nothing came of that.
    const from = firstFollowed.get(url)?.get(browser) ?? span.from;
    if (!first) return hasRunOut(link, { ...span, from }) ? [`${what}: the link had run out`] : [];
    if (first.browser !== browser) return [`${what}: the link opened in two browsers`];
    return hasEnded(link, first, span) ? [`${what}: the session had run out`] : [];
  }

  /**
   * Whether a browser that has opened a link must be able to go on: with what it got for it, and not where it followed
   * the link a second time before it had that.
   */
  function mayGoOn(link: GivenLink, { link: url, browser, hasSession }: LinkFollowed, at: number): boolean {
    const first = entered.get(url);
    const from = firstFollowed.get(url)?.get(browser);
    if (!hasSession || first?.browser !== browser || from === undefined || ending.has(url)) return false;
    return isGoingOn(link, { ...first, from }, { from, at });
  }

  /** The very file that the link stood beside, as it was sent. */
  function misgiven(
    file: NonNullable<LinkAnswered['file']>,
    link: GivenLink,
    { followed, at }: Pick<LinkAnswered, 'followed' | 'at'>,
    what: string,
  ): readonly string[] {
    const proof = proofs.get(file.name);
    if (file.name !== link.name) return [`${what}: ${file.name} came by the link to ${link.name}`];
    if (proof?.claim !== link.claim) return [`${what}: ${file.name} is no proof of ${link.claim}`];
    if (proof.sha256 !== file.sha256) return [`${what}: what came is not what is in ${file.name} (R9)`];
    if (proof.badSince < followed.at - ON_ITS_WAY_MS) return [`${what}: a virus was found in ${file.name} (R9)`];
    if (proof.waitsUntil > at) return [`${what}: ${file.name} waits for its virus scan (R9)`];
    return proof.removedAt < followed.at - ON_ITS_WAY_MS ? [`${what}: ${file.name} was removed (R13)`] : [];
  }

  /** What did not come although it should have. */
  function refused(
    { followed, at, problem }: LinkAnswered,
    link: GivenLink | undefined,
    what: string,
  ): readonly string[] {
    const kind = followed.how === 'download' ? 'download' : 'upload';
    if (!link || link.kind !== kind || groundTruth.isUncheckable(link.claim)) return [];
    const span = { from: followed.at, at };
    const name = followed.file?.name;
    if (name !== undefined && proofs.has(name)) return [`${what}: ${name} was refused (${problem}), but is there (R9)`];
    switch (problem) {
      case 'altered':
        return [`${what}: the link is as it was given, and is called altered`];
      case 'expired':
        return isGood(link, span) || mayGoOn(link, followed, at)
          ? [`${what}: the link is called expired too early`]
          : [];
      case 'used':
        if (mayGoOn(link, followed, at)) return [`${what}: the browser that opened the link is told that it is used`];
        return (firstFollowed.get(followed.link)?.size ?? 0) > 1 || entered.has(followed.link) || wasTried(followed)
          ? []
          : [`${what}: no one has opened the link, and it is called used`];
      case 'foreign':
        return kind === 'download' && mustRead(link, span.from, at)
          ? [`${what}: ${link.person} may read ${link.claim}, and is refused (R6)`]
          : [];
      default:
        return [];
    }
  }

  /**
   * The same browser followed it before, and its link may be exchanged although the answer was lost; or it follows the
   * link a second time before this answer comes, and that is faster.
   */
  function wasTried({ link, browser, at }: LinkFollowed): boolean {
    return (firstFollowed.get(link)?.get(browser) ?? at) < at || (lastFollowed.get(link)?.get(browser) ?? at) > at;
  }

  /** A member of the partner's all the time, of a file that is there: no one may keep it from them. */
  function mustRead(link: GivenLink, from: number, at: number): boolean {
    const claim = claims.get(link.claim);
    if (!claim || proofs.get(link.name)?.removedAt !== Infinity || from < link.at + ON_ITS_WAY_MS) return false;
    return !groundTruth.everBetween(
      link.person,
      from - STALE_MS,
      at,
      (rights) => relationOf({ person: link.person, rights }, claim).partner === undefined,
    );
  }

  return {
    name: 'documentsRead',
    asked(asked) {
      for (const file of handedFilesIn(asked)) handed.set(file.name, { ...file, person: asked.person });
      return [];
    },
    answered(answered) {
      given.answered(answered);
      return [];
    },
    taken: (taken) => given.taken(taken),
    wrote(wrote) {
      const problems = claims.wrote(wrote, (claim, entry) => learn(wrote, claim, entry));
      if (wrote.kind === 'claim') follow(wrote);
      return problems;
    },
    followed(followed) {
      if (followed.file) sent.set(followed.file.name, followed);
      if (followed.how === 'finish') ending.add(followed.link);
      const browsers = firstFollowed.get(followed.link) ?? new Map<string, number>();
      if (!browsers.has(followed.browser)) browsers.set(followed.browser, followed.at);
      firstFollowed.set(followed.link, browsers);
      const last = lastFollowed.get(followed.link) ?? new Map<string, number>();
      lastFollowed.set(followed.link, last.set(followed.browser, followed.at));
      return [];
    },
    fetched(fetched) {
      const { followed, at, problem, fault } = fetched;
      if (fault !== undefined) return [];
      const link = given.of(followed.link);
      const what = `link ${followed.number} (${followed.how}, followed by ${followed.person} at ${followed.by})`;
      if (problem !== undefined) return refused(fetched, link, what);
      const problems = opened(fetched, link, what);
      if (!entered.has(followed.link)) entered.set(followed.link, { browser: followed.browser, from: followed.at, at });
      if (followed.how === 'finish' && !ended.has(followed.link)) ended.set(followed.link, at);
      return problems;
    },
  };
}
