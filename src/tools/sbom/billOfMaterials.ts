/**
 * The software bill of materials of the desk, as CycloneDX 1.6. The same lock file always gives the same text: it has
 * neither a time nor a random serial number.
 *
 * Made here, because `npm sbom --omit dev` leaves out packages that development needs too.
 */
import { UNDECLARED_LICENCES } from './licences.ts';
import { dependenciesOf, productionPackages } from './lockFile.ts';
import type { InstalledPackage, LockFile } from './lockFile.ts';

type Licences = readonly ({ readonly license: { readonly id: string } } | { readonly expression: string })[];

interface Component {
  readonly type: 'application' | 'library';
  readonly 'bom-ref': string;
  readonly group?: string;
  readonly name: string;
  readonly version: string;
  readonly scope?: 'required' | 'optional';
  readonly hashes?: readonly { readonly alg: 'SHA-512'; readonly content: string }[];
  readonly licenses?: Licences;
  readonly purl: string;
}

export interface BillOfMaterials {
  readonly bomFormat: 'CycloneDX';
  readonly specVersion: '1.6';
  readonly version: 1;
  readonly metadata: { readonly lifecycles: readonly { readonly phase: string }[]; readonly component: Component };
  readonly components: readonly Component[];
  readonly dependencies: readonly { readonly ref: string; readonly dependsOn: readonly string[] }[];
}

/** The project itself, as package.json describes it. */
export interface Project {
  readonly name: string;
  readonly version: string;
  readonly license: string;
}

/** Every package that runs with the desk, with its licence, the hash of what is installed, and what it depends on. */
export function makeBillOfMaterials(project: Project, lock: LockFile): BillOfMaterials {
  const installed = productionPackages(lock);
  const refs = new Map(installed.map((one) => [one.path, purlOf(one)]));
  const refsOf = (paths: readonly string[]): string[] =>
    [...new Set(paths.flatMap((path) => refs.get(path) ?? []))].sort();
  const byRef = Map.groupBy(installed, purlOf);
  const root = purlOf(project);
  const dependencies = [...byRef].map(([ref, places]) => ({
    ref,
    dependsOn: refsOf(places.flatMap(({ dependsOn }) => dependsOn)),
  }));
  return {
    bomFormat: 'CycloneDX',
    specVersion: '1.6',
    version: 1,
    metadata: {
      lifecycles: [{ phase: 'pre-build' }],
      component: {
        type: 'application',
        'bom-ref': root,
        name: project.name,
        version: project.version,
        licenses: licencesOf(project.license),
        purl: root,
      },
    },
    components: [...byRef]
      .map(([ref, [first, ...others]]) => componentOf(ref, first, others))
      .filter((component) => component !== undefined)
      .sort(byName('bom-ref')),
    dependencies: [{ ref: root, dependsOn: refsOf(dependenciesOf('', lock)) }, ...dependencies.sort(byName('ref'))],
  };
}

function byName<Name extends string>(name: Name) {
  return (one: Readonly<Record<Name, string>>, other: Readonly<Record<Name, string>>): number =>
    one[name] < other[name] ? -1 : 1;
}

/** A package that is installed at several places is one component: optional only where each of them is. */
function componentOf(
  ref: string,
  first: InstalledPackage | undefined,
  others: readonly InstalledPackage[],
): Component | undefined {
  if (!first) return undefined;
  const { locked, version } = first;
  const [group, name] = first.name.startsWith('@') ? first.name.split('/') : [undefined, first.name];
  const isOptional = [first, ...others].every(({ locked: { optional, devOptional } }) => optional ?? devOptional);
  const licence = locked.license ?? UNDECLARED_LICENCES[`${first.name}@${version}`]?.licence;
  return {
    type: 'library',
    'bom-ref': ref,
    ...(group !== undefined && { group }),
    name: name ?? first.name,
    version,
    scope: isOptional ? 'optional' : 'required',
    ...(locked.integrity !== undefined && { hashes: [{ alg: 'SHA-512', content: hexOf(locked.integrity) }] }),
    ...(licence !== undefined && { licenses: licencesOf(licence) }),
    purl: ref,
  };
}

/** The address of a package by the rules of package-url. */
function purlOf({ name, version }: { readonly name: string; readonly version: string }): string {
  return `pkg:npm/${name.replace('@', '%40')}@${encodeURIComponent(version)}`;
}

function licencesOf(licence: string): Licences {
  return / |\(/.test(licence) ? [{ expression: licence }] : [{ license: { id: licence } }];
}

/** The SHA-512 of an integrity such as `sha512-…`, in hex. */
function hexOf(integrity: string): string {
  const [, base64] = /(?:^| )sha512-(\S+)/.exec(integrity) ?? [];
  if (base64 === undefined) throw new Error(`${JSON.stringify(integrity)} has no SHA-512`);
  return Buffer.from(base64, 'base64').toString('hex');
}
