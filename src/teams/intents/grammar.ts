/** The meaning of each phrase of the lexicon. Fails at start-up where a phrase would mean two things. */
import type { Language } from '../../locales/say.ts';
import { LANGUAGES } from '../../locales/say.ts';
import type { Word } from './tokens.ts';
import { fold, isFiller, keyOf, wordsOf } from './tokens.ts';
import {
  CHANNEL,
  CLAIM_WORDS,
  COMMANDS,
  ENROL,
  ENROLLED,
  JOURNAL,
  LANGUAGE,
  LANGUAGE_NAMES,
  LOOSE_CHANNEL,
} from './lexicon.ts';
import type { Phrases } from './lexicon.ts';
import type { Intent, ClaimWord, Enrolled } from './intent.ts';

/** A complete command; or one that takes a claim, with the word by which answers name it. */
export type Meaning =
  | { readonly intent: Intent }
  | { readonly takes: ClaimWord; readonly word: string; readonly language: Language };

const meanings = new Map<string, Meaning>();

function addPhrase(phrase: string, meaning: Meaning): void {
  const key = keyOf(wordsOf(phrase));
  const known = meanings.get(key);
  if (key === '' || (known && JSON.stringify(known) !== JSON.stringify(meaning)))
    throw new Error(`the phrase "${phrase}" means nothing, or two things`);
  meanings.set(key, meaning);
}

const COMMAND_INTENTS: Readonly<Record<keyof typeof COMMANDS, Intent>> = {
  help: { kind: 'help' },
  newClaim: { kind: 'newClaim' },
  claims: { kind: 'list', name: 'claims' },
  queue: { kind: 'list', name: 'queue' },
  mine: { kind: 'list', name: 'mine' },
  overdue: { kind: 'list', name: 'overdue' },
};

for (const language of LANGUAGES) {
  for (const command of Object.keys(COMMANDS) as (keyof typeof COMMANDS)[])
    for (const phrase of COMMANDS[command][language]) addPhrase(phrase, { intent: COMMAND_INTENTS[command] });
  for (const takes of Object.keys(CLAIM_WORDS) as ClaimWord[]) {
    const phrases = CLAIM_WORDS[takes][language];
    for (const phrase of phrases) addPhrase(phrase, { takes, word: phrases[0], language });
  }
  addTemplates(
    ENROL[language],
    { kind: 'enrol' },
    Object.entries(ENROLLED).flatMap(([what, names]) =>
      names.map((name) => [name, { kind: 'enrol', what: what as Enrolled }]),
    ),
  );
  addTemplates(
    LANGUAGE[language],
    { kind: 'language' },
    LANGUAGES.flatMap((one) =>
      [one, ...LANGUAGE_NAMES[one]].map((name) => [name, { kind: 'language', language: one }]),
    ),
  );
  for (const name of LANGUAGE_NAMES[language]) addPhrase(name, { intent: { kind: 'language', language } });
}

/** Adds phrases with each name in place of `*`. Bare language codes are left out: `en` alone is no command. */
function addTemplates(templates: readonly string[], bare: Intent, named: readonly (readonly [string, Intent])[]): void {
  for (const template of templates) {
    if (!template.includes('*')) addPhrase(template, { intent: bare });
    else
      for (const [name, intent] of named)
        if (!isBareCode(template, name)) addPhrase(template.replace('*', name), { intent });
  }
}

function isBareCode(template: string, name: string): boolean {
  return LANGUAGES.some((code) => code === name) && wordsOf(template.replace('*', '')).every(isFiller);
}

/**
 * The meaning of all words together. Words for the claim itself (`claim`, `заявка`) are ignored in commands about a
 * claim.
 */
export function meaningOf(words: readonly Word[]): Meaning | undefined {
  const meaning = meanings.get(keyOf(words));
  if (meaning) return meaning;
  const loose = meanings.get(keyOf(words, true));
  return loose && 'takes' in loose ? loose : undefined;
}

/** The words before and after the purpose in "use this channel for …". */
export const CHANNELS: readonly { readonly before: readonly string[]; readonly after: readonly string[] }[] =
  channelRows(CHANNEL);

/** The same, of what is an order only with a purpose that there is. */
export const LOOSE_CHANNELS: typeof CHANNELS = channelRows(LOOSE_CHANNEL);

function channelRows(
  phrases: Phrases,
): readonly { readonly before: readonly string[]; readonly after: readonly string[] }[] {
  return LANGUAGES.flatMap((language: Language) =>
    phrases[language].map((template) => {
      const [before = '', after = ''] = template.split('*');
      return { before: rowOf(before), after: rowOf(after) };
    }),
  );
}

/** The words before and after the name in "history of …"; the longest first. */
export const JOURNALS: typeof CHANNELS = LANGUAGES.flatMap((language: Language) =>
  JOURNAL[language].map((template) => {
    const [before = '', after = ''] = template.split('*');
    return { before: exactRowOf(before), after: exactRowOf(after) };
  }),
).sort((one, other) => other.before.length + other.after.length - one.before.length - one.after.length);

function exactRowOf(phrase: string): readonly string[] {
  return wordsOf(phrase).map(({ word }) => fold(word));
}

function rowOf(phrase: string): readonly string[] {
  return wordsOf(phrase)
    .filter((word) => !isFiller(word))
    .map(({ word }) => fold(word));
}
