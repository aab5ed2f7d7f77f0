import { expect } from 'chai';
import type { Activity, Channel } from './support/activities.ts';
import { submitted } from './support/filing.ts';
import { PERSONAS, VENDOR_TENANT } from './support/personas.ts';
import type { Scenario } from './support/scenario.ts';
import { FABRIKAM, MINUTE, REVIEWS, startScenario } from './support/scenario.ts';
import type { User } from './support/user.ts';
import { TEAM } from './support/user.ts';

/** The app and the channels come, go and are updated, as Teams tells of it. */
describe('acceptance: the life of the app and of its channels', () => {
  let scenario: Scenario;

  before(async () => {
    scenario = await startScenario();
  });
  after(() => scenario.stop());
  afterEach(() => scenario.check());

  async function post(...activities: readonly Activity[]): Promise<void> {
    for (const activity of activities) {
      const { status } = await scenario.post(activity);
      expect(status).to.equal(200);
    }
    await scenario.idle();
  }
  const update = (who: User, action: string, more: Activity = {}): Activity => ({
    ...scenario.activities.installed(who.persona),
    action,
    ...more,
  });
  const said = (who: User): number => scenario.connector.messages(who.chat).length;
  const reach = async (who: User): Promise<string | undefined> => (await scenario.directory.find(who.id))?.unreachable;

  describe('an update of the app', () => {
    for (const actions of [
      ['upgrade'],
      ['upgrade', 'upgrade'],
      ['add-upgrade'],
      ['remove-upgrade', 'add-upgrade'],
      ['remove-upgrade', 'upgrade'],
      ['something-new'],
    ])
      it(`is no arrival: ${actions.join(', then ')}`, async () => {
        scenario.clock.turn(MINUTE);
        const before = said(scenario.anna);
        await post(...actions.map((action) => update(scenario.anna, action)));
        await post(scenario.activities.joined(scenario.anna.persona, 'bot'));
        expect(said(scenario.anna)).to.equal(before);
        expect(await reach(scenario.anna)).to.equal(undefined);
      });

    it('and where Teams says the membership first, it is none either', async () => {
      scenario.clock.turn(MINUTE);
      const before = said(scenario.anna);
      await post(scenario.activities.joined(scenario.anna.persona, 'bot'), update(scenario.anna, 'upgrade'));
      expect(said(scenario.anna)).to.equal(before);
    });

    it('says nothing in a channel, with a purpose or without', async () => {
      const general: Channel = { team: TEAM, channel: '19:general@thread.tacv2' };
      const before = scenario.connector.conversations().length;
      for (const action of ['upgrade', 'add-upgrade'])
        for (const where of [general, REVIEWS])
          await post({ ...scenario.activities.installed(scenario.otto.persona, { in: where }), action });
      expect(scenario.connector.conversations()).to.have.lengthOf(before);
    });

    it('an installation after a removal welcomes, once', async () => {
      scenario.clock.turn(MINUTE);
      await post(update(scenario.nikita, 'remove'));
      expect(await reach(scenario.nikita)).to.equal('notInstalled');
      const before = said(scenario.nikita);
      await post(update(scenario.nikita, 'add'), scenario.activities.joined(scenario.nikita.persona, 'bot'));
      expect(said(scenario.nikita)).to.equal(before + 1);
    });

    it('a removal that comes after the installation which followed it changes nothing', async () => {
      const at = (second: number): Activity => ({ timestamp: `2026-11-23T18:00:0${second}.000Z` });
      await post(update(scenario.nikita, 'add', at(5)), update(scenario.nikita, 'remove', at(4)));
      expect(await reach(scenario.nikita)).to.equal(undefined);
      await post(update(scenario.nikita, 'remove', at(6)));
      expect(await reach(scenario.nikita)).to.equal('notInstalled');
      await post(update(scenario.nikita, 'add', at(7)));
    });
  });

  describe('a channel', () => {
    let second = 0;
    const now = (): string => {
      second += 1;
      return new Date(Date.UTC(2026, 10, 24, 9, 0, second)).toISOString();
    };

    /** What Teams says in the first channel of the team about a channel, or about the team. */
    function event(eventType: string, channel: Channel = REVIEWS, more: Activity = {}): Activity {
      const from = PERSONAS.lena;
      return {
        type: 'conversationUpdate',
        id: `f:${second + 1}`,
        channelId: 'msteams',
        serviceUrl: scenario.connector.url,
        timestamp: now(),
        from: { id: from.teamsId, aadObjectId: from.objectId },
        recipient: scenario.activities.message(from, 'x')['recipient'],
        conversation: { id: TEAM, isGroup: true, conversationType: 'channel', tenantId: VENDOR_TENANT },
        channelData: {
          channel: { id: channel.channel, name: 'Reviews' },
          team: { id: TEAM, name: 'Programme' },
          eventType,
          tenant: { id: VENDOR_TENANT },
        },
        ...more,
      };
    }
    const lost = async (purpose = 'review'): Promise<string | undefined> =>
      (await scenario.directory.channel(purpose))?.unreachable;
    /** What the operator was told of channels since. */
    async function told(work: () => Promise<void>): Promise<readonly string[]> {
      await scenario.turn(MINUTE);
      const before = scenario.said(scenario.otto.chat).length;
      await work();
      await scenario.turn(MINUTE);
      return scenario
        .said(scenario.otto.chat)
        .slice(before)
        .filter((text) => text.includes('channel'));
    }
    const reviewThreads = (): number =>
      scenario.connector.conversations().filter((one) => one.startsWith(`${REVIEWS.channel};`)).length;

    before(async () => {
      // The team is of one tenant, so its channels are: an operator of that tenant sets this one too.
      await scenario.otto.mention(FABRIKAM, 'use this channel for 7654321');
    });

    for (const [gone, back, words] of [
      ['channelDeleted', 'channelRestored', 'was deleted'],
      ['teamDeleted', 'teamRestored', 'team of a channel was deleted'],
      ['teamHardDeleted', 'teamRestored', 'team of a channel was deleted'],
      ['teamArchived', 'teamUnarchived', 'was archived'],
    ] as const)
      it(`is lost with ${gone}, of which the operator is told at once, and is back with ${back}`, async () => {
        const heard = await told(async () => {
          await post(event(gone), event(gone));
          expect(await lost()).to.equal('conversationLost');
        });
        const ofReviews = heard.filter((text) => text.includes('reviews'));
        expect(ofReviews).to.have.lengthOf(1);
        expect(ofReviews[0]).to.contain(words);
        expect(await lost('mpn:7654321')).to.equal(gone === 'channelDeleted' ? undefined : 'conversationLost');
        const threads = reviewThreads();
        await submitted(scenario);
        expect(reviewThreads()).to.equal(threads);
        await post(event(back));
        await scenario.turn(MINUTE);
        expect(await lost()).to.equal(undefined);
        expect(await lost('mpn:7654321')).to.equal(undefined);
        expect(reviewThreads()).to.equal(threads + 1);
      });

    it('of which another tenant says that it or its team is gone stays as it was, and no operator is told', async () => {
      const foreign = { channelData: { tenant: { id: PERSONAS.anna.tenantId } } };
      const heard = await told(async () => {
        for (const gone of ['channelDeleted', 'teamDeleted', 'teamHardDeleted', 'teamArchived']) {
          const said = event(gone);
          const data = { ...(said['channelData'] as Activity), ...foreign.channelData };
          const conversation = { ...(said['conversation'] as Activity), tenantId: PERSONAS.anna.tenantId };
          await post({ ...said, channelData: data, conversation });
          expect(await lost(), gone).to.equal(undefined);
        }
      });
      expect(heard).to.deep.equal([]);
    });

    it('that is deleted is no sign of life, whoever says so and wherever', async () => {
      const dead = event('channelDeleted', REVIEWS, {
        conversation: { id: REVIEWS.channel, isGroup: true, conversationType: 'channel', tenantId: VENDOR_TENANT },
      });
      await post(dead, dead);
      expect(await lost()).to.equal('conversationLost');
      await post(event('channelRenamed', FABRIKAM), event('teamRenamed'), event('channelCreated', FABRIKAM));
      expect(await lost()).to.equal('conversationLost');
    });

    it('that was deleted does not come back with its team, but by itself', async () => {
      await post(event('teamArchived'), event('teamUnarchived'));
      expect(await lost()).to.equal('conversationLost');
      expect(await lost('mpn:7654321')).to.equal(undefined);
      await post(event('channelRestored'));
      expect(await lost()).to.equal(undefined);
    });

    it('whose events come in another order is as the last of them says', async () => {
      const deleted = event('channelDeleted');
      const restored = event('channelRestored');
      await post(restored, deleted);
      expect(await lost()).to.equal(undefined);
      const archived = event('teamArchived');
      await post(event('teamUnarchived'), archived, archived);
      expect(await lost()).to.equal(undefined);
    });

    it('that is renamed goes on as it was', async () => {
      const heard = await told(async () => {
        await post(event('channelRenamed'), event('teamRenamed'), event('channelShared'), event('channelUnshared'));
        expect(await lost()).to.equal(undefined);
      });
      expect(heard).to.deep.equal([]);
    });

    it('that is private or shared is lost alone, where the bot is taken out of it', async () => {
      for (const type of ['private', 'shared', 'Private']) {
        const removed = scenario.activities.left(scenario.otto.persona, 'bot', { in: REVIEWS });
        const data = removed['channelData'] as Activity;
        await post({ ...removed, timestamp: now(), channelData: { ...data, channel: { id: REVIEWS.channel, type } } });
        expect(await lost(), type).to.equal('notInstalled');
        expect(await lost('mpn:7654321'), type).to.equal(undefined);
        const added = scenario.activities.joined(scenario.otto.persona, 'bot', { in: REVIEWS });
        await post({
          ...added,
          timestamp: now(),
          channelData: { ...(added['channelData'] as Activity), channel: { id: REVIEWS.channel, type } },
        });
        expect(await lost(), type).to.equal(undefined);
      }
    });

    it('out of which the bot is taken is told to the operator too', async () => {
      const heard = await told(async () => {
        await post({ ...scenario.activities.removed(scenario.otto.persona, { in: REVIEWS }), timestamp: now() });
        expect(await lost()).to.equal('notInstalled');
      });
      expect(heard.filter((text) => text.includes('reviews'))).to.have.lengthOf(1);
      await post({ ...scenario.activities.installed(scenario.otto.persona, { in: REVIEWS }), timestamp: now() });
      expect(await lost()).to.equal(undefined);
    });

    it('with no purpose comes and goes unnoticed', async () => {
      const lunch = { team: '19:lunchteam@thread.tacv2', channel: '19:lunch@thread.tacv2' };
      const heard = await told(() =>
        post({
          ...event('channelDeleted', lunch),
          channelData: { ...(event('channelDeleted', lunch)['channelData'] as Activity), team: { id: lunch.team } },
        }),
      );
      expect(heard).to.deep.equal([]);
      expect(await lost()).to.equal(undefined);
    });

    it('of which Teams says nothing that makes sense changes nothing', async () => {
      for (const channelData of [
        { eventType: 'channelDeleted', tenant: { id: VENDOR_TENANT } },
        { eventType: 'channelDeleted', channel: { id: '' }, team: null, tenant: { id: VENDOR_TENANT } },
        { eventType: 'channelDeleted', channel: 'x', tenant: { id: VENDOR_TENANT } },
        { eventType: 'constructor', channel: { id: REVIEWS.channel }, tenant: { id: VENDOR_TENANT } },
      ])
        await post(event('channelDeleted', REVIEWS, { channelData }));
      expect(await lost()).to.equal(undefined);
    });
  });
});
