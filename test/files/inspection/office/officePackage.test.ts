/** What is taken for a document of Office, and what of it is not (R9). */
import { expect } from 'chai';
import JSZip from 'jszip';
import { outcomeOf } from '../inspectBytes.ts';
import { MARKED, REFUSED, TAKEN } from './officeSamples.ts';
import { entriesOf } from './packages.ts';

describe('A document of Office', () => {
  for (const [what, make, outcome] of TAKEN)
    it(`is taken with ${what}`, async () => expect(await outcomeOf(await make())).to.equal(outcome));
  for (const [what, make, outcome] of MARKED)
    it(`is taken and marked for ${what}`, async () => expect(await outcomeOf(await make())).to.equal(outcome));
  for (const [what, make, outcome] of REFUSED)
    it(`is refused for ${what}`, async () => expect(await outcomeOf(await make())).to.equal(outcome));

  it('is not refused by JSZip’s own zips either', async () => {
    const archive = new JSZip();
    for (const { name, content } of entriesOf('docx')) archive.file(name, content);
    expect(await outcomeOf(await archive.generateAsync({ type: 'nodebuffer', streamFiles: true }))).to.equal('docx');
  });
});
