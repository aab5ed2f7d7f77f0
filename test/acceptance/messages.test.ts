import { expect } from 'chai';
import { CLAIM, keysOf } from '../../src/desk/records/claimRecord.ts';
import type { ClaimId } from '../../src/domain/claims/values.ts';
import { say } from '../../src/locales/say.ts';
import type { Activity, Channel } from './support/activities.ts';
import { BOT, threadOf } from './support/activities.ts';
import { submitted } from './support/filing.ts';
import { textOf } from './support/shownCard.ts';
import type { User } from './support/user.ts';
import { inChannel } from './support/user.ts';
import type { Scenario } from './support/scenario.ts';
import { startScenario } from './support/scenario.ts';

const ITEM = 'http://schema.skype.com';
const html = (content: string): Activity => ({ contentType: 'text/html', content });
const emoji = (alt: string): string =>
  `<span title="x" type="(x)"><img itemscope="" itemtype="${ITEM}/Emoji" itemid="x" src="https://statics.teams.cdn.office.net/x.png" alt="${alt}"></span>`;
const CARD = 'application/vnd.microsoft.card';
const SMBA = 'https://smba.trafficmanager.net/emea/v3/attachments/0-weu-1/views/original';
const AMS = `<p><img itemtype="${ITEM}/AMSImage" src="https://eu-api.asm.skype.com/v1/objects/0-weu-1/views/imgo"></p>`;
const FORWARD = `<blockquote itemtype="${ITEM}/Forward"><p>we agree to everything</p></blockquote>`;
const REPLY = `<blockquote itemscope itemtype="${ITEM}/Reply" itemid="1"><strong itemprop="mri">Jane</strong><p itemprop="preview">Which year?</p></blockquote>`;
const MENTION = { type: 'mention', text: `<at>${BOT.name}</at>`, mentioned: { ...BOT } };

/** What people send that is no text and no file, as Teams sends it; and a word of the answer to each. */
const SENT: readonly (readonly [what: string, attachments: readonly Activity[], answer: string])[] = [
  ['a screenshot pasted', [{ contentType: 'image/*', contentUrl: SMBA }, html(AMS)], 'picture'],
  ['a photo of a phone', [{ contentType: 'image/jpeg', contentUrl: SMBA, name: 'IMG_1.jpg' }], 'picture'],
  ['a picture in the HTML alone', [html(AMS)], 'picture'],
  [
    'two pictures, one of them an emoji',
    [
      { contentType: 'image/*', contentUrl: 'https://statics.teams.cdn.office.net/x/20_f.png' },
      { contentType: 'image/*', contentUrl: SMBA },
      html(`<p>${AMS}</p>`),
    ],
    'picture',
  ],
  [
    'a sticker',
    [html(`<p><img itemtype="${ITEM}/Sticker" src="https://statics.teams.cdn.office.net/s.png"></p>`)],
    'sticker',
  ],
  ['a GIF', [html('<p><img src="https://media1.giphy.com/media/x/giphy.gif" alt="Scared (GIF Image)"></p>')], 'GIF'],
  [
    'a voice message',
    [html(`<div><span itemid="b" itemscope="" itemtype="${ITEM}/InputExtension"></span></div>`)],
    'voice',
  ],
  [
    'a video clip',
    [html(`<p><video src="https://eu-api.asm.skype.com/v" itemtype="${ITEM}/AMSVideo"></video></p>`)],
    'video',
  ],
  ['an audio card', [{ contentType: `${CARD}.audio`, content: {} }], 'voice'],
  [
    'a code snippet',
    [{ contentType: `${CARD}.codesnippet`, content: '{}' }, html('<attachment id="1"></attachment>')],
    'code snippet',
  ],
  ['a forwarded message', [html(FORWARD)], 'forwarded'],
  ['a forwarded message as a reference', [{ contentType: 'forwardedMessageReference', content: '{}' }], 'forwarded'],
  ['a Loop component', [{ contentType: `${CARD}.fluidEmbedCard`, content: '{}' }], 'Loop'],
  ['a poll', [{ contentType: `${CARD}.adaptive`, content: { type: 'AdaptiveCard', body: [] } }], 'poll'],
  ['a card of a message extension', [{ contentType: `${CARD}.thumbnail`, content: {} }], 'card'],
  [
    'a link to a file',
    [{ contentType: 'reference', name: 'a.pdf', contentUrl: 'https://contoso.sharepoint.com/a.pdf' }],
    'file',
  ],
  [
    'a file picked in OneDrive on a phone',
    [
      {
        contentType: 'application/vnd.microsoft.teams.file.download.info',
        name: 'a.pdf',
        content: { fileType: 'pdf' },
      },
    ],
    'file',
  ],
  ['a meeting', [{ contentType: 'meetingReference', content: '{}' }], 'part of your message'],
  ['what no one has heard of yet', [{ contentType: 'application/x-new', content: {} }], 'part of your message'],
  ['a file in a channel, of which Teams says nothing', [html('')], 'without words'],
  ['a reply without words', [html(`${REPLY}<p></p>`)], 'without words'],
  ['nothing', [], 'without words'],
];

describe('acceptance: what people really send', () => {
  let scenario: Scenario;
  let id: ClaimId;
  let thread: Channel;

  before(async () => {
    scenario = await startScenario();
    id = await submitted(scenario);
    thread = inChannel((await scenario.home(id, 'review')).conversationId).in as Channel;
  });
  after(() => scenario.stop());
  afterEach(() => scenario.check());

  /** Posts an activity; answers what the bot said in that conversation. */
  async function heard(conversation: string, activity: Activity): Promise<string> {
    const before = new Set(scenario.connector.messages(conversation).map((message) => message.id));
    await scenario.post(activity);
    await scenario.idle();
    return scenario.connector
      .messages(conversation)
      .filter((message) => !before.has(message.id))
      .map((message) => (message.card ? textOf(message.card) : (message.text ?? '')))
      .join('\n');
  }
  const inChat = (who: User, text: string, attachments: readonly Activity[], more: Activity = {}): Promise<string> =>
    heard(who.chat, { ...scenario.activities.message(who.persona, text), attachments, ...more });
  const inThread = (text: string, attachments: readonly Activity[], more: Activity = {}): Promise<string> =>
    heard(threadOf(thread), {
      ...scenario.activities.message(scenario.arun.persona, text, { in: thread, mention: false }),
      attachments,
      ...more,
    });
  const comments = async (): Promise<readonly string[]> => (await scenario.claim(id)).comments.map(({ text }) => text);

  describe('is answered with what was not taken, and how to give it', () => {
    for (const [what, attachments, answer] of SENT) {
      it(`in a chat: ${what}`, async () => {
        const said = await inChat(scenario.anna, '', attachments);
        expect(said).to.contain(answer).and.not.to.contain('did not understand');
        expect(said).to.match(/was not added|nothing was taken/);
      });

      it(`in the thread of a claim: ${what}`, async () => {
        const before = await comments();
        expect(await inThread('', attachments)).to.contain(answer);
        expect(await comments()).to.deep.equal(before);
      });
    }

    it('beside the answer to the words, and once for each kind', async () => {
      const picture = [{ contentType: 'image/*', contentUrl: SMBA }, html(`<p>${id}</p>${AMS}`)];
      const said = await inChat(scenario.anna, id, picture);
      expect(said).to.contain('Submitted').and.to.contain('The picture in your message was not added');
      const both = await inChat(scenario.anna, '', [...picture, ...picture, { contentType: `${CARD}.hero` }]);
      expect(both.match(/was not added/g)).to.have.lengthOf(2);
    });

    it('and the words beside it are a comment, which the answer says', async () => {
      const said = await inThread('See the second page.', [html(`<p>See the second page.</p>${AMS}`)]);
      expect(said).to.contain(`added as a comment to ${id}`).and.to.contain('picture');
      expect((await comments()).at(-1)).to.equal('See the second page.');
    });

    it('but of words that are refused it does not say so', async () => {
      const activity = scenario.activities.message(scenario.stefan.persona, 'Mine.', { in: thread, mention: false });
      const said = await heard(threadOf(thread), { ...activity, attachments: [html(`<p>Mine.</p>${AMS}`)] });
      expect(said).to.contain('picture').and.not.to.contain('added as a comment');
    });

    it('in the languages of the readers', async () => {
      const picture = [{ contentType: 'image/*', contentUrl: SMBA }];
      for (const [locale, word] of [
        ['ru-RU', 'Изображение'],
        ['tr-TR', 'resim'],
      ] as const) {
        expect(await inChat(scenario.boris, '', picture, { locale })).to.contain(word);
        expect(await inChat(scenario.boris, '', [], { locale })).not.to.contain('without words');
      }
      await scenario.boris.say('help');
    });

    it('a mention of the desk and nothing else is answered everywhere', async () => {
      const elsewhere = { team: thread.team, channel: '19:lunch@thread.tacv2' };
      for (const where of [thread, elsewhere]) {
        const activity = scenario.activities.message(scenario.arun.persona, '', { in: where });
        const conversation = String((activity['conversation'] as Activity)['id']);
        expect(await heard(conversation, activity)).to.contain('without words');
      }
    });

    it('an emoji is a word, not a picture', async () => {
      const sprite = { contentType: 'image/*', contentUrl: 'https://statics.teams.cdn.office.net/x/20_f.png' };
      expect(await inThread('', [sprite, html(`<p>${emoji('👍')}</p>`)])).to.equal('');
      expect((await comments()).at(-1)).to.equal('👍');
      expect(
        await inThread('', [{ contentType: 'image/png', contentUrl: SMBA }, html(`<p>${emoji('🎉')}</p>`)]),
      ).to.equal('');
      expect((await comments()).at(-1)).to.equal('🎉');
    });
  });

  describe('is kept to the letter', () => {
    for (const text of [
      'The <customer> must sign page <2>, not <Fabrikam Ltd>.',
      'x<y and y>z',
      'if (a < b && c) { return "<p>&nbsp;</p>"; }',
      'R&D says "yes" &amp; \'no\' — 5 > 4',
      'one\n\ntwo\n  three',
      'Family: 👨‍👩‍👧, thumb: 👍🏽',
      '**stars** and _lines_ and `ticks` and [a](https://contoso.com)',
      '<br><at>no one</at>',
    ]) {
      const typed = text
        .replaceAll('&', '&amp;')
        .replaceAll('<', '&lt;')
        .replaceAll('>', '&gt;')
        .replaceAll('\n', '<br>');
      it(`as a comment: ${JSON.stringify(text)}`, async () => {
        expect(await inThread(text, [html(`<p>${typed}</p>`)])).to.equal('');
        expect((await comments()).at(-1)).to.equal(text);
      });

      it(`as an edit of one: ${JSON.stringify(text)}`, async () => {
        const { id: message } = await scenario.arun.reply(thread, `Before ${text.length}.`);
        await scenario.post({
          ...scenario.activities.edited(scenario.arun.persona, text, { in: thread, id: message }),
          attachments: [html(`<p>${typed}</p>`)],
        });
        await scenario.idle();
        expect((await comments()).at(-1)).to.equal(text);
      });
    }

    it('where the text itself is HTML, it is read as that', async () => {
      await inThread('<p>page &lt;3&gt;</p><p>and 4</p>', [], { textFormat: 'xml' });
      expect((await comments()).at(-1)).to.equal('page <3>\nand 4');
    });

    it('and what is quoted and handed on in it is not the words of the writer', async () => {
      const said = await inThread(`${REPLY}<p>caf&eacute; <emoji alt="😀"></emoji></p>${FORWARD}`, [], {
        textFormat: 'xml',
      });
      expect((await comments()).at(-1)).to.equal('café 😀');
      expect(said).to.contain('forwarded message was not added');
    });

    it('a reply of one whom Teams does not name is answered, not met with silence', async () => {
      const before = await comments();
      const from = { id: '29:unnamed', name: 'Unnamed' };
      expect(await inThread('Whose is it?', [], { from })).not.to.equal('');
      expect(await comments()).to.deep.equal(before);
    });

    it('with the emoji that Teams sends in the HTML alone, in edits too', async () => {
      await inThread('Well done  everyone', [html(`<p>Well done ${emoji('👏')} everyone</p>`)]);
      expect((await comments()).at(-1)).to.equal('Well done 👏 everyone');
      const { id: message } = await scenario.arun.reply(thread, 'Soon.');
      await scenario.post({
        ...scenario.activities.edited(scenario.arun.persona, 'Soon', { in: thread, id: message }),
        attachments: [html(`<p>Soon ${emoji('🙂')}</p>`)],
      });
      await scenario.idle();
      expect((await comments()).at(-1)).to.equal('Soon 🙂');
    });

    it('without the words of a message that was quoted or handed on', async () => {
      await inThread('JaneWhich year? 2021, of course.', [html(`${REPLY}<p>2021, of course.</p>`)]);
      expect((await comments()).at(-1)).to.equal('2021, of course.');
      const said = await inThread('Read this:\r\n\r\nwe agree to everything', [html(`<p>Read this:</p>${FORWARD}`)]);
      expect((await comments()).at(-1)).to.equal('Read this:');
      expect(said).to.contain('forwarded message was not added');
    });
  });

  describe('said to the desk in the thread of a claim', () => {
    const mentioned = (text: string): Promise<string> =>
      heard(threadOf(thread), scenario.activities.message(scenario.arun.persona, text, { in: thread }));

    it('words about a claim, this one or another, are a comment to the letter', async () => {
      const other = await submitted(scenario);
      for (const text of [
        `${id} lacks page 3, please send it`,
        `See ${other} for the same contract`,
        `The history of ${other} shows the same`,
        `I will approve ${id} tomorrow`,
        `${id}: нет страницы 3`,
        `${id} sayfa 3 eksik`,
      ]) {
        expect(await mentioned(text), text).to.equal('');
        expect((await comments()).at(-1)).to.equal(text);
      }
    });

    it('a command about a claim is one', async () => {
      const before = await comments();
      for (const text of [id, `status ${id}`, `what is the status of ${id}?`, `how is ${id} going?`, `show ${id}`])
        expect(await mentioned(text), text).to.contain('Submitted');
      expect(await mentioned(`history ${id}`)).not.to.equal('');
      expect(await comments()).to.deep.equal(before);
    });

    it('words that an edit says to the desk are a comment too', async () => {
      const text = `${id} lacks page 9`;
      await heard(threadOf(thread), {
        ...scenario.activities.edited(scenario.arun.persona, `<at>${BOT.name}</at> ${text}`, {
          in: thread,
          id: '1799000000555',
        }),
        entities: [MENTION],
      });
      expect((await comments()).at(-1)).to.equal(text);
    });
  });

  describe('edits', () => {
    const edited = (who: User, text: string, where: Channel, message: string, mention: boolean): Activity => ({
      ...scenario.activities.edited(who.persona, mention ? `<at>${BOT.name}</at> ${text}` : text, {
        in: where,
        id: message,
      }),
      ...(mention && { entities: [MENTION] }),
    });

    it('a mention added by an edit makes the reply a comment, once', async () => {
      const activity = edited(scenario.arun, 'Which year is it?', thread, '1799000000001', true);
      await Promise.all([scenario.post(activity), scenario.post(activity)]);
      await scenario.post(activity);
      await scenario.idle();
      expect((await comments()).filter((text) => text === 'Which year is it?')).to.have.lengthOf(1);
    });

    it('and the comment follows further edits of the message', async () => {
      await scenario.post(edited(scenario.arun, 'Which month is it?', thread, '1799000000001', true));
      await scenario.idle();
      expect((await comments()).filter((text) => text.startsWith('Which'))).to.deep.equal(['Which month is it?']);
    });

    it('executes no command, and says so', async () => {
      const before = await scenario.events(id);
      for (const text of ['submit', 'history', 'withdraw', '']) {
        const said = await heard(
          threadOf(thread),
          edited(scenario.arun, text, thread, `179900000001${text.length}`, true),
        );
        expect(said, text).to.contain('nothing has changed');
      }
      expect(await scenario.events(id)).to.deep.equal(before);
    });

    it('of a message in a chat, or elsewhere with a mention, are answered once; of what was not for the desk, never', async () => {
      const inOwnChat = scenario.activities.edited(scenario.anna.persona, `status ${id}`, { id: '1000000000999' });
      expect(await heard(scenario.anna.chat, inOwnChat)).to.contain('nothing has changed');
      expect(await heard(scenario.anna.chat, inOwnChat)).to.equal('');
      const elsewhere = { team: thread.team, channel: '19:lunch@thread.tacv2', thread: '1799000000077' };
      const mention = edited(scenario.arun, 'help', elsewhere, '1799000000078', true);
      expect(await heard(threadOf(elsewhere), mention)).to.contain('nothing has changed');
      expect(await heard(threadOf(elsewhere), edited(scenario.arun, 'hm', elsewhere, '1799000000079', false))).to.equal(
        '',
      );
    });

    it('that leave a comment without words, or add a picture to it, are told', async () => {
      const { id: message } = await scenario.arun.reply(thread, 'Words.');
      const emptied = await heard(threadOf(thread), edited(scenario.arun, '', thread, message, false));
      expect(emptied).to.not.equal('');
      expect((await comments()).at(-1)).to.equal('Words.');
      const pictured = await heard(threadOf(thread), {
        ...edited(scenario.arun, 'Words!', thread, message, false),
        attachments: [html(`<p>Words!</p>${AMS}`)],
      });
      expect(pictured).to.contain('picture').and.to.contain('added as a comment');
      expect((await comments()).at(-1)).to.equal('Words!');
    });
  });
});

describe('acceptance: a message in the thread of a claim whose history is broken (R55)', () => {
  let scenario: Scenario;

  before(async () => {
    scenario = await startScenario();
  });
  after(() => scenario.stop());

  it('is told why nothing comes of it when it is edited or deleted', async () => {
    const { arun } = scenario;
    const id = await submitted(scenario);
    const { conversationId } = await scenario.home(id, 'review');
    const thread = inChannel(conversationId).in;
    if (!thread) throw new Error('the claim has a thread');
    const { id: message } = await arun.reply(thread, 'Before.');
    const { claim, body, etag } = await scenario.record(id);
    const { head: _, ...damaged } = body;
    const document = { kind: CLAIM, id, body: damaged, keys: keysOf(claim, body) };
    expect(await scenario.storage.documents.replace(document, etag)).not.to.equal('changed');
    for (const activity of [
      scenario.activities.edited(arun.persona, 'After.', { in: thread, id: message }),
      scenario.activities.deleted(arun.persona, { in: thread, id: message }),
    ]) {
      const before = scenario.connector.messages(conversationId).length;
      expect(await scenario.post(activity)).to.include({ status: 200 });
      const said = scenario.connector.messages(conversationId).slice(before);
      expect(said.map(({ text }) => text)).to.deep.equal([say('en', 'answer.historyBroken', { claim: id })]);
    }
  });
});
