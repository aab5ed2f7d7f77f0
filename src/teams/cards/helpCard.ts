/** What one can write, by role, with examples; and the welcome to who is new (R4). */
import type { Language, SentenceKey } from '../../locales/say.ts';
import { say } from '../../locales/say.ts';
import type { HelpOptions, WelcomeOptions } from './cardOptions.ts';
import { truncateWithEllipsis } from './escape.ts';
import { page, sectionElements } from './page.ts';
import type { Row, Section } from './elements.ts';
import { line, row, run, section } from './elements.ts';
import { formLabel } from '../text/labels.ts';
import type { Card, Fill } from './templates.ts';
import { CLAIM_WORDS, COMMANDS } from '../intents/lexicon.ts';

const EXAMPLE = 'CPOR-7F3K9Q';
const LONGEST_NAME = 120;

interface Sentence {
  /** What is written. */
  readonly words: string;
  readonly does: SentenceKey;
}

export function helpCard(fill: Fill, options: HelpOptions): Card {
  const title = say(options.language, 'help.title');
  return page(fill, { title, body: [fill('title', { title }), ...sectionElements(fill, sections(options))] }, options);
}

/** For those who are not enrolled yet: how to be, with the ids that the operator needs. */
export function welcomeCard(fill: Fill, options: WelcomeOptions): Card {
  const { language, known, name, tenantId, objectId } = options;
  const title = say(language, 'welcome.title');
  const hello = section('', {
    lines: [
      line(
        run(
          name === ''
            ? say(language, 'welcome.hello')
            : say(language, 'welcome.helloName', { name: truncateWithEllipsis(name, LONGEST_NAME) }),
        ),
      ),
      line(run(say(language, known ? 'welcome.known' : 'welcome.unknown'))),
    ],
  });
  const ids = section(say(language, 'welcome.ids'), {
    style: 'emphasis',
    rows: [
      row(formLabel('name', options), run(name === '' ? '–' : truncateWithEllipsis(name, LONGEST_NAME))),
      row(formLabel('tenantId', options), run(tenantId)),
      row(formLabel('objectId', options), run(objectId)),
    ],
  });
  return page(
    fill,
    {
      title,
      body: [
        fill('title', { title }),
        ...sectionElements(fill, [hello, ...(known ? [] : [ids]), ...sections(options)]),
      ],
    },
    options,
  );
}

function sections(options: HelpOptions): readonly Section[] {
  const { language, partner, reviewer, customer, operator, playground } = options;
  const groups: readonly (readonly [boolean, SentenceKey, readonly Sentence[]])[] = [
    [partner, 'help.partner', partnerSentences(language)],
    [reviewer, 'help.reviewer', reviewerSentences(language)],
    [customer, 'help.customer', []],
    [operator, 'help.operator', operatorSentences(language)],
    [true, 'help.everybody', everybodySentences(language)],
    [playground, 'help.playground', playgroundSentences(language)],
  ];
  return groups
    .filter(([shown]) => shown)
    .map(([, title, sentences]) =>
      section(say(language, title), {
        lines:
          title === 'help.customer'
            ? [line(run(say(language, 'help.customerHow')))]
            : title === 'help.partner' || title === 'help.reviewer'
              ? [line(run(say(language, 'help.cardsHow')))]
              : [],
        rows: sentences.map((sentence) => rowOf(sentence, language)),
      }),
    );
}

function rowOf({ words, does }: Sentence, language: Language): Row {
  return { label: [run(words, 'bold')], value: [run(say(language, does))] };
}

/** The first phrase of a command is the one to name. */
function first(phrases: Readonly<Record<Language, readonly string[]>>, language: Language): string {
  return phrases[language][0] ?? '';
}

function partnerSentences(language: Language): readonly Sentence[] {
  const named = (word: keyof typeof CLAIM_WORDS): string => `${first(CLAIM_WORDS[word], language)} ${EXAMPLE}`;
  return [
    { words: first(COMMANDS.newClaim, language), does: 'help.newClaim' },
    { words: first(COMMANDS.claims, language), does: 'help.claims' },
    { words: named('submit'), does: 'help.submit' },
    { words: named('resubmit'), does: 'help.resubmit' },
    { words: named('withdraw'), does: 'help.withdraw' },
    { words: named('dispute'), does: 'help.dispute' },
    { words: `${named('comment')} …`, does: 'help.comment' },
  ];
}

function reviewerSentences(language: Language): readonly Sentence[] {
  return [
    { words: first(COMMANDS.queue, language), does: 'help.queue' },
    { words: first(COMMANDS.mine, language), does: 'help.mine' },
    { words: first(COMMANDS.overdue, language), does: 'help.overdue' },
    { words: `${first(CLAIM_WORDS.comment, language)} ${EXAMPLE} …`, does: 'help.comment' },
    { words: `${first(CLAIM_WORDS.follow, language)} ${EXAMPLE}`, does: 'help.follow' },
    { words: `${first(CLAIM_WORDS.mute, language)} ${EXAMPLE}`, does: 'help.mute' },
  ];
}

function operatorSentences(language: Language): readonly Sentence[] {
  return [
    { words: say(language, 'help.say.enrol'), does: 'help.enrol' },
    { words: say(language, 'help.say.reviewChannel'), does: 'help.reviewChannel' },
    { words: say(language, 'help.say.mpnChannel'), does: 'help.mpnChannel' },
  ];
}

function everybodySentences(language: Language): readonly Sentence[] {
  return [
    { words: `${first(CLAIM_WORDS.status, language)} ${EXAMPLE}`, does: 'help.status' },
    { words: `${first(CLAIM_WORDS.history, language)} ${EXAMPLE}`, does: 'help.history' },
    { words: say(language, 'help.say.language'), does: 'help.language' },
    { words: first(COMMANDS.help, language), does: 'help.help' },
  ];
}

function playgroundSentences(language: Language): readonly Sentence[] {
  return [
    { words: say(language, 'help.say.businessDays'), does: 'help.businessDays' },
    { words: say(language, 'help.say.days'), does: 'help.days' },
  ];
}
