/** The envelope alone: bytes that may be an activity, and who and where it says it is from. */
import { readIncoming, messageKey } from '../../../src/teams/activity.ts';
import type { IncomingActivity } from '../../../src/teams/activity.ts';
import { attachedFiles } from '../../../src/teams/files/attachments.ts';
import type { Chance } from '../../support/random.ts';
import { altered } from '../bytes.ts';
import { claimsOfAct } from '../claimsOfAct.ts';
import { openDeskUnderFuzz } from '../deskUnderFuzz.ts';
import { envelopeMade, ODD_MEMBERS } from '../envelopes.ts';
import { isRecord, withMember } from '../json.ts';
import { mutatedRecord } from '../mutate.ts';
import { unpolluted } from '../pollution.ts';
import { promise } from '../target.ts';
import type { Stage, Taken, Target } from '../target.ts';
import { activityIn } from '../webRequest.ts';

export const envelope: Target = { name: 'envelope', share: 10, act: 1, open };

const PERSON = /^[\w-]{1,64}\/[\w-]{1,64}$/;

async function open(): Promise<Stage> {
  const fuzzed = await openDeskUnderFuzz();
  const claims = await claimsOfAct(fuzzed);

  function make(chance: Chance): string {
    let activity = envelopeMade(chance, fuzzed, claims);
    for (let left = chance.below(3); left > 0; left -= 1) {
      const name = chance.pick(Object.keys(ODD_MEMBERS));
      activity = withMember(activity, name, chance.pick((ODD_MEMBERS[name] ?? []).map((value) => ({ value }))).value);
    }
    const text = JSON.stringify(mutatedRecord(chance, activity));
    return chance.happens(0.15)
      ? altered(chance, Buffer.from(text)).toString('latin1')
      : Buffer.from(text).toString('latin1');
  }
  return { begin: () => undefined, make, take: (input) => take(typeof input === 'string' ? input : '') };
}

/** `latin1` so that a report shows the bytes as they were. */
async function take(latin1: string): Promise<Taken> {
  const body = await activityIn(Buffer.from(latin1, 'latin1'));
  if (!body.ok) return 'refused';
  promise(typeof body.activity['type'] === 'string', 'what has no type is taken for an activity');
  promise(!Object.hasOwn(body.activity, '__proto__'), 'an activity has a prototype in it');
  const incoming = readIncoming(body.activity);
  if ('wrong' in incoming) return 'refused';
  holds(incoming);
  unpolluted();
  return incoming.from.person === undefined ? 'refused' : 'accepted';
}

function holds(incoming: IncomingActivity): void {
  const { id, chat, conversationId, place, from } = incoming;
  const texts = [id, chat, conversationId, place.conversationId, place.serviceUrl, place.tenantId, place.botId];
  if ('text' in incoming) texts.push(incoming.text, incoming.textFormat, incoming.botMention, ...incoming.mentions);
  if ('replyToId' in incoming) texts.push(incoming.replyToId);
  for (const one of [...texts, from.teamsId, from.name])
    promise(typeof one === 'string', 'a part of the envelope is no text', one);
  promise(from.person === undefined || PERSON.test(from.person), 'a person is known by what is no id', from);
  promise(from.name.isWellFormed() && from.name.length <= 500, 'a name is too long or broken', from.name);
  promise(
    !place.conversationId.includes(';') && conversationId.startsWith(place.conversationId),
    'a place is not that of its conversation',
    place,
  );
  promise(messageKey(incoming).startsWith(conversationId), 'a message is known by another conversation');
  if (incoming.type !== 'message') return;
  const { attachments } = incoming;
  promise(attachments.every(isRecord) && attachedFiles(attachments).length <= 10, 'attachments are none, or too many');
}
