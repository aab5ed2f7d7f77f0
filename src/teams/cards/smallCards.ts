/**
 * The small cards: the form for a new claim, the offers of a comment and of files, the language, a moved card, a
 * message (R10, R12, R33).
 */
import type { Claim } from '../../domain/claims/claim.ts';
import type { ClaimId, FieldName } from '../../domain/claims/values.ts';
import type { Language } from '../../locales/say.ts';
import { LANGUAGES, say } from '../../locales/say.ts';
import type { FormSpec } from './buttons.ts';
import { button, formElement, linkButton } from './buttons.ts';
import type { NewClaimOptions, Note, Tone } from './cardOptions.ts';
import type { Speech } from '../text/format.ts';
import { kindInput, mpnInput, textInput } from './fieldInputs.ts';
import type { InputSpec } from './inputs.ts';
import { longText, typed } from './inputs.ts';
import { truncateWithEllipsis } from './escape.ts';
import { noteElement, page } from './page.ts';
import { line, run } from './elements.ts';
import { claimName } from '../text/labels.ts';
import type { Card, Fill } from './templates.ts';

const MAX_TITLE = 80;
const OWN_NAMES = { en: 'English', ru: 'Русский', tr: 'Türkçe' } as const;

/** The form that files a draft: verb `create` (R10). */
export function newClaimCard(fill: Fill, options: NewClaimOptions): Card {
  const { language, form: name, mpnIds, filled = {}, note } = options;
  const text = (field: FieldName, required: boolean) => textInput(field, options, typed(filled, field), required);
  const [only] = mpnIds.length === 1 ? mpnIds : [];
  const send = {
    title: say(language, 'button.create'),
    data: { verb: 'create', form: name },
    style: 'positive',
  } as const;
  const form = {
    title: say(language, 'form.newClaim'),
    lines: [line(run(say(language, 'form.newClaimTells')))],
    inputs: [
      mpnInput(mpnIds, options, typed(filled, 'mpnId', only ?? ''), true),
      kindInput(options, typed(filled, 'kind'), true),
      text('customerName', true),
      text('partnerContactName', false),
      text('partnerContactEmail', false),
    ],
    send,
  };
  return formPage(fill, form, options, note);
}

/** Offers a sentence as a comment to one of some claims: verb `commentOn`. */
export function commentOfferCard(fill: Fill, text: string, claims: readonly Claim[], options: Speech): Card {
  const { language } = options;
  const send = { title: say(language, 'button.commentNow'), data: { verb: 'commentOn' }, style: 'positive' } as const;
  const [only] = claims.length === 1 ? claims : [];
  const form = {
    title: say(language, 'form.commentOffer'),
    lines: [line(run(say(language, 'form.commentOfferTells')))],
    inputs: [longText('text', say(language, 'form.commentText'), { text }), claimInput(claims, only, language)],
    send,
  };
  return formPage(fill, form, options);
}

/** Files whose claim is not sure. */
export interface FileOffer {
  /** By which the files are found when the claim is chosen. */
  readonly files: string;
  readonly names: readonly string[];
  readonly why: string;
  readonly claims: readonly Claim[];
}

/** Asks which claim files are for; none is chosen beforehand, since what is added to a claim may stay there (R13). */
export function fileOfferCard(fill: Fill, { files, names, why, claims }: FileOffer, options: Speech): Card {
  const { language } = options;
  const send = {
    title: say(language, 'button.addFiles'),
    data: { verb: 'fileFor', files },
    style: 'positive',
  } as const;
  const form = {
    title: say(language, 'form.fileOffer'),
    lines: [
      line(run(why)),
      line(run(names.map((name) => truncateWithEllipsis(name, MAX_TITLE)).join('\n'), 'bold')),
      line(run(say(language, 'form.fileOfferTells'))),
    ],
    inputs: [claimInput(claims, undefined, language)],
    send,
  };
  return formPage(fill, form, options);
}

/** Which of some claims; `chosen` beforehand. */
function claimInput(claims: readonly Claim[], chosen: Claim | undefined, language: Language): InputSpec {
  return {
    kind: 'choice',
    name: 'claim',
    label: say(language, 'form.commentClaim'),
    required: true,
    choices: claims.map((claim) => ({ title: truncateWithEllipsis(claimName(claim), MAX_TITLE), value: claim.id })),
    chosen: chosen ? [chosen.id] : [],
  };
}

/** A card that is one form, below a note where there is one. */
function formPage(fill: Fill, form: FormSpec, options: Speech, note?: Note): Card {
  return page(
    fill,
    {
      title: form.title,
      body: [
        ...(note ? [noteElement(fill, note)] : []),
        formElement(fill, form, options.language, { titled: true, shared: false }),
      ],
      actions: [button(fill, form.send)],
    },
    options,
  );
}

/** Each language by its own name, so that users find theirs whatever the card is written in. */
export function languageCard(fill: Fill, options: Speech): Card {
  const title = say(options.language, 'form.language');
  return page(
    fill,
    {
      title,
      body: [fill('title', { title })],
      actions: LANGUAGES.map((language) =>
        button(fill, { title: OWN_NAMES[language], data: { verb: 'language', language } }),
      ),
    },
    options,
  );
}

/**
 * Replaces a claim's card that has moved. It names the claim and shows nothing of it, as its readers may no longer see
 * it.
 */
export function movedCard(
  fill: Fill,
  claim: ClaimId,
  options: Speech & { readonly to: 'elsewhere' | 'nowhere'; readonly link?: string },
): Card {
  const { language, to, link } = options;
  const title = say(language, 'card.desk');
  return page(
    fill,
    {
      title,
      body: [
        noteElement(fill, {
          tone: 'plain',
          text: say(language, to === 'elsewhere' ? 'card.moved' : 'card.movedAway', { claim }),
        }),
      ],
      actions: link === undefined ? [] : [linkButton(fill, say(language, 'button.openMoved'), link)],
    },
    options,
  );
}

/** One sentence on a card. */
export function messageCard(fill: Fill, text: string, options: Speech & { readonly tone: Tone }): Card {
  const title = say(options.language, 'card.desk');
  return page(fill, { title, body: [noteElement(fill, { tone: options.tone, text })] }, options);
}
