/**
 * A token issuer on loopback: publishes OpenID metadata and keys with endorsements, hands out tokens for sending, and
 * signs what the real channel signs, and much that it never would.
 */
import { constants, createPublicKey, generateKeyPairSync, sign as signBytes, type KeyObject } from 'node:crypto';
import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { systemClock } from '../../src/runtime/clock.ts';
import type { Clock } from '../../src/desk/ports/system.ts';
import type { Cloud } from '../../src/teams/auth/clouds.ts';

export const ISSUER = 'https://api.botframework.com';
/** The app id of the bot of the acceptance tests, see BOT in acceptance/support/activities.ts. */
export const APP_ID = 'c1a1b2d3-0000-4000-8000-00000000b077';
/** The key that is there from the beginning. */
export const KEY = 'key-of-teams';
const METADATA = '/v1/.well-known/openidconfiguration';
const KEYS = '/v1/.well-known/keys';
const TOKEN = '/token';
const HOUR_S = 3_600;

type Claims = Readonly<Record<string, unknown>>;
type Respond = (request: IncomingMessage, response: ServerResponse) => void;

export interface Signing {
  /** The key to sign with; the header names it. */
  readonly kid?: string;
  /** Signs with this key in place of the one that `kid` names. */
  readonly key?: KeyObject;
  /** RS256 unless said otherwise; how the signature is made follows it. */
  readonly alg?: string;
  /** Goes into the header in place of what is there; undefined takes a member out. */
  readonly header?: Claims;
}

/** The cloud of an issuer at `url`: what a child process needs to know of it. */
export function localCloud(url: string): Cloud {
  return {
    metadataUrl: url + METADATA,
    issuer: ISSUER,
    scope: ISSUER,
    loginUrl: url,
    sharedTenant: 'botframework.com',
    services: ['smba.trafficmanager.net'],
    fileHosts: ['.sharepoint.com'],
    loopback: true,
  };
}

/** The source of tokens for sending, from the issuer's token endpoint; asks anew each time. */
export function localToken(url: string): () => Promise<string> {
  return async () => {
    const response = await fetch(url + TOKEN, { method: 'POST' });
    if (!response.ok) throw new Error(`The token endpoint answered ${response.status}.`);
    return ((await response.json()) as { readonly access_token: string }).access_token;
  };
}

export interface IssuerOptions {
  /** The time that tokens are made for: the desk's, where the desk's is turned. */
  readonly clock?: Clock;
  /** Whom tokens are for. */
  readonly appId?: string;
}

export type Issuer = Awaited<ReturnType<typeof startIssuer>>;

export async function startIssuer({ clock = systemClock, appId = APP_ID }: IssuerOptions = {}) {
  const keys = new Map<string, { readonly privateKey: KeyObject; readonly jwk: Claims }>();
  const hits: string[] = [];
  const answers = new Map<string, Respond>();
  let tokens = 0;

  const server = createServer((request, response) => {
    const path = request.url ?? '';
    hits.push(path);
    const answer = answers.get(path);
    if (answer) answer(request, response);
    else if (path === METADATA)
      answerJson(response, { issuer: ISSUER, jwks_uri: url + KEYS, id_token_signing_alg_values_supported: ['RS256'] });
    else if (path === KEYS) answerJson(response, { keys: [...keys.values()].map(({ jwk }) => jwk) });
    else if (path === TOKEN)
      answerJson(response, {
        token_type: 'Bearer',
        expires_in: HOUR_S,
        access_token: `token-for-sending-${(tokens += 1)}`,
      });
    else {
      response.writeHead(404);
      response.end();
    }
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;

  const issuer = {
    url,
    cloud: localCloud(url),
    /** The paths that were asked for, in order. */
    hits,
    /** How often the keys were asked for. */
    keyFetches: (): number => hits.filter((path) => path === KEYS).length,
    /** Answers the metadata, the keys or the token endpoint in another way; `undefined` as usual again. */
    answer(what: 'metadata' | 'keys' | 'token', respond: Respond | undefined): void {
      const path = { metadata: METADATA, keys: KEYS, token: TOKEN }[what];
      if (respond) answers.set(path, respond);
      else answers.delete(path);
    },
    /** Publishes a key. `own` goes into it in place of what is there. */
    addKey(kid: string, endorsements: readonly unknown[] | undefined, own: Claims = {}, curve?: 'ec'): void {
      const { privateKey } = curve
        ? generateKeyPairSync('ec', { namedCurve: 'P-256' })
        : generateKeyPairSync('rsa', { modulusLength: 2048 });
      publish(kid, privateKey, { ...(endorsements && { endorsements }), ...own });
    },
    removeKey: (kid: string): boolean => keys.delete(kid),
    /** The public half, as it is published. */
    publicKey(kid = KEY): KeyObject {
      return createPublicKey(keyOf(kid));
    },
    /** A signed token. Claims go over the usual ones; undefined takes one out. */
    sign(claims: Claims = {}, { kid = KEY, key, alg = 'RS256', header = {} }: Signing = {}): string {
      const now = Math.floor(clock.now() / 1_000);
      const usual = { iss: ISSUER, aud: appId, nbf: now - 60, exp: now + HOUR_S };
      return issuer.signText(
        JSON.stringify({ alg, kid, typ: 'JWT', ...header }),
        JSON.stringify({ ...usual, ...claims }),
        key ?? keyOf(kid),
        alg,
      );
    },
    /** A token whose header and claims are any text. */
    signText(header: string, claims: string, key = keyOf(KEY), alg = 'RS256'): string {
      const signed = `${base64url(header)}.${base64url(claims)}`;
      return `${signed}.${signatureOf(signed, key, alg)}`;
    },
    /** What Teams sends in the Authorization header along with this activity. */
    authorization(activity: Readonly<Record<string, unknown>>): string {
      return `Bearer ${issuer.sign({ serviceurl: activity['serviceUrl'] })}`;
    },
    async close(): Promise<void> {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };

  function publish(kid: string, privateKey: KeyObject, own: Claims): void {
    keys.set(kid, {
      privateKey,
      jwk: { ...createPublicKey(privateKey).export({ format: 'jwk' }), kid, use: 'sig', ...own },
    });
  }

  function keyOf(kid: string): KeyObject {
    const key = keys.get(kid);
    if (!key) throw new Error(`There is no key ${kid}.`);
    return key.privateKey;
  }

  publish(KEY, usualKey(), { endorsements: ['msteams', 'skype', 'webchat'] });
  return issuer;
}

let usual: KeyObject | undefined;

/** Made once in a process, as making one takes long. */
function usualKey(): KeyObject {
  usual ??= generateKeyPairSync('rsa', { modulusLength: 2048 }).privateKey;
  return usual;
}

function answerJson(response: ServerResponse, body: unknown): void {
  response.writeHead(200, { 'content-type': 'application/json' });
  response.end(JSON.stringify(body));
}

export function base64url(text: string): string {
  return Buffer.from(text).toString('base64url');
}

function signatureOf(signed: string, key: KeyObject, alg: string): string {
  const bytes = Buffer.from(signed);
  const hash = `sha${alg.slice(2)}`;
  if (alg.startsWith('PS'))
    return signBytes(hash, bytes, {
      key,
      padding: constants.RSA_PKCS1_PSS_PADDING,
      saltLength: constants.RSA_PSS_SALTLEN_DIGEST,
    }).toString('base64url');
  if (alg.startsWith('ES')) return signBytes(hash, bytes, { key, dsaEncoding: 'ieee-p1363' }).toString('base64url');
  return signBytes(hash, bytes, key).toString('base64url');
}
