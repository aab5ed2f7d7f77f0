import { expect } from 'chai';
import { doctor } from '../../src/cli/commands/doctor.ts';
import { readConfig } from '../../src/config/config.ts';
import type { Anchors } from '../../src/desk/ports/anchors.ts';
import { openWorld, WHO } from '../desk/world.ts';
import { AZURE_SETTINGS } from '../support/azureSettings.ts';
import { memoryAnchors } from '../support/memoryAnchors.ts';
import { contextOf } from './commandContext.ts';

describe('What doctor says of the anchors (R55)', () => {
  /** The line about them, by a desk with one decision. */
  async function lineFor(env: Record<string, string>, anchors?: Anchors): Promise<string> {
    const world = await openWorld({ ...(anchors && { anchors }) });
    await world.submitted();
    const shown: string[] = [];
    const context = contextOf(world, { config: readConfig(env), show: (text) => void shown.push(text) });
    await doctor.run(context, {});
    return (
      shown
        .join('\n')
        .split('\n')
        .find((line) => /^\w+ +anchors: /.test(line)) ?? ''
    );
  }

  it('names the setting that is missing, on one machine and on Azure', async () => {
    expect(await lineFor({})).to.match(
      /^note .*: none: an older state .* set ANCHORS_FILE to a file outside DATA_DIR$/,
    );
    expect(await lineFor(AZURE_SETTINGS)).to.match(
      /^note .*: none: an older state .* set BLOB_ANCHORS to a container of its own$/,
    );
  });

  it('says that they are well, and which is the newest', async () => {
    expect(await lineFor({}, memoryAnchors())).to.match(/^well .*: answer; the newest is of CPOR-\w{6}, \d{4}-/);
  });

  it('calls those a problem that this desk did not sign, or that cannot be read', async () => {
    for (const line of ['{', JSON.stringify({ claim: 'CPOR-7F3K9Q' })])
      expect(await lineFor({}, memoryAnchors([line]))).to.match(
        /^problem .*: of the newest 2, 1 were not signed by this desk or cannot be read; `verify` names them$/,
      );
  });

  it('says that they cannot be reached', async () => {
    const down: Anchors = { ...memoryAnchors(), newest: () => Promise.reject(new Error('the disk is gone')) };
    expect(await lineFor({}, down)).to.match(/^problem .*: the disk is gone$/);
  });
});

describe('What doctor says of names that an earlier version took', () => {
  it('names whose name or address would be refused today, and does not print it', async () => {
    const world = await openWorld();
    const partner = (await world.people.organisations('partner'))[0] ?? expect.fail('there is one');
    await world.people.saveOrganisation({ ...partner, name: 'see www.contoso.com' }, 'desk');
    await world.people.alter(WHO.anna, (known) => ({ ...known, name: 'Anna\u202e', email: 'anna@old_host.local_' }));
    const shown: string[] = [];
    await doctor.run(contextOf(world, { show: (text) => void shown.push(text) }), {});
    const lines = shown.join('\n').split('\n');
    expect(lines.filter((line) => /^note +stored /.test(line)).map((line) => line.split(/; /)[0])).to.deep.equal([
      `note     stored name: ${partner.id}: holds an address, a link or HTML`,
      `note     stored name: ${WHO.anna}: has invisible or control characters`,
      `note     stored email: ${WHO.anna}: is no e-mail address`,
    ]);
    expect(shown.join('\n')).not.to.include('www.contoso.com');
  });
});

describe('What doctor says of notices that wait', () => {
  it('names the claims, says that their deadlines wait, and what lets them go out (R45)', async () => {
    const world = await openWorld({ noReviewChannel: true });
    const id = await world.submitted();
    const shown: string[] = [];
    await doctor.run(contextOf(world, { show: (text) => void shown.push(text) }), {});
    const lines = shown.join('\n').split('\n');
    expect(lines.find((line) => line.includes('parked notices'))).to.match(
      new RegExp(
        `^note +parked notices: ${id}: their deadlines wait \\(noReviewChannel\\)\\. No review channel has been set\\.`,
      ),
    );
    expect(lines.at(-1)).to.match(/, \d+ notes?\.$/);
  });
});
