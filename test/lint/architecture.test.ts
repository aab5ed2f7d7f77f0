/** Holds ARCHITECTURE.md to the code: its tree, its picture of the imports, and the table of where to change what. */
import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect } from 'chai';
import { cruise } from 'dependency-cruiser';
import walls from './walls.ts';

const PROJECT = fileURLToPath(new URL('../../', import.meta.url));
const text = readFileSync(join(PROJECT, 'ARCHITECTURE.md'), 'utf8');

/** The lines of a fenced block, the first in that language. */
function block(language: string): string {
  return new RegExp(`^\`\`\`${language}\n(.*?)\n\`\`\`$`, 'ms').exec(text)?.[1] ?? '';
}

/** The paths of an indented tree: each line starts with a name, two more spaces lead one folder down. */
function pathsOfTree(tree: string): string[] {
  const above: string[] = [];
  return tree.split('\n').map((line) => {
    const [, indent = '', name = ''] = /^( *)(\S+)/.exec(line) ?? [];
    above.length = indent.length / 2;
    above.push(name);
    return above.join('');
  });
}

const missing = (paths: readonly string[]): string[] => paths.filter((path) => !existsSync(join(PROJECT, path)));

describe('ARCHITECTURE.md', () => {
  const tree = pathsOfTree(block(''));

  it('names in its tree only what exists', () => {
    expect(tree).to.include.members(['src/main.ts', 'src/domain/claims/', 'test/simulation/']);
    expect(missing(tree)).to.deep.equal([]);
  });

  it('names in its tree every room of src', () => {
    const rooms = readdirSync(join(PROJECT, 'src'), { withFileTypes: true });
    expect(tree).to.include.members(rooms.map((room) => `src/${room.name}${room.isDirectory() ? '/' : ''}`));
  });

  it('names only what exists in the table of where to change what', () => {
    const rows = [...text.matchAll(/^\| (.+?) \| (.+?) \|$/gm)].filter(([, , to = '']) => /`[\w./-]+`/.test(to));
    const table = rows.slice(rows.findIndex(([, what]) => what === 'a rule of the claim'));
    const paths = table.flatMap(([, , to = '']) =>
      [...to.matchAll(/`([\w.-]*[/.][\w./-]*)`/g)].map(([, path = '']) => path),
    );
    expect(table).to.have.length.at.least(20);
    expect(paths).to.have.length.at.least(50);
    expect(missing(paths)).to.deep.equal([]);
  });

  it('shows the imports between rooms as they are (`npm run graph` prints them)', async () => {
    const { options } = walls;
    const { output } = await cruise(['src'], {
      ...options,
      includeOnly: '^src/',
      collapse: '^src/[^/]+',
      outputType: 'mermaid',
    });
    // The tool prints the arrows in the order in which it reads the files, which says nothing.
    const printed = typeof output === 'string' ? output.trim().split('\n') : [];
    expect(printed).to.include('src_app-->src_desk');
    expect(block('mermaid').split('\n')).to.have.members(printed);
  }).timeout(60_000);
});
