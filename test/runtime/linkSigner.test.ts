import { createHmac, generateKeyPairSync } from 'node:crypto';
import { expect } from 'chai';
import { SignJWT } from 'jose';
import type { DownloadLink, Link, LinkSigner, UploadLink } from '../../src/desk/ports/links.ts';
import type { ClaimId, PersonId, PoeId } from '../../src/domain/claims/values.ts';
import { createLinkSigner } from '../../src/runtime/linkSigner.ts';
import { isLink } from '../../src/web/pages/linkPage.ts';
import { createImmediateLinkSigner } from '../support/immediateLinkSigner.ts';

const SECRET = 'a key for links that is thirty-two characters long';
const PERSON = '11111111-1111-4111-8111-111111111111/aaaaaaaa-aaaa-4aaa-8aaa-aaaaaaaaaaaa' as PersonId;
const FACTS = { claim: 'CPOR-7F3K9Q' as ClaimId, person: PERSON, until: 1_795_995_103_123 };
const UPLOAD: UploadLink = { kind: 'upload', ...FACTS, nonce: '0123456789abcdefghijkl' };
const DOWNLOAD: DownloadLink = { kind: 'download', ...FACTS, poe: 'abcdefghijklmnopqrstuv' as PoeId };
const OLD_UPLOAD =
  'dX5DUE9SLTdGM0s5UX4xMTExMTExMS0xMTExLTQxMTEtODExMS0xMTExMTExMTExMTEvYWFhYWFhYWEtYWFhYS00YWFhLThhYWEtYWFhYWFhYWFhYWFhfjE3OTU5OTUxMDMxMjN-' +
  'MDEyMzQ1Njc4OWFiY2RlZmdoaWprbA.' +
  'KYKvImV-nOSKSrUAqkK7FAxaRXgcA9O8Q6kjuuU8Vmo';
const OLD_DOWNLOAD =
  'ZH5DUE9SLTdGM0s5UX4xMTExMTExMS0xMTExLTQxMTEtODExMS0xMTExMTExMTExMTEvYWFhYWFhYWEtYWFhYS00YWFhLThhYWEtYWFhYWFhYWFhYWFhfjE3OTU5OTUxMDMxMjN-' +
  'YWJjZGVmZ2hpamtsbW5vcHFyc3R1dg.' +
  'OBF0Ve1hJq_MQYy0qIxZNs5-vEkjMIVblnr9YA44c3A';

const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);
const encoded = (part: object | string): string =>
  Buffer.from(typeof part === 'string' ? part : JSON.stringify(part)).toString('base64url');
/** A token with any header and payload, signed as HS256 with the desk's key. */
const signedRaw = (header: object, payload: object | string, secret = SECRET, hash = 'sha256'): string => {
  const text = `${encoded(header)}.${encoded(payload)}`;
  return `${text}.${createHmac(hash, secret).update(text).digest('base64url')}`;
};
const HEADER = { alg: 'HS256', typ: 'upload+jwt' };
const PAYLOAD = { claim: FACTS.claim, sub: PERSON, exp: FACTS.until / 1_000, jti: UPLOAD.nonce };

const verifiedAs = async (signer: LinkSigner, token: string): Promise<readonly (Link | undefined)[]> => [
  await signer.verify('upload', token),
  await signer.verify('download', token),
];

describe('A signed link', () => {
  const signer = createLinkSigner(SECRET);

  for (const link of [UPLOAD, DOWNLOAD]) {
    it(`for ${link.kind} gives back what was signed, to the millisecond`, async () => {
      expect(await signer.verify(link.kind, await signer.sign(link))).to.deep.equal(link);
    });

    it(`for ${link.kind} is a link of the pages, with room to spare`, async () => {
      const token = await signer.sign(link);
      expect(isLink(token)).to.equal(true);
      expect(token).to.have.length.below(330);
    });

    it(`for ${link.kind} is the same each time, and on each instance: no time and no chance is in it`, async () => {
      expect(await signer.sign(link)).to.equal(await createLinkSigner(SECRET).sign(link));
    });

    it(`for ${link.kind} can be made at once where virtual time runs, and is the same`, async () => {
      const immediate = createImmediateLinkSigner(SECRET);
      expect(await immediate.sign(link)).to.equal(await signer.sign(link));
      expect(await immediate.verify(link.kind, await signer.sign(link))).to.deep.equal(link);
    });
  }

  it('is for one kind of use', async () => {
    expect(await signer.verify('download', await signer.sign(UPLOAD))).to.equal(undefined);
    expect(await signer.verify('upload', await signer.sign(DOWNLOAD))).to.equal(undefined);
  });

  it('is read after its end too: the desk decides by its own clock, and answers in the language of its owner', async () => {
    const past = { ...UPLOAD, until: 1_000 };
    expect(await signer.verify('upload', await signer.sign(past))).to.deep.equal(past);
  });

  it('is a standard JSON Web Token', async () => {
    expect(await signer.sign(UPLOAD)).to.equal(signedRaw(HEADER, PAYLOAD));
  });

  const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
  const { claim, sub, exp, jti } = PAYLOAD;
  const hostile: Readonly<Record<string, () => string | Promise<string>>> = {
    'no text': () => '',
    dots: () => '.'.repeat(900),
    'two dots': () => '..',
    'letters that are none': () => '☃.☃.☃',
    'a lone surrogate': () => '\ud800.\ud800.\ud800',
    'a token without its signature': () => signedRaw(HEADER, PAYLOAD).replace(/[^.]*$/, ''),
    'a token with a cut signature': () => signedRaw(HEADER, PAYLOAD).slice(0, -1),
    'a token with a longer signature': () => `${signedRaw(HEADER, PAYLOAD)}A`,
    'a token whose signature is spelled otherwise': () => {
      const token = signedRaw(HEADER, PAYLOAD);
      const digits = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_';
      return token.slice(0, -1) + (digits[digits.indexOf(token.slice(-1)) + 1] ?? '');
    },
    'a token with one more part': () => `${signedRaw(HEADER, PAYLOAD)}.x`,
    'a token in capitals': () => signedRaw(HEADER, PAYLOAD).toUpperCase(),
    'another person under the same signature': () => {
      const [head = '', , signature = ''] = signedRaw(HEADER, PAYLOAD).split('.');
      return `${head}.${encoded({ ...PAYLOAD, sub: PERSON.replaceAll('a', 'b') })}.${signature}`;
    },
    'alg none, unsigned': () => `${encoded({ ...HEADER, alg: 'none' })}.${encoded(PAYLOAD)}.`,
    'alg none, signed': () => signedRaw({ ...HEADER, alg: 'none' }, PAYLOAD),
    'RS256 signed by HMAC': () => signedRaw({ ...HEADER, alg: 'RS256' }, PAYLOAD),
    'RS256 of a stranger': () => new SignJWT(PAYLOAD).setProtectedHeader({ ...HEADER, alg: 'RS256' }).sign(privateKey),
    HS512: () => signedRaw({ ...HEADER, alg: 'HS512' }, PAYLOAD, SECRET, 'sha512'),
    'another key': () => createLinkSigner(`${SECRET}!`).sign(UPLOAD),
    'no type': () => new SignJWT(PAYLOAD).setProtectedHeader({ alg: 'HS256' }).sign(bytes(SECRET)),
    'the type of any token': () => signedRaw({ ...HEADER, typ: 'JWT' }, PAYLOAD),
    'a type that is no text': () => signedRaw({ ...HEADER, typ: ['upload+jwt', 'download+jwt'] }, PAYLOAD),
    'a critical header that is not understood': () => signedRaw({ ...HEADER, crit: ['x'], x: 1 }, PAYLOAD),
    'a payload that is not encoded': () => signedRaw({ ...HEADER, crit: ['b64'], b64: false }, PAYLOAD),
    'a payload that is not JSON': () => signedRaw(HEADER, 'u~CPOR-7F3K9Q'),
    'a payload that is a list': () => signedRaw(HEADER, []),
    'no claim': () => signedRaw(HEADER, { sub, exp, jti }),
    'no person': () => signedRaw(HEADER, { claim, exp, jti }),
    'no end': () => signedRaw(HEADER, { claim, sub, jti }),
    'an end that is a text': () => signedRaw(HEADER, { ...PAYLOAD, exp: '9e9' }),
    'no nonce': () => signedRaw(HEADER, { claim, sub, exp }),
    'a token that is too long, though signed': () => signedRaw(HEADER, { ...PAYLOAD, more: 'x'.repeat(700) }),
    'a million letters': () => 'a'.repeat(1_000_000),
    'what the desk signs elsewhere': () =>
      `${encoded('a')}.${createHmac('sha256', SECRET).update('a').digest('base64url')}`,
  };
  for (const [what, token] of Object.entries(hostile)) {
    it(`is not ${what}`, async () => {
      expect(await verifiedAs(signer, await token())).to.deep.equal([undefined, undefined]);
    });
  }
});

describe('A link of the format before, which lives on for its time', () => {
  const signer = createLinkSigner(SECRET);

  it('is read: links made by version 0.1.0', async () => {
    expect(await verifiedAs(signer, OLD_UPLOAD)).to.deep.equal([UPLOAD, undefined]);
    expect(await verifiedAs(signer, OLD_DOWNLOAD)).to.deep.equal([undefined, DOWNLOAD]);
  });

  const [signed = '', signature = ''] = OLD_UPLOAD.split('.');
  const forged = encoded(Buffer.from(signed, 'base64url').toString().replace(PERSON, PERSON.replaceAll('a', 'b')));
  for (const [what, token] of Object.entries({
    'without its signature': signed,
    'with an empty signature': `${signed}.`,
    'with a cut signature': OLD_UPLOAD.slice(0, -1),
    'with a longer signature': `${OLD_UPLOAD}A`,
    'with a signature of other letters': `${signed}.${'☃'.repeat(signature.length)}`,
    'for another person': `${forged}.${signature}`,
    'with one more part': `${OLD_UPLOAD}.x`,
  })) {
    it(`is not read ${what}`, async () => {
      expect(await verifiedAs(signer, token)).to.deep.equal([undefined, undefined]);
    });
  }

  it('is not read with another key', async () => {
    expect(await verifiedAs(createLinkSigner(`${SECRET}!`), OLD_UPLOAD)).to.deep.equal([undefined, undefined]);
  });
});
