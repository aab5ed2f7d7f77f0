/** Activities as Teams sends them, of every type that the desk knows and some that it does not. */
import type { Chance } from '../support/random.ts';
import { activitiesOf, BOT, personalChat } from '../acceptance/support/activities.ts';
import type { Activity, Persona, Where } from '../acceptance/support/activities.ts';
import type { ClaimsOfAct } from './claimsOfAct.ts';
import { PARTNERS, REVIEWS } from './claimsOfAct.ts';
import type { DeskUnderFuzz } from './deskUnderFuzz.ts';
import { PEOPLE, SERVICE } from './deskUnderFuzz.ts';
import { hostileText } from './hostile.ts';
import { isRecord } from './json.ts';
import { pressMade, textMade } from './presses.ts';
import { sentence } from './sentences.ts';

const { message, press, submit, installed, removed, joined, left, edited, restored, deleted, file } =
  activitiesOf(SERVICE);
const LOCALES = ['en-US', 'ru-RU', 'tr-TR', 'de-DE', 'tr', '', 'zz-ZZ', 'ru-__proto__'] as const;
/** The message that is a comment already when an act begins. */
const KNOWN_MESSAGE = '17';

export function envelopeMade(chance: Chance, fuzzed: DeskUnderFuzz, claims: ClaimsOfAct): Activity {
  const from = personaMade(chance);
  const where = whereMade(chance, fuzzed, claims);
  const ids = Object.values(claims);
  switch (
    chance.weighed({
      message: 34,
      press: 22,
      submit: 6,
      installed: 5,
      removed: 3,
      joined: 4,
      left: 3,
      edited: 6,
      restored: 2,
      deleted: 4,
      file: 5,
      unknown: 3,
      group: 3,
    })
  ) {
    case 'press':
      return pressed(chance, fuzzed, claims, where);
    case 'submit': {
      const { by, data } = pressMade(chance, fuzzed, claims);
      return submit(
        { ...by, locale: from.locale },
        { data },
        { ...where, replyTo: chance.pick(['1', 'id00000000000000000007']) },
      );
    }
    case 'installed':
      return {
        ...installed(from, where),
        ...(chance.happens(0.3) && { action: chance.pick(['add-upgrade', 'remove-upgrade', 'add', 'x']) }),
      };
    case 'removed':
      return removed(from, where);
    case 'joined':
      return joined(from, chance.happens(0.6) ? 'bot' : chance.pick(PEOPLE), where);
    case 'left':
      return left(from, chance.happens(0.5) ? 'bot' : chance.pick(PEOPLE), where);
    case 'edited':
      return edited(from, sentence(chance, ids), { ...where, id: chance.pick([KNOWN_MESSAGE, where.id]) });
    case 'restored':
      return restored(from, sentence(chance, ids), { ...where, id: chance.pick([KNOWN_MESSAGE, where.id]) });
    case 'deleted':
      return deleted(from, { ...where, id: chance.pick([KNOWN_MESSAGE, where.id]) });
    case 'file':
      return fileSent(chance, from, chance.happens(0.5) ? chance.pick(ids) : sentence(chance, ids));
    case 'unknown':
      return {
        ...message(from, sentence(chance, ids), where),
        type: chance.pick([
          'event',
          'typing',
          'messageReaction',
          'endOfConversation',
          'handoff',
          'trace',
          'suggestion',
          '',
          'x',
          '__proto__',
          'Message',
        ]),
      };
    case 'group':
      return {
        ...message(from, sentence(chance, ids), { ...where, mention: true }),
        conversation: {
          id: '19:group@thread.v2',
          conversationType: 'groupChat',
          isGroup: true,
          tenantId: from.tenantId,
        },
      };
    default:
      return message(from, sentence(chance, ids), {
        ...where,
        ...(chance.happens(0.5) && { mention: chance.happens(0.5) }),
      });
  }
}

function pressed(chance: Chance, fuzzed: DeskUnderFuzz, claims: ClaimsOfAct, where: Where): Activity {
  const { by, verb, data } = pressMade(chance, fuzzed, claims);
  const activity = press(
    { ...by, locale: chance.pick(LOCALES) },
    { verb, data },
    { ...where, replyTo: `id${String(chance.below(200)).padStart(20, '0')}` },
  );
  return chance.happens(0.05)
    ? {
        ...activity,
        name: chance.pick(['task/fetch', 'fileConsent/invoke', 'composeExtension/query', '', '__proto__']),
      }
    : activity;
}

function fileSent(chance: Chance, from: Persona, text: string): Activity {
  const sent = file(
    from,
    { name: 'proof.pdf', downloadUrl: `http://127.0.0.1:7/${chance.pick(['good', 'bad', 'gone'])}${chance.below(50)}` },
    text,
  );
  const [attachment] = sent['attachments'] as readonly Activity[];
  const count = chance.happens(0.9) ? 1 : 12;
  return {
    ...sent,
    id: idMade(chance),
    attachments: Array.from({ length: count }, () => ({ ...attachment, name: textMade(chance, 'proof.pdf') })),
  };
}

function idMade(chance: Chance): string {
  return String(1_790_000_000_000 + chance.below(1_000_000_000));
}

function personaMade(chance: Chance): Persona {
  const person = chance.pick(PEOPLE);
  return { ...person, locale: chance.pick(LOCALES), ...(chance.happens(0.15) && { name: hostileText(chance) }) };
}

/** Where an activity happens: in the person's own chat, in a claim's thread, in a channel with or without a purpose. */
function whereMade(chance: Chance, fuzzed: DeskUnderFuzz, claims: ClaimsOfAct): Where & { readonly id: string } {
  const id = idMade(chance);
  const inTeam = { team: '19:team@thread.tacv2' };
  switch (chance.weighed({ chat: 60, thread: 22, channel: 12, other: 6 })) {
    case 'thread':
      return { id, in: { ...inTeam, ...threadOf(fuzzed, chance.pick(Object.values(claims))) } };
    case 'channel':
      return { id, in: { ...inTeam, channel: chance.pick([REVIEWS, PARTNERS]) } };
    case 'other':
      return {
        id,
        in: { team: chance.pick(['19:team@thread.tacv2', '19:other@thread.tacv2']), channel: '19:lunch@thread.tacv2' },
      };
    default:
      return { id };
  }
}

function threadOf(fuzzed: DeskUnderFuzz, claim: string): { readonly channel: string; readonly thread?: string } {
  const body = fuzzed.documents.peek('claim', claim);
  const homes = isRecord(body) ? body['homes'] : undefined;
  const review = isRecord(homes) ? homes['review'] : undefined;
  const [channel = REVIEWS, thread] = isRecord(review) ? String(review['conversationId']).split(';messageid=') : [];
  return { channel, ...(thread !== undefined && { thread }) };
}

/** An activity in which one member or another is what Teams would never send. */
export const ODD_MEMBERS: Readonly<Record<string, readonly unknown[]>> = {
  serviceUrl: [
    'https://evil.example/',
    'http://127.0.0.1',
    'x',
    '',
    'http://[::1]:1/',
    'http://localhost:3/a?b',
    'http://127.0.0.1:9',
  ],
  conversation: [
    { id: 'x;messageid=', conversationType: 'channel' },
    { id: ';', conversationType: 'personal' },
    { id: 'a'.repeat(501) },
    {
      id: personalChat(PEOPLE[0] ?? { name: '', teamsId: '29:x', objectId: '', tenantId: '', locale: '' }),
      conversationType: 'personal',
      tenantId: 'X',
    },
    { id: '__proto__', conversationType: 'personal' },
  ],
  channelData: [
    null,
    'x',
    [],
    { tenant: { id: 5 } },
    { tenant: { id: '__proto__' } },
    { tenant: null, team: { id: '' } },
    { eventType: ['editMessage'] },
  ],
  from: [
    { id: BOT.id },
    { id: 'x', aadObjectId: '../..' },
    { id: 'x', aadObjectId: 'A'.repeat(65) },
    { id: 'x', aadObjectId: 'constructor', name: ['x'] },
  ],
  entities: [
    null,
    {},
    [null, 5, { type: 'mention' }, { type: 'mention', mentioned: { id: BOT.id }, text: '<at>' }],
    [{ type: 'mention', mentioned: { id: BOT.id }, text: '<at>('.repeat(300) }],
  ],
  attachments: [
    null,
    {},
    [null],
    [{ contentType: 'application/vnd.microsoft.teams.file.download.info', content: { downloadUrl: 'javascript:1' } }],
    [
      {
        contentType: 'application/vnd.microsoft.teams.file.download.info',
        name: 5,
        content: { downloadUrl: 'http://127.0.0.1:7/good' },
      },
    ],
  ],
  timestamp: ['x', 5, '+275760-09-13T00:00:00.001Z', null],
  locale: [5, 'ru', ['tr'], 'tr-TR-x-'.repeat(100)],
  value: [
    null,
    'x',
    [],
    {},
    { action: null },
    { action: { verb: 5 } },
    { action: { verb: 'x'.repeat(41), data: {} } },
    { action: { verb: '__proto__', data: [] } },
  ],
  id: ['', 5, '__proto__', 'x'.repeat(3_000)],
  replyToId: [5, '', 'x'.repeat(3_000), '../..'],
  text: [5, null, [], ''],
};
