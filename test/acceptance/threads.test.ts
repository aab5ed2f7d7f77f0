import { expect } from 'chai';
import { claimIn, drafted, submitted, underReview } from './support/filing.ts';
import { linksOf, textOf, verbsOf } from './support/shownCard.ts';
import { inChannel, TEAM } from './support/user.ts';
import { FABRIKAM, REVIEWS, startScenario } from './support/scenario.ts';
import type { Scenario } from './support/scenario.ts';

describe('acceptance: homes of a claim (R47)', () => {
  let scenario: Scenario;

  before(async () => {
    scenario = await startScenario();
  });
  after(() => scenario.stop());
  afterEach(() => scenario.check());

  const threadsIn = (channel: string): readonly string[] =>
    scenario.connector.conversations().filter((conversation) => conversation.startsWith(`${channel};`));
  const cardsIn = (conversation: string): number =>
    scenario.connector.messages(conversation).filter((message) => message.card).length;

  describe('channels', () => {
    it('only an operator says which channel is for reviews; a member of the partner sets that of their own MPN id', async () => {
      const elsewhere = { team: TEAM, channel: '19:elsewhere@thread.tacv2' };
      for (const who of [scenario.anna, scenario.arun, scenario.stefan]) {
        const [said] = await who.mention(elsewhere, 'use this channel for reviews');
        expect(said?.text).to.match(/operator/);
      }
      const [foreign] = await scenario.tomas.mention(elsewhere, 'use this channel for 1234567');
      expect(foreign?.text).to.match(/operator/);
      const [noRole] = await scenario.nikita.mention(elsewhere, 'use this channel for 1234567');
      expect(noRole?.text).to.match(/operator/);
      const [own] = await scenario.anna.mention(FABRIKAM, 'use this channel for 7654321');
      expect(own?.text).to.contain('7654321');
      const [unknown] = await scenario.otto.mention(elsewhere, 'use this channel for 9999999');
      expect(unknown?.text).to.contain('9999999').and.to.match(/enrol/i);
      const [bad] = await scenario.otto.mention(elsewhere, 'use this channel for 12ab');
      expect(bad?.card ? textOf(bad.card) : bad?.text).to.contain('MPN');
      const [personal] = await scenario.otto.say('use this channel for reviews');
      expect(personal?.text).to.match(/channel/);
    });

    it("one thread per claim in the review channel and in the partner's; the top card is edited, one line is added each time", async () => {
      const before = [threadsIn(REVIEWS.channel).length, threadsIn(FABRIKAM.channel).length] as const;
      const id = await submitted(scenario, { claim: { mpnId: '7654321' } });
      await scenario.arun.press(await scenario.home(id, 'review'), 'start');
      await scenario.arun.press(await scenario.home(id, 'review'), 'request', {
        reasons: 'missingProducts',
        comment: 'Which?',
      });
      await scenario.boris.press(await scenario.home(id, 'partner'), 'comment', { comment: 'Sales.' });
      await scenario.boris.press(await scenario.home(id, 'partner'), 'resubmit');
      await scenario.arun.press(await scenario.home(id, 'review'), 'start');
      await scenario.arun.press(await scenario.home(id, 'review'), 'approve');
      expect([threadsIn(REVIEWS.channel).length, threadsIn(FABRIKAM.channel).length]).to.deep.equal([
        before[0] + 1,
        before[1] + 1,
      ]);
      for (const [home, verb] of [
        ['review', 'start'],
        ['partner', 'submit'],
      ] as const) {
        const card = await scenario.home(id, home);
        expect(cardsIn(card.conversationId), home).to.equal(1);
        expect(scenario.connector.messages(card.conversationId)[0]?.id, 'on top').to.equal(card.messageId);
        expect(textOf(card.card), home).to.contain('Approved');
        expect(verbsOf(card.card)).not.to.include(verb);
        const types = (await scenario.events(id)).filter((type) =>
          ['ReviewStarted', 'InformationRequested', 'CommentAdded', 'ClaimResubmitted', 'ClaimApproved'].includes(type),
        );
        expect(await scenario.lines(id, home), home).to.have.lengthOf(types.length);
      }
    });

    it('a channel is spoken to in the language of who gave it its purpose last', async () => {
      const russian = scenario.activities.message(
        { ...scenario.anna.persona, locale: 'ru-RU' },
        'использовать этот канал для 7654321',
        { in: FABRIKAM },
      );
      await scenario.post(russian);
      const id = await submitted(scenario, { claim: { mpnId: '7654321' }, by: scenario.boris });
      expect(textOf((await scenario.home(id, 'partner')).card)).to.contain('Отправлено');
      await scenario.anna.mention(FABRIKAM, 'use this channel for 7654321');
      await scenario.arun.press(await scenario.home(id, 'review'), 'start');
      expect((await scenario.lines(id, 'partner')).at(-1)).to.contain('started the review');
    });

    it('a draft is in the chat of its author and follows their uploads there; submitted, it moves to the channel', async () => {
      const draft = await drafted(scenario, { claim: { mpnId: '7654321' } });
      const id = claimIn(draft.card);
      const inChat = await scenario.home(id, 'partner');
      expect(inChat.conversationId).to.equal(scenario.anna.chat);
      expect(textOf(inChat.card)).to.contain('statement of work.pdf');
      await scenario.anna.press(inChat, 'submit');
      const home = await scenario.home(id, 'partner');
      expect(home.conversationId).to.contain(FABRIKAM.channel);
      const left = scenario.connector.messages(scenario.anna.chat).find((message) => message.id === inChat.messageId);
      expect(left?.card && textOf(left.card))
        .to.contain(id)
        .and.to.contain('has moved, and only the new one')
        .and.not.to.contain('Contoso');
      const [channel = '', root = ''] = home.conversationId.split(';messageid=');
      const [link = ''] = left?.card ? linksOf(left.card) : [];
      expect(link)
        .to.contain(`https://teams.microsoft.com/l/message/${encodeURIComponent(channel)}/${home.messageId}?`)
        .and.to.contain(`parentMessageId=${root}`);
    });

    it('a card on top of a thread that someone deleted is posted in a new one, and the old thread leads there', async () => {
      const id = await submitted(scenario);
      const old = await scenario.home(id, 'review');
      const path = [old.conversationId, 'activities', old.messageId].map(encodeURIComponent).join('/');
      await fetch(`${scenario.connector.url}v3/conversations/${path}`, { method: 'DELETE' });
      await scenario.anna.press(await scenario.home(id, 'partner'), 'comment', { comment: 'More is coming.' });
      await scenario.idle();
      const home = await scenario.home(id, 'review');
      expect(home.conversationId).not.to.equal(old.conversationId);
      const left = scenario.connector.messages(old.conversationId);
      expect(left.flatMap(({ card }) => (card ? linksOf(card) : []))).to.have.lengthOf(1);
      expect(JSON.stringify(left)).to.contain(`/${home.messageId}?`).and.not.to.contain('More is coming.');
    });

    it('a channel that the reviewers have left keeps no card of a claim that is told of elsewhere (R6)', async () => {
      const id = await submitted(scenario);
      const old = await scenario.home(id, 'review');
      const elsewhere = { team: TEAM, channel: '19:new-reviews@thread.tacv2' };
      await scenario.otto.mention(elsewhere, 'use this channel for reviews');
      await scenario.anna.press(await scenario.home(id, 'partner'), 'comment', { comment: 'More is coming.' });
      await scenario.idle();
      expect((await scenario.home(id, 'review')).conversationId).to.contain(elsewhere.channel);
      const left = JSON.stringify(scenario.connector.messages(old.conversationId));
      expect(left)
        .to.contain(`Claim ${id} is no longer shown here.`)
        .and.not.to.contain('Contoso')
        .and.not.to.contain('/l/message/');
      await scenario.otto.mention(REVIEWS, 'use this channel for reviews');
    });

    it('a thread never holds a link that lets someone in: documents and uploads answer the one who asked', async () => {
      const id = await underReview(scenario);
      const on = await scenario.home(id, 'review');
      const answer = await scenario.arun.press(on, 'documents');
      expect(JSON.stringify(answer.card)).to.contain('/poe-file/');
      for (const conversation of scenario.connector.conversations()) {
        if (inChannel(conversation).in)
          expect(JSON.stringify(scenario.connector.messages(conversation)), conversation).not.to.match(
            /\/poe(-file)?\//,
          );
      }
    });

    it('what the bot is asked in a channel that is no home of the claim is answered in private', async () => {
      const id = await underReview(scenario);
      const elsewhere = { team: TEAM, channel: '19:lunch@thread.tacv2' };
      const before = scenario.connector.messages(scenario.arun.chat).length;
      const said = await scenario.arun.mention(elsewhere, `status ${id}`);
      expect(said.map((message) => message.text).join()).to.match(/personal chat/);
      expect(JSON.stringify(said)).not.to.contain('Contoso');
      expect(scenario.connector.messages(scenario.arun.chat)).to.have.lengthOf(before + 1);
      const [inHome] = await scenario.arun.mention(REVIEWS, `status ${id}`);
      expect(inHome?.card && textOf(inHome.card)).to.contain('Contoso');
    });

    it('in a channel the bot hears nothing that is not said to it', async () => {
      const { heard } = await scenario.anna.reply({ ...FABRIKAM, thread: '1700000000000' }, 'help');
      expect(heard).to.deep.equal([]);
    });

    it('of what people say to each other it remembers no one, and keeps all the same where the channel is reached', async () => {
      const stranger = { ...scenario.stefan.persona, objectId: 'aaaaaaaa-0000-4000-8000-00000000ffff' };
      const people = scenario.directory;
      const moved = scenario.connector.url.replace('127.0.0.1', 'localhost');
      const said = scenario.activities.message(stranger, 'Lunch?', {
        in: { ...REVIEWS, thread: '1700000000007' },
        mention: false,
      });
      const edited = scenario.activities.edited(stranger, 'Lunch!', {
        in: { ...REVIEWS, thread: '1700000000007' },
        id: String(said['id']),
      });
      for (const activity of [
        said,
        edited,
        scenario.activities.joined(stranger, scenario.rita.persona, { in: REVIEWS }),
      ])
        await scenario.post({ ...activity, serviceUrl: moved });
      expect(await people.find(`${stranger.tenantId}/${stranger.objectId}`)).to.equal(undefined);
      expect((await people.channel('review'))?.place.serviceUrl).to.equal(moved);
      await scenario.post(scenario.activities.message(stranger, 'Lunch?', { in: REVIEWS, mention: false }));
      expect((await people.channel('review'))?.place.serviceUrl).to.equal(scenario.connector.url);
    });

    it('taken out of the team and installed again, it goes on in all the channels of the team', async () => {
      const general = { team: TEAM, channel: '19:general@thread.tacv2', thread: '1700000000008' };
      await scenario.otto.remove({ in: general });
      expect((await scenario.directory.channel('review'))?.unreachable).to.equal('notInstalled');
      const before = threadsIn(REVIEWS.channel).length;
      const id = await submitted(scenario);
      expect(threadsIn(REVIEWS.channel)).to.have.lengthOf(before);
      await scenario.otto.install({ in: general });
      await scenario.idle();
      expect(threadsIn(REVIEWS.channel)).to.have.lengthOf(before + 1);
      expect(textOf((await scenario.home(id, 'review')).card)).to.contain('Submitted');
    });

    it('greets a channel once when it is added, and no one when someone else is', async () => {
      const channel = { team: TEAM, channel: '19:new@thread.tacv2', thread: '1700000000001' };
      await scenario.otto.install({ in: channel });
      const greeted = threadsIn(channel.channel).flatMap((thread) => scenario.connector.messages(thread));
      expect(greeted).to.have.lengthOf(1);
      await scenario.post(scenario.activities.joined(scenario.otto.persona, scenario.rita.persona, { in: channel }));
      await scenario.post(scenario.activities.joined(scenario.otto.persona, 'bot', { in: channel }));
      await scenario.idle();
      expect(threadsIn(channel.channel).flatMap((thread) => scenario.connector.messages(thread))).to.have.lengthOf(1);
    });
  });

  describe('follow and mute', () => {
    it('a follower hears of each transition in their own chat, until they mute it', async () => {
      const id = await underReview(scenario);
      await scenario.rita.say(`follow ${id}`);
      expect(await scenario.claim(id)).to.have.nested.property('followers.length', 1);
      const heard = (): number => scenario.said(scenario.rita.chat).filter((text) => text.includes(id)).length;
      let before = heard();
      await scenario.arun.press(await scenario.home(id, 'review'), 'request', {
        reasons: 'missingProducts',
        comment: 'Which?',
      });
      expect(heard()).to.be.greaterThan(before);
      await scenario.rita.ask(`mute ${id}`);
      before = heard();
      await scenario.boris.ask(`comment ${id} Sales.`);
      await scenario.boris.ask(`resubmit ${id}`);
      expect(heard()).to.equal(before);
    });

    it('who muted their claim reads no lines but those that start a deadline, and the card follows all the same', async () => {
      const id = await submitted(scenario);
      await scenario.anna.ask(`mute ${id}`);
      const before = (await scenario.lines(id, 'partner')).length;
      await scenario.arun.press(await scenario.home(id, 'review'), 'start');
      expect(await scenario.lines(id, 'partner')).to.have.lengthOf(before);
      expect(textOf((await scenario.home(id, 'partner')).card)).to.contain('Under review');
      await scenario.arun.press(await scenario.home(id, 'review'), 'reject', {
        reason: 'missingProducts',
        comment: 'Which?',
      });
      expect(await scenario.lines(id, 'partner')).to.have.lengthOf(before + 1);
    });
  });

  describe('assignment', () => {
    it('a lead hands a claim to another reviewer, who is told, and decides it (R17)', async () => {
      const id = await underReview(scenario);
      const status = await scenario.lena.ask(`status ${id}`);
      await scenario.lena.press(status, 'reassign', { to: scenario.rita.id });
      expect((await scenario.claim(id)).assignee?.name).to.equal('Rita Roe');
      expect(scenario.said(scenario.rita.chat).some((text) => text.includes(id))).to.equal(true);
      const denied = await scenario.arun.press(await scenario.home(id, 'review'), 'approve');
      expect(textOf(denied.card)).to.contain('Rita Roe');
      expect((await scenario.claim(id)).status).to.equal('UnderReview');
      await scenario.rita.press(await scenario.home(id, 'review'), 'approve');
      expect((await scenario.claim(id)).status).to.equal('Approved');
    });
  });

  it('a discarded draft is gone from every list, and its history kept (R14)', async () => {
    const id = claimIn((await drafted(scenario)).card);
    await scenario.anna.press(await scenario.home(id, 'partner'), 'discard');
    expect(textOf((await scenario.anna.ask('claims')).card)).not.to.contain(id);
    expect((await scenario.events(id)).at(-1)).to.equal('DraftDiscarded');
    expect(textOf((await scenario.anna.ask(`history ${id}`)).card)).to.contain('Anna Ahlberg');
  });
});
