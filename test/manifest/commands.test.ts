import { expect } from 'chai';
import type { Language } from '../../src/locales/say.ts';
import { LANGUAGES } from '../../src/locales/say.ts';
import { fold } from '../../src/teams/intents/tokens.ts';
import { CHANNEL, CLAIM_WORDS, COMMANDS, ENROL, LANGUAGE, REVIEWS } from '../../src/teams/intents/lexicon.ts';
import type { Phrases } from '../../src/teams/intents/lexicon.ts';
import type { Intent } from '../../src/teams/intents/intent.ts';
import { understand } from '../../src/teams/intents/understand.ts';
import { textsOf } from './packageFolder.ts';

const CLAIM = 'CPOR-7F3K9Q';

/** The titles of a language by the place of their command. */
function titlesOf(language: Language): ReadonlyMap<string, string> {
  return new Map(Object.entries(textsOf(`${language}.json`)).filter(([key]) => key.endsWith('.title')));
}

/** What a title means as it is, and with the claim behind it where it asks for one. */
function meaningOf(title: string): Intent {
  const intent = understand(title, { playground: false });
  return intent.kind === 'needsClaim' || intent.kind === 'status'
    ? understand(`${title} ${CLAIM}`, { playground: false })
    : intent;
}

function phrasesIn(language: Language): ReadonlySet<string> {
  const lists: readonly Phrases[] = [...Object.values(COMMANDS), ...Object.values(CLAIM_WORDS), ENROL, LANGUAGE];
  const channels = CHANNEL[language].flatMap((template) => REVIEWS.map((name) => template.replace('*', name)));
  return new Set([...lists.flatMap((list) => list[language]), ...channels].map(fold));
}

/** Words that a title has for the sake of the language only; they change nothing for the bot. */
const BESIDE = /\b(?:this|for)\b|(?<!\p{L})(?:для|icin)(?!\p{L})/gu;

describe('The commands in the menus of Teams', () => {
  for (const language of LANGUAGES) {
    for (const [place, title] of titlesOf(language)) {
      it(`“${title}” is understood, and is ${language} (${place})`, () => {
        expect(['unknown', 'badMpn', 'needsClaim']).not.to.include(meaningOf(title).kind);
        const plain = fold(title).replace(BESIDE, '').replace(/\s+/g, ' ').trim();
        expect(phrasesIn(language).has(plain), plain).to.equal(true);
      });
    }
  }

  for (const language of ['ru', 'tr'] as const) {
    it(`mean in ${language} what they mean in English`, () => {
      const english = titlesOf('en');
      const different = [...titlesOf(language)].filter(
        ([place, title]) => JSON.stringify(meaningOf(title)) !== JSON.stringify(meaningOf(english.get(place) ?? '')),
      );
      expect(different).to.deep.equal([]);
    });
  }

  it('would be caught if the bot did not understand one', () => {
    expect(meaningOf('Approve everything').kind).to.equal('unknown');
    expect(meaningOf('Use this channel for lunch').kind).to.equal('badMpn');
  });
});
