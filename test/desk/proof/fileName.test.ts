import { expect } from 'chai';
import fc from 'fast-check';
import { extensionOf, safeFileName } from '../../../src/desk/proof/fileName.ts';

describe('A safe file name', () => {
  const cases: readonly [behaviour: string, sent: string, safe: string][] = [
    ['is an ordinary name as it is', 'Proof of execution (2).pdf', 'Proof of execution (2).pdf'],
    ['keeps every script', 'Доказательство İş Ünlü 证明.docx', 'Доказательство İş Ünlü 证明.docx'],
    ['keeps an emoji', 'report 🙂.pdf', 'report 🙂.pdf'],
    ['is in NFC', 'Cafe\u0301.pdf', 'Café.pdf'],
    ['is the last part of a path', '../../etc/passwd', 'passwd'],
    ['is the last part of a path of Windows', 'C:\\Users\\me\\proof.pdf', 'proof.pdf'],
    ['is the last part that is a name', 'folder/proof.pdf/', 'proof.pdf'],
    ['has no control characters', 'a\u0000b\u001b[31m\r\nc.pdf', 'ab[31m c.pdf'],
    ['cannot turn its ending round', 'invoice\u202efdp.exe', 'invoicefdp.exe'],
    ['has nothing of no width', 'pro\u200bof\ufeff\u2060\u00ad.pdf', 'proof.pdf'],
    ['has no blank that looks like nothing', '\u3164\u115f.pdf', 'pdf'],
    ['has no half letter', 'a\ud83d.p\udc00df', 'a.pdf'],
    ['composes what stood apart only by something unseen', 'e\u200d\u0301.pdf', 'é.pdf'],
    ['does not hide itself', '...hidden.pdf', 'hidden.pdf'],
    ['does not end in dots or spaces', 'proof.pdf. . ', 'proof.pdf'],
    ['has nothing that Windows reserves', 'what<is>this:"a|b?*".pdf', 'what_is_this__a_b___.pdf'],
    ['is no device of Windows', 'CON', '_CON'],
    ['is no device of Windows with an extension either', 'nul.tar.gz', '_nul.tar.gz'],
    ['is no device of Windows with a space before its dot', 'com1 .pdf', '_com1 .pdf'],
    ['may begin like a device', 'contract.pdf', 'contract.pdf'],
    ['has single spaces', 'a \u00a0\t b.pdf', 'a b.pdf'],
    ['is a document where nothing was sent', '', 'document'],
    ['is a document where nothing is left', '../..\u200b/ . /', 'document'],
    ['keeps its extension when it is cut', `${'a'.repeat(300)}.docx`, `${'a'.repeat(115)}.docx`],
    ['is cut without one', 'b'.repeat(300), 'b'.repeat(120)],
    ['does not keep half a letter when it is cut', `${'a'.repeat(115)}🙂🙂.pdf`, `${'a'.repeat(115)}.pdf`],
    ['takes a long ending for a part of the name', `a.${'b'.repeat(300)}`, `a.${'b'.repeat(118)}`],
  ];
  for (const [behaviour, sent, safe] of cases) {
    it(behaviour, () => expect(safeFileName(sent)).to.equal(safe));
  }

  const anything = fc.oneof(
    fc.string({ unit: 'binary', maxLength: 200 }),
    fc.string({
      unit: fc.constantFrom(
        '.',
        ' ',
        '/',
        '\\',
        'con',
        'nul',
        '\u200b',
        '\ud800',
        '\u202e',
        '\u0301',
        '\u0338',
        '<',
        'e',
        '🙂',
        'pdf',
      ),
      maxLength: 200,
    }),
  );

  it('is never empty, too long, hidden, a path or a device, whatever was sent', () => {
    fc.assert(
      fc.property(anything, (sent) => {
        const safe = safeFileName(sent);
        expect(safe.length).to.be.within(1, 120);
        expect(safe).to.equal(safe.normalize('NFC'));
        expect(safe.isWellFormed()).to.be.true;
        expect(safe).not.to.match(/[/\\<>:"|?*\p{Cc}\p{Cf}]/u);
        expect(safe).not.to.match(/^[. ]|[. ]$/);
        expect(safe).not.to.match(/^(con|nul)\s*(\.|$)/i);
      }),
      { numRuns: 500 },
    );
  });

  it('stays as it is', () => {
    fc.assert(
      fc.property(anything, (sent) => safeFileName(safeFileName(sent)) === safeFileName(sent)),
      { numRuns: 500 },
    );
  });
});

describe('The extension of a safe name', () => {
  const cases: readonly [name: string, extension: string][] = [
    ['proof.pdf', 'pdf'],
    ['PROOF.PDF', 'pdf'],
    ['proof.pdf.exe', 'exe'],
    ['proof', ''],
    ['Claim no. 5', ''],
    [`a.${'b'.repeat(17)}`, ''],
  ];
  for (const [name, extension] of cases) {
    it(`of ${name} is ${extension || 'none'}`, () => expect(extensionOf(name)).to.equal(extension));
  }
});
