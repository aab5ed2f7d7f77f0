/** What package-lock.json says is installed to run the desk. */

/** An entry of the lock file's `packages`. */
export interface LockedPackage {
  readonly name?: string;
  readonly version?: string;
  readonly license?: string;
  /** `sha512-` and base64. */
  readonly integrity?: string;
  readonly dev?: boolean;
  readonly optional?: boolean;
  readonly devOptional?: boolean;
  readonly dependencies?: Readonly<Record<string, string>>;
  readonly optionalDependencies?: Readonly<Record<string, string>>;
  readonly peerDependencies?: Readonly<Record<string, string>>;
}

export interface LockFile {
  /** By the path from the project, as `node_modules/a/node_modules/b`; the project itself has the empty path. */
  readonly packages: Readonly<Record<string, LockedPackage>>;
}

/** A package that runs with the desk, at each place where it is installed. */
export interface InstalledPackage {
  readonly path: string;
  readonly name: string;
  readonly version: string;
  readonly locked: LockedPackage;
  /** The paths of the packages that it finds by its own dependencies. */
  readonly dependsOn: readonly string[];
}

const FOLDER = 'node_modules/';

/** The packages that are not for development, by their paths, in the order of the lock file. */
export function productionPackages(lock: LockFile): readonly InstalledPackage[] {
  return Object.entries(lock.packages)
    .filter(([path, { dev }]) => path !== '' && dev !== true)
    .map(([path, locked]) => ({
      path,
      name: locked.name ?? nameAt(path),
      version: locked.version ?? '',
      locked,
      dependsOn: dependenciesOf(path, lock),
    }));
}

/** The paths of what the package at a path depends on, as Node would find it. What is not installed is left out. */
export function dependenciesOf(path: string, { packages }: LockFile): readonly string[] {
  const { dependencies, optionalDependencies, peerDependencies } = packages[path] ?? {};
  const names = Object.keys({ ...dependencies, ...optionalDependencies, ...peerDependencies });
  return names
    .flatMap((name) => placesOf(name, path).find((place) => packages[place] !== undefined) ?? [])
    .filter((place) => packages[place]?.dev !== true);
}

/** Where Node looks for a package, beginning at the one that imports it. */
function placesOf(name: string, path: string): readonly string[] {
  const here = `${path === '' ? '' : `${path}/`}${FOLDER}${name}`;
  return path === '' ? [here] : [here, ...placesOf(name, parentOf(path))];
}

/** The path of the package that another is installed below; empty for the project. */
function parentOf(path: string): string {
  const last = path.lastIndexOf(`/${FOLDER}`);
  return last < 0 ? '' : path.slice(0, last);
}

function nameAt(path: string): string {
  return path.slice(path.lastIndexOf(FOLDER) + FOLDER.length);
}
