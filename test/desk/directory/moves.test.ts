import { expect } from 'chai';
import type { Announcement } from '../../../src/desk/ports/announcement.ts';
import type { DeskWorld } from '../world.ts';
import { chatOf, MPN, openWorld, place, TENANTS, WHO } from '../world.ts';

const CHANNEL = '19:fabrikam@thread.tacv2';
const PURPOSE = `mpn:${MPN.fabrikam}`;
const FABRIKAM = { name: 'Fabrikam', tenantId: TENANTS.fabrikam };
const TAILSPIN = { name: 'Tailspin', tenantId: TENANTS.tailspin };
const AFTER = {
  partners: [
    { ...FABRIKAM, mpnIds: [MPN.fabrikamSecond] },
    { ...TAILSPIN, mpnIds: [MPN.tailspin, MPN.fabrikam] },
  ],
};

/** A channel of Fabrikam's for its first MPN id. */
async function setting(): Promise<DeskWorld> {
  const world = await openWorld();
  expect(await world.desk.useChannel(WHO.anna, PURPOSE, place(CHANNEL, TENANTS.fabrikam))).to.equal('set');
  return world;
}

async function lose(world: DeskWorld): Promise<void> {
  expect(await world.enrol('partner', { ...FABRIKAM, mpnIds: MPN.fabrikamSecond })).to.include({ ok: true });
}

async function take(world: DeskWorld): Promise<void> {
  expect(await world.enrol('partner', { ...TAILSPIN, mpnIds: `${MPN.tailspin} ${MPN.fabrikam}` })).to.include({
    ok: true,
  });
}

const told = (world: DeskWorld, chat: string): readonly Announcement[] =>
  world.messenger.sendings.flatMap(({ to, content, sent }) =>
    to.conversationId === chat && content.kind === 'announcement' && sent?.kind === 'delivered' ? [content.what] : [],
  );

const takenOver = { tenantId: TENANTS.tailspin, mpnId: MPN.fabrikam } as const;

describe('An MPN id that goes to another partner', () => {
  for (const [how, move] of [
    [
      'by form',
      async (world: DeskWorld) => {
        await lose(world);
        await take(world);
      },
    ],
    ['by the directory file', (world: DeskWorld) => world.desk.importDirectory(AFTER)],
  ] as const) {
    it(`${how} never shows a claim of the new holder in the former holder's channel (R6)`, async () => {
      const world = await setting();
      await move(world);
      world.messenger.forget();
      const id = await world.submitted({ mpnId: takenOver.mpnId }, 'tomas');
      await world.sweep();
      expect(world.messenger.said(CHANNEL)).to.deep.equal([]);
      expect(world.messenger.said(chatOf('tomas'))).to.include('post');
      expect(await world.desk.lookIn(CHANNEL, await world.claim(id))).to.equal(undefined);
    });

    it(`${how} takes the purpose from the channel, and tells both sides and the operators`, async () => {
      const world = await setting();
      await move(world);
      expect(await world.desk.channelPurposes(CHANNEL)).to.deep.equal([]);
      expect(await world.people.channel(PURPOSE)).to.equal(undefined);
      await world.sweep();
      const gone = { kind: 'mpnIdGone', mpnId: MPN.fabrikam, organisation: 'Fabrikam', channel: true } as const;
      const gained = { kind: 'mpnIdGained', mpnId: MPN.fabrikam, organisation: 'Tailspin' } as const;
      for (const name of ['anna', 'boris', 'nikita'] as const)
        expect(told(world, chatOf(name)), name).to.deep.equal([gone]);
      expect(told(world, chatOf('tomas'))).to.deep.equal([gained]);
      expect(told(world, chatOf('otto'))).to.have.deep.members([gone, gained]);
      for (const name of ['rita', 'dana'] as const) expect(told(world, chatOf(name)), name).to.deep.equal([]);
      world.messenger.forget();
      await world.sweep();
      expect(told(world, chatOf('otto')), 'once').to.deep.equal([]);
    });
  }

  for (const kind of ['channel', 'announcement'])
    it(`leaks nothing where the desk dies before it writes the ${kind}, and the sweep does the rest`, async () => {
      const world = await setting();
      world.documents.beforeWrite = (document) => {
        if (document.kind === kind) throw new Error('dead');
      };
      await lose(world).catch(() => undefined);
      await take(world).catch(() => undefined);
      expect(await world.people.holderOf(PURPOSE)).to.equal(`partner:${TENANTS.tailspin}`);
      const id = await world.submitted({ mpnId: takenOver.mpnId }, 'tomas');
      expect(world.messenger.said(CHANNEL)).to.deep.equal([]);
      expect(await world.desk.lookIn(CHANNEL, await world.claim(id))).to.equal(undefined);
      world.documents.beforeWrite = () => undefined;
      await world.sweep();
      expect(await world.desk.channelPurposes(CHANNEL)).to.deep.equal([]);
      expect(told(world, chatOf('anna')).map((what) => what.kind)).to.deep.equal(['mpnIdGone']);
      expect(told(world, chatOf('tomas')).map((what) => what.kind)).to.deep.equal(['mpnIdGained']);
    });

  it('and comes back has no channel any more: its partner sets one anew', async () => {
    const world = await setting();
    await lose(world);
    await world.enrol('partner', { ...FABRIKAM, mpnIds: `${MPN.fabrikam} ${MPN.fabrikamSecond}` });
    expect(await world.people.channel(PURPOSE)).to.equal(undefined);
    expect(await world.desk.useChannel(WHO.anna, PURPOSE, place(CHANNEL, TENANTS.fabrikam))).to.equal('set');
    expect(await world.desk.channelPurposes(CHANNEL)).to.deep.equal([PURPOSE]);
  });

  it('can be given a channel by its new partner, and not the one that the former still reads for another id', async () => {
    const world = await setting();
    await world.desk.useChannel(WHO.anna, `mpn:${MPN.fabrikamSecond}`, place(CHANNEL, TENANTS.fabrikam));
    await lose(world);
    await take(world);
    expect(await world.desk.useChannel(WHO.tomas, PURPOSE, place(CHANNEL, TENANTS.fabrikam))).to.equal('taken');
    const own = place('19:tailspin@thread.tacv2', TENANTS.tailspin);
    expect(await world.desk.useChannel(WHO.tomas, PURPOSE, own)).to.equal('set');
    await world.submitted({ mpnId: takenOver.mpnId }, 'tomas');
    expect(world.messenger.said(own.conversationId)).to.include('post');
  });

  it('is not set for the former holder again by the row of the file that set it before', async () => {
    const world = await openWorld();
    const channels = [{ purpose: PURPOSE, ...place(CHANNEL, TENANTS.fabrikam) }];
    await world.desk.importDirectory({ channels });
    expect(await world.desk.channelPurposes(CHANNEL)).to.deep.equal([PURPOSE]);
    await lose(world);
    await take(world);
    await world.desk.importDirectory({ channels });
    expect(await world.desk.channelPurposes(CHANNEL)).to.deep.equal([]);
  });

  it('that no one had before is no news to anyone', async () => {
    const world = await setting();
    await world.enrol('partner', { ...FABRIKAM, mpnIds: `${MPN.fabrikam} ${MPN.fabrikamSecond} 7770001` });
    await world.sweep();
    expect(told(world, chatOf('otto'))).to.deep.equal([]);
  });

  it('tells without the channel where there was none', async () => {
    const world = await openWorld();
    await lose(world);
    await world.sweep();
    expect(told(world, chatOf('anna'))).to.deep.equal([
      { kind: 'mpnIdGone', mpnId: MPN.fabrikam, organisation: 'Fabrikam', channel: false },
    ]);
  });
});

describe('A channel of the version before', () => {
  it('is held by the organisation that has its MPN id, from the first start on', async () => {
    const world = await setting();
    const stored = await world.documents.inner.read<Record<string, unknown>>('channel', PURPOSE);
    const { holder: _, journal: __, head: ___, ...old } = stored?.body ?? {};
    const keys = [{ name: 'conversation', value: CHANNEL }];
    await world.documents.inner.replace(
      { kind: 'channel', id: PURPOSE, body: { ...old, schema: 1 }, keys },
      stored?.etag ?? '',
    );
    await world.desk.prepare();
    expect(await world.people.channel(PURPOSE)).to.include({ holder: `partner:${TENANTS.fabrikam}` });
    await world.desk.importDirectory(AFTER);
    await world.submitted({ mpnId: takenOver.mpnId }, 'tomas');
    expect(world.messenger.said(CHANNEL)).to.deep.equal([]);
  });
});
