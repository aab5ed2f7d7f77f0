/**
 * Checks that what was asked and allowed took effect (R11–R33): a press that the rules take, by a user who may, on a
 * card that shows what counts, is in the history when it is answered; and so does a reply in a claim's thread.
 */
import { LAW, movesOn, outcomeOf } from '../../domain/claims/model/law.ts';
import type { Rights } from '../world/personas.ts';
import { STALE_MS } from '../world/storeClient.ts';
import type { ActivityAnswered, ActivityAsked, Json, Checker, GroundTruth, DocumentWritten } from './observations.ts';
import { PLANTED } from './observations.ts';
import type { Effective } from './support/completeRequest.ts';
import { effectiveIn, given, isComplete } from './support/completeRequest.ts';
import { roleFor } from './coverage.ts';
import type { Viewer } from './support/entitlement.ts';
import { relationOf } from './support/entitlement.ts';
import type { KnownClaim, KnownEntry } from './support/knownClaims.ts';
import { createKnownClaims } from './support/knownClaims.ts';
import { member, textAt } from './support/looseJson.ts';
import { hasDayBegun } from './support/midnight.ts';
import type { Pressed } from './support/userRequest.ts';
import { pressIn } from './support/userRequest.ts';
import { isRefused } from './support/refusals.ts';
import { mustHaveSeen } from './support/staleness.ts';
import { isOfPartner } from './support/twoSides.ts';
import { COMMAND_OF } from './support/verbs.ts';

/** What happens beside a decision without any bearing on it. */
const BESIDE: ReadonlySet<string> = new Set([
  'ClockReminded',
  'ClockEscalated',
  'NoticeDelivered',
  'NoticeUndeliverable',
  'ClockSuspended',
  'ClaimFollowed',
  'ClaimMuted',
]);
/** What is refused where the customer's tenant is one of the partner's side (R5). */
const BARRED: ReadonlySet<string> = new Set(['submit', 'resubmit', 'approve', 'overturn', 'agree']);
/** The policy that has a late denial recorded (R51). */
const RECORDING = '2020';

/** What a user asked, as far as it is clear what must become of it. */
interface Wish {
  readonly command: Effective;
  readonly claim: string;
  readonly viewer: Viewer;
  readonly at: number;
  /** The event that it must become. */
  readonly type: string;
  /** Of a comment, what it says. */
  readonly text?: string;
  /** The thread of the claim that it was said in. */
  readonly thread?: string;
}

export function createTimelyReactionChecker(groundTruth: GroundTruth): Checker {
  const claims = createKnownClaims();
  const wishes = new Map<number, Wish>();
  /** When the history of a claim grew last, or the simulation itself wrote it: who reads late may not know yet. */
  const changedAt = new Map<string, number>();
  /** Claims whose threads nothing finds: the simulation took their keys, and the desk has not written them since. */
  const withoutThreads = new Set<string>();

  // --- what must become of what is asked ---

  function wishOf(asked: ActivityAsked): Wish | undefined {
    if (asked.again !== undefined) return undefined;
    const press = pressIn(asked);
    return press ? pressed(asked, press) : replied(asked);
  }

  function pressed(asked: ActivityAsked, { verb, claim: id = '', version }: Pressed): Wish | undefined {
    const command = effectiveIn(verb);
    const claim = claims.get(id);
    if (!command || !claim || version === undefined) return undefined;
    const viewer = { person: asked.person, rights: groundTruth.rightsOf(asked.person, asked.at) };
    const data = (member(member(member(asked.activity, 'value'), 'action'), 'data') ?? {}) as Json;
    if (
      !isOpenTo(command, viewer, claim) ||
      !isComplete(command, data, viewer, claim.state) ||
      !hasSeen(command, version, viewer, claim)
    )
      return undefined;
    const type = outcomeOf(COMMAND_OF[command], claim.stage)?.type;
    if (type === undefined) return undefined;
    if (type === 'LateDenialRecorded' && !isLateDenialTaken(viewer, claim, asked.at)) return undefined;
    return {
      command,
      claim: id,
      viewer,
      at: asked.at,
      type,
      ...(command === 'comment' && { text: given(command, data, 'comment') }),
    };
  }

  /** Whatever is said in a claim's thread, without a word to the bot, is a comment (R33). */
  function replied({ person, at, activity }: ActivityAsked): Wish | undefined {
    const thread = textAt(member(activity, 'conversation'), 'id');
    if (activity['type'] !== 'message' || !thread.includes(';messageid=')) return undefined;
    const claim = [...claims.all()].find((one) => isThreadOf(one, thread));
    const viewer = { person, rights: groundTruth.rightsOf(person, at) };
    const text = textAt(activity, 'text');
    if (!claim || text === '' || withoutThreads.has(claim.id) || !isOpenTo('comment', viewer, claim)) return undefined;
    return { command: 'comment', claim: claim.id, viewer, at, type: 'CommentAdded', text, thread };
  }

  function isOpenTo(command: Effective, viewer: Viewer, claim: KnownClaim): boolean {
    const isKnownEverywhere = groundTruth.now() - (changedAt.get(claim.id) ?? -Infinity) > STALE_MS;
    return (
      isKnownEverywhere &&
      !groundTruth.isUncheckable(claim.id) &&
      !isRefused(command, claim.stage, roleFor(command, viewer, claim)) &&
      // Whose duties are to be separate, a role does not tell (R5).
      (!viewer.rights.separateDuties || LAW[COMMAND_OF[command]].who.denial(relationOf(viewer, claim)) === undefined)
    );
  }

  /** Once for each person, and only where the policy has it recorded (R51). */
  function isLateDenialTaken({ person }: Viewer, claim: KnownClaim, at: number): boolean {
    return (
      groundTruth.policies(at, at).every((policy) => policy === RECORDING) &&
      !claim.entries.some(({ type, by }) => type === 'LateDenialRecorded' && by === person)
    );
  }

  // --- whether it did ---

  function noted(wrote: DocumentWritten, claim: KnownClaim, entry: KnownEntry): void {
    changedAt.set(claim.id, wrote.at);
    for (const [number, wish] of wishes) {
      if (wish.claim !== claim.id) continue;
      const isIt =
        entry.type === wish.type &&
        entry.by === wish.viewer.person &&
        (wish.text === undefined || textAt(entry.event, 'text') === wish.text);
      const isBeside = wish.command === 'comment' ? !movesOn(entry.type) : BESIDE.has(entry.type);
      if (isIt || !isBeside) wishes.delete(number);
    }
  }

  /** R5: whose tenant is on both sides may be refused. */
  function mayBeBarred({ customerTenant, partner }: KnownClaim, from: number, to: number): boolean {
    return isOfPartner(groundTruth, customerTenant, partner, { from, to, when: 'ever' });
  }

  /** What the simulation writes itself may keep an instance from reading the claim, or finding it by its thread. */
  function disturbed({ by, id, at, after, keys }: DocumentWritten): void {
    if (by === PLANTED && threadsIn(after).some((thread) => keys.every(({ value }) => value !== thread)))
      withoutThreads.add(id);
    else withoutThreads.delete(id);
    if (by !== PLANTED) return;
    changedAt.set(id, at);
    for (const [number, wish] of wishes) if (wish.claim === id) wishes.delete(number);
  }

  function check({ asked, at, fault, disturbed: wasDisturbed }: ActivityAnswered, wish: Wish): readonly string[] {
    const { claim: id, viewer, command, thread } = wish;
    const claim = claims.get(id);
    const rights = JSON.stringify(viewer.rights);
    if (!claim || fault !== undefined || wasDisturbed || groundTruth.isUncheckable(id) || hasDayBegun(asked.at, at))
      return [];
    // Another replica of the store tells of a change of rights later.
    const isOther = (held: Rights): boolean => JSON.stringify(held) !== rights;
    if (groundTruth.everBetween(viewer.person, asked.at - STALE_MS, at, isOther)) return [];
    if (thread !== undefined && !isThreadOf(claim, thread)) return [];
    if (BARRED.has(command) && mayBeBarred(claim, asked.at - STALE_MS, at)) return [];
    return [
      `${thread === undefined ? `"${command}"` : 'what was said in the thread'} of ${id} was asked by ` +
        `${viewer.person} of ${asked.by} (${asked.number}), who may, and no ${wish.type} came of it`,
    ];
  }

  return {
    name: 'timelyReaction',
    asked(asked) {
      // A message that another instance has in flight is left to that one.
      if (asked.again !== undefined && wishes.get(asked.again)?.thread !== undefined) wishes.delete(asked.again);
      const wish = wishOf(asked);
      if (wish) wishes.set(asked.number, wish);
      return [];
    },
    wrote(wrote) {
      if (wrote.kind !== 'claim') return [];
      disturbed(wrote);
      return claims.wrote(wrote, (claim, entry) => {
        noted(wrote, claim, entry);
        return [];
      });
    },
    answered(answered) {
      const wish = wishes.get(answered.asked.number);
      wishes.delete(answered.asked.number);
      return wish ? check(answered, wish) : [];
    },
  };
}

function hasSeen(command: Effective, version: number, { person }: Viewer, claim: KnownClaim): boolean {
  const seen = version > claim.version ? 0 : version;
  // The same outcome on the same card as in an earlier period is the same press (R58).
  if (command === 'assess')
    return seen >= (claim.entries.findLast(({ type }) => type === 'ConsentPassed')?.version ?? Infinity);
  const { decides, who } = LAW[COMMAND_OF[command]];
  return decides !== true || who.sides.every((side) => seen >= mustHaveSeen(claim, person, side));
}

function isThreadOf({ body }: KnownClaim, conversation: string): boolean {
  return threadsIn(body).includes(conversation);
}

function threadsIn(body: Json): readonly string[] {
  const homes = Object.values((member(body, 'homes') ?? {}) as Json);
  return homes.flatMap((home) => {
    const conversation = textAt(home, 'conversationId');
    return conversation === '' || textAt(home, 'place') === conversation ? [] : [conversation];
  });
}
