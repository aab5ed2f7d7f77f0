/** The fields of a claim as inputs: to file a draft, and to edit what may be edited (R7, R10, R11). */
import { areaOf, CATALOGUE } from '../../domain/claims/catalogue.ts';
import type { Claim } from '../../domain/claims/claim.ts';
import type { FieldName, Fields } from '../../domain/claims/values.ts';
import {
  EDITABLE_AFTER_SUBMISSION,
  EMPTY_FIELDS,
  FIELD_NAMES,
  MAX_NAME,
  sameValue,
} from '../../domain/claims/fields.ts';
import { say } from '../../locales/say.ts';
import type { Speech } from '../text/format.ts';
import type { Choice, InputSpec } from './inputs.ts';
import { severalTyped, typed } from './inputs.ts';
import { truncateWithEllipsis } from './escape.ts';
import type { Line } from './elements.ts';
import { line, run } from './elements.ts';
import { activityName, areaName, fieldLabel, fieldValue } from '../text/labels.ts';
import type { Inputs } from './verbs.ts';
import { fieldsOf } from './verbs.ts';

const EXAMPLES: Readonly<Partial<Record<FieldName, string>>> = {
  mpnId: '1234567',
  customerDomain: 'contoso.com',
  customerTenantId: '00000000-0000-0000-0000-000000000000',
};
const EMAILS: readonly FieldName[] = ['customerContactEmail', 'partnerContactEmail'];
const MAX_IDS_LENGTH = 50 * 40;
const MAX_EMAIL = 254;
const MAX_SAVED_SHOWN = 200;

/** The pairs of area and activity that the catalogue allows (R8). */
export function kindChoices(speech: Speech): readonly Choice[] {
  return CATALOGUE.areas.flatMap((area) =>
    area.activities.map((activity) => ({
      title: `${areaName(area.id, speech)} – ${activityName(activity, speech)}`,
      value: `${area.id}/${activity}`,
    })),
  );
}

/** One choice for area and activity together, as `area/activity` (R8). */
export function kindInput(speech: Speech, chosen: string, required: boolean): InputSpec {
  return {
    kind: 'choice',
    name: 'kind',
    label: say(speech.language, 'form.kind'),
    choices: kindChoices(speech),
    chosen: [chosen],
    required,
  };
}

/** A choice of MPN ids; a text input where they are not known. */
export function mpnInput(
  mpnIds: readonly string[] | undefined,
  speech: Speech,
  value: string,
  required: boolean,
): InputSpec {
  const asked = { name: 'mpnId', label: fieldLabel('mpnId', speech), required } as const;
  if (!mpnIds) return { ...asked, kind: 'text', value, maxLength: MAX_NAME, placeholder: '1234567' };
  return { ...asked, kind: 'choice', choices: mpnIds.map((id) => ({ title: id, value: id })), chosen: [value] };
}

/** An input for a field of plain text. */
export function textInput(name: FieldName, speech: Speech, value: string, required: boolean): InputSpec {
  const email = EMAILS.includes(name);
  return {
    kind: 'text',
    name,
    label: fieldLabel(name, speech),
    value,
    maxLength: email ? MAX_EMAIL : MAX_NAME,
    placeholder: EXAMPLES[name] ?? '',
    required,
    email,
  };
}

/**
 * The inputs to edit a claim: every field while it is a draft; later those that may still change, and none of them may
 * be emptied. Where the form held another value than the saved one, the saved one is shown below the input (R57).
 */
export function editInputs(
  claim: Claim,
  speech: Speech,
  filled: Inputs,
  mpnIds: readonly string[] | undefined,
): readonly InputSpec[] {
  const draft = claim.status === 'Editing';
  const names = draft ? FIELD_NAMES : FIELD_NAMES.filter((name) => EDITABLE_AFTER_SUBMISSION.includes(name));
  const shown: Fields = { ...claim.fields, ...fieldsOf(filled) };
  return names.flatMap((name): readonly InputSpec[] => {
    const hint = savedNow(name, claim.fields, shown, speech);
    switch (name) {
      case 'activity':
        return [];
      case 'area': {
        const kindHint = hint ?? savedNow('activity', claim.fields, shown, speech);
        return [
          {
            ...kindInput(speech, `${shown.area}/${shown.activity}`, false),
            ...(kindHint && { hint: kindHint }),
          },
        ];
      }
      case 'mpnId':
        return [
          { ...mpnInput(withSaved(mpnIds, claim.fields.mpnId), speech, shown.mpnId, true), ...(hint && { hint }) },
        ];
      case 'products':
        return [{ ...productsInput(claim.fields, shown, speech, filled), required: !draft, ...(hint && { hint }) }];
      case 'subscriptionIds':
        return [
          {
            kind: 'text',
            name,
            label: fieldLabel(name, speech),
            value: severalTyped(filled, name, claim.fields.subscriptionIds).join('\n'),
            maxLength: MAX_IDS_LENGTH,
            long: true,
            placeholder: say(speech.language, 'form.onePerLine'),
            ...(hint && { hint }),
          },
        ];
      default:
        return [{ ...textInput(name, speech, typed(filled, name, claim.fields[name]), !draft), ...(hint && { hint }) }];
    }
  });
}

/** The products of the chosen area; of all areas while none is chosen. */
function productsInput(saved: Fields, shown: Fields, speech: Speech, filled: Inputs): InputSpec {
  const area = areaOf(CATALOGUE, shown.area);
  const products = area ? area.products : CATALOGUE.areas.flatMap((one) => one.products);
  return {
    kind: 'choice',
    name: 'products',
    label: fieldLabel('products', speech),
    several: true,
    expanded: true,
    choices: products.map(({ id, name }) => ({ title: name, value: id })),
    chosen: severalTyped(filled, 'products', saved.products),
  };
}

function withSaved(mpnIds: readonly string[] | undefined, saved: string): readonly string[] | undefined {
  return mpnIds && saved !== '' && !mpnIds.includes(saved) ? [saved, ...mpnIds] : mpnIds;
}

function savedNow(name: FieldName, saved: Fields, shown: Fields, speech: Speech): Line | undefined {
  if (sameValue(saved[name], shown[name]) || sameValue(saved[name], EMPTY_FIELDS[name])) return undefined;
  return line(
    run(say(speech.language, 'form.savedNow'), 'subtle'),
    run(truncateWithEllipsis(fieldValue(name, saved[name], speech), MAX_SAVED_SHOWN), 'subtle'),
  );
}
