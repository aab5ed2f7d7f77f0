/** Presses: what a card's data says to the desk, from any user, and the card that answers. */
import type { PersonId } from '../../../src/domain/claims/values.ts';
import { LANGUAGES } from '../../../src/locales/say.ts';
import { isObject } from '../../../src/shared/objects.ts';
import { readPress } from '../../../src/teams/handlers/press.ts';
import type { Chance } from '../../support/random.ts';
import { RULES } from '../../domain/claims/scenario.ts';
import { personalChat } from '../../acceptance/support/activities.ts';
import { claimsOfAct } from '../claimsOfAct.ts';
import type { ClaimsOfAct } from '../claimsOfAct.ts';
import { idOf, openDeskUnderFuzz, PEOPLE } from '../deskUnderFuzz.ts';
import type { DeskUnderFuzz } from '../deskUnderFuzz.ts';
import type { Json } from '../json.ts';
import { checkAction } from '../checkedAction.ts';
import { mutated } from '../mutate.ts';
import { pressMade } from '../presses.ts';
import type { PressMade } from '../presses.ts';
import { promise } from '../target.ts';
import type { Stage, Taken, Target } from '../target.ts';

const ACT = 20;
const DAY_MS = 86_400_000;
const STRANGER = PEOPLE[PEOPLE.length - 1];

export const presses: Target = {
  name: 'presses',
  share: 6,
  act: ACT,
  open: () => pressStage((chance, fuzzed, claims) => pressMade(chance, fuzzed, claims)),
};

/** A press as it was received: who pressed, and the data of their card. */
export interface PressInput {
  readonly person: string;
  readonly verb: unknown;
  readonly data: unknown;
  readonly personal: boolean;
  readonly language: number;
}

/** A stage for presses on a whole desk. */
export async function pressStage(
  example: (chance: Chance, fuzzed: DeskUnderFuzz, claims: ClaimsOfAct) => PressMade,
): Promise<Stage> {
  const fuzzed = await openDeskUnderFuzz();
  const claims = await claimsOfAct(fuzzed);
  return {
    begin: () => fuzzed.rewind(),
    make(chance): PressInput {
      if (chance.happens(0.01)) fuzzed.turn(chance.below(3 * DAY_MS));
      const { by, verb, data } = example(chance, fuzzed, claims);
      const said = mutated(chance, { verb, data }) as Json;
      const isOdd = chance.happens(0.06);
      return {
        person: idOf(isOdd ? chance.pick(PEOPLE) : by),
        verb: isObject(said) ? said['verb'] : said,
        data: isObject(said) ? said['data'] : data,
        personal: chance.happens(0.7),
        language: chance.below(LANGUAGES.length),
      };
    },
    take: (input) => takePress(fuzzed, input as PressInput),
  };
}

async function takePress(
  fuzzed: DeskUnderFuzz,
  { person, verb, data, personal, language = 0 }: PressInput,
): Promise<Taken> {
  const by = (typeof person === 'string' ? person : idOf(STRANGER ?? { tenantId: 'x', objectId: 'x' })) as PersonId;
  const chat = PEOPLE.find((one) => idOf(one) === by);
  // As it comes out of the JSON of an activity.
  const told: unknown = data === undefined ? undefined : JSON.parse(JSON.stringify(data));
  const press = readPress(
    verb,
    told,
    { conversationId: chat ? personalChat(chat) : 'a:1', messageId: 'id00000000000000000007' },
    personal === true,
  );
  if (!press) return 'refused';
  promise(
    press.verb.length <= 40 &&
      (press.version === undefined || (Number.isSafeInteger(press.version) && press.version > 0)),
    'a press is read that is none',
    press,
  );
  const speech = { language: LANGUAGES[language] ?? 'en', zone: RULES.programme.policy.zone };
  return checkAction(fuzzed, {
    by,
    act: async () => [await fuzzed.actions.act(press, { person: await fuzzed.people.personOf(by), speech })],
  });
}
