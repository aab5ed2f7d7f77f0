import { expect } from 'chai';
import fc from 'fast-check';
import { shortTextProblem } from '../../src/domain/shortText.ts';

describe('A short text, such as a name', () => {
  const fine = [
    'A.B. Smith',
    'J.Smith',
    'Dr. h.c. Anna-Lena O’Brien',
    "O'Brien",
    'AT&T',
    'AT&T; Mobility',
    'Müller & Söhne GmbH & Co. KG',
    'Contoso.com Ltd',
    'Booking.com B.V.',
    'Salesforce.com, Inc.',
    'Contoso Ltd./Fabrikam Inc.',
    'A/S Contoso',
    'c/o Contoso',
    'Contoso (Deutschland) GmbH',
    'Contoso [Holding] plc',
    'Yahoo!',
    'Who? What? Ltd.',
    '3 < 4 Consulting',
    '<3 Bakery',
    'C# & .NET Partners',
    'Node.js Experts',
    'Excite@Home',
    'Team @ Contoso',
    'Версия 2.0',
    'ООО «Ромашка»',
    'И.И.Иванов',
    'İstanbul Çelik A.Ş.',
    'شركة كونتوسو',
    'می\u200cخواهم',
    'קונטוסו בע״מ',
    'קונטוסו\u200f (1999) בע״מ',
    'क्\u200dष',
    '葛\u{e0100}城市',
    '株式会社コントソ',
    'Nguyễn Thị Ánh Tuyết'.normalize('NFD'),
    'Café ☕️',
    '👩\u200d💻 Studio',
    'R&D: Sales',
    'Note: www is old',
    'Version 10.0.19041.1',
    '  Contoso Ltd\t\r\n',
    '\ufeffContoso',
    'Contoso $\u2060{x}',
    'at 10:30',
    '',
  ];
  for (const text of fine)
    it(`may be ${JSON.stringify(text)}`, () => {
      expect(shortTextProblem(text)).to.equal(undefined);
    });

  const addresses = [
    'https://contoso.com',
    'See http://evil.example/now',
    'HTTPS://EVIL.EXAMPLE',
    'hxxp://evil.example',
    'ftp://x',
    'foo://bar',
    'https: //evil.example',
    'javascript:alert(1)',
    'mailto:a@b.c',
    'tel:+123',
    'msteams:/l/chat',
    'data:text/html,x',
    '\\\\evil\\share',
    'www.contoso.com',
    'Contoso (www.contoso.com)',
    'www2.contoso.com',
    'contoso.com/claims',
    'Contoso.com?x=1',
    'contoso.com#top',
    'contoso.com:8080',
    'почта.рф/вход',
    'dana@contoso.com',
    'Dana <dana@contoso.com>',
    'дана@почта.рф',
    '10.0.0.1',
    '[click here](https://x.y)',
    '[click here] (x)',
    '[click][1]',
    '<at>Anna</at>',
    '< at >Anna',
    '<b>Contoso</b>',
    '<img src=x>',
    '<!-- x',
    '&lt;at&gt;',
    '&#60;at&#62;',
    '&#x3c;at',
    'ｈｔｔｐｓ：／／ｅｖｉｌ．ｅｘａｍｐｌｅ',
    'ｗｗｗ．evil．example',
    'evil。example/x',
    'dana＠contoso.com',
  ];
  for (const text of addresses)
    it(`is no address or markup: ${JSON.stringify(text)}`, () => {
      expect(shortTextProblem(text)).to.equal('holdsAddress');
    });

  const unreadable: Readonly<Record<string, string>> = {
    'a line break': 'Contoso\nYour consent is recorded.',
    'a carriage return': 'Contoso\rLtd',
    'a tab': 'Contoso\tLtd',
    'a null': 'Con\0toso',
    'an escape': 'Con\u001b[31mtoso',
    'a C1 control': 'Con\u009btoso',
    'a line separator': 'Contoso\u2028Ltd',
    'a paragraph separator': 'Contoso\u2029Ltd',
    'an override to the left': 'Contoso \u202edtL',
    'an embedding': 'Contoso \u202bLtd',
    'an isolate': 'Contoso \u2067Ltd\u2069',
    'a mark of direction among Latin letters': 'Con\u200ftoso',
    'a zero-width space': 'Con\u200btoso',
    'a word joiner': 'Con\u2060toso',
    'a byte order mark inside': 'Con\ufefftoso',
    'a joiner among Latin letters': 'Con\u200dtoso',
    'a non-joiner among Cyrillic letters': 'Кон\u200cтосо',
    'a soft hyphen': 'Con\u00adtoso',
    'a tag': 'Contoso\u{e0041}\u{e0042}',
    'a variant of a Latin letter': 'Contoso\ufe01',
    'a filler that looks like nothing': '\u3164',
    'a blank of Braille': '\u2800',
    'a private character': 'Contoso \ue000',
    'a lone surrogate': 'Contoso \ud800',
    'an invisible operator': 'Con\u2063toso',
    'piled marks': `C${'\u0336\u0489\u0335\u0338\u0337'}ontoso`,
  };
  for (const [what, text] of Object.entries(unreadable))
    it(`has no ${what.replace(/^an? /, '')}`, () => {
      expect(shortTextProblem(text)).to.equal('notReadable');
    });

  it('is judged at once, however long and however odd', () => {
    for (const piece of ['a.', 'a.b/', '@', '&', '<', '\\', ']', 'www.', '\u200d', '1.', 'http', 'x@y.']) {
      const began = process.cpuUsage().user;
      shortTextProblem(piece.repeat(50_000));
      expect(process.cpuUsage().user - began, piece).to.be.below(2_000_000);
    }
  });

  it('is never fine with an address put anywhere into it', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...fine.filter((text) => text !== '')),
        fc.nat(),
        fc.constantFrom('https://evil.example/x', ' www.evil.example ', ' a@evil.example ', '[x](y)', '<at>x</at>'),
        (text, at, address) => {
          const letters = [...text];
          const place = at % (letters.length + 1);
          const joined = [...letters.slice(0, place), address, ...letters.slice(place)].join('');
          return shortTextProblem(joined) !== undefined;
        },
      ),
    );
  });
});
