/** What is wrong with the licences of the packages that run with the desk. */
import { UNDECLARED_LICENCES } from '../../src/tools/sbom/licences.ts';
import type { FoundLicence } from '../../src/tools/sbom/licences.ts';
import type { InstalledPackage } from '../../src/tools/sbom/lockFile.ts';

/** Licences that let the desk be run, changed and handed on, and ask for no more than that their text comes along. */
const ALLOWED: readonly string[] = [
  '0BSD',
  'Apache-2.0',
  'BlueOak-1.0.0',
  'BSD-2-Clause',
  'BSD-3-Clause',
  'ISC',
  'MIT',
  'Unlicense',
  'Zlib',
];

/** What is read of a package's own package.json. */
export interface Metadata {
  readonly name?: string;
  readonly version?: string;
  readonly license?: unknown;
}

/**
 * A fault for each package without an allowed licence, whose metadata is of another package than the lock file says, or
 * of which the lock file tells another licence; and for each named exception that is none. `metadataOf` answers
 * undefined for a package that is not installed, which only an optional one may be.
 */
export function licenceFaults(
  packages: readonly InstalledPackage[],
  metadataOf: (path: string) => Metadata | undefined,
  undeclared: Readonly<Record<string, FoundLicence>> = UNDECLARED_LICENCES,
): readonly string[] {
  const needed = new Set<string>();
  const faults = packages.flatMap(({ path, name, version, locked }) => {
    const id = `${name}@${version}`;
    const metadata = metadataOf(path);
    if (!metadata) return locked.optional ? [] : [`${id} is not installed in ${path}`];
    if (metadata.name !== name || metadata.version !== version) return [`${path} is not ${id}`];
    const declared = metadata.license;
    if (declared !== undefined && declared !== locked.license)
      return [`${id} has the licence ${JSON.stringify(declared)}, in the lock file ${locked.license ?? 'none'}`];
    if (declared === undefined) needed.add(id);
    const licence = declared ?? undeclared[id]?.licence;
    if (typeof licence !== 'string') return [`${id} names no licence`];
    return isAllowed(licence) ? [] : [`${id} has the licence ${licence}, which is not on the list`];
  });
  const idle = Object.keys(undeclared).filter((id) => !needed.has(id));
  return [...faults, ...idle.map((id) => `${id} is an exception without need`)];
}

/** A licence, or an expression of SPDX: of a choice one has to be allowed, of a sum each. */
function isAllowed(expression: string): boolean {
  const plain = expression.replace(/^\((.*)\)$/, '$1');
  if (/[()]/.test(plain)) return false;
  return plain.split(' OR ').some((sum) => sum.split(' AND ').every((licence) => ALLOWED.includes(licence)));
}
