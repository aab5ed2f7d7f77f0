import { createHmac } from 'node:crypto';
import { expect } from 'chai';
import fc from 'fast-check';
import type { DownloadLink, LinkSealer, LinkSession, Sealed, UploadLink } from '../../src/desk/ports/links.ts';
import type { ClaimId, PersonId, PoeId } from '../../src/domain/claims/values.ts';
import { createLinkSealer } from '../../src/runtime/linkSealer.ts';
import { isLink } from '../../src/web/pages/linkPage.ts';

const SECRET = 'a key for links that is thirty-two characters long';
const PERSON = '11111111-1111-4111-8111-111111111111/aaaaaaaa-aaaa-4aaa-8aaa-aaaaaaaaaaaa' as PersonId;
const NONCE = '0123456789abcdefghijkl';
const FACTS = { claim: 'CPOR-7F3K9Q' as ClaimId, person: PERSON, until: 1_795_995_103_123, nonce: NONCE };
const UPLOAD: UploadLink = { kind: 'upload', ...FACTS };
const DOWNLOAD: DownloadLink = { kind: 'download', ...FACTS, poe: 'abcdefghijklmnopqrstuv' as PoeId };
const SESSION: LinkSession = { kind: 'session', nonce: NONCE, until: FACTS.until };
/** Links as version 0.1.0 and its successors made them: signed, and readable for everyone. */
const OLD_UPLOAD =
  'dX5DUE9SLTdGM0s5UX4xMTExMTExMS0xMTExLTQxMTEtODExMS0xMTExMTExMTExMTEvYWFhYWFhYWEtYWFhYS00YWFhLThhYWEtYWFhYWFhYWFhYWFhfjE3OTU5OTUxMDMxMjN-' +
  'MDEyMzQ1Njc4OWFiY2RlZmdoaWprbA.' +
  'KYKvImV-nOSKSrUAqkK7FAxaRXgcA9O8Q6kjuuU8Vmo';
const DIGITS = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_';

const encoded = (part: object): string => Buffer.from(JSON.stringify(part)).toString('base64url');

const readAs = async (sealer: LinkSealer, token: string): Promise<readonly (Sealed | undefined)[]> => [
  await sealer.unseal('upload', token),
  await sealer.unseal('download', token),
  await sealer.unseal('session', token),
];
const NOTHING = [undefined, undefined, undefined];

describe('A sealed link', () => {
  const sealer = createLinkSealer(SECRET);

  for (const sealed of [UPLOAD, DOWNLOAD, SESSION]) {
    it(`for ${sealed.kind} gives back what was sealed, to the millisecond`, async () => {
      expect(await sealer.unseal(sealed.kind, await sealer.seal(sealed))).to.deep.equal(sealed);
    });

    it(`for ${sealed.kind} is a link of the pages, with room for forty on a card`, async () => {
      const token = await sealer.seal(sealed);
      expect(isLink(token)).to.equal(true);
      expect(token).to.have.length.below(330);
    });

    it(`for ${sealed.kind} is the same each time, and on each instance: no time and no chance is in it`, async () => {
      expect(await sealer.seal(sealed)).to.equal(await createLinkSealer(SECRET).seal(sealed));
    });

    it(`for ${sealed.kind} tells its bearer nothing`, async () => {
      const token = await sealer.seal(sealed);
      for (const text of [token, Buffer.from(token, 'base64url').toString('latin1')])
        expect(text).to.not.match(/CPOR|7F3K9Q|1111|aaaa|0123456789|abcdefghij|1795995/);
    });

    it(`for ${sealed.kind} is for one kind of use`, async () => {
      const others = (await readAs(sealer, await sealer.seal(sealed))).filter((one) => one?.kind !== sealed.kind);
      expect(others).to.deep.equal([undefined, undefined]);
    });
  }

  it('shares no beginning with a link that differs in its last letter alone', async () => {
    const other = await sealer.seal({ ...DOWNLOAD, poe: 'abcdefghijklmnopqrstuw' as PoeId });
    expect(other.slice(0, 8)).to.not.equal((await sealer.seal(DOWNLOAD)).slice(0, 8));
  });

  it('is read after its end too: the desk decides by its own clock, and answers in the language of its owner', async () => {
    const past = { ...UPLOAD, until: 1_000 };
    expect(await sealer.unseal('upload', await sealer.seal(past))).to.deep.equal(past);
  });

  it('is not one of another key, nor of a key that begins alike', async () => {
    for (const secret of [`${SECRET}!`, SECRET.slice(0, -1), ''])
      expect(await readAs(sealer, await createLinkSealer(secret).seal(UPLOAD))).to.deep.equal(NOTHING);
  });

  it('is nothing once any of its bits is changed, once it is cut, and once anything is added', async () => {
    const tokens = await Promise.all([UPLOAD, DOWNLOAD, SESSION].map((one) => sealer.seal(one)));
    await fc.assert(
      fc.asyncProperty(
        fc.constantFrom(...tokens),
        fc.nat(),
        fc.oneof(
          fc.integer({ min: 0, max: 7 }).map((bit) => ({ bit })),
          fc.constant('cut' as const),
          fc.stringMatching(/^[\w.=~ -]{1,4}$/).map((added) => ({ added })),
        ),
        async (token, at, change) => {
          const bytes = Buffer.from(token, 'base64url');
          const place = at % bytes.length;
          if (typeof change === 'object' && 'bit' in change) bytes[place] = (bytes[place] ?? 0) ^ (1 << change.bit);
          const altered =
            change === 'cut'
              ? token.slice(0, at % token.length)
              : 'added' in change
                ? `${token}${change.added}`
                : bytes.toString('base64url');
          expect(await readAs(sealer, altered)).to.deep.equal(NOTHING);
        },
      ),
      { numRuns: 300 },
    );
  });

  const hostile: Readonly<Record<string, () => string | Promise<string>>> = {
    'no text': () => '',
    dots: () => '.'.repeat(900),
    'letters that are none': () => '\u2603'.repeat(60),
    'a lone surrogate': () => '\ud800'.repeat(60),
    'a text that is shorter than a seal': () => 'A'.repeat(36),
    'nothing but zeros': () => 'A'.repeat(120),
    'a spelling that only a lenient reader takes': async () => {
      const token = await sealer.seal(SESSION);
      const last = DIGITS.indexOf(token.slice(-1));
      return token.length % 4 === 0 ? `${token}=` : `${token.slice(0, -1)}${DIGITS[last + 1] ?? ''}`;
    },
    'the spelling of plain base64': async () =>
      Buffer.from(await sealer.seal({ ...UPLOAD, nonce: 'n'.repeat(22) }), 'base64url').toString('base64'),
    'a token in capitals': async () => (await sealer.seal(UPLOAD)).toUpperCase(),
    'a million letters': () => 'a'.repeat(1_000_000),
    'a token of the format before': () => {
      const text = `${encoded({ alg: 'HS256', typ: 'upload+jwt' })}.${encoded({ ...FACTS, sub: PERSON, jti: NONCE })}`;
      return `${text}.${createHmac('sha256', SECRET).update(text).digest('base64url')}`;
    },
    'a token of the first format': () => OLD_UPLOAD,
    'what the desk signs elsewhere': () => createHmac('sha256', SECRET).update('a').digest('base64url'),
  };
  for (const [what, token] of Object.entries(hostile)) {
    it(`is not ${what}`, async () => {
      expect(await readAs(sealer, await token())).to.deep.equal(NOTHING);
    });
  }
});
