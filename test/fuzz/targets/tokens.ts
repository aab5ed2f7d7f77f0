/**
 * Tokens of the channel: forged, garbled and combined from others. Only what the channel signed for this bot, valid
 * now, is accepted.
 */
import { generateKeyPairSync, sign } from 'node:crypto';
import { createChannelTokens } from '../../../src/teams/auth/channelToken.ts';
import type { ChannelTokens } from '../../../src/teams/auth/channelToken.ts';
import type { SigningKeys } from '../../../src/teams/auth/signingKeys.ts';
import type { Chance } from '../../support/random.ts';
import { APP_ID, ISSUER } from '../../support/tokenIssuer.ts';
import { MONDAY } from '../../domain/claims/scenario.ts';
import { altered } from '../bytes.ts';
import { hostileText } from '../hostile.ts';
import type { Json } from '../json.ts';
import { mutated } from '../mutate.ts';
import { unpolluted } from '../pollution.ts';
import { alone, promise } from '../target.ts';
import type { Stage, Target } from '../target.ts';

export const tokens: Target = { name: 'tokens', share: 3, act: 1, open };

const NOW_S = Math.floor(MONDAY / 1_000);
const HEADER: Json = { alg: 'RS256', typ: 'JWT', kid: 'known' };
const CLAIMS: Json = {
  iss: ISSUER,
  aud: APP_ID,
  exp: NOW_S + 3_600,
  nbf: NOW_S - 60,
  serviceurl: 'https://smba.trafficmanager.net/emea/',
};
/** What the channel never signs like this. */
const WRONG: readonly (readonly [header: Json, claims: Json])[] = [
  [{ ...HEADER, alg: 'none' }, CLAIMS],
  [{ ...HEADER, alg: 'HS256' }, CLAIMS],
  [{ ...HEADER, kid: 'other' }, CLAIMS],
  [{ ...HEADER, kid: ['known'] }, CLAIMS],
  [{ ...HEADER, crit: ['b64'], b64: false }, CLAIMS],
  [{ ...HEADER, typ: 'at+jwt' }, CLAIMS],
  [HEADER, { ...CLAIMS, exp: NOW_S - 4_000 }],
  [HEADER, { ...CLAIMS, nbf: NOW_S + 4_000 }],
  [HEADER, { ...CLAIMS, iss: 'https://evil.example' }],
  [HEADER, { ...CLAIMS, aud: [APP_ID] }],
  [HEADER, { ...CLAIMS, aud: 'x' }],
  [HEADER, { ...CLAIMS, exp: NOW_S + 999_999 }],
  [HEADER, { ...CLAIMS, exp: String(NOW_S + 60) }],
  [HEADER, { ...CLAIMS, serviceurl: '' }],
  [HEADER, { ...CLAIMS, serviceurl: 5 }],
  [HEADER, { ...CLAIMS, exp: 1e308 }],
  [HEADER, {}],
  [{}, CLAIMS],
];

async function open(): Promise<Stage> {
  const { privateKey, publicKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
  const key = { key: publicKey, endorsements: new Set(['msteams']) };
  const keys: SigningKeys = {
    find: async (kid) => (kid === 'known' ? key : kid === 'away' ? 'unavailable' : 'unknown'),
    ready: async () => true,
  };
  const signed = (header: unknown, claims: unknown): string => {
    const text = `${part(header)}.${part(claims)}`;
    return `${text}.${sign('sha256', Buffer.from(text), privateKey).toString('base64url')}`;
  };
  const genuine = [
    signed(HEADER, CLAIMS),
    signed(HEADER, { ...CLAIMS, exp: NOW_S + 60 }),
    signed({ ...HEADER, typ: undefined }, CLAIMS),
  ];
  const wrong = WRONG.map(([header, claims]) => signed(header, claims));
  const all = [...genuine, ...wrong];
  const isGenuine = (header: string): boolean =>
    genuine.some((token) => header.slice('Bearer '.length).startsWith(token.slice(0, token.lastIndexOf('.') + 1)));
  // Those of the stage are asked again and again; each of the other is new to every token.
  const asked: ChannelTokens = createChannelTokens({
    appId: APP_ID,
    cloud: { issuer: ISSUER },
    keys,
    clock: { now: () => MONDAY },
  });

  function make(chance: Chance): string {
    const token = chance.happens(0.6) ? chance.pick(genuine) : chance.pick(all);
    switch (chance.weighed({ as: 25, altered: 25, spliced: 20, forged: 20, hostile: 10 })) {
      case 'altered':
        return `Bearer ${altered(chance, Buffer.from(token)).toString('latin1')}`;
      case 'spliced':
        return `Bearer ${[0, 1, 2].map((at) => chance.pick(all).split('.')[at] ?? '').join('.')}`;
      case 'forged':
        return `Bearer ${part(mutated(chance, HEADER))}.${part(mutated(chance, CLAIMS))}.${token.split('.')[2] ?? ''}`;
      case 'hostile':
        return chance.pick([
          hostileText(chance),
          `Bearer ${hostileText(chance)}`,
          `Bearer ${token}, Bearer ${token}`,
          `bearer  ${token}`,
          `Basic ${token}`,
          `Bearer ${token}.`,
          token,
        ]);
      default:
        return `${chance.pick(['Bearer', 'bearer', 'BEARER'])} ${token}`;
    }
  }
  return alone(make, async (authorization: string) => {
    const vouched = await asked.check(authorization);
    promise(
      typeof vouched !== 'string' || ['noToken', 'badToken', 'noKeys'].includes(vouched),
      'a token is refused without a reason',
      vouched,
    );
    unpolluted();
    if (typeof vouched === 'string') return 'refused';
    promise(isGenuine(authorization), 'a token is believed that the channel did not sign', authorization);
    promise(vouched.serviceUrl === CLAIMS['serviceurl'], 'a token vouches for another service', vouched.serviceUrl);
    return 'accepted';
  });
}

function part(value: unknown): string {
  return Buffer.from(JSON.stringify(value ?? null)).toString('base64url');
}
