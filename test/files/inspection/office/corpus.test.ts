/** The inspection against what people's writers make, and against the same made dangerous or broken (R9). */
import { expect } from 'chai';
import JSZip from 'jszip';
import { inspectBytes, outcomeOf } from '../inspectBytes.ts';
import { REFUSED } from './officeSamples.ts';
import { WRITTEN } from './writers.ts';

/** The writers, of which each is seen with at least one document. */
const MIN_WRITERS = 6;
const MIN_EACH = 30;

describe('Documents of the writers that people use', () => {
  let documents: readonly { readonly by: string; readonly kind: 'docx' | 'xlsx' | 'pptx'; readonly bytes: Buffer }[];
  before(async () => {
    documents = await Promise.all(
      WRITTEN.map(async ([writer, what, kind, make]) => ({ by: `${writer}, ${what}`, kind, bytes: await make() })),
    );
  });

  it('are all taken, and not once the dangerous and broken ones: the rates', async () => {
    const wrong: string[] = [];
    let taken = 0;
    for (const { by, kind, bytes } of documents) {
      const outcome = await outcomeOf(bytes, `proof.${kind}`);
      if (outcome.split(' ')[0] === kind) taken += 1;
      else wrong.push(`${by}: ${outcome}`);
    }
    let refused = 0;
    for (const [what, make, expected] of REFUSED) {
      const outcome = await outcomeOf(await make());
      if (outcome === expected) refused += 1;
      else wrong.push(`${what}: ${outcome}`);
    }
    process.stdout.write(
      `      ${taken} of ${WRITTEN.length} documents taken, ${refused} of ${REFUSED.length} dangerous or broken ones refused for the right reason\n`,
    );
    expect(wrong).to.deep.equal([]);
    expect(new Set(WRITTEN.map(([writer]) => writer)).size).to.be.at.least(MIN_WRITERS);
    expect(Math.min(WRITTEN.length, REFUSED.length)).to.be.at.least(MIN_EACH);
  }).timeout(30_000);

  it('are refused once they hold macros, a template from the web or a part that is damaged', async () => {
    const wrong: string[] = [];
    for (const { by, kind, bytes: whole } of documents) {
      const folder = { docx: 'word', xlsx: 'xl', pptx: 'ppt' }[kind];
      const macros = await JSZip.loadAsync(whole);
      macros.file(`${folder}/vbaProject.bin`, 'x');
      const fetching = await JSZip.loadAsync(whole);
      fetching.file(
        `${folder}/_rels/more.xml.rels`,
        '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="a" TargetMode="External" ' +
          'Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/attachedTemplate" Target="https://a.example/a"/></Relationships>',
      );
      const outcomes = [
        await problemOf(await macros.generateAsync({ type: 'nodebuffer' })),
        await problemOf(await fetching.generateAsync({ type: 'nodebuffer' })),
        await problemOf(whole.subarray(0, whole.length - 40)),
      ];
      if (outcomes.join() !== 'macros,external,broken') wrong.push(`${by}: ${outcomes.join()}`);
    }
    expect(wrong).to.deep.equal([]);
  }).timeout(30_000);
});

async function problemOf(bytes: Buffer): Promise<string> {
  const found = await inspectBytes(bytes);
  return found.ok ? found.kind : found.problem;
}
