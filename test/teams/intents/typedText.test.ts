import { expect } from 'chai';
import fc from 'fast-check';
import { readMarkup } from '../../../src/teams/intents/markup.ts';
import type { Written } from '../../../src/teams/intents/typedText.ts';
import { typedText } from '../../../src/teams/intents/typedText.ts';

const BOT = '<at>CPOR Claims Desk</at>';
const ANNA = '<at>Anna Ahlberg</at>';

function typed(text: string, html?: string, more: Partial<Written> = {}): string {
  const written = {
    text,
    textFormat: 'plain',
    mentions: [],
    botMention: more.mentions?.includes(BOT) ? BOT : '',
    quotes: false,
    ...more,
  };
  return typedText(written, html === undefined ? undefined : readMarkup(html));
}

const emoji = (alt: string): string =>
  `<span title="x" type="(x)" class="animated-emoticon-20-x" itemscope=""><img itemscope="" itemtype="http://schema.skype.com/Emoji" itemid="x" src="https://statics.teams.cdn.office.net/x/20_f.png" title="x" alt="${alt}" style="width:20px; height:20px"></span>`;
const escaped = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('\n', '<br>');

describe('typedText', () => {
  for (const text of [
    'The <customer> must sign page <2>, not <Fabrikam Ltd>.',
    'x<y and y>z',
    'if (a < b && c > d) { return "<p>&nbsp;</p>"; }',
    '&lt;b&gt; is typed as &amp;lt;',
    '<at>no one</at> is mentioned here',
    'one\ntwo\n\n  three',
    '<script>alert(1)</script>',
    '**not bold** _nor_ [a](https://b.example)',
    'a <br> b <quoted messageId="1"/> c',
  ])
    it(`keeps ${JSON.stringify(text)} in every format that is no markup`, () => {
      for (const textFormat of ['plain', 'markdown', '', 'unheard-of']) {
        expect(typed(text, undefined, { textFormat })).to.equal(text);
        expect(typed(text, `<p>${escaped(text)}</p>`, { textFormat })).to.equal(text);
      }
    });

  it('reads a text that is said to be HTML as HTML', () => {
    for (const textFormat of ['xml', 'html'])
      expect(typed('<p>a &lt;b&gt;</p><p>c</p>', undefined, { textFormat })).to.equal('a <b>\nc');
    expect(typed(`<p>yes ${emoji('👍')}</p>`, undefined, { textFormat: 'xml' })).to.equal('yes 👍');
  });

  it('reads a text that is HTML as it reads the HTML beside a text: whose words they are, emoji, references', () => {
    const xml = { textFormat: 'xml', mentions: [BOT], botMention: BOT };
    const quote = '<blockquote itemtype="http://schema.skype.com/Reply"><p>Which year?</p></blockquote>';
    const forward = '<blockquote itemtype="http://schema.skype.com/Forward"><p>we agree</p></blockquote>';
    const all = `${quote}<p>${BOT} caf&eacute; &hellip; <emoji alt="😀"></emoji></p>${forward}`;
    expect(typed(all, all, xml)).to.equal('café … 😀');
    expect(typed(`<p>${forward}</p>`, forward, xml)).to.equal('');
  });

  it('takes the letters of the HTML where the text is Markdown of them', () => {
    const markdown = { textFormat: 'markdown', mentions: [BOT], botMention: BOT };
    expect(typed('a\\*b \\_c\\_ 1\\. y', '<p>a*b _c_ 1. y</p>', markdown)).to.equal('a*b _c_ 1. y');
    expect(typed(`${BOT} **x** y`, '<p>CPOR Claims Desk <strong>x</strong> y</p>', markdown)).to.equal('x y');
    expect(typed('a\\*b', '<p></p>', markdown)).to.equal('a\\*b');
  });

  it('keeps the indent of the first line and runs of blank lines', () => {
    for (const text of ['    if x:\n        y()', 'a\n\n\n\nb', '\ttab'])
      expect(typed(text, `<p>${escaped(text)}</p>`)).to.equal(text);
    expect(typed(`\n  \n  a\n\n`)).to.equal('  a');
    expect(typed(`${BOT}  a`, undefined, { mentions: [BOT] })).to.equal('a');
  });

  it('takes an emoji of the organisation by its name, and for no picture', () => {
    const custom = '<img itemtype="http://schema.skype.com/CustomEmoji" src="https://x.example/e" alt=":ship:">';
    expect(typed('go', `<p>go ${custom}</p>`)).to.equal('go :ship:');
    expect(readMarkup(custom).pictures).to.equal(0);
    expect(readMarkup(custom.replace(/ alt.*"/, '')).pictures).to.equal(1);
  });

  it('takes the mention of the bot away, and leaves names of people', () => {
    const mentions = [BOT, ANNA];
    expect(typed('<at>CPOR Claims Desk</at> ask <at>Anna Ahlberg</at> <now>', undefined, { mentions })).to.equal(
      'ask Anna Ahlberg <now>',
    );
  });

  for (const [what, text, html, expected] of [
    ['at the end', 'good job', `<p>good job ${emoji('👍')}</p>`, 'good job 👍'],
    ['in the middle', 'good  job', `<p>good ${emoji('👍')} job</p>`, 'good 👍 job'],
    ['in front', 'good', `<p>${emoji('👍')}good</p>`, '👍good'],
    ['alone', '', `<p>${emoji('👍🏽')}</p>`, '👍🏽'],
    ['several', 'a b', `<p>a${emoji('🎉')}${emoji('👨‍👩‍👧')} b</p>`, 'a🎉👨‍👩‍👧 b'],
    ['beside angle brackets', 'x<y', `<p>x&lt;y ${emoji('🙂')}</p>`, 'x<y 🙂'],
    ['in lines', 'one\n\n  two', `<p>one</p><p>two ${emoji('🙂')}</p>`, 'one\n\n  two 🙂'],
    ['that the text has too', 'good 👍', `<p>good ${emoji('👍')}</p>`, 'good 👍'],
    ['named like a word', 'like it', `<p>like it <emoji alt="😀">:)</emoji></p>`, 'like it 😀'],
  ] as const)
    it(`puts an emoji where it was: ${what}`, () => {
      expect(typed(text, html)).to.equal(expected);
    });

  it('puts an emoji beside a mention of the bot, also where its name is in several pieces', () => {
    const html =
      '<p><span itemtype="http://schema.skype.com/Mention" itemid="0">CPOR</span>&nbsp;<span itemtype="http://schema.skype.com/Mention" itemid="1">Claims Desk</span>&nbsp;thanks ' +
      `${emoji('🙏')}</p>`;
    expect(typed('<at>CPOR Claims Desk</at> thanks', html, { mentions: [BOT] })).to.equal('thanks 🙏');
  });

  it('leaves a quotation and a forwarded message out, wherever the text has them', () => {
    const quote =
      '<blockquote itemscope itemtype="http://schema.skype.com/Reply" itemid="1"><strong itemprop="mri">Jane</strong><p itemprop="preview">Which year?</p></blockquote>';
    expect(typed('2021', `${quote}<p>2021</p>`)).to.equal('2021');
    expect(typed('JaneWhich year?\n\n2021 <sic>', `${quote}<p>2021 &lt;sic&gt;</p>`)).to.equal('2021 <sic>');
    expect(typed('<quoted messageId="1"/>\n2021', undefined, { quotes: true })).to.equal('2021');
    const forward = '<blockquote itemtype="http://schema.skype.com/Forward"><p>we agree</p></blockquote>';
    expect(typed('see this\r\n\r\nwe agree', `<p>see this</p>${forward}`)).to.equal('see this');
    expect(typed('we agree\r\n\r\nwe agree', `<p>we agree</p>${forward}`)).to.equal('we agree');
    expect(typed('we agree', forward)).to.equal('');
  });

  it('keeps what was typed beside the HTML that any client makes of it', () => {
    fc.assert(
      fc.property(
        fc.string({ unit: 'grapheme', maxLength: 40 }),
        fc.constantFrom('', 'a <b> ', '&amp; '),
        (some, start) => {
          const text = `${start}${some}`.replaceAll('\u00a0', ' ').replace(/\r\n?/g, '\n').toWellFormed();
          expect(typed(text, `<p>${escaped(text)}</p>`)).to.equal(text.trimEnd().replace(/^\s*\n/, ''));
        },
      ),
    );
  });

  it('never throws, reads a bound, and never takes a word of another for one of the writer', () => {
    fc.assert(
      fc.property(fc.string({ maxLength: 80 }), fc.string({ maxLength: 80 }), (text, html) => {
        const secret = '<blockquote itemtype="http://schema.skype.com/Forward">zqzqzq</blockquote>';
        expect(typed(text, `<p>${escaped(html)}</p>${secret}`)).not.to.contain('zqzqzq');
      }),
    );
    const blanks = `a${' '.repeat(40_000)}b`;
    const began = performance.now();
    expect(typed(blanks, blanks, { textFormat: 'xml' })).to.match(/^a +$|^a$/);
    expect(performance.now() - began, 'a long run of blanks, in milliseconds').to.be.below(500);
    const million = '<p>a&nbsp;</p>'.repeat(80_000);
    expect(typed('a', million).length).to.be.at.most(32_768);
    expect(typed('<at>'.repeat(300_000), million, { mentions: [BOT] }).length).to.be.at.most(32_768);
  });
});
