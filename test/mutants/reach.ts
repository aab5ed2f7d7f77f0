/** Which files the simulator runs. It cannot notice a bug in a file that no import leads to. */
import { existsSync, globSync, readFileSync } from 'node:fs';
import { dirname, join, normalize } from 'node:path';

/** An import or export of a file of ours that is more than types. */
const LEADS_TO = /^(?:import|export)(?! type\b)[^;]*?from '(\.[^']+\.ts)'/gm;

/** The files, below the folder of a project, that its simulator consists of and leads to. */
export function reachOfSimulator(folder: string): ReadonlySet<string> {
  const reached = new Set<string>();
  const open = globSync('test/simulation/**/*.ts', { cwd: folder }).filter((path) => !path.endsWith('.test.ts'));
  for (let path = open.pop(); path !== undefined; path = open.pop()) {
    if (reached.has(path) || !existsSync(join(folder, path))) continue;
    reached.add(path);
    for (const [, target = ''] of readFileSync(join(folder, path), 'utf8').matchAll(LEADS_TO))
      open.push(normalize(join(dirname(path), target)));
  }
  return reached;
}
