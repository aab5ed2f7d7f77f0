import { expect } from 'chai';
import fc from 'fast-check';
import { isDomain, isEmail, normalDomain, normalEmail } from '../../src/domain/internetNames.ts';

describe('Domains and e-mail addresses of every script', () => {
  const domains: readonly (readonly [typed: string, normal: string])[] = [
    ['contoso.com', 'contoso.com'],
    ['CONTOSO.Com ', 'contoso.com'],
    ['bücher.example', 'xn--bcher-kva.example'],
    ['BÜCHER.example', 'xn--bcher-kva.example'],
    ['bu\u0308cher.example', 'xn--bcher-kva.example'],
    ['xn--bcher-kva.example', 'xn--bcher-kva.example'],
    ['почта.рф', 'xn--80a1acny.xn--p1ai'],
    ['faß.de', 'xn--fa-hia.de'],
    ['例え。テスト', 'xn--r8jz45g.xn--zckzah'],
    ['ｃｏｎｔｏｓｏ．ｃｏｍ', 'contoso.com'],
    ['نامه.com', 'xn--mgb4dbg.com'],
    ['şişli.com.tr', 'xn--ili-rzab.com.tr'],
    ['한국.한국', 'xn--3e0b707e.xn--3e0b707e'],
  ];
  for (const [typed, normal] of domains) {
    it(`are the same whatever the spelling: ${typed.trim()} is ${normal}`, () => {
      expect(normalDomain(typed)).to.equal(normal);
      expect(normalEmail(`Jürgen@${typed}`)).to.equal(`jürgen@${normal}`);
      expect(isEmail(`Jürgen@${typed.trim()}`)).to.equal(true);
    });
  }

  const none: readonly string[] = [
    '',
    'contoso',
    'bücher',
    'a..com',
    '-bücher.de',
    'bücher-.de',
    '例。-え.com',
    'bü cher.de',
    'bü%63her.de',
    'bücher.de/x',
    'bücher.de:443',
    'anna@bücher.de',
    'b\u00adcher.de',
    'bü\u200bcher.de',
    '10.0.0.1',
    '0x7f.0.0.1',
    '１０.０.０.１',
    '☃.net',
    'bücher.de.',
    `${'ü'.repeat(60)}.de`,
    `${'bücher.'.repeat(40)}de`,
  ];
  for (const text of none) {
    it(`are not ${JSON.stringify(text.slice(0, 40))}`, () => {
      expect(isDomain(text)).to.equal(false);
      expect(isEmail(`anna@${text}`)).to.equal(false);
    });
  }

  it('take a local part of any script, and none that is empty, too long, blank or not shown', () => {
    for (const local of ['юра', '用户', "o'neil", 'anna+tag', 'ünal.y'])
      expect(isEmail(`${local}@contoso.com`)).to.equal(true);
    for (const local of ['', 'a b', 'a\u202eb', 'a\u0000b', '"a"', 'a,b', 'a@b', 'ю'.repeat(65)])
      expect(isEmail(`${local}@contoso.com`)).to.equal(false);
  });

  it('have a normal form that is its own, and a text that is no address stays a text', () => {
    fc.assert(
      fc.property(fc.oneof(fc.string({ unit: 'binary' }), fc.emailAddress(), fc.domain()), (text) => {
        const normal = normalEmail(text);
        expect(normalEmail(normal)).to.equal(normal);
        const domain = normalDomain(text);
        if (domain !== undefined) expect(normalDomain(domain)).to.equal(domain);
      }),
    );
  });

  it('of plain letters keep the form in which they have been stored', () => {
    fc.assert(
      fc.property(fc.emailAddress(), (email) => {
        expect(normalEmail(email)).to.equal(email.toLowerCase());
      }),
    );
  });
});
