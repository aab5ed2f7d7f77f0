/** Sentences, without a desk behind them: what Teams makes of a text, what is understood of it, and the ids in it. */
import { claimIdFrom, claimIdsIn, parseClaimId } from '../../../src/domain/claims/claimId.ts';
import { plainText } from '../../../src/teams/intents/plainText.ts';
import { understand } from '../../../src/teams/intents/understand.ts';
import type { Intent } from '../../../src/teams/intents/intent.ts';
import type { Chance } from '../../support/random.ts';
import { hostileText } from '../hostile.ts';
import { unpolluted } from '../pollution.ts';
import { sentence } from '../sentences.ts';
import { alone, promise } from '../target.ts';
import type { Taken, Target } from '../target.ts';

interface Said {
  readonly text: string;
  readonly botMention: string;
  readonly playground: boolean;
}

const IDS = ['CPOR-7F3K9Q', 'CPOR-000000', 'CPOR-Z9Z9Z9'] as const;
const MENTIONS = [
  '',
  '<at>CPOR Claims Desk</at>',
  '<at>CPOR Claims Desk',
  'CPOR Claims Desk',
  '<at></at>',
  '</at>',
  '<at>.*</at>',
  '<at>(</at>',
] as const;
const ID = /^CPOR-[0-9A-HJKMNP-TV-Z]{6}$/;
const LONGEST = 32_768;

export const intents: Target = {
  name: 'intents',
  share: 38,
  act: 1,
  open: async () => alone(make, take),
};

function make(chance: Chance): Said {
  return {
    text: sentence(chance, IDS),
    botMention: chance.happens(0.9) ? chance.pick(MENTIONS) : hostileText(chance),
    playground: chance.happens(0.3),
  };
}

function take({ text, botMention, playground }: Said): Taken {
  const plain = plainText(text, botMention);
  promise(plain.length <= LONGEST, 'a plain text is longer than is read', plain.length);
  for (const read of [text, plain]) {
    const intent = understand(read, { playground });
    holds(intent, playground);
    const again = understand(read, { playground });
    promise(JSON.stringify(again) === JSON.stringify(intent), 'the same sentence means two things', [intent, again]);
  }
  for (const id of claimIdsIn(text)) {
    promise(ID.test(id), 'an id in a sentence is none', id);
    promise(parseClaimId(id) === id && parseClaimId(` ${id.toLowerCase()} `) === id, 'an id is not read as itself', id);
  }
  promise(ID.test(claimIdFrom(Buffer.from(`${text}......`).subarray(0, 8))), 'bytes make an id that is none');
  unpolluted();
  return understand(plain, { playground }).kind === 'unknown' ? 'refused' : 'accepted';
}

function holds(intent: Intent, playground: boolean): void {
  if ('claim' in intent && intent.claim !== undefined)
    promise(ID.test(intent.claim), 'a sentence means a claim whose id is none', intent);
  switch (intent.kind) {
    case 'time': {
      promise(playground, 'the clock is turned outside of the playground', intent);
      for (const amount of [intent.businessDays, intent.days, intent.hours])
        promise(
          amount === undefined || (Number.isSafeInteger(amount) && amount >= 0),
          'the clock is turned by what is no amount',
          intent,
        );
      break;
    }
    case 'useChannel':
      promise(/^(?:review|mpn:[0-9]{4,10})$/.test(intent.purpose), 'a channel gets a purpose that is none', intent);
      break;
    case 'badMpn':
      promise(
        intent.text.length <= 100 && intent.text.isWellFormed(),
        'the purpose that is answered is too long or broken',
        intent,
      );
      break;
    case 'needsClaim':
      promise(intent.word !== '', 'a command that lacks its claim has no name');
      break;
    default:
  }
}
