import { expect } from 'chai';
import fc from 'fast-check';
import type { ClaimId } from '../../../src/domain/claims/values.ts';
import type { Candidate } from '../../../src/teams/intents/namedClaim.ts';
import { namedClaim } from '../../../src/teams/intents/namedClaim.ts';

const CONTOSO: Candidate = { id: 'CPOR-52T9KB' as ClaimId, customer: 'Contoso Ltd' };
const FABRIKAM: Candidate = { id: 'CPOR-7F3K9Q' as ClaimId, customer: 'Fabrikam Inc' };
const RUSSIAN: Candidate = { id: 'CPOR-8G4M2T' as ClaimId, customer: 'ООО Вудгроув Банк' };
const JAPANESE: Candidate = { id: 'CPOR-9H5N3V' as ClaimId, customer: '東京電力' };
const ALL = [CONTOSO, FABRIKAM, RUSSIAN, JAPANESE];

/** `only`, the id that is meant, or `unsure`. */
function meant(text: string, files: readonly string[], known: readonly Candidate[], only?: ClaimId): string {
  const named = namedClaim(text, files, known, only);
  return named.kind === 'named' ? named.claim : named.kind;
}

describe('namedClaim: which claim files are for', () => {
  for (const name of [
    'CPOR-7F3K proof.pdf',
    'CPOR7F3K9.pdf',
    'CPOR-7F3K9Qv2.pdf',
    'PoE CPOR-7F3K9QX.pdf',
    'CPRO-7F3K9Q.pdf',
    'cpor_7f3_k9q.pdf',
    'cpor-7f3\u200bk9.pdf',
    'СРОР-7F3K9.pdf',
    'CPOR 7F3K9U.pdf',
    'scan of CPOR-7F3K9QQ (1).pdf',
  ])
    it(`asks where the name of a file has what is no whole id: ${name}`, () => {
      expect(meant('', [name], [CONTOSO])).to.equal('unsure');
      expect(meant('here is the file', ['a.pdf', name], [CONTOSO])).to.equal('unsure');
      expect(meant(CONTOSO.id, [name], [CONTOSO]), 'beside a whole one').to.equal('unsure');
    });

  for (const name of [
    'CPOR-7F3K9Q_v2.pdf',
    'CPOR-7F3K9Q (1).pdf',
    'CPOR-7F3K9Q-signed.pdf',
    'PoE_CPOR-7F3K9Q.pdf',
    'cpor 7f3k9q.final.pdf',
  ])
    it(`reads a whole id with something behind it: ${name}`, () => {
      expect(meant('', [name], [CONTOSO])).to.equal('CPOR-7F3K9Q');
      expect(meant(CONTOSO.id, [name], [CONTOSO, FABRIKAM]), 'beside another').to.equal('unsure');
    });

  it('reads no id across the end of a text or of a name, and none where "CPOR" only says what a file is', () => {
    expect(meant('for CPOR -', ['7F3K9Q.pdf'], [CONTOSO])).to.equal('unsure');
    for (const name of ['CPOR - signed order.pdf', 'CPOR_signed.pdf', 'CPOR-PoE Contoso.pdf'])
      expect(meant('', [name], [CONTOSO]), name).to.equal('onlyOne');
  });

  it('takes the six letters of another claim for a hint at it', () => {
    expect(meant(CONTOSO.id, ['7F3K9Q.pdf'], ALL)).to.equal('unsure');
    expect(meant('', ['order 7f3k9q.pdf'], ALL, CONTOSO.id)).to.equal('unsure');
  });

  for (const text of [
    'not CPOR-52T9KB, for Northwind Traders',
    'this is NOT for CPOR-52T9KB',
    "this isn't for CPOR-52T9KB",
    'wrong claim: CPOR-52T9KB',
    'CPOR-52T9KB is done; this one belongs to Northwind',
    'CPOR-52T9KB for our client Northwind',
    'CPOR-52T9KB for Fabrikam',
    'CPOR-52T9KB, the Fabrikam order',
    "CPOR-52T9KB, Fabrikam's order",
    'это не для CPOR-52T9KB',
    'CPOR-52T9KB для Нортвинда',
    'CPOR-52T9KB, договор Вудгроува',
    'CPOR-52T9KB değil',
    "CPOR-52T9KB, Fabrikam'ın siparişi",
    'CPOR-52T9KB Northwind için',
    'CPOR-52T9KB 東京電力の契約書',
  ])
    it(`asks where words beside an id deny it or name another customer: ${text}`, () => {
      expect(meant(text, ['x.pdf'], ALL)).to.equal('unsure');
    });

  for (const text of [
    'here is the signed order for CPOR-52T9KB, thanks',
    'see attached CPOR-52T9KB',
    'CPOR-52T9KB page 3 shows the signature',
    'CPOR-52T9KB, order no. 12 for Contoso',
    'CPOR-52T9KB for the customer Contoso Ltd',
    'добрый день, договор для CPOR-52T9KB',
    'CPOR-52T9KB için imzalı sözleşme',
  ])
    it(`and follows the id beside ordinary words: ${text}`, () => {
      expect(meant(text, ['x.pdf'], ALL)).to.equal(CONTOSO.id);
    });

  it('asks where the name of a file has a part of the name of another own customer', () => {
    for (const name of [
      'Fabrikam contract.pdf',
      'contract_FABRIKAM.pdf',
      'FabrikamInc.pdf',
      'Вудгроув.pdf',
      '東京電力契約書.pdf',
    ]) {
      expect(meant('', [name], ALL, CONTOSO.id), name).to.equal('unsure');
      expect(meant(CONTOSO.id, [name], ALL, CONTOSO.id), name).to.equal('unsure');
      expect(meant('for Contoso Ltd', [name], ALL, CONTOSO.id), name).not.to.equal('onlyOne');
    }
    expect(meant('', ['Contoso contract.pdf'], ALL, CONTOSO.id), 'a part of its own').to.equal('onlyOne');
    expect(meant('', ['Contoso contract.pdf'], ALL), 'where several take files').to.equal('unsure');
  });

  it('does not read a name of everyday words as a customer for sure', () => {
    const final = { id: 'CPOR-2B4D6H' as ClaimId, customer: 'Final' };
    expect(meant('final contract', ['x.pdf'], [CONTOSO, final])).to.equal('unsure');
    expect(meant('', ['final.pdf'], [CONTOSO, final], CONTOSO.id)).to.equal('unsure');
  });

  it('never names another claim than the one whose id or whole customer is there', () => {
    const words = fc.array(
      fc.constantFrom('for', 'not', 'order', 'Fabrikam', 'Inc', 'Contoso', 'Ltd', 'CPOR-52T9KB', 'CPOR-7F3K', 'x', '-'),
      { maxLength: 8 },
    );
    fc.assert(
      fc.property(words, words, (text, name) => {
        const named = meant(text.join(' '), [`${name.join('_')}.pdf`], [CONTOSO, FABRIKAM], CONTOSO.id);
        const all: readonly string[] = [...text, ...name];
        if (all.includes('CPOR-7F3K') || (text.includes('not') && all.includes(CONTOSO.id)))
          expect(named).to.equal('unsure');
        if (named === FABRIKAM.id) expect(all).to.include.members(['Fabrikam', 'Inc']).and.not.include(CONTOSO.id);
        if (all.includes('Fabrikam')) expect(named).not.to.be.oneOf(['onlyOne', CONTOSO.id]);
      }),
    );
  });
});
