import { expect } from 'chai';
import type { Language } from '../../../src/locales/say.ts';
import { LANGUAGES } from '../../../src/locales/say.ts';
import type { Intent } from '../../../src/teams/intents/intent.ts';
import { understand } from '../../../src/teams/intents/understand.ts';
import { PHRASES } from './phraseTable.ts';

const ID = 'CPOR-7F3K9Q';
const TEXT = 'Signed on 3 May; see page 2 – “as agreed”';
const MIN_EXACT = 0.9;

interface Phrase {
  readonly sentence: string;
  readonly meaning: string;
}

function phrasesOf(language: Language): readonly Phrase[] {
  return PHRASES[language]
    .trim()
    .split('\n')
    .flatMap((line) => {
      const at = line.indexOf(': ');
      const meaning = line.slice(0, at).replace('~ACT', '');
      const sentences = line.slice(at + 2).split(' | ');
      return sentences.map((one) => ({ sentence: one.replaceAll('#', ID).replaceAll('TEXT', TEXT), meaning }));
    });
}

/** What was understood, as the table names it. */
function nameOf(intent: Intent): string {
  switch (intent.kind) {
    case 'list':
      return `list ${intent.name}`;
    case 'status':
      return intent.claim ? 'status #' : 'status';
    case 'history':
      return 'history #';
    case 'comment':
      return intent.text === TEXT ? 'comment #' : `comment # ${intent.text}`;
    case 'act':
      return `${intent.verb} #`;
    case 'card':
      return `card ${intent.verb} #`;
    case 'needsClaim':
      return intent.consent ?? `needs ${intent.verb}`;
    case 'no':
      return intent.claim ? 'deny #' : 'deny';
    case 'newClaim':
      return 'new';
    case 'enrol':
      return `enrol ${intent.what}`;
    case 'useChannel':
      return `channel ${intent.purpose}`;
    case 'language':
      return `language ${intent.language}`;
    default:
      return intent.kind;
  }
}

/** Whether something is done that was not asked for. What only a card can do is not done by a word. */
function isWrongAct(intent: Intent, { meaning }: Phrase): boolean {
  return (intent.kind === 'act' || intent.kind === 'comment') && nameOf(intent) !== meaning;
}

describe('What people type', () => {
  for (const language of LANGUAGES)
    it(`is understood in ${language}`, () => {
      const phrases = phrasesOf(language);
      expect(phrases.length).to.be.at.least(100);
      const read = phrases.map((phrase) => ({ phrase, intent: understand(phrase.sentence, { playground: false }) }));
      const missed = read.filter(({ phrase, intent }) => nameOf(intent) !== phrase.meaning);
      const exact = 1 - missed.length / read.length;
      console.log(`      ${language}: ${(exact * 100).toFixed(1)} % of ${read.length} sentences`);
      const tell = (some: typeof read): string =>
        some.map(({ phrase, intent }) => `“${phrase.sentence}” is ${nameOf(intent)}, not ${phrase.meaning}`).join('\n');
      expect(tell(read.filter(({ phrase, intent }) => isWrongAct(intent, phrase)))).to.equal('');
      expect(exact, tell(missed)).to.be.at.least(MIN_EXACT);
    });
});
