import { expect } from 'chai';
import type { ClaimId } from '../../src/domain/claims/values.ts';
import type { Activity } from './activities.ts';
import { submitted, underReview } from './filing.ts';
import type { Json } from './shownCard.ts';
import { buttonOf } from './shownCard.ts';
import type { Visitor } from './visitor.ts';
import { startWalk } from './walk.ts';
import type { Walk } from './walk.ts';

const GROUP = '19:lunch0000@thread.v2';

/** The same activity, in a group chat. */
function inGroup(activity: Activity): Activity {
  const conversation = activity['conversation'] as Json;
  const { tenant } = activity['channelData'] as Json;
  return {
    ...activity,
    conversation: { id: GROUP, isGroup: true, conversationType: 'groupChat', tenantId: conversation['tenantId'] },
    channelData: { tenant },
  };
}

describe('a walk: a group chat, where people of several organisations may read along (R6)', () => {
  let walk: Walk;
  let id: ClaimId;

  before(async () => {
    walk = await startWalk();
    id = await underReview(walk);
  });
  after(() => walk.stop());
  afterEach(() => walk.check());

  const elsewhere = { team: '19:x', channel: '19:x@thread.tacv2' };
  const mention = async (who: Visitor, text: string): Promise<void> => {
    await walk.post(inGroup(walk.activities.message(who.persona, text, { in: elsewhere })));
    await walk.idle();
  };
  const shown = (): string => JSON.stringify(walk.connector.messages(GROUP));

  for (const sentence of ['status', 'history', 'comment', 'follow', 'withdraw']) {
    it(`"${sentence}" of a claim is answered in the asker's own chat`, async () => {
      const before = walk.connector.messages(walk.anna.chat).length;
      await mention(walk.anna, `${sentence} ${id}${sentence === 'comment' ? ' It is from 2021.' : ''}`);
      expect(shown())
        .to.contain('private')
        .and.not.to.contain('Contoso')
        .and.not.to.contain('Fabrikam')
        .and.not.to.contain('2021');
      expect(walk.connector.messages(walk.anna.chat).length).to.be.greaterThan(before);
    });
  }

  it("lists, forms, the help and the ids of a stranger are nobody else's to read", async () => {
    const cards = walk.connector.messages(GROUP).filter((message) => message.card).length;
    for (const [who, sentence] of [
      [walk.anna, 'claims'],
      [walk.arun, 'queue'],
      [walk.anna, 'new claim'],
      [walk.otto, 'enrol'],
      [walk.otto, 'enrol staff'],
      [walk.lena, 'mine'],
      [walk.stefan, 'claims'],
      [walk.anna, 'help'],
    ] as const)
      await mention(who, sentence);
    expect(walk.connector.messages(GROUP).filter((message) => message.card)).to.have.lengthOf(cards);
    expect(shown()).not.to.contain('Contoso').and.not.to.contain('1234567').and.not.to.contain(walk.stefan.objectId);
  });

  it('becomes the home of no claims, whoever says so, as it has no threads', async () => {
    for (const [who, purpose] of [
      [walk.otto, 'reviews'],
      [walk.anna, '7654321'],
    ] as const)
      await mention(who, `use this channel for ${purpose}`);
    expect(await walk.directory.channelsAt(GROUP)).to.deep.equal([]);
    expect(shown()).to.contain('Write this in the channel that you mean');
  });

  it('hears nothing that is not said to the bot, and is not told what a channel can be used for', async () => {
    const before = shown();
    await walk.post(
      inGroup(walk.activities.message(walk.anna.persona, `status ${id}`, { in: elsewhere, mention: false })),
    );
    await walk.post(inGroup(walk.activities.installed(walk.anna.persona, { in: elsewhere })));
    await walk.post(inGroup(walk.activities.joined(walk.anna.persona, 'bot', { in: elsewhere })));
    await walk.idle();
    expect(shown()).to.equal(before);
  });

  it('a press of an old client, which answers with a message, is answered in private', async () => {
    const other = await submitted(walk);
    const { data } = buttonOf((await walk.home(other, 'partner')).card, 'addPoe');
    await walk.post(
      inGroup(walk.activities.submit(walk.anna.persona, { data }, { in: elsewhere, replyTo: '1790000000001' })),
    );
    await walk.idle();
    expect(shown()).not.to.contain('/poe/').and.not.to.contain('Contoso');
    expect(JSON.stringify(walk.connector.messages(walk.anna.chat))).to.contain('/poe/');
  });
});
