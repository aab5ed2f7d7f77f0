import { expect } from 'chai';
import { settlePair } from '../../src/app/pairing.ts';
import { readConfig } from '../../src/config/config.ts';
import type { PairVerdict } from '../../src/desk/proof/pair.ts';
import { AZURE_SETTINGS } from '../support/azureSettings.ts';

describe('The start of a desk', () => {
  async function logged(settle: () => Promise<PairVerdict>, env: Readonly<Record<string, string>> = {}) {
    const lines: [string, object, string][] = [];
    const write = (level: string) => (fields: object, sentence: string) => void lines.push([level, fields, sentence]);
    await settlePair({ settle }, readConfig(env), { info: write('info'), warn: write('warn'), error: write('error') });
    return lines;
  }

  it('says nothing where database and files belong together', async () => {
    expect(await logged(async () => ({ isPaired: true }))).to.deep.equal([]);
  });

  for (const [where, env, check] of [
    ['on this machine', {}, ['DATA_DIR']],
    [
      'on Azure',
      AZURE_SETTINGS,
      ['COSMOS_ENDPOINT', 'COSMOS_DATABASE', 'COSMOS_CONTAINER', 'BLOB_ENDPOINT', 'BLOB_CONTAINER'],
    ],
  ] as const) {
    it(`says why they do not, which settings to check, and the way out: ${where}`, async () => {
      expect(await logged(async () => ({ isPaired: false, reason: 'different' }), env)).to.deep.equal([
        [
          'error',
          { reason: 'different', check, orRun: 'npm run desk -- pair --adopt' },
          'Database and files do not belong together; the desk is not ready and cleans nothing',
        ],
      ]);
    });
  }

  it('goes on where this cannot be found out, and says so', async () => {
    const error = new Error('the store does not answer');
    expect(await logged(async () => Promise.reject(error))).to.deep.equal([
      [
        'error',
        { error },
        'Could not find out whether database and files belong together; the next cleaning will retry',
      ],
    ]);
  });
});
