/**
 * Prints the software bill of materials of the packages that run with the desk, as CycloneDX JSON, from package.json
 * and package-lock.json alone:
 *
 *   npm run --silent sbom > desk.cdx.json
 */
import { readFileSync } from 'node:fs';
import { PROCESS, run } from './commandLine.ts';
import { makeBillOfMaterials } from './sbom/billOfMaterials.ts';
import type { Project } from './sbom/billOfMaterials.ts';
import type { LockFile } from './sbom/lockFile.ts';

function read(name: string): unknown {
  return JSON.parse(readFileSync(new URL(`../../${name}`, import.meta.url), 'utf8'));
}

await run(
  {
    name: 'sbom',
    about: 'Prints the packages that run with the desk, their licences, hashes and dependencies, as CycloneDX JSON.',
    fails: 'it never does',
    options: {},
  },
  async () => {
    const bill = makeBillOfMaterials(read('package.json') as Project, read('package-lock.json') as LockFile);
    PROCESS.say(JSON.stringify(bill, null, 2));
    return 0;
  },
);
