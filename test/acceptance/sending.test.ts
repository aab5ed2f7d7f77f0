import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import { readConfig } from '../../src/config/config.ts';
import type { RunningDesk } from '../../src/app/startDesk.ts';
import { startDesk } from '../../src/app/startDesk.ts';
import type { SlotRequest } from '../../src/teams/sending/lane.ts';
import type { Destination } from '../../src/teams/sending/rateLimiter.ts';
import type { Activities } from './support/activities.ts';
import { activitiesOf, personalChat } from './support/activities.ts';
import { unlimitedSending } from './support/unlimitedSending.ts';
import { PERSONAS, OPERATORS } from './support/personas.ts';
import type { Connector } from './support/connector.ts';
import { startConnector } from './support/connector.ts';
import { post } from './support/scenario.ts';

/** How long Teams waits for the end of a turn, at least. */
const TURN_MS = 10_000;

describe("acceptance: answers to people and Teams' limits", () => {
  let connector: Connector;
  let activities: Activities;
  let dataDir: string;
  let desk: RunningDesk;
  const passes: { readonly to: Destination; readonly request: SlotRequest }[] = [];
  const warned: string[] = [];
  let awayMs: number | undefined;

  before(async () => {
    connector = await startConnector();
    activities = activitiesOf(connector.url);
    dataDir = await mkdtemp(join(tmpdir(), 'sending-'));
    const limiter = {
      hold: () => undefined,
      size: () => ({ lanes: 0, waiting: 0 }),
      acquire(to: Destination, request: SlotRequest) {
        passes.push({ to, request });
        return Promise.resolve(awayMs);
      },
    };
    const log = {
      info: () => undefined,
      warn: (_fields: object, sentence: string) => void warned.push(sentence),
      error: () => undefined,
    };
    desk = await startDesk(
      { ...readConfig({ DATA_DIR: dataDir, OPERATORS, SWEEP_SCHEDULE: '0 0 1 1 *' }), port: 0 },
      { log, sending: { ...unlimitedSending, limiter } },
    );
  });
  after(async () => {
    await desk.stop();
    await connector.close();
    await rm(dataDir, { recursive: true, force: true });
  });
  beforeEach(() => {
    passes.length = 0;
    awayMs = undefined;
  });

  const ask = () => post(desk.port, JSON.stringify(activities.message(PERSONAS.otto, 'help')));

  it('go through the one gate, before everything else, and end before Teams gives the turn up', async () => {
    await ask();
    const [pass, ...more] = passes;
    expect(more).to.deep.equal([]);
    expect(pass?.to).to.deep.equal({ tenantId: PERSONAS.otto.tenantId, conversationId: personalChat(PERSONAS.otto) });
    expect(pass?.request.priority).to.equal('reply');
    expect(pass?.request.timeoutMs).to.be.below(TURN_MS);
    expect(connector.messages(personalChat(PERSONAS.otto))).to.have.lengthOf(1);
  });

  it('that cannot be sent in time end the turn all the same, and the log says so', async () => {
    awayMs = 30_000;
    const calls = connector.calls.length;
    expect((await ask()).status).to.equal(200);
    expect(connector.calls).to.have.lengthOf(calls);
    expect(warned).to.include('Could not send an answer');
  });
});
