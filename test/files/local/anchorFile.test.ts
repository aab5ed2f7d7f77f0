import { appendFileSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import fc from 'fast-check';
import type { ClaimId } from '../../../src/domain/claims/values.ts';
import type { Anchor, AnchorStore, StoredAnchor } from '../../../src/desk/ports/anchors.ts';
import { openAnchorFile } from '../../../src/files/local/anchorFile.ts';
import { anchorsContract } from '../../contract/anchors.ts';
import { makeFolder, removeFolder } from '../../support/tempFolders.ts';

const anchor = (version: number): Anchor => ({
  claim: 'CPOR-7F3K9Q' as ClaimId,
  version,
  hash: 'a'.repeat(64),
  event: 'ConsentDenied',
  at: 1_620_000_000_000,
  by: 'desk',
});

async function found(anchors: AnchorStore): Promise<readonly Anchor[]> {
  return (await anchors.newest(100)).map(({ text }) => JSON.parse(text) as Anchor);
}

async function allOf(anchors: AnchorStore): Promise<readonly StoredAnchor[]> {
  const all: StoredAnchor[] = [];
  for await (const one of anchors.all()) all.push(one);
  return all;
}

describe('Anchors in a file', () => {
  let folder: string;
  let count = 0;
  const pathOf = (name: string): string => join(folder, name);
  before(() => {
    folder = makeFolder(tmpdir(), 'anchors-');
  });
  after(() => removeFolder(folder));

  anchorsContract(async () => {
    count += 1;
    return openAnchorFile(pathOf(`anchors-${count}.jsonl`));
  });

  it('are only ever added to, and are read by another process', async () => {
    const path = pathOf('added.jsonl');
    await openAnchorFile(path).append(anchor(1));
    const before = readFileSync(path, 'utf8');
    await openAnchorFile(path).append(anchor(2));
    expect(readFileSync(path, 'utf8').startsWith(before)).to.equal(true);
    expect(await found(openAnchorFile(path))).to.deep.equal([anchor(1), anchor(2)]);
    expect(statSync(path).mode & 0o777).to.equal(0o600);
  });

  it('lose nothing where several append at once', async () => {
    const path = pathOf('several.jsonl');
    const versions = Array.from({ length: 40 }, (_, index) => index + 1);
    await Promise.all(versions.map((version) => openAnchorFile(path).append(anchor(version))));
    const kept = (await found(openAnchorFile(path))).map(({ version }) => version).sort((one, other) => one - other);
    expect(kept).to.deep.equal(versions);
  });

  it('pass over a line that a crash tore off, and go on after it', async () => {
    const path = pathOf('torn.jsonl');
    await openAnchorFile(path).append(anchor(1));
    appendFileSync(path, '{"claim":"CPOR-7F3K9Q","vers');
    expect(await found(openAnchorFile(path))).to.deep.equal([anchor(1)]);
    await openAnchorFile(path).append(anchor(2));
    expect(await found(openAnchorFile(path))).to.deep.equal([anchor(1), anchor(2)]);
  });

  it('have a last line that is whole but for its end, and each other line that is not the beginning of one', async () => {
    const path = pathOf('damaged.jsonl');
    const [one, two, three] = [1, 2, 3].map((version) => JSON.stringify(anchor(version)));
    const garbled = two?.replace('"version"', '"versio');
    writeFileSync(path, `${one}\n\u0000\n${garbled}\nnull\n${three}`);
    const all = await openAnchorFile(path).newest(10);
    expect(all).to.deep.equal([
      { where: 'line 1', text: one },
      { where: 'line 2', text: '\u0000' },
      { where: 'line 3', text: garbled },
      { where: 'line 4', text: 'null' },
      { where: 'line 5', text: three },
    ]);
  });

  it('pass over what is torn off at any byte', async () => {
    const path = pathOf('any.jsonl');
    const line = JSON.stringify(anchor(1));
    for (let length = 1; length < line.length; length += 1) {
      writeFileSync(path, line.slice(0, length));
      await openAnchorFile(path).append(anchor(1));
      expect(await found(openAnchorFile(path)), String(length)).to.deep.equal([anchor(1)]);
    }
  });

  it('answer their newest as they are among all, however long the lines are and wherever blocks of the file end', async () => {
    const path = pathOf('long.jsonl');
    const line = (version: number, note: number): string =>
      JSON.stringify({ ...anchor(version), note: 'ж'.repeat(note) });
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.oneof(fc.nat(40), fc.integer({ min: 2_000, max: 7_000 })), { maxLength: 60 }),
        fc.boolean(),
        fc.nat(12),
        async (notes, isEnded, count) => {
          const lines = notes.map((note, version) => line(version + 1, note));
          writeFileSync(path, `${lines.join('\n')}${isEnded && lines.length > 0 ? '\n' : ''}`);
          const all = await allOf(openAnchorFile(path));
          expect(all.map(({ text }) => text)).to.deep.equal(lines);
          expect(await openAnchorFile(path).newest(count)).to.deep.equal(count === 0 ? [] : all.slice(-count));
        },
      ),
      { numRuns: 40 },
    );
  });

  it('are found behind a line that is longer than any anchor, of which no more than its beginning is read', async () => {
    const path = pathOf('flood.jsonl');
    const flood = '{"flood":"'.padEnd(1_000_000, 'x');
    writeFileSync(path, `${JSON.stringify(anchor(1))}\n${flood}\n${JSON.stringify(anchor(2))}\n`);
    const newest = await openAnchorFile(path).newest(3);
    expect(newest.map(({ where }) => where)).to.deep.equal(['line 1', 'line 2', 'line 3']);
    expect(newest.map(({ text }) => text.length < 20_000)).to.deep.equal([true, true, true]);
    expect(newest[0]?.text).to.equal(JSON.stringify(anchor(1)));
  });

  it('say so where the folder is not there', async () => {
    const error = await openAnchorFile(pathOf('missing/anchors.jsonl'))
      .append(anchor(1))
      .catch((reason: unknown) => reason);
    expect(error).to.have.property('code', 'ENOENT');
  });
});
