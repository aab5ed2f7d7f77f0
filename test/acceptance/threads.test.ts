import { expect } from 'chai';
import { claimIn, drafted, submitted, underReview } from './filing.ts';
import { linksOf, textOf, verbsOf } from './shownCard.ts';
import { inChannel, TEAM } from './visitor.ts';
import { FABRIKAM, REVIEWS, startWalk } from './walk.ts';
import type { Walk } from './walk.ts';

describe('a walk: homes of a claim (R47)', () => {
  let walk: Walk;

  before(async () => {
    walk = await startWalk();
  });
  after(() => walk.stop());
  afterEach(() => walk.check());

  const threadsIn = (channel: string): readonly string[] =>
    walk.connector.conversations().filter((conversation) => conversation.startsWith(`${channel};`));
  const cardsIn = (conversation: string): number =>
    walk.connector.messages(conversation).filter((message) => message.card).length;

  describe('channels', () => {
    it('only an operator says which channel is for reviews; a member of the partner sets that of their own MPN id', async () => {
      const elsewhere = { team: TEAM, channel: '19:elsewhere@thread.tacv2' };
      for (const who of [walk.anna, walk.arun, walk.stefan]) {
        const [said] = await who.mention(elsewhere, 'use this channel for reviews');
        expect(said?.text).to.match(/operator/);
      }
      const [foreign] = await walk.tomas.mention(elsewhere, 'use this channel for 1234567');
      expect(foreign?.text).to.match(/operator/);
      const [noRole] = await walk.nikita.mention(elsewhere, 'use this channel for 1234567');
      expect(noRole?.text).to.match(/operator/);
      const [own] = await walk.anna.mention(FABRIKAM, 'use this channel for 7654321');
      expect(own?.text).to.contain('7654321');
      const [unknown] = await walk.otto.mention(elsewhere, 'use this channel for 9999999');
      expect(unknown?.text).to.contain('9999999').and.to.match(/enrol/i);
      const [bad] = await walk.otto.mention(elsewhere, 'use this channel for 12ab');
      expect(bad?.card ? textOf(bad.card) : bad?.text).to.contain('MPN');
      const [personal] = await walk.otto.say('use this channel for reviews');
      expect(personal?.text).to.match(/channel/);
    });

    it("one thread per claim in the review channel and in the partner's; the card on top is edited, one line is added each time", async () => {
      const before = [threadsIn(REVIEWS.channel).length, threadsIn(FABRIKAM.channel).length] as const;
      const id = await submitted(walk, { claim: { mpnId: '7654321' } });
      await walk.arun.press(await walk.home(id, 'review'), 'start');
      await walk.arun.press(await walk.home(id, 'review'), 'request', {
        reasons: 'missingProducts',
        comment: 'Which?',
      });
      await walk.boris.press(await walk.home(id, 'partner'), 'comment', { comment: 'Sales.' });
      await walk.boris.press(await walk.home(id, 'partner'), 'resubmit');
      await walk.arun.press(await walk.home(id, 'review'), 'start');
      await walk.arun.press(await walk.home(id, 'review'), 'approve');
      expect([threadsIn(REVIEWS.channel).length, threadsIn(FABRIKAM.channel).length]).to.deep.equal([
        before[0] + 1,
        before[1] + 1,
      ]);
      for (const [home, verb] of [
        ['review', 'start'],
        ['partner', 'submit'],
      ] as const) {
        const card = await walk.home(id, home);
        expect(cardsIn(card.conversationId), home).to.equal(1);
        expect(walk.connector.messages(card.conversationId)[0]?.id, 'on top').to.equal(card.messageId);
        expect(textOf(card.card), home).to.contain('Approved');
        expect(verbsOf(card.card)).not.to.include(verb);
        const types = (await walk.events(id)).filter((type) =>
          ['ReviewStarted', 'InformationRequested', 'CommentAdded', 'ClaimResubmitted', 'ClaimApproved'].includes(type),
        );
        expect(await walk.lines(id, home), home).to.have.lengthOf(types.length);
      }
    });

    it('a channel is spoken to in the language of who gave it its purpose last', async () => {
      const russian = walk.activities.message(
        { ...walk.anna.persona, locale: 'ru-RU' },
        'использовать этот канал для 7654321',
        { in: FABRIKAM },
      );
      await walk.post(russian);
      const id = await submitted(walk, { claim: { mpnId: '7654321' }, by: walk.boris });
      expect(textOf((await walk.home(id, 'partner')).card)).to.contain('Отправлено');
      await walk.anna.mention(FABRIKAM, 'use this channel for 7654321');
      await walk.arun.press(await walk.home(id, 'review'), 'start');
      expect((await walk.lines(id, 'partner')).at(-1)).to.contain('started the review');
    });

    it('a draft lies in the chat of who writes it and follows their uploads there; submitted, it moves to the channel', async () => {
      const draft = await drafted(walk, { claim: { mpnId: '7654321' } });
      const id = claimIn(draft.card);
      const inChat = await walk.home(id, 'partner');
      expect(inChat.conversationId).to.equal(walk.anna.chat);
      expect(textOf(inChat.card)).to.contain('statement of work.pdf');
      await walk.anna.press(inChat, 'submit');
      const home = await walk.home(id, 'partner');
      expect(home.conversationId).to.contain(FABRIKAM.channel);
      const left = walk.connector.messages(walk.anna.chat).find((message) => message.id === inChat.messageId);
      expect(left?.card && textOf(left.card))
        .to.contain(id)
        .and.to.contain('in another place now')
        .and.not.to.contain('Contoso');
      const [channel = '', root = ''] = home.conversationId.split(';messageid=');
      const [link = ''] = left?.card ? linksOf(left.card) : [];
      expect(link)
        .to.contain(`https://teams.microsoft.com/l/message/${encodeURIComponent(channel)}/${home.messageId}?`)
        .and.to.contain(`parentMessageId=${root}`);
    });

    it('a card on top of a thread that somebody deleted is posted in a new one, and the old thread leads there', async () => {
      const id = await submitted(walk);
      const old = await walk.home(id, 'review');
      const path = [old.conversationId, 'activities', old.messageId].map(encodeURIComponent).join('/');
      await fetch(`${walk.connector.url}v3/conversations/${path}`, { method: 'DELETE' });
      await walk.anna.press(await walk.home(id, 'partner'), 'comment', { comment: 'More is coming.' });
      await walk.idle();
      const home = await walk.home(id, 'review');
      expect(home.conversationId).not.to.equal(old.conversationId);
      const left = walk.connector.messages(old.conversationId);
      expect(left.flatMap(({ card }) => (card ? linksOf(card) : []))).to.have.lengthOf(1);
      expect(JSON.stringify(left)).to.contain(`/${home.messageId}?`).and.not.to.contain('More is coming.');
    });

    it('a channel that the reviewers have left keeps no card of a claim that is told of elsewhere (R6)', async () => {
      const id = await submitted(walk);
      const old = await walk.home(id, 'review');
      const elsewhere = { team: TEAM, channel: '19:new-reviews@thread.tacv2' };
      await walk.otto.mention(elsewhere, 'use this channel for reviews');
      await walk.anna.press(await walk.home(id, 'partner'), 'comment', { comment: 'More is coming.' });
      await walk.idle();
      expect((await walk.home(id, 'review')).conversationId).to.contain(elsewhere.channel);
      const left = JSON.stringify(walk.connector.messages(old.conversationId));
      expect(left)
        .to.contain(`Claim ${id} is no longer shown here.`)
        .and.not.to.contain('Contoso')
        .and.not.to.contain('/l/message/');
      await walk.otto.mention(REVIEWS, 'use this channel for reviews');
    });

    it('a thread never holds a link that lets somebody in: documents and uploads answer the one who asked', async () => {
      const id = await underReview(walk);
      const on = await walk.home(id, 'review');
      const answer = await walk.arun.press(on, 'documents');
      expect(JSON.stringify(answer.card)).to.contain('/poe-file/');
      for (const conversation of walk.connector.conversations()) {
        if (inChannel(conversation).in)
          expect(JSON.stringify(walk.connector.messages(conversation)), conversation).not.to.match(/\/poe(-file)?\//);
      }
    });

    it('what the bot is asked in a channel that is no home of the claim is answered in private', async () => {
      const id = await underReview(walk);
      const elsewhere = { team: TEAM, channel: '19:lunch@thread.tacv2' };
      const before = walk.connector.messages(walk.arun.chat).length;
      const said = await walk.arun.mention(elsewhere, `status ${id}`);
      expect(said.map((message) => message.text).join()).to.match(/private/);
      expect(JSON.stringify(said)).not.to.contain('Contoso');
      expect(walk.connector.messages(walk.arun.chat)).to.have.lengthOf(before + 1);
      const [inHome] = await walk.arun.mention(REVIEWS, `status ${id}`);
      expect(inHome?.card && textOf(inHome.card)).to.contain('Contoso');
    });

    it('in a channel the bot hears nothing that is not said to it', async () => {
      const { heard } = await walk.anna.reply({ ...FABRIKAM, thread: '1700000000000' }, 'help');
      expect(heard).to.deep.equal([]);
    });

    it('of what people say to each other it remembers nobody, and keeps all the same where the channel is reached', async () => {
      const stranger = { ...walk.stefan.persona, objectId: 'aaaaaaaa-0000-4000-8000-00000000ffff' };
      const people = walk.directory;
      const moved = walk.connector.url.replace('127.0.0.1', 'localhost');
      const said = walk.activities.message(stranger, 'Lunch?', {
        in: { ...REVIEWS, thread: '1700000000007' },
        mention: false,
      });
      const edited = walk.activities.edited(stranger, 'Lunch!', {
        in: { ...REVIEWS, thread: '1700000000007' },
        id: String(said['id']),
      });
      for (const activity of [said, edited, walk.activities.joined(stranger, walk.rita.persona, { in: REVIEWS })])
        await walk.post({ ...activity, serviceUrl: moved });
      expect(await people.find(`${stranger.tenantId}/${stranger.objectId}`)).to.equal(undefined);
      expect((await people.channel('review'))?.place.serviceUrl).to.equal(moved);
      await walk.post(walk.activities.message(stranger, 'Lunch?', { in: REVIEWS, mention: false }));
      expect((await people.channel('review'))?.place.serviceUrl).to.equal(walk.connector.url);
    });

    it('taken out of the team and installed again, it goes on in all the channels of the team', async () => {
      const general = { team: TEAM, channel: '19:general@thread.tacv2', thread: '1700000000008' };
      await walk.otto.remove({ in: general });
      expect((await walk.directory.channel('review'))?.unreachable).to.equal('notInstalled');
      const before = threadsIn(REVIEWS.channel).length;
      const id = await submitted(walk);
      expect(threadsIn(REVIEWS.channel)).to.have.lengthOf(before);
      await walk.otto.install({ in: general });
      await walk.idle();
      expect(threadsIn(REVIEWS.channel)).to.have.lengthOf(before + 1);
      expect(textOf((await walk.home(id, 'review')).card)).to.contain('Submitted');
    });

    it('greets a channel once when it is added, and nobody when somebody else is', async () => {
      const channel = { team: TEAM, channel: '19:new@thread.tacv2', thread: '1700000000001' };
      await walk.otto.install({ in: channel });
      const greeted = threadsIn(channel.channel).flatMap((thread) => walk.connector.messages(thread));
      expect(greeted).to.have.lengthOf(1);
      await walk.post(walk.activities.joined(walk.otto.persona, walk.rita.persona, { in: channel }));
      await walk.post(walk.activities.joined(walk.otto.persona, 'bot', { in: channel }));
      await walk.idle();
      expect(threadsIn(channel.channel).flatMap((thread) => walk.connector.messages(thread))).to.have.lengthOf(1);
    });
  });

  describe('follow and mute', () => {
    it('a follower hears of each transition in their own chat, until they mute it', async () => {
      const id = await underReview(walk);
      await walk.rita.say(`follow ${id}`);
      expect(await walk.claim(id)).to.have.nested.property('followers.length', 1);
      const heard = (): number => walk.said(walk.rita.chat).filter((text) => text.includes(id)).length;
      let before = heard();
      await walk.arun.press(await walk.home(id, 'review'), 'request', {
        reasons: 'missingProducts',
        comment: 'Which?',
      });
      expect(heard()).to.be.greaterThan(before);
      await walk.rita.ask(`mute ${id}`);
      before = heard();
      await walk.boris.ask(`comment ${id} Sales.`);
      await walk.boris.ask(`resubmit ${id}`);
      expect(heard()).to.equal(before);
    });

    it('who muted their claim reads no lines but those that start a deadline, and the card follows all the same', async () => {
      const id = await submitted(walk);
      await walk.anna.ask(`mute ${id}`);
      const before = (await walk.lines(id, 'partner')).length;
      await walk.arun.press(await walk.home(id, 'review'), 'start');
      expect(await walk.lines(id, 'partner')).to.have.lengthOf(before);
      expect(textOf((await walk.home(id, 'partner')).card)).to.contain('Under review');
      await walk.arun.press(await walk.home(id, 'review'), 'reject', { reason: 'missingProducts', comment: 'Which?' });
      expect(await walk.lines(id, 'partner')).to.have.lengthOf(before + 1);
    });
  });

  describe('assignment', () => {
    it('a lead hands a claim to another reviewer, who is told, and decides it (R17)', async () => {
      const id = await underReview(walk);
      const status = await walk.lena.ask(`status ${id}`);
      await walk.lena.press(status, 'reassign', { to: walk.rita.id });
      expect((await walk.claim(id)).assignee?.name).to.equal('Rita Roe');
      expect(walk.said(walk.rita.chat).some((text) => text.includes(id))).to.equal(true);
      const denied = await walk.arun.press(await walk.home(id, 'review'), 'approve');
      expect(textOf(denied.card)).to.contain('Rita Roe');
      expect((await walk.claim(id)).status).to.equal('UnderReview');
      await walk.rita.press(await walk.home(id, 'review'), 'approve');
      expect((await walk.claim(id)).status).to.equal('Approved');
    });
  });

  it('a discarded draft is gone from every list, and its history kept (R14)', async () => {
    const id = claimIn((await drafted(walk)).card);
    await walk.anna.press(await walk.home(id, 'partner'), 'discard');
    expect(textOf((await walk.anna.ask('claims')).card)).not.to.contain(id);
    expect((await walk.events(id)).at(-1)).to.equal('DraftDiscarded');
    expect(textOf((await walk.anna.ask(`history ${id}`)).card)).to.contain('Anna Ahlberg');
  });
});
