/** Which kinds of file are taken is a setting (R9). */
import { expect } from 'chai';
import type { PoeKind } from '../../../src/domain/claims/values.ts';
import { POE_KINDS } from '../../../src/domain/claims/values.ts';
import { inBrowser } from '../../support/inBrowser.ts';
import { bytesOf } from '../filesFake.ts';
import type { DeskWorld } from '../world.ts';
import { openWorld, WHO } from '../world.ts';

/** A desk that takes these kinds, and finds in each file the kind that its name ends with. */
async function taking(...kinds: readonly PoeKind[]): Promise<DeskWorld> {
  const world = await openWorld();
  Object.assign(world.world.settings, { poeKinds: kinds });
  world.inspection.answer = async (_files, _key, name) => {
    const kind = POE_KINDS.find((one) => name.endsWith(one));
    return kind ? { ok: true, kind } : { ok: false, problem: 'kindNotAccepted' };
  };
  return world;
}

describe('The kinds of file that are taken', () => {
  it('are those of the setting: any other is refused with its kind, and nothing of it is kept', async () => {
    const world = await taking('pdf', 'png');
    const id = await world.file();
    for (const kind of POE_KINDS) {
      const taken = await world.desk.poe.takeFile(WHO.anna, id, `proof.${kind}`, bytesOf(kind));
      if (kind === 'pdf' || kind === 'png') expect(taken).to.deep.include({ ok: true, kind });
      else expect(taken).to.deep.equal({ ok: false, problem: 'kindNotAccepted', culprit: kind });
    }
    expect(world.files.keys('poe/')).to.have.length(2);
  });

  it('are the same by link, whose page names them', async () => {
    const world = await taking('jpeg');
    const link = (await world.desk.poe.uploadLink(await world.file(), WHO.anna)).split('/').at(-1) ?? '';
    const { uploads } = inBrowser(world.desk.poe);
    expect(await uploads.open(link)).to.deep.include({ ok: true, accepted: ['jpeg'] });
    expect(await uploads.take(link, 'proof.xlsx', bytesOf('a'))).to.deep.include({
      problem: 'kindNotAccepted',
      culprit: 'xlsx',
    });
    expect(await uploads.take(link, 'proof.jpeg', bytesOf('a'))).to.deep.include({ ok: true });
  });

  it('leave what was taken before as it is', async () => {
    const world = await taking('docx');
    const id = await world.file();
    await world.desk.poe.takeFile(WHO.anna, id, 'proof.docx', bytesOf('a'));
    Object.assign(world.world.settings, { poeKinds: ['pdf'] });
    expect((await world.desk.look(WHO.anna, id))?.view.poe.map(({ kind }) => kind)).to.deep.equal(['docx']);
    expect(await world.desk.poe.takeFile(WHO.anna, id, 'more.docx', bytesOf('b'))).to.deep.include({
      problem: 'kindNotAccepted',
    });
  });
});
