/** The list of signing keys as text, in a setting and in the data folder: `KEY@FROM` with commas, the newest first. */

/** One private key. */
export interface SigningSeed {
  /** 32 random bytes in base64: a private key of Ed25519. */
  readonly seed: string;
  /** From when it signs, in milliseconds since 1970. It ends where the next one begins. */
  readonly from: number;
}

/** The newest first. */
export type SigningSeeds = readonly [SigningSeed, ...SigningSeed[]];

const SEED = /^[A-Za-z0-9+/]{43}=$/;
const INSTANT = /^\d{4}-\d{2}-\d{2}(?:T\d{2}:\d{2}(?::\d{2}(?:\.\d{3})?)?Z)?$/;

/**
 * Reads a list. Where it is none, answers with the number of the first entry that is wrong, from 1: no key, no
 * instant, or not older than the entry before.
 */
export function readSigningKeyList(text: string): { readonly seeds: SigningSeeds } | { readonly wrong: number } {
  const entries = text
    .split(',')
    .map((entry) => entry.trim())
    .filter((entry) => entry !== '');
  const seeds: SigningSeed[] = [];
  for (const entry of entries) {
    const [seed = '', since = '', ...more] = entry.split('@').map((part) => part.trim());
    const from = INSTANT.test(since) ? Date.parse(since) : Number.NaN;
    const newer = seeds.at(-1)?.from ?? Number.POSITIVE_INFINITY;
    if (!SEED.test(seed) || more.length > 0 || !(from < newer)) return { wrong: seeds.length + 1 };
    seeds.push({ seed, from });
  }
  const [newest, ...older] = seeds;
  return newest ? { seeds: [newest, ...older] } : { wrong: 1 };
}

/** One entry of a list. */
export function writeSigningKey({ seed, from }: SigningSeed): string {
  return `${seed}@${new Date(from).toISOString()}`;
}
