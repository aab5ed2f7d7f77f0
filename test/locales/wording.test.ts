/** That the sentences use one word for one thing, in every language, and that labels fit where they stand. */
import { expect } from 'chai';
import en from '../../src/locales/en.json' with { type: 'json' };
import ru from '../../src/locales/ru.json' with { type: 'json' };
import tr from '../../src/locales/tr.json' with { type: 'json' };
import type { Language } from '../../src/locales/say.ts';
import { LANGUAGES } from '../../src/locales/say.ts';

const SENTENCES: Readonly<Record<Language, Readonly<Record<string, string>>>> = { en, ru, tr };

/** A sentence without its arguments: what a person is called is no term. */
function bare(language: Language, key: string): string {
  return (SENTENCES[language][key] ?? '').replace(/\{[A-Za-z]+\}/g, ' ');
}

interface Term {
  readonly en: RegExp;
  readonly ru: RegExp;
  readonly tr: RegExp;
  /** Sentences that say it in another way, and rightly so. */
  readonly but?: readonly string[];
}

/** Where an English sentence has the term, the others have theirs. */
const GLOSSARY: Readonly<Record<string, Term>> = {
  reviewer: { en: /\breviewers?\b/i, ru: /рецензент/i, tr: /gözden geçir/i, but: ['name.side.review'] },
  lead: { en: /\bleads?\b(?! to\b)/i, ru: /ведущ/i, tr: /lider|kıdemli|sorumlu|baş/i },
  'proof of execution': {
    en: /proof of execution/i,
    ru: /подтверждени\S* выполнения|PoE/i,
    tr: /yürütme kanıt|PoE/i,
  },
  consent: { en: /\bconsent\b/i, ru: /согласи/i, tr: /rıza/i },
  dispute: { en: /\bdisput/i, ru: /оспар|оспор|спор/i, tr: /[iİ]tiraz/ },
  deadline: { en: /\bdeadlines?\b/i, ru: /срок/i, tr: /son tarih|süre/i },
  withdraw: { en: /\bwithdr(?:aw|ew) the claim/i, ru: /отоз|отзо|отзы/i, tr: /geri (?:ç|al)/i },
  'programme owner': { en: /programme owner/i, ru: /владел\S* программы/i, tr: /program sahi/i },
  operator: { en: /\boperators?\b/i, ru: /оператор/i, tr: /operatör/i },
  tenant: { en: /\btenants?\b/i, ru: /арендатор|tenant/i, tr: /kiracı/i },
  draft: { en: /\bdrafts?\b/i, ru: /черновик/i, tr: /tasla[kğ]/i },
  assessment: { en: /\bassessment\b/i, ru: /оцен/i, tr: /değerlendirme/i },
  enrol: { en: /\benrol/i, ru: /регистр/i, tr: /kay[ıd]/i },
  history: { en: /\bhistory\b/i, ru: /журнал|истори/i, tr: /geçmiş/i },
  'claim number': { en: /\bclaim number\b/i, ru: /номер/i, tr: /numara/i },
};

/** Words that stood for the same thing as another one, or that no one says. */
const FORBIDDEN: Readonly<Record<Language, RegExp>> = {
  en: /\b(?:somebody|nobody|claim ids?|private chat|was not taken|need not|may deny|press (?:“|it|the button)|told to the|of record claims of)\b/i,
  ru: /ё|идентификатор заявки|клиенту сообщат|в приватном|апрув|само уйдет/i,
  tr: /inceleyenler|rızasını reddedebilir|talep kimliği|özel sohbet/i,
};

/** What must be read before it is forgotten: a button, on a card 320 px wide. */
const MAX_BUTTON_LETTERS = 24;

/**
 * The facts on which money and rights depend, each with the sentences that tell it: on a card, and in the line that is
 * posted with it. All of one fact end in the same words.
 */
const FACTS: Readonly<Record<string, readonly (readonly [key: string, says: Readonly<Record<Language, RegExp>>])[]>> = {
  'silence is consent': [
    ...(['card.customerNothing', 'line.customer.nothingToDo'] as const).map(
      (key) =>
        [
          key,
          {
            en: /If you do nothing, the association stands\.$/,
            ru: /Если вы ничего не сделаете, связь останется в силе\.$/,
            tr: /Hiçbir şey yapmazsanız ilişkilendirme geçerli kalır\.$/,
          },
        ] as const,
    ),
  ],
  'approved is not paid': [
    ...(['card.approvedMeans', 'line.approvedMeans'] as const).map(
      (key) =>
        [
          key,
          {
            en: /It does not mean that the claim is approved for incentive earnings or payout\./,
            ru: /не означает/,
            tr: /anlamına gelmez/,
          },
        ] as const,
    ),
  ],
  'rejected when the deadline passes': [
    ...(['byItself.autoReject', 'byItself.you.autoReject', 'line.reminder.partnerResponse'] as const).map(
      (key) =>
        [
          key,
          {
            en: /the claim will be rejected automatically\.$/,
            ru: /заявка будет автоматически отклонена|автоматически/,
            tr: /otomatik/,
          },
        ] as const,
    ),
  ],
};

describe('The wording of the desk', () => {
  for (const [term, { but = [], ...forms }] of Object.entries(GLOSSARY))
    for (const language of LANGUAGES.filter((one) => one !== 'en'))
      it(`has one word for “${term}” in ${language}`, () => {
        const keys = Object.keys(en).filter((key) => forms.en.test(bare('en', key)) && !but.includes(key));
        expect(keys, 'sentences with the term').not.to.be.empty;
        expect(keys.filter((key) => !forms[language].test(bare(language, key)))).to.deep.equal([]);
      });

  for (const language of LANGUAGES) {
    it(`avoids words that stand for something else in ${language}`, () => {
      const found = Object.keys(en).filter((key) => FORBIDDEN[language].test(bare(language, key)));
      expect(found).to.deep.equal([]);
    });

    it(`has short buttons in ${language}`, () => {
      const long = Object.keys(en).filter(
        (key) => key.startsWith('button.') && [...(SENTENCES[language][key] ?? '')].length > MAX_BUTTON_LETTERS,
      );
      expect(long).to.deep.equal([]);
    });

    for (const [fact, sentences] of Object.entries(FACTS))
      it(`tells in ${language} with the same words, on the card and in the line, that ${fact}`, () => {
        for (const [key, says] of sentences) expect(SENTENCES[language][key], key).to.match(says[language]);
      });
  }

  it('names no button in a sentence that has none of that name', () => {
    for (const language of LANGUAGES) {
      const labels = new Set(
        Object.entries(SENTENCES[language])
          .filter(([key]) => /^(?:button|upload|entry|link)\./.test(key))
          .map(([, label]) => label.replace(/[.:]$/, '')),
      );
      const quoted = { en: /[Ss]elect “([^”{}]+)”/g, ru: /нажмите «([^»{}]+)»/g, tr: /“([^”{}]+)” düğmesi/g }[language];
      for (const [key, sentence] of Object.entries(SENTENCES[language]))
        for (const [, label = ''] of sentence.matchAll(quoted))
          expect([...labels], `${language} ${key}`).to.include(label);
    }
  });
});
