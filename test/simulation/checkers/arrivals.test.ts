import { expect } from 'chai';
import { activitiesOf, personalChat } from '../../acceptance/support/activities.ts';
import { CHANNELS, PERSONAS } from '../world/personas.ts';
import { createArrivalsChecker } from './arrivals.ts';
import type { Json } from './observations.ts';
import { NOTHING, PLANTED } from './observations.ts';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const { anna, otto } = PERSONAS;
const { channel, team } = CHANNELS.review;
const activities = activitiesOf('https://teams.example/');

function watched(known: Json = {}, announcements: readonly Json[] = []) {
  const place = { conversationId: channel };
  const checker = createArrivalsChecker({
    ...NOTHING,
    now: () => 60 * MINUTE,
    documents: (kind) =>
      kind === 'announcement'
        ? announcements.map((body) => ({ id: 'news', body, keys: [] }))
        : [{ id: 'review', body: { place, ...known }, keys: [] }],
  });
  const shown = { by: 'desk1#1', how: 'post', messageId: 'm1', acknowledged: true } as const;
  return {
    asks(
      at: number,
      activity: Json,
      asking: { readonly again?: number; readonly rejected?: number; readonly isAnswered?: boolean } = {},
    ): void {
      const { rejected, isAnswered = true, ...delivery } = asking;
      const asked = { number: at, at, by: 'desk1#1', person: anna.id, activity, ...delivery };
      checker.asked?.(asked);
      if (isAnswered) checker.answered?.({ asked, at, disturbed: false, ...(rejected !== undefined && { rejected }) });
    },
    welcome: (at: number): string =>
      (
        checker.taken?.({
          ...shown,
          at,
          conversation: personalChat(anna),
          readers: [anna.id],
          card: { type: 'AdaptiveCard', body: [{ type: 'TextBlock', text: 'Welcome to the claims desk' }] },
        }) ?? []
      ).join(),
    tells(at: number, text: string): void {
      checker.taken?.({ ...shown, at, conversation: personalChat(otto), readers: [otto.id], text });
    },
    putBack(): void {
      const after = { place };
      const before = { place, lost: 'deleted' };
      checker.wrote?.({
        at: 9,
        by: PLANTED,
        off: 0,
        kind: 'channel',
        id: 'review',
        before,
        after,
        keys: [],
        readAt: 9,
      });
    },
    ended: (): string => (checker.ended?.() ?? []).join(),
  };
}

describe('The checker of arrivals', () => {
  it('finds a welcome after a new version of the app, and none after an installation or a question', () => {
    const { asks, welcome } = watched();
    asks(0, activities.installed(anna));
    expect(welcome(MINUTE)).to.equal('');
    asks(30 * MINUTE, activities.updated(anna));
    asks(30 * MINUTE, activities.joined(anna, 'bot'));
    expect(welcome(31 * MINUTE)).to.match(/neither installed the bot nor asked/);
    asks(50 * MINUTE, activities.message(anna, 'claims'));
    expect(welcome(51 * MINUTE)).to.equal('');
  });

  it('finds a channel that was deleted, or that the bot was taken out of, of which no operator was told', () => {
    for (const gone of [
      activities.channelChanged(anna, 'channelDeleted', { in: { channel, team } }),
      activities.left(anna, 'bot', { in: { channel, team } }),
    ]) {
      const { asks, tells, ended } = watched();
      asks(MINUTE, gone);
      expect(ended()).to.match(/no operator was told/);
      tells(2 * MINUTE, 'A channel was deleted. It was the channel for reviews.');
      expect(ended()).to.equal('');
    }
  });

  it('asks for one word to the operators where a loss is delivered again, and for none where no one in the desk heard it', () => {
    const gone = activities.left(anna, 'bot', { in: { channel, team } });
    const told = watched();
    told.asks(MINUTE, gone);
    told.tells(2 * MINUTE, 'I was removed from a channel. It was the channel for reviews.');
    told.asks(3 * MINUTE, gone, { again: 1 });
    expect(told.ended()).to.equal('');
    const rejected = watched();
    rejected.asks(MINUTE, gone, { rejected: 401 });
    expect(rejected.ended()).to.equal('');
    rejected.asks(2 * MINUTE, gone, { again: 1, isAnswered: false });
    expect(rejected.ended(), 'by an instance that died').to.equal('');
    rejected.asks(3 * MINUTE, gone, { again: 1 });
    expect(rejected.ended()).to.match(/no operator was told/);
  });

  it('asks for no word of a loss that the store was put back to before', () => {
    const { asks, putBack, ended } = watched();
    asks(MINUTE, activities.left(anna, 'bot', { in: { channel, team } }));
    putBack();
    expect(ended()).to.equal('');
  });

  it('asks for no word that Teams refused for good; a word of another loss, or one that waits, is none', () => {
    const what = { kind: 'channelLost' };
    for (const [news, found] of [
      [{ what, at: MINUTE, refused: ['otto'] }, ''],
      [{ what, at: MINUTE }, 'no operator was told'],
      [{ what, at: -HOUR, refused: ['otto'] }, 'no operator was told'],
      [{ what: { kind: 'mpnMove' }, at: MINUTE, refused: ['otto'] }, 'no operator was told'],
    ] as const) {
      const { asks, ended } = watched({}, [news]);
      asks(MINUTE, activities.left(anna, 'bot', { in: { channel, team } }));
      expect(ended()).to.include(found);
      if (found === '') expect(ended()).to.equal('');
    }
  });

  it('asks for no second word of a channel that is lost already, and for none where its purpose was taken', () => {
    for (const known of [{ lostAt: 1 }, { unset: true }]) {
      const { asks, ended } = watched(known);
      asks(MINUTE, activities.left(anna, 'bot', { in: { channel, team } }));
      expect(ended()).to.equal('');
    }
  });

  it('asks nothing of a channel without a purpose, and of one that is back', () => {
    const { asks, ended } = watched();
    asks(MINUTE, activities.channelChanged(anna, 'channelDeleted', { in: { channel: '19:lunch', team } }));
    asks(MINUTE, activities.channelChanged(anna, 'channelRestored', { in: { channel, team } }));
    expect(ended()).to.equal('');
  });
});
