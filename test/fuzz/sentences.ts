/**
 * What people might type to the desk: its own commands in three languages, claim ids, and what becomes of them on the
 * way.
 */
import {
  ENROL,
  ENROLLED,
  CHANNEL,
  CLAIM_WORDS,
  COMMANDS,
  FILLERS,
  LANGUAGE,
  LANGUAGE_NAMES,
  OWN_NAMES,
  REVIEWS,
  TIME_UNITS,
  TIME_WORDS,
} from '../../src/teams/intents/lexicon.ts';
import type { Phrases } from '../../src/teams/intents/lexicon.ts';
import type { Chance } from '../support/random.ts';
import { hostileText } from './hostile.ts';

const COMMAND_PHRASES = phrasesOf(COMMANDS);
const CLAIM_PHRASES = phrasesOf(CLAIM_WORDS);
const ENROL_PHRASES = Object.values(ENROL).flat();
const ENROLLED_NAMES = Object.values(ENROLLED).flat();
const LANGUAGE_PHRASES = Object.values(LANGUAGE).flat();
const LANGUAGES_NAMED = [...Object.values(LANGUAGE_NAMES).flat(), 'en', 'ru', 'tr', 'de'];
const CHANNEL_PHRASES = Object.values(CHANNEL).flat();
const UNITS = Object.values(TIME_UNITS).flat();
const TALK = [
  'we submit it tomorrow',
  'yes',
  'ok',
  'thanks',
  'спасибо',
  'teşekkürler',
  'The statement of work is on page two.',
  'Мы приложили новый договор.',
  'Yeni sözleşmeyi ekledik.',
  'hello',
  'who are you',
] as const;
const MISTYPED = [
  'CPOR-',
  'CPOR',
  'CPOR-7F3K9',
  'CPOR-7F3K9QX',
  'CPOR-UUUUUU',
  'cpor 7f3k9q',
  'СРОR-7F3K9Q',
  'CPOR\u20137F3K9Q',
  'CPOR-7F3K\u200b9Q',
  'CPOR7F3K9Q',
  'cpor-ILO019',
  'CPOR-ABCDEF',
  'CPOR ABCDEF',
  'ＣＰＯＲ-7F3K9Q',
  "cpor-7f3k9q'nin",
  'CPOR-7F3K9Q.',
] as const;

/** A sentence; `claims` are the ids of those that are there. */
export function sentence(chance: Chance, claims: readonly string[]): string {
  const said = plainSentence(chance, claims);
  switch (chance.weighed({ plain: 46, case: 10, hostile: 18, addressed: 10, doubled: 5, cut: 5, punctuated: 6 })) {
    case 'case':
      return chance.pick([
        said.toUpperCase(),
        said.toLocaleUpperCase('tr'),
        said.toLocaleLowerCase('tr'),
        said.normalize('NFD'),
      ]);
    case 'hostile':
      return inserted(chance, said, hostileText(chance));
    case 'addressed':
      return (
        chance.pick([
          '@',
          '<at>CPOR Claims Desk</at> ',
          '<at>CPOR Claims Desk</at>&nbsp;',
          ...OWN_NAMES.map((name) => `${name}, `),
          '<at id="1">Anna</at> ',
        ]) + said
      );
    case 'doubled':
      return `${said} ${plainSentence(chance, claims)}`;
    case 'cut':
      return said.slice(chance.below(said.length + 1));
    case 'punctuated':
      return said + chance.pick(['?', '!', '.', '…', '？', ' :)', ',', ';']);
    default:
      return said;
  }
}

function plainSentence(chance: Chance, claims: readonly string[]): string {
  switch (
    chance.weighed({ command: 22, claim: 34, enrol: 8, language: 6, channel: 8, time: 4, talk: 8, hostile: 6, id: 4 })
  ) {
    case 'claim':
      return aboutClaim(chance, claims);
    case 'enrol':
      return chance.pick(ENROL_PHRASES).replace('*', () => chance.pick(ENROLLED_NAMES));
    case 'language':
      return chance.pick(LANGUAGE_PHRASES).replace('*', () => chance.pick(LANGUAGES_NAMED));
    case 'channel':
      return (
        chance.pick(['', 'this ']) +
        chance
          .pick(CHANNEL_PHRASES)
          .replace('*', () =>
            chance.pick([...REVIEWS, '1234567', 'mpn 5550001', '12', '99999999999', hostileText(chance).slice(0, 200)]),
          )
      );
    case 'time':
      return (
        `${chance.pick(TIME_WORDS)} ` +
        `${chance.pick(['', '+3', '-1', '+', '99999', '+9999', '1.5'])}${chance.pick(UNITS)} ` +
        `${chance.happens(0.3) ? `+${chance.below(10_000)} ${chance.pick(UNITS)}` : ''}`
      );
    case 'talk':
      return chance.pick(TALK);
    case 'hostile':
      return hostileText(chance);
    case 'id':
      return idIn(chance, claims);
    default:
      return `${chance.happens(0.2) ? `${chance.pick(FILLERS)} ` : ''}${chance.pick(COMMAND_PHRASES)}`;
  }
}

function aboutClaim(chance: Chance, claims: readonly string[]): string {
  const id = idIn(chance, claims);
  const phrase = chance.pick(CLAIM_PHRASES);
  switch (chance.weighed({ after: 45, before: 20, none: 10, comment: 25 })) {
    case 'before':
      return `${id} ${phrase}`;
    case 'none':
      return phrase;
    case 'comment':
      return (
        `${chance.pick(['comment', 'комментарий', 'yorum', 'add note'])} ${id} ` +
        `${chance.happens(0.5) ? hostileText(chance) : chance.pick(TALK)}`
      );
    default:
      return `${phrase} ${id}`;
  }
}

function idIn(chance: Chance, claims: readonly string[]): string {
  return chance.happens(0.85) && claims.length > 0 ? chance.pick(claims) : chance.pick(MISTYPED);
}

function inserted(chance: Chance, text: string, what: string): string {
  const at = chance.below(text.length + 1);
  return text.slice(0, at) + what + text.slice(at);
}

function phrasesOf(words: Readonly<Record<string, Phrases>>): readonly string[] {
  return Object.values(words).flatMap((phrases) => Object.values(phrases).flat());
}
