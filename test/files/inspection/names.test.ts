/** How a file is called, beside what it is (R9, R12). */
import { expect } from 'chai';
import { namedAs, promisedEnding, safeFileName } from '../../../src/desk/proof/fileName.ts';
import { jpeg } from '../samples.ts';
import { outcomeOf } from './inspectBytes.ts';
import { packageOf } from './office/packages.ts';

const DOCUMENT = packageOf('docx');

describe('The name of a file', () => {
  for (const name of [
    'proof',
    'Claim no. 5',
    'Statement of work v1.2',
    'offer.final',
    'letter to contoso.com',
    'J.Smith',
    'договор.докх',
    'report 31.12.2026',
    'proof.docx (1)',
    'proof.docx_old',
    'proof．docx',
    '...',
    'proof.docx.',
    'proof.docx . . ',
    'proof.docx\u200b',
    'proof.pdf.docx',
    'proof.exe.docx',
    'PROOF.DOCX',
    'C:\\fakepath\\proof.docx',
    'Su\u0308zu\u0308len \u0130.docx',
    `${'a'.repeat(4_000)}.docx`,
    `${'a.'.repeat(2_000)}b`,
    'proof.\u202edocx',
  ])
    it(`does not stop a document that is called ${JSON.stringify(name.slice(0, 40))}`, async () =>
      expect(await outcomeOf(DOCUMENT, name)).to.equal('docx'));

  for (const name of [
    'proof.pdf',
    'proof.docm',
    'proof.doc',
    'proof.html',
    'proof.exe',
    'proof.docx.exe',
    'proof.docx.lnk',
    'proof\u202excod.exe',
    'proof.zip',
    'proof.xlsx',
    'proof.EXE. ',
  ])
    it(`that promises another kind is refused with the kind it is: ${JSON.stringify(name)}`, async () =>
      expect(await outcomeOf(DOCUMENT, name)).to.equal('nameDoesNotMatchKind: docx'));

  it('may have any of the endings of a JPEG', async () => {
    for (const ending of ['jpg', 'jpeg', 'jfif', 'JFIF', 'jpe'])
      expect(promisedEnding(safeFileName(`photo.${ending}`)), ending).to.equal(ending.toLowerCase());
    expect(namedAs('photo.jfif', 'jpeg')).to.equal('photo.jfif');
    expect(await outcomeOf(jpeg(), 'photo.docx')).to.not.equal('docx');
  });

  it('gets an ending of its kind when the file is read, so that systems open it as what it is', () => {
    expect(namedAs('Statement of work v1.2', 'pdf')).to.equal('Statement of work v1.2.pdf');
    expect(namedAs('proof.com', 'docx')).to.equal('proof.com.docx');
    expect(namedAs('proof.DOCX', 'docx')).to.equal('proof.DOCX');
    expect(namedAs(safeFileName('a'.repeat(500)), 'pptx'))
      .to.match(/^a+\.pptx$/)
      .and.to.have.lengthOf.at.most(120);
  });
});
