/**
 * A former state of the desk's store, to be put in the place of the present one: on one machine the desk's own backup;
 * on Azure a copy of every item, as a restore to an instant leaves them. Files of proof stay as they are, so that they
 * are ahead of the store; anchors are outside of it.
 */
import type { ItemDefinition } from '@azure/cosmos';
import { CosmosClient } from '@azure/cosmos';
import { cp, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { expect } from 'chai';
import { readConfig } from '../../../src/config/config.ts';
import { ON_AZURE } from './backend.ts';
import type { CrashScenario } from './crashScenario.ts';
import { operate } from './operator.ts';

export interface FormerState {
  /** Ends the desk and puts the store back; the desk is to be started again. May be done more than once. */
  restore(): Promise<void>;
}

/** Keeps the store as it is now, or while others write to it. `folder` is one that is not there yet. */
export function keepState(scenario: CrashScenario, folder: string): Promise<FormerState> {
  return ON_AZURE ? keepItems(scenario) : keepFolder(scenario, folder);
}

async function keepFolder(scenario: CrashScenario, folder: string): Promise<FormerState> {
  const { code, out, problems } = await operate(scenario.backend.env, 'backup', folder);
  expect(code, out + problems).to.equal(0);
  return {
    restore: () =>
      scenario.exchangeStore(async () => {
        for (const name of ['desk.sqlite', 'desk.sqlite-wal', 'desk.sqlite-shm'])
          await rm(join(scenario.dataDir, name), { force: true });
        await cp(folder, scenario.dataDir, { recursive: true, force: true });
      }),
  };
}

async function keepItems(scenario: CrashScenario): Promise<FormerState> {
  const { azure } = readConfig(scenario.backend.env);
  if (!azure) throw new Error('the desk is not on Azure');
  const { endpoint, key = '', database, container } = azure.cosmos;
  const client = new CosmosClient({ endpoint, key, connectionPolicy: { enableEndpointDiscovery: false } });
  const store = client.database(database).container(container);
  const all = async () => (await store.items.readAll<Item>().fetchAll()).resources;
  const kept = await all();
  return {
    restore: () =>
      scenario.exchangeStore(async () => {
        for (const { id, pk } of await all()) await store.item(id, pk).delete();
        for (const former of kept) await store.items.create(withoutSystem(former));
      }),
  };
}

interface Item extends ItemDefinition {
  readonly id: string;
  readonly pk: string;
}

/** The service gives a restored item an etag and an instant of its own. */
function withoutSystem(item: Item): ItemDefinition {
  return Object.fromEntries(Object.entries(item).filter(([name]) => !name.startsWith('_')));
}
