/**
 * The Bot Framework's published signing keys (JWKS), cached. Unknown key ids cause at most one fetch per interval; the
 * last keys stay valid while the endpoint is unreachable.
 */
import { createPublicKey, type KeyObject } from 'node:crypto';
import type { Clock, Log } from '../../desk/ports/system.ts';
import { textOf } from '../activity.ts';
import { AuthError } from './authError.ts';
import type { Cloud } from './clouds.ts';
import { isLoopbackUrl } from '../../shared/loopback.ts';
import { isObject } from '../../shared/objects.ts';

export interface SigningKey {
  readonly key: KeyObject;
  /** The channels that it is endorsed for. */
  readonly endorsements: ReadonlySet<string>;
}

export interface SigningKeys {
  /** The key of that id; `unknown` where the channel has none, `unavailable` where its keys could not be fetched. */
  find(kid: string): Promise<SigningKey | 'unknown' | 'unavailable'>;
  /** Whether there are keys; fetches them where there are none. */
  ready(): Promise<boolean>;
}

export interface SigningKeysOptions {
  readonly cloud: Pick<Cloud, 'metadataUrl' | 'loopback'>;
  /** By which the age of the keys is measured: one that is never set. */
  readonly clock: Clock;
  readonly log: Pick<Log, 'warn'>;
  /** How long a fetch may take, metadata and keys together. */
  readonly fetchMs?: number;
  /** Fetches the metadata and the keys; over the network where it is left out. */
  readonly fetch?: typeof fetch;
}

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
/** Older keys are fetched again in the background; the channel publishes a new key a day before it signs with it. */
const FRESH_MS = 12 * HOUR;
/** Older keys are not trusted, so that a revoked key cannot be kept alive by cutting the desk off. */
const MAX_AGE_MS = 7 * 24 * HOUR;
/** The shortest time between two fetches, for an unknown key id or after a failure: anyone can invent key ids. */
const FETCH_INTERVAL_MS = MINUTE;
/** The same without any key: then nothing can be authenticated, so it is shorter. */
const FETCH_INTERVAL_WITHOUT_KEYS_MS = 5_000;
const FETCH_MS = 5_000;
const MAX_BYTES = 2 * 1_024 * 1_024;
const MAX_KEYS = 200;
const MAX_KID = 200;
const MIN_BITS = 2_048;
const MAX_BITS = 8_192;

export function createSigningKeys({
  cloud,
  clock,
  log,
  fetchMs = FETCH_MS,
  fetch: fetchFrom = fetch,
}: SigningKeysOptions): SigningKeys {
  let keys: ReadonlyMap<string, SigningKey> = new Map();
  let fetchedAt = Number.NEGATIVE_INFINITY;
  let triedAt = Number.NEGATIVE_INFINITY;
  let inFlight: Promise<void> | undefined;

  /** Fetches the keys unless that was done a short time ago; resolves when it is over, even if it failed. */
  function refresh(): Promise<void> {
    const interval = isUsable() ? FETCH_INTERVAL_MS : FETCH_INTERVAL_WITHOUT_KEYS_MS;
    if (!inFlight && clock.now() - triedAt >= interval) {
      triedAt = clock.now();
      inFlight = fetchKeys(cloud, fetchFrom, AbortSignal.timeout(fetchMs))
        .then((fetched) => {
          keys = fetched;
          fetchedAt = clock.now();
        })
        .catch((error: unknown) => log.warn({ error }, 'Could not fetch the signing keys of the channel'))
        .finally(() => {
          inFlight = undefined;
        });
    }
    return inFlight ?? Promise.resolve();
  }

  const isUsable = (): boolean => clock.now() - fetchedAt < MAX_AGE_MS;

  return {
    async find(kid) {
      const known = isUsable() ? keys.get(kid) : undefined;
      if (known) {
        if (clock.now() - fetchedAt >= FRESH_MS) void refresh();
        return known;
      }
      await refresh();
      return isUsable() ? (keys.get(kid) ?? 'unknown') : 'unavailable';
    },
    async ready() {
      if (!isUsable()) await refresh();
      return isUsable();
    },
  };
}

async function fetchKeys(
  { metadataUrl, loopback }: SigningKeysOptions['cloud'],
  fetchFrom: typeof fetch,
  signal: AbortSignal,
): Promise<ReadonlyMap<string, SigningKey>> {
  const fetchOne = (url: string): Promise<unknown> => fetchJson(url, loopback, fetchFrom, signal);
  const metadata = await fetchOne(metadataUrl);
  const set = await fetchOne(textOf(isObject(metadata) ? metadata['jwks_uri'] : undefined));
  const listed: unknown = isObject(set) ? set['keys'] : undefined;
  if (!Array.isArray(listed))
    throw new AuthError('auth.badKeys', 'The key document of the channel has no list of keys');
  const keys = new Map<string, SigningKey>();
  for (const entry of listed.slice(0, MAX_KEYS) as readonly unknown[]) {
    const read = readKey(entry);
    if (read && !keys.has(read.kid)) keys.set(read.kid, read);
  }
  if (keys.size === 0) throw new AuthError('auth.badKeys', 'None of the keys of the channel can check a signature');
  return keys;
}

/** A public RSA key to check signatures with; undefined for any other entry. */
function readKey(entry: unknown): (SigningKey & { readonly kid: string }) | undefined {
  if (!isObject(entry) || entry['kty'] !== 'RSA') return undefined;
  const { kid, use, n, e, endorsements } = entry;
  if (typeof kid !== 'string' || kid === '' || kid.length > MAX_KID || (use !== undefined && use !== 'sig'))
    return undefined;
  try {
    // Only the public parts: an entry with private parts becomes a public key.
    const key = createPublicKey({ key: { kty: 'RSA', n: textOf(n), e: textOf(e) }, format: 'jwk' });
    const bits = key.asymmetricKeyDetails?.modulusLength ?? 0;
    if (bits < MIN_BITS || bits > MAX_BITS) return undefined;
    return {
      kid,
      key,
      endorsements: new Set(Array.isArray(endorsements) ? endorsements.filter((one) => typeof one === 'string') : []),
    };
  } catch {
    return undefined;
  }
}

/** Fetches JSON: follows no redirect, uses http to this machine only, and reads at most {@link MAX_BYTES}. */
async function fetchJson(
  url: string,
  loopback: boolean,
  fetchFrom: typeof fetch,
  signal: AbortSignal,
): Promise<unknown> {
  if (URL.parse(url)?.protocol !== 'https:' && !(loopback && isLoopbackUrl(url)))
    throw new AuthError('auth.insecureKeys', 'The signing keys of the channel have an address without https');
  const response = await fetchFrom(url, { redirect: 'error', signal, headers: { accept: 'application/json' } });
  if (!response.ok || !response.body) {
    await response.body?.cancel();
    throw new AuthError('auth.keysRefused', `The channel answered ${response.status} when asked for its signing keys`);
  }
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of response.body as AsyncIterable<Uint8Array>) {
    size += chunk.length;
    if (size > MAX_BYTES)
      throw new AuthError('auth.badKeys', `The key document of the channel has more than ${MAX_BYTES} bytes`);
    chunks.push(chunk);
  }
  return JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(Buffer.concat(chunks)));
}
