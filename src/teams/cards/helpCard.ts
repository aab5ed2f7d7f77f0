/** The help: what a user can write, by role, with examples. And the welcome for new users (R4). */
import type { Language, SentenceKey } from '../../locales/say.ts';
import { formatSize } from '../../locales/formatSize.ts';
import { kindsText } from '../../locales/kindsText.ts';
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
const MAX_NAME_SHOWN = 120;

interface HelpEntry {
  /** What to write. */
  readonly phrase: string;
  readonly description: SentenceKey;
}

/** The help, with the sections of the user's roles. */
export function helpCard(fill: Fill, options: HelpOptions): Card {
  const title = say(options.language, 'help.title');
  return page(fill, { title, body: [fill('title', { title }), ...sectionElements(fill, sections(options))] }, options);
}

/** Greets a user. Who is not enrolled reads how to get enrolled, with the ids that the operator needs. */
export function welcomeCard(fill: Fill, options: WelcomeOptions): Card {
  const { language, known, name, tenantId, objectId } = options;
  const title = say(language, 'welcome.title');
  const hello = section('', {
    lines: [
      line(
        run(
          name === ''
            ? say(language, 'welcome.hello')
            : say(language, 'welcome.helloName', { name: truncateWithEllipsis(name, MAX_NAME_SHOWN) }),
        ),
      ),
      line(run(say(language, known ? 'welcome.known' : 'welcome.unknown'))),
    ],
  });
  const ids = section(say(language, 'welcome.ids'), {
    style: 'emphasis',
    rows: [
      row(formLabel('name', options), run(name === '' ? '–' : truncateWithEllipsis(name, MAX_NAME_SHOWN))),
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
  const groups: readonly (readonly [boolean, SentenceKey, readonly HelpEntry[]])[] = [
    [partner, 'help.partner', partnerEntries(language)],
    [reviewer, 'help.reviewer', reviewerEntries(language)],
    [customer, 'help.customer', customerEntries(language)],
    [operator, 'help.operator', operatorEntries(language)],
    [true, 'help.everybody', commonEntries(language)],
    [playground, 'help.playground', playgroundEntries(language)],
  ];
  return groups
    .filter(([shown]) => shown)
    .map(([, title, entries]) =>
      section(say(language, title), {
        lines:
          title === 'help.customer'
            ? [line(run(say(language, 'help.customerHow')))]
            : title === 'help.partner' || title === 'help.reviewer'
              ? [line(run(say(language, 'help.cardsHow'))), ...(title === 'help.partner' ? proofLines(options) : [])]
              : [],
        rows: entries.map((sentence) => rowOf(sentence, language)),
      }),
    );
}

function proofLines({ language, proof }: HelpOptions): Section['lines'] {
  if (!proof) return [];
  const limits = { kinds: kindsText(language, proof.kinds), size: formatSize(proof.maxBytes, language) };
  return [line(run(say(language, 'help.proof', limits)))];
}

function rowOf({ phrase, description }: HelpEntry, language: Language): Row {
  return { label: [run(phrase, 'bold')], value: [run(say(language, description))] };
}

/** The first phrase of a command is the one that answers name. */
function canonicalPhrase(phrases: Readonly<Record<Language, readonly string[]>>, language: Language): string {
  return phrases[language][0] ?? '';
}

function partnerEntries(language: Language): readonly HelpEntry[] {
  const named = (word: keyof typeof CLAIM_WORDS): string =>
    `${canonicalPhrase(CLAIM_WORDS[word], language)} ${EXAMPLE}`;
  return [
    { phrase: canonicalPhrase(COMMANDS.newClaim, language), description: 'help.newClaim' },
    { phrase: canonicalPhrase(COMMANDS.claims, language), description: 'help.claims' },
    { phrase: named('submit'), description: 'help.submit' },
    { phrase: named('resubmit'), description: 'help.resubmit' },
    { phrase: named('withdraw'), description: 'help.withdraw' },
    { phrase: named('dispute'), description: 'help.dispute' },
    { phrase: `${named('comment')} …`, description: 'help.comment' },
  ];
}

function customerEntries(language: Language): readonly HelpEntry[] {
  return [
    { phrase: `${canonicalPhrase(CLAIM_WORDS.agree, language)} ${EXAMPLE}`, description: 'help.agree' },
    { phrase: `${canonicalPhrase(CLAIM_WORDS.deny, language)} ${EXAMPLE}`, description: 'help.deny' },
    { phrase: `${canonicalPhrase(CLAIM_WORDS.notMeant, language)} ${EXAMPLE}`, description: 'help.notMeant' },
  ];
}

function reviewerEntries(language: Language): readonly HelpEntry[] {
  return [
    { phrase: canonicalPhrase(COMMANDS.queue, language), description: 'help.queue' },
    { phrase: canonicalPhrase(COMMANDS.mine, language), description: 'help.mine' },
    { phrase: canonicalPhrase(COMMANDS.overdue, language), description: 'help.overdue' },
    { phrase: `${canonicalPhrase(CLAIM_WORDS.comment, language)} ${EXAMPLE} …`, description: 'help.comment' },
    { phrase: `${canonicalPhrase(CLAIM_WORDS.follow, language)} ${EXAMPLE}`, description: 'help.follow' },
    { phrase: `${canonicalPhrase(CLAIM_WORDS.mute, language)} ${EXAMPLE}`, description: 'help.mute' },
  ];
}

function operatorEntries(language: Language): readonly HelpEntry[] {
  return [
    { phrase: say(language, 'help.say.enrol'), description: 'help.enrol' },
    { phrase: say(language, 'help.say.reviewChannel'), description: 'help.reviewChannel' },
    { phrase: say(language, 'help.say.mpnChannel'), description: 'help.mpnChannel' },
  ];
}

function commonEntries(language: Language): readonly HelpEntry[] {
  return [
    { phrase: `${canonicalPhrase(CLAIM_WORDS.status, language)} ${EXAMPLE}`, description: 'help.status' },
    { phrase: `${canonicalPhrase(CLAIM_WORDS.history, language)} ${EXAMPLE}`, description: 'help.history' },
    { phrase: say(language, 'help.say.language'), description: 'help.language' },
    { phrase: canonicalPhrase(COMMANDS.help, language), description: 'help.help' },
  ];
}

function playgroundEntries(language: Language): readonly HelpEntry[] {
  return [
    { phrase: say(language, 'help.say.businessDays'), description: 'help.businessDays' },
    { phrase: say(language, 'help.say.days'), description: 'help.days' },
  ];
}
