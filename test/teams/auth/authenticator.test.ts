import type { Activity } from 'botbuilder';
import { ClaimsIdentity } from 'botframework-connector';
import { expect } from 'chai';
import { spy } from 'sinon';
import { createUnauthenticatedLocal } from '../../../src/teams/auth/authenticator.ts';
import { REQUEST_CASES } from './requestCases.ts';
import { OTHER_TENANT, startListener, startSignedDesk } from './signedDesk.ts';
import type { SignedDesk } from './signedDesk.ts';

/** All that may be read in an answer, by its status. */
const BODIES: Readonly<Record<number, RegExp>> = {
  200: /^$/,
  400: /^\{"error":"(notJson|notAnActivity|not a Teams activity)"(,"field":"[a-zA-Z.]+")?\}$/,
  401: /^\{"error":"unauthorized"\}$/,
  403: /^\{"error":"forbidden"\}$/,
};

describe('the signed door, through the real HTTP door', () => {
  let desk: SignedDesk;
  let lure: Awaited<ReturnType<typeof startListener>>;

  before(async () => {
    desk = await startSignedDesk();
    lure = await startListener();
    desk.issuer.addKey('key-of-curve', ['msteams'], {}, 'ec');
    desk.issuer.addKey('key-of-slack', ['slack']);
    desk.issuer.addKey('key-of-none', undefined);
    desk.issuer.addKey('key-of-empty', []);
    desk.issuer.addKey('key-of-odd', [5, null, ['msteams'], { msteams: true }]);
  });
  after(async () => {
    await desk.close();
    lure.close();
  });

  for (const [group, cases] of REQUEST_CASES) {
    describe(group, () => {
      for (const { title, status, request } of cases) {
        it(`${status}: ${title}`, async () => {
          const { authorization, body = {} } = request(desk, lure.url);
          const turns = desk.turns.length;
          const answer = await desk.post(typeof body === 'string' ? body : desk.activity(body), authorization);
          expect(answer.status).to.equal(status);
          expect(answer.text).to.match(BODIES[status] ?? /^never$/);
          expect(desk.turns.length - turns, 'turns').to.equal(status === 200 ? 1 : 0);
          expect([desk.teams.heard, lure.heard], 'calls').to.deep.equal([[], []]);
        });
      }
    });
  }

  describe('afterwards', () => {
    it('the keys were asked for once at the start and once for an unknown id, whatever came in', () => {
      expect(desk.issuer.keyFetches()).to.be.within(1, 2);
    });

    it('more than 60 cases were tried', () => {
      expect(REQUEST_CASES.flatMap(([, cases]) => cases).length).to.be.above(60);
    });

    it('nothing that came in was logged: a fixed sentence for each reason, none of which hides another', () => {
      const refused = desk.lines.filter(({ sentence }) => sentence.startsWith('Activity rejected: '));
      expect(new Set(refused.map(({ sentence }) => sentence.split(': ')[1]))).to.have.all.keys(
        'no token',
        'invalid token for this bot',
        'channel is not Teams',
        'service URL not allowed',
        'tenant not allowed',
        'addressed to another bot',
      );
      expect(refused.length).to.be.below(6 * 5 + 1);
      expect(new Set(refused.map(({ fields }) => JSON.stringify(fields)))).to.have.all.keys('{}');
      expect(desk.lines.filter(({ level }) => level === 'error')).to.deep.equal([]);
      expect(JSON.stringify(desk.lines)).not.to.match(/eyJ|Bearer|Anna|evil/);
    });

    it('every one was counted', () => {
      expect(new Set(desk.counted)).to.include.all.keys(
        'message refused',
        'invoke refused',
        'message answered',
        'message malformed',
      );
    });
  });
});

describe('the signed door, as time goes by', () => {
  let desk: SignedDesk;
  before(async () => {
    desk = await startSignedDesk();
  });
  after(() => desk.close());

  it('the same token with the same activity is let in again: a press has a name (R58) and a message an id, so that it is done once', async () => {
    const activity = desk.activity();
    const authorization = `Bearer ${desk.token()}`;
    const turns = desk.turns.length;
    expect((await desk.post(activity, authorization)).status).to.equal(200);
    expect((await desk.post(activity, authorization)).status).to.equal(200);
    const [first, second] = desk.turns.slice(turns);
    expect(first).to.deep.equal(second);
  });

  it('a token that was good is refused when its time has come, though it is remembered', async () => {
    const authorization = `Bearer ${desk.token()}`;
    expect((await desk.post(desk.activity(), authorization)).status).to.equal(200);
    desk.clock.turn(3_600_000 + 299_000);
    expect((await desk.post(desk.activity(), authorization)).status).to.equal(200);
    desk.clock.turn(2_000);
    expect((await desk.post(desk.activity(), authorization)).status).to.equal(401);
  });

  it('a remembered token is refused while the clock is set back to before its time, and let in when it is put right', async () => {
    let setBackMs = 0;
    const set = await startSignedDesk({ clock: { now: () => desk.clock.now() - setBackMs }, steady: desk.clock });
    try {
      const nbf = Math.floor(desk.clock.now() / 1_000) - 60;
      const authorization = `Bearer ${set.token({ nbf, exp: nbf + 86_400 })}`;
      const answered = async (ms: number): Promise<number> => {
        setBackMs = ms;
        return (await set.post(set.activity(), authorization)).status;
      };
      expect(await answered(0)).to.equal(200);
      expect(await answered(359_000), 'within the five minutes that clocks may differ').to.equal(200);
      expect(await answered(362_000)).to.equal(401);
      expect(await answered(7 * 86_400_000)).to.equal(401);
      expect(await answered(0)).to.equal(200);
    } finally {
      await set.close();
    }
  });

  it('logs a flood of strangers five times a minute, and a foreign tenant all the same', async () => {
    desk.clock.turn(60_000);
    await desk.post(desk.activity());
    desk.clock.turn(60_000);
    desk.lines.length = 0;
    for (let time = 0; time < 20; time += 1) await desk.post(desk.activity());
    expect(
      (await desk.post(desk.activity({ channelData: { tenant: { id: OTHER_TENANT } } }), `Bearer ${desk.token()}`))
        .status,
    ).to.equal(403);
    expect(desk.lines.map(({ sentence }) => sentence.split(': ')[1])).to.deep.equal([
      ...Array.from({ length: 5 }, () => 'no token'),
      'tenant not allowed',
    ]);
  });

  it("turns who has no token of the channel's away before a body is read, and counts it", async () => {
    desk.counted.length = 0;
    const turns = desk.turns.length;
    const bomb = `{"type":"message","x":[${'[],'.repeat(1_000_000)}[]]}`;
    for (const authorization of [undefined, 'Bearer x.y.z', `Bearer ${desk.token({ aud: 'another' })}`]) {
      expect(await desk.post('no JSON', authorization)).to.deep.equal({
        status: 401,
        text: '{"error":"unauthorized"}',
      });
      // The answer comes while the sender is still sending, or the connection ends under it.
      expect(
        await desk.post(bomb, authorization).then(
          ({ status }) => status,
          () => 'broken off',
        ),
      ).to.be.oneOf([401, 'broken off']);
    }
    expect(new Set(desk.counted)).to.have.all.keys('unread refused');
    expect(desk.turns.length).to.equal(turns);
  });
});

describe('the door of a desk without an app id', () => {
  for (const authorization of [undefined, 'Bearer x.y.z']) {
    it(`lets a request in that sends ${authorization ?? 'no header'}, and botbuilder sees what was sent`, async () => {
      const door = createUnauthenticatedLocal();
      const asked = spy(door.authentication, 'authenticateRequest');
      const authenticated = await door.authenticate(authorization);
      if (authenticated.kind !== 'admitted') throw new Error('It was refused.');
      const activity = { type: 'message', channelId: 'msteams', serviceUrl: 'http://127.0.0.1:1/' } as Activity;
      const { claimsIdentity } = await door.authorize(activity, authenticated.admission);
      expect(claimsIdentity).to.deep.equal(new ClaimsIdentity([], 'anonymous'));
      expect(asked.args).to.deep.equal([[activity, authorization ?? '']]);
    });
  }
});
