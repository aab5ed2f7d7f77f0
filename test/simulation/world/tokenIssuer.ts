/**
 * Teams as the issuer of tokens: it signs each activity that it delivers, and publishes the keys to check that with. So
 * do forgers, with keys of their own.
 */
import { generateKeyPairSync, sign } from 'node:crypto';
import type { KeyObject } from 'node:crypto';
import type { Cloud } from '../../../src/teams/auth/clouds.ts';
import { CLOUDS } from '../../../src/teams/auth/clouds.ts';
import type { Chance } from '../../support/random.ts';
import { APP_ID } from '../../support/tokenIssuer.ts';
import type { Faults } from './faults.ts';
import { SimulatedError } from './simulatedError.ts';
import type { Connection } from './teams.ts';
import type { ShownToken } from '../checkers/observations.ts';

/** The only service of the simulated cloud. */
export const SERVICE = 'https://teams.example/';
/** Of the public cloud, but for its service. */
export const SIMULATED_CLOUD: Cloud = { ...CLOUDS.public, services: [new URL(SERVICE).hostname] };
export { APP_ID };

const KID = 'the key of Teams';
const KEYS_URL = 'https://keys.example/';
const HOUR_S = 3_600;
const LIFETIME_S = 24 * HOUR_S;
const DAY_MS = 86_400_000;
/** For so long one token goes along with all that is delivered. Teams takes less: to sign costs more than a turn. */
const RENEWED_S = 12 * HOUR_S;
/** How far the desk's clock may be off. */
const SKEW_S = 300;
/** The product gives up a fetch after this, by a timer of the machine that virtual time does not know. */
const FETCH_MS = 5_000;

/** What goes along with an activity: the header, and what a checker is told of it. */
export interface SignedHeader {
  readonly authorization: string;
  readonly token: ShownToken;
}

interface Times {
  readonly nbf: number;
  readonly exp: number;
}

/** What differs from a token of Teams for this bot. */
interface Forging {
  readonly signer?: Signer;
  readonly kid?: string;
  readonly audience?: string;
}

type Signer = 'teams' | 'forger';
const keys = new Map<Signer, ReturnType<typeof newKey>>();
/** Of Teams, by when they begin: the same in all worlds of a thread, as such a signature is always the same. */
const ofTeams = new Map<number, string>();

function newKey(): { readonly privateKey: KeyObject; readonly jwk: object } {
  const { privateKey, publicKey } = generateKeyPairSync('rsa', { modulusLength: 2_048 });
  return { privateKey, jwk: publicKey.export({ format: 'jwk' }) };
}

/** Made when it is first needed, as that takes long. */
function keyOf(signer: Signer): ReturnType<typeof newKey> {
  const key = keys.get(signer) ?? newKey();
  keys.set(signer, key);
  return key;
}

function signed(times: Times, { signer = 'teams', kid = KID, audience = APP_ID }: Forging = {}): string {
  const payload = { iss: SIMULATED_CLOUD.issuer, aud: audience, serviceurl: SERVICE, ...times };
  const text = [{ alg: 'RS256', typ: 'JWT', kid }, payload]
    .map((part) => Buffer.from(JSON.stringify(part)).toString('base64url'))
    .join('.');
  return `${text}.${sign('sha256', Buffer.from(text), keyOf(signer).privateKey).toString('base64url')}`;
}

/** The token that Teams uses at an instant. */
function usedAt(at: number): Times & { readonly text: string } {
  const nbf = Math.floor(at / 1_000 / RENEWED_S) * RENEWED_S;
  const times = { nbf, exp: nbf + LIFETIME_S };
  const text = ofTeams.get(nbf) ?? signed(times);
  ofTeams.set(nbf, text);
  return { ...times, text };
}

/** Teams' name on another key, a key that no one published, and a genuine token for another bot. */
const FORGINGS: readonly Forging[] = [
  { signer: 'forger' },
  { signer: 'forger', kid: 'a key of no one' },
  { audience: 'c1a1b2d3-0000-4000-8000-00000000b078' },
];

export type TokenIssuer = ReturnType<typeof createTokenIssuer>;

export interface TokenIssuerOptions {
  readonly faults: Faults;
  readonly now: () => number;
  readonly chance: Chance;
}

function headerOf(
  { text, nbf, exp }: Times & { readonly text: string },
  { isGenuine = true, isKeyPublished = true } = {},
): SignedHeader {
  return { authorization: `Bearer ${text}`, token: { nbf, exp, isGenuine, isKeyPublished } };
}

export function createTokenIssuer({ faults, now, chance }: TokenIssuerOptions) {
  let downUntil = Number.NEGATIVE_INFINITY;

  function isDown(): boolean {
    if (now() >= downUntil) return faults.strikes('keysDown');
    faults.record('keysDown');
    return true;
  }

  return {
    /** No keys are given until an instant; an instant in the past ends the outage. */
    keysDown(until: number): void {
      downUntil = until;
    },
    /** What Teams sends along with what it delivers now. */
    current: (): SignedHeader => headerOf(usedAt(now())),
    /** A genuine token that begins or ends, by a clock, within a second or two of where the desk must not take it. */
    atEdge(clockNow: number): SignedHeader {
      const seconds = Math.floor(clockNow / 1_000) + chance.below(5) - 2;
      const nbf = chance.happens(0.5) ? seconds + SKEW_S : seconds - SKEW_S - LIFETIME_S;
      const times = { nbf, exp: nbf + LIFETIME_S };
      return headerOf({ ...times, text: signed(times) });
    },
    /** A token that Teams signed so long ago that it is over by every clock. */
    expired: (): SignedHeader => headerOf(usedAt(now() - (30 + chance.below(100)) * DAY_MS)),
    /** A token that Teams did not sign, or not for this bot, and that is good for now. */
    forged(): SignedHeader {
      const { text, ...times } = usedAt(now());
      const [head, claims] = text.split('.');
      // The times of one token with the signature of another.
      if (chance.happens(0.25))
        return headerOf(
          { ...times, text: [head, claims, usedAt(now() - DAY_MS).text.split('.')[2]].join('.') },
          { isGenuine: false },
        );
      const forging = chance.pick(FORGINGS);
      return headerOf(
        { ...times, text: signed(times, forging) },
        { isGenuine: false, isKeyPublished: forging.kid === undefined },
      );
    },
    /** The fetch of an instance, for the keys alone; `told` hears of each that begins, and how it ends. */
    fetchOf(
      connection: Connection,
      pause: (ms: number) => Promise<void>,
      told: (what: 'begun' | 'got' | 'failed') => void,
    ): typeof fetch {
      let begunAt = 0;
      let how: 'well' | 'refused' | 'garbled' | 'silent' = 'well';
      return async (url) => {
        const isFirst = url !== KEYS_URL;
        if (isFirst) {
          told('begun');
          begunAt = now();
          how = isDown() ? chance.pick(['refused', 'garbled', 'silent'] as const) : 'well';
        }
        // Half of what fails does so with the second document.
        const fails = how !== 'well' && (!isFirst || chance.happens(0.5));
        if (fails && how === 'silent') {
          await pause(begunAt + FETCH_MS - now());
          told('failed');
          throw new SimulatedError('the endpoint of keys was silent');
        }
        await connection.call(() => undefined);
        if (fails || !isFirst) told(fails ? 'failed' : 'got');
        if (fails && how === 'refused') return new Response('', { status: 503 });
        if (fails) return new Response('<html>');
        return Response.json(
          isFirst
            ? { jwks_uri: KEYS_URL }
            : { keys: [{ ...keyOf('teams').jwk, kid: KID, use: 'sig', endorsements: ['msteams'] }] },
        );
      };
    },
  };
}
