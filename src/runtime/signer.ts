/** Signs what leaves the desk (R55): Ed25519, with keys that follow one another in time. */
import { createHash, createPrivateKey, createPublicKey, sign, verify } from 'node:crypto';
import type { KeyObject } from 'node:crypto';
import { join } from 'node:path';
import type { Signer, SigningKey } from '../desk/ports/signer.ts';
import { DeskError } from '../domain/deskError.ts';
import { readSigningKeyList, writeSigningKey } from '../shared/signingKeyList.ts';
import type { SigningSeeds } from '../shared/signingKeyList.ts';
import { readOrCreate } from './signingKey.ts';

const ID_LETTERS = 12;
/** What stands before the 32 bytes of a private key in PKCS #8 (RFC 8410). */
const PKCS8 = Buffer.from('302e020100300506032b657004220420', 'hex');

/** The stored keys cannot be used, or none of them signs yet; the message says what to do. */
export class SignerError extends DeskError<'signer.unreadable' | 'signer.noKeyYet'> {}

interface Pair extends SigningKey {
  readonly secret: KeyObject;
  readonly publicPart: KeyObject;
}

/** Signs with these keys. */
export function createSigner(seeds: SigningSeeds): Signer {
  const pairs = seeds.map(({ seed, from }, index): Pair => {
    const secret = createPrivateKey({
      key: Buffer.concat([PKCS8, Buffer.from(seed, 'base64')]),
      format: 'der',
      type: 'pkcs8',
    });
    const publicPart = createPublicKey(secret);
    const bytes = Buffer.from(publicPart.export({ format: 'jwk' }).x ?? '', 'base64url');
    const until = seeds[index - 1]?.from;
    return {
      id: createHash('sha256').update(bytes).digest('hex').slice(0, ID_LETTERS),
      publicKey: bytes.toString('base64'),
      from,
      ...(until !== undefined && { until }),
      secret,
      publicPart,
    };
  });
  return {
    keys: () => pairs.map(({ secret: _, publicPart: __, ...key }) => key),
    sign(text, at) {
      const pair = pairs.find(({ from }) => from <= at);
      if (!pair)
        throw new SignerError(
          'signer.noKeyYet',
          'No signing key is valid yet: the clock of this machine is wrong, or each key has a beginning in the future.',
        );
      return {
        algorithm: 'Ed25519',
        keyId: pair.id,
        value: sign(null, Buffer.from(text), pair.secret).toString('base64'),
      };
    },
    check(text, { algorithm, keyId, value }, at) {
      const pair = pairs.find(({ id }) => id === keyId);
      if (!pair) return 'unknownKey';
      const isInPeriod = pair.until === undefined || at < pair.until;
      const bytes = Buffer.from(value, 'base64');
      // One signature has one text: decoding alone would pass over letters that are none of base64.
      const isWellFormed = algorithm === 'Ed25519' && bytes.toString('base64') === value;
      const isSound = isWellFormed && isInPeriod && verify(null, Buffer.from(text), pair.publicPart, bytes);
      return isSound ? 'sound' : 'forged';
    },
  };
}

/**
 * The signing keys stored in the data folder, as a list (see signingKeyList.ts); one is made at the first start, in the
 * way of the link key. What older keys signed could not be told from forgeries without them, so a damaged file is never
 * replaced: it throws a {@link SignerError}.
 */
export function readOrCreateSigningKeys(
  dataDir: string,
  {
    randomId,
    randomBytes,
    now,
  }: { randomId(this: void): string; randomBytes(this: void, length: number): Uint8Array; now(this: void): number },
): SigningSeeds {
  const make = (): string => writeSigningKey({ seed: Buffer.from(randomBytes(32)).toString('base64'), from: now() });
  const unreadable = (path: string): never => {
    throw new SignerError(
      'signer.unreadable',
      `The signing keys are damaged; restore the file from the backup of the data folder: ${path}`,
    );
  };
  const path = join(dataDir, 'signing-keys');
  const list = readSigningKeyList(readOrCreate(path, { draftId: randomId, make, tooShort: unreadable }));
  return 'seeds' in list ? list.seeds : unreadable(path);
}
