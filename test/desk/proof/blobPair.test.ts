import { expect } from 'chai';
import type { Pair } from '../../../src/desk/proof/pair.ts';
import { createPair } from '../../../src/desk/proof/pair.ts';
import { openBlobFiles } from '../../../src/files/blob/blobFiles.ts';
import type { BlobFiles } from '../../../src/files/blob/blobFiles.ts';
import { systemClock } from '../../../src/runtime/clock.ts';
import { randomBytes, randomId } from '../../../src/runtime/random.ts';
import { startAzurite } from '../../support/azurite.ts';
import type { Azurite } from '../../support/azurite.ts';
import { memoryDocuments } from '../../support/memoryDocuments.ts';
import { HOUR } from '../../domain/claims/scenario.ts';
import { bytesOf } from '../filesFake.ts';
import { openWorld, WHO } from '../world.ts';

describe('Files in Blob Storage and their database', () => {
  let azurite: Azurite;
  let files: BlobFiles;
  const random = { randomId, randomBytes };
  before(async () => {
    azurite = await startAzurite();
  });
  after(() => azurite.close());
  beforeEach(async () => {
    const { endpoint, key } = azurite;
    const name = Buffer.from(randomBytes(4)).toString('hex');
    files = await openBlobFiles({ endpoint, key, container: `f-${name}`, assessments: `a-${name}`, ids: random });
  });

  it('are marked once by several processes, and adopted by another database', async () => {
    const [own, other] = [memoryDocuments(), memoryDocuments()];
    const { world } = await openWorld();
    const pairOf = (documents: typeof own): Pair =>
      createPair({ ...world, clock: systemClock, random, documents, files });
    const verdicts = await Promise.all(Array.from({ length: 4 }, () => pairOf(own).settle()));
    expect(verdicts.every(({ isPaired }) => isPaired)).to.equal(true);
    expect(await pairOf(other).settle()).to.deep.equal({ isPaired: false, reason: 'databaseUnmarked' });
    await pairOf(other).adopt('otto');
    expect(await pairOf(other).isPaired()).to.equal(true);
    expect(await pairOf(own).settle()).to.deep.equal({ isPaired: false, reason: 'different' });
  });

  it('lose what a crash left of an upload, and nothing else', async () => {
    const world = await openWorld({ files, start: Date.now() });
    await world.desk.poe.clean();
    const id = await world.file();
    await world.prove(id);
    world.inspection.answer = () => Promise.reject(new Error('the process is about to die'));
    const dying = world.another({ files: { ...files, remove: () => Promise.reject(new Error('it is dead')) } });
    await dying.poe.takeFile(WHO.anna, id, 'a.pdf', bytesOf('other proof')).catch(() => undefined);
    expect((await keys()).filter((key) => key.startsWith('poe/'))).to.have.length(2);
    world.clock.turn(3 * HOUR);
    expect(await world.desk.poe.clean()).to.deep.equal({ removed: 1, quarantined: 0 });
    const [poe] = (await world.claim(id)).poe;
    expect((await keys()).sort()).to.deep.equal(['pair', `poe/${id}/${poe?.id}`]);
  });

  async function keys(): Promise<string[]> {
    const found: string[] = [];
    for await (const { key } of files.list('')) found.push(key);
    return found;
  }
});
