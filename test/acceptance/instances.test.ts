import { expect } from 'chai';
import type { ClaimId } from '../../src/domain/claims/values.ts';
import type { ClaimBody } from '../../src/desk/records/claimRecord.ts';
import { CLAIM, keysOf } from '../../src/desk/records/claimRecord.ts';
import { say } from '../../src/locales/say.ts';
import type { RunningDesk } from '../../src/app/startDesk.ts';
import { asked, submitted, underReview } from './support/filing.ts';
import { textOf } from './support/shownCard.ts';
import { inChannel } from './support/user.ts';
import type { Scenario } from './support/scenario.ts';
import { startScenario } from './support/scenario.ts';

describe('acceptance: several instances of the desk', () => {
  let scenario: Scenario;
  let other: RunningDesk;

  before(async () => {
    scenario = await startScenario();
    other = await scenario.second();
  });
  after(async () => {
    await other.stop();
    await scenario.stop();
  });
  afterEach(() => scenario.check());

  const both = async (): Promise<void> => {
    await scenario.idle();
    await other.desk.idle();
  };

  describe('a message that Teams delivers again to another instance', () => {
    it('is answered once', async () => {
      const id = await submitted(scenario);
      const activity = scenario.activities.message(scenario.anna.persona, `status ${id}`);
      const before = scenario.connector.messages(scenario.anna.chat).length;
      const answers = [
        await scenario.post(activity),
        await scenario.postTo(other, JSON.stringify(activity)),
        await scenario.post(activity),
      ];
      await both();
      expect(answers.map(({ status }) => status)).to.deep.equal([200, 200, 200]);
      expect(scenario.connector.messages(scenario.anna.chat)).to.have.length(before + 1);
    });

    it('is answered once though both get it at the very same time', async () => {
      const id = await submitted(scenario);
      const before = scenario.connector.messages(scenario.anna.chat).length;
      const activity = JSON.stringify(scenario.activities.message(scenario.anna.persona, `status ${id}`));
      await Promise.all([
        scenario.postTo(scenario.desk, activity),
        scenario.postTo(other, activity),
        scenario.postTo(scenario.desk, activity),
        scenario.postTo(other, activity),
      ]);
      await both();
      expect(scenario.connector.messages(scenario.anna.chat)).to.have.length(before + 1);
    });

    it('is one comment, with the same id and with another one', async () => {
      const id = await underReview(scenario);
      const { conversationId } = await scenario.home(id, 'review');
      const activity = scenario.activities.message(scenario.rita.persona, 'Look at page 2.', {
        ...inChannel(conversationId),
        mention: false,
      });
      await Promise.all([scenario.post(activity), scenario.postTo(other, JSON.stringify(activity))]);
      await scenario.postTo(other, JSON.stringify({ ...activity, id: '1780000009999' }));
      await both();
      expect(await scenario.count(id, 'CommentAdded')).to.equal(1);
    });
  });

  describe('a claim that a newer version has written, which is just taking over', () => {
    /** Writes the claim as a newer version does, and answers how to put it back. */
    async function overwritten(id: ClaimId): Promise<() => Promise<void>> {
      const { documents } = scenario.storage;
      const { claim, body, etag } = await scenario.record(id);
      const document = { kind: CLAIM, id, body, keys: keysOf(claim, body) };
      const written = await documents.replace({ ...document, body: { ...body, schema: 99 } }, etag);
      const newer = await documents.read<ClaimBody>(CLAIM, id);
      return async () => {
        expect((await documents.read(CLAIM, id))?.etag, 'it was left alone').to.equal(newer?.etag);
        expect(await documents.replace(document, written === 'changed' ? '' : written.etag)).to.not.equal('changed');
      };
    }

    it('answers a press with what is so, and takes it once it can', async () => {
      const id = await asked(scenario);
      const card = await scenario.home(id, 'partner');
      const putBack = await overwritten(id);
      const answer = await scenario.anna.press(card, 'comment', { comment: 'It is from 2021.' });
      expect(textOf(answer.card)).to.equal(say('en', 'answer.newerVersion'));
      await putBack();
      await scenario.anna.press(card, 'comment', { comment: 'It is from 2021.' });
      expect(await scenario.count(id, 'CommentAdded')).to.equal(1);
    });

    it('answers a question and a reply in its thread, in the language of who asks', async () => {
      const id = await underReview(scenario);
      const { conversationId } = await scenario.home(id, 'review');
      await scenario.rita.say('language tr');
      const putBack = await overwritten(id);
      expect((await scenario.rita.say(`status ${id}`)).map(({ text }) => text)).to.deep.equal([
        say('tr', 'answer.newerVersion'),
      ]);
      const thread = inChannel(conversationId).in;
      if (!thread) throw new Error('the review home is no thread');
      expect((await scenario.rita.reply(thread, 'Look at page 3.')).heard.map(({ text }) => text)).to.deep.equal([
        say('tr', 'answer.newerVersion'),
      ]);
      await putBack();
      await scenario.rita.say('language en');
      expect(await scenario.count(id, 'CommentAdded')).to.equal(0);
    });

    it('leaves the other claims in the list, and in the sweep', async () => {
      const [newer, own] = [await submitted(scenario), await submitted(scenario)];
      const putBack = await overwritten(newer);
      const list = textOf((await scenario.anna.ask('claims')).card);
      expect(list).to.contain(own).and.not.to.contain(newer);
      await scenario.turn(0);
      await putBack();
      expect(textOf((await scenario.anna.ask('claims')).card)).to.contain(newer);
    });
  });
});
