/** The program itself on Azure's emulators, while the time of Cosmos DB differs from that of the machine. */
import { once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import { steadyClock, systemClock } from '../../src/runtime/clock.ts';
import { CLAIM } from '../../src/desk/records/claimRecord.ts';
import { openCosmos } from '../../src/stores/cosmos/cosmosDocuments.ts';
import { startAzurite } from '../support/azurite.ts';
import type { Azurite } from '../support/azurite.ts';
import { startCosmosEmulator } from '../support/cosmosEmulator.ts';
import type { CosmosEmulator } from '../support/cosmosEmulator.ts';
import { activitiesOf } from './support/activities.ts';
import { PERSONAS, DIRECTORY, PARTNER_TENANT } from './support/personas.ts';
import { startConnector } from './support/connector.ts';
import type { Connector } from './support/connector.ts';
import { NEW_CLAIM } from './support/filing.ts';
import type { LogLine, Program } from './support/program.ts';
import { startProgram } from './support/program.ts';
import { createUser } from './support/user.ts';
import { MINUTE, post } from './support/scenario.ts';

describe('a desk on a machine whose clock is not the store’s', () => {
  /** How far this machine is ahead of the store. */
  let aheadMs = 0;
  const storeClock = { now: (): number => systemClock.now() - aheadMs };
  let dataDir: string;
  let cosmos: CosmosEmulator;
  let azurite: Azurite;
  let connector: Connector;
  let program: Program | undefined;
  let env: Readonly<Record<string, string>>;

  beforeEach(async () => {
    aheadMs = 0;
    dataDir = await mkdtemp(join(tmpdir(), 'clock-'));
    [cosmos, azurite, connector] = await Promise.all([
      startCosmosEmulator({ clock: storeClock }),
      startAzurite(),
      startConnector(),
    ]);
    const directory = join(dataDir, 'directory.json');
    await writeFile(directory, JSON.stringify(DIRECTORY));
    env = {
      COSMOS_ENDPOINT: cosmos.endpoint,
      COSMOS_KEY: cosmos.key,
      COSMOS_DATABASE: 'desk',
      COSMOS_CONTAINER: 'desk',
      COSMOS_PARTITIONS: '1',
      DIRECTORY_FILE: directory,
      BLOB_ENDPOINT: azurite.endpoint,
      BLOB_KEY: azurite.key,
      LINK_KEY: 'a key of the acceptance tests that is long enough',
      HISTORY_KEYS: 'a key of histories of the acceptance tests that is long enough',
      SIGNING_KEYS: `${'A'.repeat(43)}=@2020-01-31`,
    };
  });
  afterEach(async () => {
    program?.child.kill('SIGKILL');
    await program?.exited;
    await Promise.all([cosmos.close(), azurite.close(), connector.close()]);
    await rm(dataDir, { recursive: true, force: true });
  });

  async function claims(): Promise<number> {
    const store = await openCosmos({
      endpoint: cosmos.endpoint,
      key: cosmos.key,
      database: 'desk',
      container: 'desk',
      partitions: 1,
      newId: () => '',
      pause: async () => undefined,
      machine: { clock: storeClock, steady: steadyClock },
    });
    const { documents } = await store.find({
      kind: CLAIM,
      name: 'partner',
      value: `partner:${PARTNER_TENANT}`,
      limit: 10,
    });
    store.close();
    return documents.length;
  }

  /** What the program says of its store; its log comes later than its answers. */
  async function loggedOfStore({ child, lines }: Program): Promise<LogLine> {
    for (;;) {
      const line = lines.find(({ part }) => part === 'store');
      if (line) return line;
      if (child.stdout) await once(child.stdout, 'data');
    }
  }

  for (const [direction, ms] of [
    ['ahead of', 5 * MINUTE],
    ['behind', -5 * MINUTE],
  ] as const) {
    it(`is not ready, says why, and takes no press while it is ${direction} it; then it goes on by itself`, async () => {
      program = await startProgram(dataDir, env);
      const { url } = program;
      const anna = createUser(
        {
          connector,
          activities: activitiesOf(connector.url),
          post: (activity) => post(Number(new URL(url).port), JSON.stringify(activity)),
          idle: async () => undefined,
        },
        PERSONAS.anna,
      );
      await anna.install();
      const form = await anna.ask('new claim');

      aheadMs = ms;
      const ready = await fetch(`${url}/readyz`);
      expect(ready.status).to.equal(503);
      expect(await ready.json()).to.deep.equal({ ok: false, store: false, files: true, pair: false, keys: true });
      const said = await loggedOfStore(program);
      expect(said).to.have.nested.property('error.code', 'clock.skewed');
      expect(said)
        .to.have.nested.property('error.message')
        .that.matches(
          new RegExp(
            `^This machine's clock is 5 minutes ${direction} the store's; have this machine's time synchronised`,
          ),
        );
      const activity = anna.pressOn(form, 'create', NEW_CLAIM);
      const pressed = await post(Number(new URL(url).port), JSON.stringify(activity));
      expect(pressed.status).to.equal(200);
      expect(pressed.body).to.deep.include({ statusCode: 500, type: 'application/vnd.microsoft.error' });
      expect(pressed.text).to.match(/again/i);
      expect(await claims()).to.equal(0);

      aheadMs = 0;
      while ((await fetch(`${url}/readyz`)).status !== 200) continue;
      await anna.press(form, 'create', NEW_CLAIM);
      expect(await claims()).to.equal(1);
    });
  }
});
