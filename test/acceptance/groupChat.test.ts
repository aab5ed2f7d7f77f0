import { expect } from 'chai';
import type { ClaimId } from '../../src/domain/claims/values.ts';
import type { Activity } from './support/activities.ts';
import { submitted, underReview } from './support/filing.ts';
import type { Json } from './support/shownCard.ts';
import { buttonOf } from './support/shownCard.ts';
import type { User } from './support/user.ts';
import { startScenario } from './support/scenario.ts';
import type { Scenario } from './support/scenario.ts';

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

describe('acceptance: a group chat, where people of several organisations may read along (R6)', () => {
  let scenario: Scenario;
  let id: ClaimId;

  before(async () => {
    scenario = await startScenario();
    id = await underReview(scenario);
  });
  after(() => scenario.stop());
  afterEach(() => scenario.check());

  const elsewhere = { team: '19:x', channel: '19:x@thread.tacv2' };
  const mention = async (who: User, text: string): Promise<void> => {
    await scenario.post(inGroup(scenario.activities.message(who.persona, text, { in: elsewhere })));
    await scenario.idle();
  };
  const shown = (): string => JSON.stringify(scenario.connector.messages(GROUP));

  for (const sentence of ['status', 'history', 'comment', 'follow', 'withdraw']) {
    it(`"${sentence}" of a claim is answered in the asker's own chat`, async () => {
      const before = scenario.connector.messages(scenario.anna.chat).length;
      await mention(scenario.anna, `${sentence} ${id}${sentence === 'comment' ? ' It is from 2021.' : ''}`);
      expect(shown())
        .to.contain('personal chat')
        .and.not.to.contain('Contoso')
        .and.not.to.contain('Fabrikam')
        .and.not.to.contain('2021');
      expect(scenario.connector.messages(scenario.anna.chat).length).to.be.greaterThan(before);
    });
  }

  it("lists, forms, the help and the ids of a stranger are no one else's to read", async () => {
    const cards = scenario.connector.messages(GROUP).filter((message) => message.card).length;
    for (const [who, sentence] of [
      [scenario.anna, 'claims'],
      [scenario.arun, 'queue'],
      [scenario.anna, 'new claim'],
      [scenario.otto, 'enrol'],
      [scenario.otto, 'enrol staff'],
      [scenario.lena, 'mine'],
      [scenario.stefan, 'claims'],
      [scenario.anna, 'help'],
    ] as const)
      await mention(who, sentence);
    expect(scenario.connector.messages(GROUP).filter((message) => message.card)).to.have.lengthOf(cards);
    expect(shown())
      .not.to.contain('Contoso')
      .and.not.to.contain('1234567')
      .and.not.to.contain(scenario.stefan.objectId);
  });

  it('becomes the home of no claims, no matter who says so, as it has no threads', async () => {
    for (const [who, purpose] of [
      [scenario.otto, 'reviews'],
      [scenario.anna, '7654321'],
    ] as const)
      await mention(who, `use this channel for ${purpose}`);
    expect(await scenario.directory.channelsAt(GROUP)).to.deep.equal([]);
    expect(shown()).to.contain('Write this in the channel you want to use');
  });

  it('hears nothing that is not said to the bot, and is not told what a channel can be used for', async () => {
    const before = shown();
    await scenario.post(
      inGroup(scenario.activities.message(scenario.anna.persona, `status ${id}`, { in: elsewhere, mention: false })),
    );
    await scenario.post(inGroup(scenario.activities.installed(scenario.anna.persona, { in: elsewhere })));
    await scenario.post(inGroup(scenario.activities.joined(scenario.anna.persona, 'bot', { in: elsewhere })));
    await scenario.idle();
    expect(shown()).to.equal(before);
  });

  it('a press of an old client, which answers with a message, is answered in private', async () => {
    const other = await submitted(scenario);
    const { data } = buttonOf((await scenario.home(other, 'partner')).card, 'addPoe');
    await scenario.post(
      inGroup(scenario.activities.submit(scenario.anna.persona, { data }, { in: elsewhere, replyTo: '1790000000001' })),
    );
    await scenario.idle();
    expect(shown()).not.to.contain('/poe/').and.not.to.contain('Contoso');
    expect(JSON.stringify(scenario.connector.messages(scenario.anna.chat))).to.contain('/poe/');
  });
});
