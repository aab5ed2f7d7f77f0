/** Forms: those of a claim, to file it and to edit it, and the operator's; what is saved of them is valid. */
import { CATALOGUE } from '../../../src/domain/claims/catalogue.ts';
import type { Fields } from '../../../src/domain/claims/values.ts';
import {
  EMPTY_FIELDS,
  FIELD_NAMES,
  missingIn,
  normalise,
  problemsOf,
  sameValue,
} from '../../../src/domain/claims/fields.ts';
import { loadTemplates } from '../../../src/teams/cards/templates.ts';
import { severalTyped, typed, inputElement } from '../../../src/teams/cards/inputs.ts';
import { inputsOf } from '../../../src/teams/cards/inputIds.ts';
import { fieldsAsked, fieldsOf, requestOf } from '../../../src/teams/cards/verbs.ts';
import type { Inputs } from '../../../src/teams/cards/verbs.ts';
import type { Chance } from '../../support/random.ts';
import { MPN, PARTNER_TENANT, SECOND_MPN } from '../../acceptance/support/personas.ts';
import { isRecord } from '../json.ts';
import { mutated } from '../mutate.ts';
import { unpolluted } from '../pollution.ts';
import { fieldsMade, pressMade } from '../presses.ts';
import { readableCard } from '../readable.ts';
import { alone, promise } from '../target.ts';
import type { Stage, Taken, Target } from '../target.ts';
import { pressStage } from './presses.ts';

const VERBS = ['create', 'edit', 'enrolPartner', 'enrolMember', 'enrolStaff', 'enrolCustomer', 'enrolContact'] as const;

/** Forms sent to the desk. */
export const forms: Target = {
  name: 'forms',
  share: 4,
  act: 20,
  open: () => pressStage((chance, fuzzed, claims) => pressMade(chance, fuzzed, claims, VERBS)),
};

/** Forms as they are read, without a desk behind them. */
export const fields: Target = { name: 'fields', share: 16, act: 1, open: openFields };

const OWN = { mpnIds: [MPN, SECOND_MPN], tenantIds: [PARTNER_TENANT] };
/** Many times as much as the client lets a user type into a card's input. */
const MOST_TYPED = 10_000;

async function openFields(): Promise<Stage> {
  const fill = loadTemplates(new URL('../../../cards/', import.meta.url));

  function take(input: unknown): Taken {
    const told: unknown = JSON.parse(JSON.stringify(input ?? null));
    const inputs: Inputs = inputsOf('edit', isRecord(told) ? told : {});
    const asked = normalise(fieldsAsked(inputs));
    const again = normalise(asked);
    promise(JSON.stringify(again) === JSON.stringify(asked), 'what is in its one spelling has another', [asked, again]);
    promise(
      Object.keys(asked).every((name) => FIELD_NAMES.some((one) => one === name)),
      'a form has a field that no claim has',
      asked,
    );
    const problems = problemsOf(asked, { ...EMPTY_FIELDS, ...asked }, CATALOGUE, OWN);
    if (problems.length === 0) holdsAll({ ...EMPTY_FIELDS, ...asked });
    fieldsOf(inputs);
    requestOf('edit', inputs);
    for (const name of [...FIELD_NAMES, '__proto__', 'constructor']) {
      const text = typed(inputs, name);
      const chosen = severalTyped(inputs, name);
      promise(typeof text === 'string' && chosen.every((one) => one !== ''), 'a form holds what was not typed');
      if (!Object.hasOwn(inputs, name) || text.length > MOST_TYPED) continue;
      const choices = chosen.slice(0, 5).map((value) => ({ title: value, value: 'x' }));
      readableCard([
        inputElement(fill, { kind: 'text', name, label: 'Name', value: text, maxLength: 120 }, name, 'en'),
        inputElement(fill, { kind: 'choice', name, label: 'Name', choices, chosen }, name, 'tr'),
      ]);
    }
    unpolluted();
    return problems.length === 0 ? 'accepted' : 'refused';
  }
  return alone(
    (chance: Chance) =>
      mutated(chance, Object.fromEntries(Object.entries(fieldsMade(chance)).filter(() => chance.happens(0.4)))),
    take,
  );
}

/** Every field is of its type, and clean. */
function holdsAll(all: Fields): void {
  for (const name of FIELD_NAMES) {
    const value: unknown = all[name];
    const isList = Array.isArray(EMPTY_FIELDS[name]);
    promise(
      isList ? Array.isArray(value) && value.every((one) => typeof one === 'string') : typeof value === 'string',
      'a field of another type was taken',
      { name, value },
    );
    promise(JSON.stringify(value).length <= 3_000, 'a field was taken that is too long', name);
    promise(sameValue(all[name], all[name]), 'a value is not the same as itself');
  }
  missingIn(all, CATALOGUE);
}
