import { expect } from 'chai';
import { ANNOUNCEMENT, createAnnounce } from '../../../src/desk/outbox/announcements.ts';
import type { AnnouncementAudience } from '../../../src/desk/ports/announcement.ts';
import type { SendResult } from '../../../src/desk/ports/messenger.ts';
import type { OrganisationId } from '../../../src/domain/claims/values.ts';
import type { DeskWorld } from '../world.ts';
import { chatOf, openWorld, place, TENANTS, WHO } from '../world.ts';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;
const WHAT = { kind: 'mpnIdGained', mpnId: '1234567', organisation: 'Contoso' } as const;
const OPERATORS: AnnouncementAudience = { kind: 'operators' };

async function announced(to: AnnouncementAudience = OPERATORS, options = {}): Promise<DeskWorld> {
  const world = await openWorld(options);
  world.messenger.forget();
  await createAnnounce(world.world)('key', WHAT, to);
  return world;
}

const chats = (world: DeskWorld): readonly string[] =>
  world.messenger.sendings
    .filter(({ content, sent }) => content.kind === 'announcement' && sent?.kind === 'delivered')
    .map(({ to }) => to.conversationId);

const BUSY: SendResult = { kind: 'tryLater', reason: 'http503' };

describe('An announcement', () => {
  for (const [to, expected] of [
    [OPERATORS, [chatOf('otto')]],
    [
      { kind: 'organisation', id: `partner:${TENANTS.fabrikam}` as OrganisationId },
      [chatOf('anna'), chatOf('boris'), chatOf('nikita')],
    ],
    [{ kind: 'person', id: WHO.rita }, [chatOf('rita')]],
  ] as const) {
    it(`to ${to.kind} is told to each of them once`, async () => {
      const world = await announced(to);
      await world.sweep();
      expect(chats(world)).to.have.members(expected);
      await world.pass(DAY);
      expect(chats(world)).to.have.lengthOf(expected.length);
    });
  }

  it('that is stored twice under one key is one', async () => {
    const world = await announced();
    await createAnnounce(world.world)('key', WHAT, OPERATORS);
    await world.sweep();
    expect(chats(world)).to.have.lengthOf(1);
  });

  it('is tried again with growing pauses while Teams is busy, and reaches who is left', async () => {
    const world = await announced({ kind: 'organisation', id: `partner:${TENANTS.fabrikam}` as OrganisationId });
    world.messenger.answers(BUSY, (conversation) => conversation === chatOf('boris'));
    await world.sweep();
    expect(chats(world)).to.have.members([chatOf('anna'), chatOf('nikita')]);
    const tries = () => world.messenger.sendings.filter(({ to }) => to.conversationId === chatOf('boris')).length;
    await world.pass(MINUTE);
    expect(tries(), 'too early').to.equal(1);
    for (let minutes = 0; minutes < 120; minutes += 1) await world.pass(MINUTE);
    expect(tries()).to.be.within(5, 8);
    world.messenger.works();
    await world.pass(6 * HOUR);
    expect(chats(world)).to.have.members([chatOf('anna'), chatOf('nikita'), chatOf('boris')]);
  });

  it('waits for a person who cannot be reached, and is told when they write', async () => {
    const world = await announced(OPERATORS, { silent: ['otto'] });
    await world.pass(DAY);
    expect(chats(world)).to.deep.equal([]);
    await world.greet('otto');
    await world.sweep();
    expect(chats(world)).to.deep.equal([chatOf('otto')]);
  });

  it('waits for a person who turns out to have removed the bot, and for the configured operator besides', async () => {
    const world = await announced();
    world.messenger.answers({ kind: 'unreachable', reason: 'notInstalled' });
    await world.sweep();
    world.messenger.works();
    await world.pass(DAY);
    expect(chats(world)).to.deep.equal([]);
    await world.greet('otto');
    await world.desk.greet({ id: WHO.ops, name: 'Ops', chat: place('chat-ops') });
    await world.sweep();
    expect(chats(world)).to.have.members([chatOf('otto'), 'chat-ops']);
  });

  it('is told to who gets the role later, where no one who has it can be reached', async () => {
    const world = await announced(OPERATORS, { silent: ['otto'] });
    await world.pass(HOUR);
    expect(chats(world)).to.deep.equal([]);
    await world.enrol('staff', {
      tenantId: TENANTS.vendor,
      objectId: WHO.lena.split('/')[1],
      name: 'Lena',
      roles: ['reviewer', 'lead', 'operator'],
    });
    await world.pass(6 * HOUR);
    expect(chats(world)).to.deep.equal([chatOf('lena')]);
    await world.pass(DAY);
    await world.greet('otto');
    await world.sweep();
    expect(chats(world)).to.have.members([chatOf('lena'), chatOf('otto')]);
  });

  it('that Teams refuses for good is logged and tried no more for them, and is told to who gets the role later', async () => {
    const world = await announced();
    world.messenger.answers({ kind: 'dead', reason: 'http413' });
    await world.sweep();
    const refusals = () => world.logged.filter(({ sentence }) => sentence.startsWith('Teams refuses'));
    expect(refusals().map(({ level }) => level)).to.include('warn');
    const before = refusals().length;
    world.messenger.works();
    await world.enrol('staff', {
      tenantId: TENANTS.vendor,
      objectId: WHO.lena.split('/')[1],
      name: 'Lena',
      roles: ['reviewer', 'lead', 'operator'],
    });
    await world.pass(DAY);
    expect(chats(world)).to.deep.equal([chatOf('lena')]);
    expect(refusals()).to.have.length(before);
  });

  it('is told by one of two desks that sweep at once', async () => {
    const world = await announced();
    await Promise.all([world.sweep(), world.another().sweep(), world.another().sweep()]);
    expect(chats(world)).to.deep.equal([chatOf('otto')]);
  });

  it('is taken up by another desk after one died while it told', async () => {
    const world = await announced({ kind: 'organisation', id: `partner:${TENANTS.fabrikam}` as OrganisationId });
    world.messenger.after = () => {
      throw new Error('dead');
    };
    await world.sweep();
    world.messenger.works();
    await world.pass(MINUTE + 1);
    expect([...new Set(chats(world))]).to.have.members([chatOf('anna'), chatOf('boris'), chatOf('nikita')]);
    expect(chats(world).length, 'at least once').to.be.within(3, 4);
  });

  it('ends after a month, whoever was not reached', async () => {
    const world = await announced(OPERATORS, { silent: ['otto'] });
    await world.sweep();
    world.clock.turn(31 * DAY);
    await world.greet('otto');
    await world.sweep();
    expect(chats(world)).to.deep.equal([]);
  });

  it('that a newer version wrote is left to it, and stops no other', async () => {
    const world = await announced();
    const stored = await world.documents.inner.read<object>(ANNOUNCEMENT, 'key');
    const keys = [{ name: 'wake', value: '', sort: 0 }];
    await world.documents.inner.replace(
      { kind: ANNOUNCEMENT, id: 'key', body: { ...stored?.body, schema: 9 }, keys },
      stored?.etag ?? '',
    );
    await createAnnounce(world.world)('other', WHAT, OPERATORS);
    await world.sweep();
    expect(chats(world)).to.have.lengthOf(1);
    expect((await world.documents.inner.read<object>(ANNOUNCEMENT, 'key'))?.body).to.include({ schema: 9 });
  });
});
