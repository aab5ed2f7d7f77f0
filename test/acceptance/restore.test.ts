/**
 * A backup is taken while the desk runs, the desk goes on, and the backup is put in place of the data folder: the desk
 * that starts on it stands still until an operator has looked, and no consent that was denied passes.
 */
import { cp, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import { ON_AZURE } from './support/backend.ts';
import type { CrashScenario } from './support/crashScenario.ts';
import { startCrashScenario } from './support/crashScenario.ts';
import { createClaimReader } from './support/claimReader.ts';
import { approved } from './support/filing.ts';
import { operate } from './support/operator.ts';

const DAY = 86_400_000;

// On Azure the services restore their own former states.
if (!ON_AZURE)
  describe('a desk whose data folder was restored from a backup', function () {
    this.timeout(180_000);
    let scenario: CrashScenario;
    let outside: string;

    before(async () => {
      outside = await mkdtemp(join(tmpdir(), 'restore-'));
      scenario = await startCrashScenario({ env: { ANCHORS_FILE: join(outside, 'anchors') } });
    });
    after(async () => {
      await scenario.stop();
      await rm(outside, { recursive: true, force: true });
    });

    it('stands still, says what is missing, and lets no consent pass that was denied', async () => {
      const { env } = scenario.backend;
      const id = await approved(scenario);
      const backup = join(outside, 'backup');
      expect(await operate(env, 'backup', backup)).to.include({ code: 0 });
      const { dana } = scenario;
      await dana.press(await scenario.home(id, 'customer'), 'deny', { reason: 'Not us.' });
      await scenario.idle();
      expect((await scenario.claim(id)).status).to.equal('Rejected');

      await scenario.kill();
      for (const name of ['desk.sqlite', 'desk.sqlite-wal', 'desk.sqlite-shm'])
        await rm(join(scenario.dataDir, name), { force: true });
      await cp(backup, scenario.dataDir, { recursive: true, force: true });
      const before = scenario.connector.calls.length;
      await scenario.restart(30 * DAY);
      const storage = await scenario.backend.open();
      const read = createClaimReader(storage.documents, scenario.connector);
      expect((await read.claim(id)).status).to.equal('Approved');
      const report = await operate(env, 'restored');
      expect(report.code).to.equal(1);
      expect(report.out).to.include(id).and.to.include('ConsentDenied').and.to.include('The desk stands still.');
      expect(scenario.connector.calls.length, 'sends nothing').to.equal(before);

      const ended = await operate(env, 'restored', '--replay', '--yes');
      expect(ended.code, ended.out + ended.problems).to.equal(0);
      await scenario.restart(30 * DAY);
      expect((await read.claim(id)).status).to.equal('Rejected');
      expect(await read.events(id)).not.to.include('ConsentPassed');
      storage.close();
    });
  });
