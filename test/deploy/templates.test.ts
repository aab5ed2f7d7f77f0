import { readFileSync } from 'node:fs';
import { expect } from 'chai';
import { CONTAINER } from '../../src/stores/cosmos/container.ts';
import { skipBecause } from '../browser/skipBecause.ts';
import { alertRows } from './alerts.ts';
import { whyNoSchemas } from './armSchemas.ts';
import { readBicepParameters } from './bicep.ts';
import { deployFaults, deployTexts } from './deployFolder.ts';
import { dockerfileFaults, PROJECT } from './dockerfile.ts';
import { at } from './safety.ts';
import { bodiesOf, readTemplates } from './templates.ts';

const texts = deployTexts();
const files = readTemplates(texts);

describe('the deployment', () => {
  it('has templates and two files of parameters that nothing is to be said against', () => {
    expect([...texts.keys()].filter((path) => path.endsWith('.bicepparam')).sort()).to.deep.equal([
      'production.bicepparam',
      'test.bicepparam',
    ]);
    expect(files.size).to.be.greaterThan(5);
    expect(deployFaults(texts)).to.deep.equal([]);
  });

  it('is for one tenant to try, where the bot is the identity, and for many in production, where it is an application', () => {
    const given = (path: string, name: string): string | undefined =>
      readBicepParameters(path, texts.get(path) ?? '').given.find((assigned) => assigned.name === name)?.value.text;
    expect(given('test.bicepparam', 'appId')).to.equal("'identity'");
    expect(given('test.bicepparam', 'allowedTenants')).to.equal("'none'");
    expect(given('production.bicepparam', 'appId')).to.equal("readEnvironmentVariable('DESK_APP_ID')");
    expect(given('production.bicepparam', 'appPassword')).to.equal("readEnvironmentVariable('DESK_APP_PASSWORD', '')");
    expect(given('production.bicepparam', 'allowedTenants')).to.equal("readEnvironmentVariable('DESK_TENANTS')");
  });

  it("describes every resource as Azure's schemas have it", function () {
    const missing = whyNoSchemas();
    if (missing !== undefined) skipBecause(this, missing);
    // deployFaults has asked them; here only that they were there to be asked, and that there was much to ask.
    expect([...files.values()].flatMap((file) => file.resources).length).to.be.greaterThan(20);
  });

  it('makes the container of claims as the store itself would make it', () => {
    const file = files.get('modules/state.bicep');
    const container = file?.resources.find(
      ({ type }) => type === 'Microsoft.DocumentDB/databaseAccounts/sqlDatabases/containers',
    );
    if (!file || !container) throw new Error('there is no container');
    const bodies = bodiesOf(container, file);
    expect(bodies).not.to.be.empty;
    for (const body of bodies) {
      expect(at(body, 'properties.resource.indexingPolicy')).to.deep.equal(CONTAINER.indexingPolicy);
      expect(at(body, 'properties.resource.partitionKey')).to.deep.equal({ ...CONTAINER.partitionKey });
      expect(at(body, 'properties.resource.defaultTtl')).to.equal(CONTAINER.defaultTtl);
    }
  });

  it('says in its documentation what each alert means, and nothing of others', () => {
    const readme = readFileSync(`${PROJECT}deploy/README.md`, 'utf8');
    const written = [...readme.matchAll(/^\| `[a-z-]+` \| \d \| `\w+` \| /gm)].map(([row]) => row);
    expect(written).to.deep.equal(alertRows(files));
    expect(written).to.have.length.above(5);
  });

  it('has a Dockerfile that nothing is to be said against', () => {
    expect(dockerfileFaults(readFileSync(`${PROJECT}deploy/Dockerfile`, 'utf8'))).to.deep.equal([]);
  });
});
