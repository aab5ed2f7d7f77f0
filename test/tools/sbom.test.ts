import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { expect } from 'chai';
import { makeBillOfMaterials } from '../../src/tools/sbom/billOfMaterials.ts';
import type { BillOfMaterials } from '../../src/tools/sbom/billOfMaterials.ts';
import type { LockFile } from '../../src/tools/sbom/lockFile.ts';

const PROGRAM = fileURLToPath(new URL('../../src/tools/makeSbom.ts', import.meta.url));
const LOCK = JSON.parse(readFileSync(new URL('../../package-lock.json', import.meta.url), 'utf8')) as LockFile;
const PROJECT = { name: 'desk', version: '1.0.0', license: 'MIT' };
const INTEGRITY = `sha512-${Buffer.alloc(64, 1).toString('base64')}`;

function namesIn({ components }: BillOfMaterials): readonly string[] {
  return components.map(({ group, name, version }) => `${group === undefined ? '' : `${group}/`}${name}@${version}`);
}

/** The components that the project reaches by the dependencies of the bill. */
function reached({ metadata, dependencies }: BillOfMaterials): ReadonlySet<string> {
  const known = new Map(dependencies.map(({ ref, dependsOn }) => [ref, dependsOn]));
  const found = new Set<string>();
  const visit = (ref: string): void => {
    if (found.has(ref)) return;
    found.add(ref);
    known.get(ref)?.forEach(visit);
  };
  visit(metadata.component['bom-ref']);
  return found;
}

describe('The software bill of materials', () => {
  it('is printed as the same JSON each time', () => {
    const printed = (): string => execFileSync(process.execPath, [PROGRAM], { encoding: 'utf8' });
    const text = printed();
    expect(printed()).to.equal(text);
    expect(JSON.parse(text)).to.include({ bomFormat: 'CycloneDX', specVersion: '1.6', version: 1 });
  });

  it('has every package that the image has, each with licence and hash, and none for development', () => {
    const bill = makeBillOfMaterials(PROJECT, LOCK);
    const names = namesIn(bill);
    const expected = new Set(
      Object.entries(LOCK.packages).flatMap(([path, { dev, version }]) =>
        path === '' || dev === true ? [] : [`${path.slice(path.lastIndexOf('node_modules/') + 13)}@${version ?? ''}`],
      ),
    );
    expect([...names].sort()).to.deep.equal([...expected].sort());
    expect(names.some((name) => /^(mocha|typescript|node)@/.test(name))).to.equal(false);
    for (const { name, licenses, hashes } of bill.components) {
      expect(licenses, name).to.have.length(1);
      expect(hashes?.[0]?.content, name).to.match(/^[0-9a-f]{128}$/);
    }
    expect(new Set(names).size).to.equal(names.length);
  });

  it('says of each package what brought it', () => {
    const bill = makeBillOfMaterials(PROJECT, LOCK);
    const all = [bill.metadata.component, ...bill.components].map((component) => component['bom-ref']);
    expect([...reached(bill)].sort()).to.deep.equal([...all].sort());
  });

  it('finds each version where Node would', () => {
    const bill = makeBillOfMaterials(PROJECT, {
      packages: {
        '': { dependencies: { '@a/one': '^1.0.0', two: '^1.0.0' } },
        'node_modules/@a/one': { version: '1.0.0', integrity: INTEGRITY, dependencies: { two: '^2.0.0' } },
        'node_modules/@a/one/node_modules/two': {
          version: '2.0.0',
          license: '(MIT OR ISC)',
          dependencies: { three: '*' },
        },
        'node_modules/two': { version: '1.0.0', license: 'ISC', optionalDependencies: { three: '*', four: '*' } },
        'node_modules/three': { version: '1.0.0', optional: true },
        'node_modules/tests': { version: '1.0.0', dev: true, dependencies: { three: '*' } },
      },
    });
    expect(bill.dependencies).to.deep.equal([
      { ref: 'pkg:npm/desk@1.0.0', dependsOn: ['pkg:npm/%40a/one@1.0.0', 'pkg:npm/two@1.0.0'] },
      { ref: 'pkg:npm/%40a/one@1.0.0', dependsOn: ['pkg:npm/two@2.0.0'] },
      { ref: 'pkg:npm/three@1.0.0', dependsOn: [] },
      { ref: 'pkg:npm/two@1.0.0', dependsOn: ['pkg:npm/three@1.0.0'] },
      { ref: 'pkg:npm/two@2.0.0', dependsOn: ['pkg:npm/three@1.0.0'] },
    ]);
    const [one, three, ...twos] = bill.components;
    expect(one).to.deep.include({ group: '@a', name: 'one', scope: 'required' });
    expect(one?.hashes).to.deep.equal([{ alg: 'SHA-512', content: '01'.repeat(64) }]);
    expect(three).to.deep.include({ scope: 'optional' });
    expect(twos.map(({ licenses }) => licenses)).to.deep.equal([
      [{ license: { id: 'ISC' } }],
      [{ expression: '(MIT OR ISC)' }],
    ]);
  });
});
