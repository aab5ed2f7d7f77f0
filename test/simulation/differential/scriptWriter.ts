/** Writes a script while it is played for the first time: each next action follows from the state of the claim. */
import type { Claim, Stage } from '../../../src/domain/claims/claim.ts';
import { stageOf } from '../../../src/domain/claims/claim.ts';
import { foldEntries } from '../../../src/desk/records/claimRecord.ts';
import type { Entry } from '../../../src/domain/claims/history.ts';
import { chanceOf } from '../../support/random.ts';
import type { Chance } from '../../support/random.ts';
import type { ScriptedAction, Doing, Script } from './script.ts';
import { drawFiling, drawNextAction } from './nextAction.ts';
import { APART, clearOfMidnight, drawActionTime } from './actionTimes.ts';
import type { ScriptWorld as World } from './playScript.ts';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;
/** Deeds after which a clock may wait for the delivery of its notice (R45). */
const STARTING: ReadonlySet<string> = new Set([
  'RequestInformation',
  'ApproveClaim',
  'RejectClaim',
  'RequestRejection',
  'DenyConsent',
  'OverturnRejection',
]);
/** Few have anything to say then. */
const ENDED: ReadonlySet<Stage> = new Set(['Discarded', 'Upheld', 'WindowClosed', 'FinallyDeclined']);
const MAX_ACTIONS = 30;

/** Plays histories of claims in a world until `until`, and answers what was done. */
export async function write(
  world: World,
  seed: number,
  { claims, until, start, away }: { claims: number; until: number } & Pick<Script, 'start' | 'away'>,
): Promise<Script> {
  const { zone } = world.rules.programme.policy;
  const actions: ScriptedAction[] = [];
  const ends = until + DAY / 2;
  const faults: unknown[] = [];
  const arrivals = away.map((by, index): ScriptedAction => {
    const at = clearOfMidnight(start + chanceOf(seed * 31 + index).below(until), zone, true) - start;
    return { name: `0.${index + 1}`, claim: 0, at, by, does: { kind: 'arrive' } };
  });

  async function done(action: ScriptedAction): Promise<void> {
    actions.push(action);
    await world.perform(action);
  }

  /** Not while a user arrives, and not where a few seconds decide about the day. */
  function clear(at: number, does: Doing): number {
    const arrival = arrivals.find((one) => Math.abs(one.at - at) < APART);
    const free = arrival ? arrival.at + APART : at;
    return clearOfMidnight(start + free, zone, does.kind === 'press' && STARTING.has(does.asked.type)) - start;
  }

  async function live(claim: number, chance: Chance): Promise<void> {
    const first = drawFiling(claim, chance);
    let number = 1;
    let last = clear(DAY / 4 + chance.below(until / 4), first.does);
    await done({ name: `${claim}.1`, claim, at: last, ...first });
    last = clear(last + APART + chance.below(HOUR), first.does);
    number += 1;
    await done({
      name: `${claim}.2`,
      claim,
      at: last,
      by: first.by,
      does: { kind: 'prove', text: `first proof of ${claim}` },
    });
    while (number < MAX_ACTIONS) {
      number += 1;
      // What the last one led to is all there when the next is drawn.
      const known = standing(world, claim);
      if (ENDED.has(stageOf(known)) && chance.happens(0.6)) return;
      const { by, does } = drawNextAction(known, `w${claim}.${number}x`, chance);
      const at = clear(Math.max(drawActionTime(start + last, known.clocks, chance) - start, last + 2 * APART), does);
      if (at > until) return;
      await done({ name: `${claim}.${number}`, claim, at, by, does: withLook(does, at, last, chance) });
      last = at;
    }
  }

  /** A user who disputes has seen the rejection, which a clock may have brought; others also press what they see. */
  function withLook(does: Doing, at: number, last: number, chance: Chance): Doing {
    if (does.kind !== 'press' || (does.asked.type !== 'OpenDispute' && chance.happens(0.5))) return does;
    const room = at - last - APART;
    const lookedBefore = MINUTE + chance.below(Math.max(1, Math.min(room, 2 * HOUR) - 2 * MINUTE));
    const wished = start + at - lookedBefore;
    return { ...does, lookedBefore: lookedBefore + wished - clearOfMidnight(wished, zone, false) };
  }

  for (const arrival of arrivals) done(arrival).catch((fault: unknown) => faults.push(fault));
  for (let claim = 1; claim <= claims; claim += 1)
    live(claim, chanceOf(seed * 1_009 + claim)).catch((fault: unknown) => faults.push(fault));
  await world.runTo(ends);
  if (faults.length > 0) throw faults[0];
  return { start, claims, ends, away, actions };
}

function standing({ store, ids }: World, claim: number): Claim {
  const kept = store.read('claim', ids.get(claim) ?? '');
  if (!kept) throw new Error(`claim ${claim} is not there`);
  return foldEntries(kept.body['entries'] as readonly Entry[]);
}
