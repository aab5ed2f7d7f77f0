/** The token of an incoming activity: whether the channel issued it, for this bot, and whether it is valid now. */
import { DeskError } from '../../domain/deskError.ts';
import { createHash } from 'node:crypto';
import { errors, jwtVerify } from 'jose';
import type { JWTPayload } from 'jose';
import { LRUCache } from 'lru-cache';
import type { Clock } from '../../desk/ports/system.ts';
import type { Cloud } from './clouds.ts';
import type { SigningKey, SigningKeys } from './signingKeys.ts';

/** What a valid token says. */
export interface VerifiedToken {
  /** The service that sent the activity. */
  readonly serviceUrl: string;
  /** The channels that the key is endorsed for. */
  readonly endorsements: ReadonlySet<string>;
}

export type TokenProblem = 'noToken' | 'badToken' | 'noKeys';

export interface ChannelTokens {
  /** Checks the value of the Authorization header. */
  check(authorization: string | undefined): Promise<VerifiedToken | TokenProblem>;
}

/** Many times the length of the channel's tokens; a longer header is rejected unread. */
const MAX_HEADER = 8_192;
const BEARER = /^Bearer ([\w-]+\.[\w-]+\.[\w-]+)$/i;
const ALGORITHMS: readonly string[] = ['RS256', 'RS384', 'RS512'];
const SKEW_S = 300;
/** No token of the channel is valid for longer. */
const MAX_LIFETIME_S = 24 * 3_600;
const MAX_KNOWN = 500;

interface Known {
  readonly kid: string;
  readonly key: SigningKey;
  readonly nbf: number;
  readonly exp: number;
  readonly serviceUrl: string;
}

/**
 * The channel's tokens for the bot `appId`. A token is verified in full once and then cached by its digest for as long
 * as it and its key are valid; a token that fails is never cached.
 */
export function createChannelTokens({
  appId,
  cloud,
  keys,
  clock,
}: {
  readonly appId: string;
  readonly cloud: Pick<Cloud, 'issuer'>;
  readonly keys: SigningKeys;
  readonly clock: Clock;
}): ChannelTokens {
  const known = new LRUCache<string, Known>({ max: MAX_KNOWN });
  const nowS = (): number => clock.now() / 1_000;

  async function verify(token: string): Promise<Known | TokenProblem> {
    let used: { kid: string; key: SigningKey } | undefined;
    try {
      const { payload } = await jwtVerify(
        token,
        async ({ kid, typ }) => {
          if (typeof kid !== 'string' || (typ !== undefined && !/^jwt$/i.test(typ)))
            throw new errors.JWTInvalid("The header is none of the channel's.");
          const key = await keys.find(kid);
          if (key === 'unavailable') throw new NoSigningKeysError();
          if (key === 'unknown') throw new errors.JWKSNoMatchingKey();
          used = { kid, key };
          return key.key;
        },
        {
          algorithms: [...ALGORITHMS],
          issuer: cloud.issuer,
          audience: appId,
          clockTolerance: SKEW_S,
          currentDate: new Date(clock.now()),
        },
      );
      const claims = readClaims(payload);
      return used && claims && claims.exp <= nowS() + MAX_LIFETIME_S + SKEW_S ? { ...used, ...claims } : 'badToken';
    } catch (error) {
      return error instanceof NoSigningKeysError ? 'noKeys' : 'badToken';
    }
  }

  /** The cached token, if it is in its time, even after the clock was set, and its key is still the channel's. */
  async function recall(digest: string): Promise<Known | undefined> {
    const one = known.get(digest);
    if (!one) return undefined;
    const isInTime = one.nbf - SKEW_S <= nowS() && one.exp + SKEW_S > nowS();
    if (isInTime && (await keys.find(one.kid)) === one.key) return one;
    known.delete(digest);
    return undefined;
  }

  return {
    async check(authorization) {
      if (authorization === undefined || authorization === '') return 'noToken';
      const token = authorization.length <= MAX_HEADER ? BEARER.exec(authorization)?.[1] : undefined;
      if (token === undefined) return 'badToken';
      const digest = createHash('sha256').update(token).digest('base64');
      const one = (await recall(digest)) ?? (await verify(token));
      if (typeof one === 'string') return one;
      known.set(digest, one);
      return { serviceUrl: one.serviceUrl, endorsements: one.key.endorsements };
    },
  };
}

/** A list of audiences is rejected: other bots may be in it. */
function readClaims({
  aud,
  nbf = Number.NEGATIVE_INFINITY,
  exp,
  serviceurl,
}: JWTPayload): Pick<Known, 'nbf' | 'exp' | 'serviceUrl'> | undefined {
  if (typeof aud !== 'string' || exp === undefined || typeof serviceurl !== 'string' || serviceurl === '')
    return undefined;
  return { nbf, exp, serviceUrl: serviceurl };
}

/** The channel's signing keys could not be fetched, so no token can be checked. */
export class NoSigningKeysError extends DeskError<'auth.noSigningKeys'> {
  constructor() {
    super('auth.noSigningKeys', 'There are no signing keys to check a token with');
  }
}
