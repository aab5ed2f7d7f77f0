/** Whole activities: their bytes through the web server, the adapter and the bot to the desk, and what it answers. */
import type { Chance } from '../../support/random.ts';
import { claimsOfAct } from '../claimsOfAct.ts';
import type { ClaimsOfAct } from '../claimsOfAct.ts';
import { openDeskUnderFuzz } from '../deskUnderFuzz.ts';
import type { DeskUnderFuzz } from '../deskUnderFuzz.ts';
import { envelopeMade, ODD_MEMBERS } from '../envelopes.ts';
import { isRecord, withMember } from '../json.ts';
import type { Json } from '../json.ts';
import { checkAction } from '../checkedAction.ts';
import { mutatedRecord } from '../mutate.ts';
import { promise } from '../target.ts';
import type { Stage, Taken, Target } from '../target.ts';
import { activityIn } from '../webRequest.ts';

const ACT = 20;
const DAY_MS = 86_400_000;

export const activities: Target = { name: 'activities', share: 7, act: ACT, open };

async function open(): Promise<Stage> {
  const fuzzed = await openDeskUnderFuzz();
  const claims = await claimsOfAct(fuzzed);
  return {
    begin: () => fuzzed.rewind(),
    make: (chance) => made(chance, fuzzed, claims),
    take: (input) => takeActivity(fuzzed, isRecord(input) ? input : {}),
  };
}

function made(chance: Chance, fuzzed: DeskUnderFuzz, claims: ClaimsOfAct): Json {
  if (chance.happens(0.02)) fuzzed.turn(chance.below(3 * DAY_MS));
  const activity = envelopeMade(chance, fuzzed, claims);
  switch (chance.weighed({ sound: 35, odd: 20, mutated: 45 })) {
    case 'odd': {
      const name = chance.pick(Object.keys(ODD_MEMBERS));
      return withMember(activity, name, chance.pick((ODD_MEMBERS[name] ?? []).map((value) => ({ value }))).value);
    }
    case 'mutated':
      return mutatedRecord(chance, activity);
    default:
      return activity;
  }
}

/**
 * Posts an activity. A refused body, a foreign service and a broken envelope have their own status; an invoke that was
 * let in always has 200 and a body.
 */
export async function takeActivity(fuzzed: DeskUnderFuzz, activity: Json): Promise<Taken> {
  const read = await activityIn(JSON.stringify(activity));
  if (!read.ok) return 'refused';
  const by = senderOf(read.activity);
  return checkAction(fuzzed, {
    ...(by !== undefined && { by }),
    async act() {
      const { status, body } = await fuzzed.adapter.handle(read.activity, { proof: undefined });
      promise([200, 400, 403].includes(status), 'a turn ended with another status than it may', status);
      if (read.activity['type'] !== 'invoke') return [];
      if (status !== 403)
        promise(status === 200 && isRecord(body), 'an invoke was answered without 200 and a body', { status, body });
      if (!isRecord(body) || status !== 200) return [];
      // What the bot says itself comes back to it, and is not heard.
      if (isFromBot(read.activity)) return [];
      promise(
        [200, 400, 401].includes(Number(body['statusCode'])),
        'an invoke was answered with another status than it may',
        body,
      );
      return [body['value']];
    },
  });
}

function isFromBot({ from, recipient }: Json): boolean {
  return member(from, 'id') === member(recipient, 'id');
}

function member(value: unknown, name: string): unknown {
  return isRecord(value) && Object.hasOwn(value, name) ? value[name] : undefined;
}

/** Who sent it, by the letter of the activity. */
function senderOf(activity: Json): string | undefined {
  const told = member(member(activity['channelData'], 'tenant'), 'id');
  const tenant = typeof told === 'string' && told !== '' ? told : member(activity['conversation'], 'tenantId');
  const object = member(activity['from'], 'aadObjectId');
  return typeof tenant === 'string' && typeof object === 'string' ? `${tenant}/${object}`.toLowerCase() : undefined;
}
