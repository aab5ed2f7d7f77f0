/**
 * Checks that the bot welcomes those alone who install it or ask: a new version of the app is no arrival; and that
 * operators are told of a channel that was lost while the desk had something to say there.
 */
import type { ActivityAsked, Checker, GroundTruth, MessageTaken } from './observations.ts';
import { PLANTED } from './observations.ts';
import { textsIn } from './support/cardContent.ts';
import { objectsAt, member, numberAt, textAt } from './support/looseJson.ts';
import { roomOf } from './support/userRequest.ts';

const WELCOME = [
  /^Welcome to the claims desk/,
  /^Добро пожаловать в систему заявок/,
  /^Talep masasına hoş geldiniz/,
] as const;
const LOST = [
  /^(A channel was deleted|I was removed from a channel)\./,
  /^(Удал[её]н канал|Меня удалили из канала)\./,
  /^Bir kanal(dan kaldırıldım| silindi)\./,
] as const;
/** An answer to an instance that died, or to Teams that was silent, may come this late. */
const ANSWERED_MS = 15 * 60_000;
/** Who could not be reached for a month is not told any more. */
const NEWS_MS = 29 * 86_400_000;

export function createArrivalsChecker(groundTruth: GroundTruth): Checker {
  /** When each person last did what may be answered with a welcome. */
  const came = new Map<string, number>();
  const welcomed = new Set<string>();
  /** The channel that an activity says is lost, by its number. */
  const heard = new Map<number, string>();
  /** When the desk was told last that a channel is lost, and when operators were told of one. */
  const lost = new Map<string, number>();
  let toldAt = -Infinity;

  function isArrival({ person, activity }: ActivityAsked): boolean {
    if (activity['type'] === 'installationUpdate') return activity['action'] === 'add';
    // Teams says the same of an installation and of an update; who was never welcomed may be new.
    if (activity['type'] === 'conversationUpdate') return !welcomed.has(person);
    return activity['type'] === 'message' || activity['type'] === 'invoke';
  }

  /** The channel with a purpose that an activity says is lost. */
  function lostChannel({ activity }: ActivityAsked): string | undefined {
    const channel = textAt(member(member(activity, 'channelData'), 'channel'), 'id');
    const isGone =
      textAt(member(activity, 'channelData'), 'eventType') === 'channelDeleted' ||
      (objectsAt(activity, 'membersRemoved').length > 0 && channel !== '');
    // What is lost is not lost again, and a purpose that was taken from a channel is none.
    const isOfUse = [...groundTruth.documents('channel')].some(
      ({ body }) =>
        textAt(member(body, 'place'), 'conversationId') === channel &&
        numberAt(body, 'lostAt') === undefined &&
        member(body, 'unset') !== true,
    );
    return isGone && isOfUse ? channel : undefined;
  }

  function welcome({ at, by, conversation, readers, card }: MessageTaken): readonly string[] {
    const [reader] = readers;
    if (reader === undefined || roomOf(conversation) !== conversation) return [];
    welcomed.add(reader);
    return at - (came.get(reader) ?? -Infinity) <= ANSWERED_MS || card === undefined
      ? []
      : [`${by} welcomed ${reader}, who neither installed the bot nor asked`];
  }

  /** Teams took the news never; the clocks of the desk and of Teams are a little apart. */
  function isRefused(lostAt: number): boolean {
    return [...groundTruth.documents('announcement')].some(
      ({ body }) =>
        textAt(member(body, 'what'), 'kind') === 'channelLost' &&
        (numberAt(body, 'at') ?? 0) >= lostAt - ANSWERED_MS &&
        member(body, 'refused') !== undefined,
    );
  }

  return {
    name: 'arrivals',
    asked(asked) {
      if (isArrival(asked)) came.set(asked.person, asked.at);
      const channel = lostChannel(asked);
      if (channel !== undefined) heard.set(asked.number, channel);
      return [];
    },
    answered({ asked, at, fault, rejected }) {
      if (isArrival(asked)) came.set(asked.person, at);
      const channel = heard.get(asked.number);
      // What the door did not let in, or an instance that died heard alone, the desk cannot know of. Of what is
      // delivered again operators may have been told in between.
      const isHeard = channel !== undefined && fault === undefined && rejected === undefined;
      if (isHeard && (asked.again === undefined || !lost.has(channel))) lost.set(channel, asked.at);
      return [];
    },
    wrote({ by, kind, after }) {
      // Put back to an earlier state, the store knows of no loss since.
      if (by === PLANTED && kind === 'channel') lost.delete(textAt(member(after, 'place'), 'conversationId'));
      return [];
    },
    taken(taken) {
      const texts = textsIn([taken.text ?? '', taken.card ?? {}]);
      if (texts.some((text) => LOST.some((one) => one.test(text)))) toldAt = taken.at;
      return texts.some((text) => WELCOME.some((one) => one.test(text))) ? welcome(taken) : [];
    },
    ended: () =>
      [...lost]
        .filter(([, at]) => groundTruth.now() - at < NEWS_MS && toldAt < at && !isRefused(at))
        .map(([channel]) => `the channel ${channel} was lost, and no operator was told`),
  };
}
