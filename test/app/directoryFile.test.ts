import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import fc from 'fast-check';
import { DirectoryError } from '../../src/desk/directory/importDirectory.ts';
import { importDirectoryFile } from '../../src/app/directoryFile.ts';
import { openWorld } from '../desk/world.ts';

const TENANT = '88888888-8888-4888-8888-888888888888';

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}

describe('the directory file', () => {
  let folder: string;
  let file: string;
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'directory-'));
    file = join(folder, 'directory.json');
  });
  afterEach(() => rm(folder, { recursive: true }));

  async function faultOf(path = file): Promise<string> {
    const world = await openWorld();
    const error = await importDirectoryFile(world.desk, path).catch((caught: unknown) => caught);
    return error instanceof DirectoryError ? error.message : expect.fail(String(error));
  }

  it('is imported', async () => {
    const world = await openWorld();
    await writeFile(file, JSON.stringify({ partners: [{ name: 'Northwind', tenantId: TENANT, mpnIds: ['8880001'] }] }));
    await importDirectoryFile(world.desk, file);
    expect((await world.people.organisationOfMpn('8880001'))?.name).to.equal('Northwind');
  });

  it('that is not there is refused as that', async () => {
    expect(await faultOf()).to.equal(
      `DIRECTORY_FILE is ${JSON.stringify(file)}, which is not there. Name a JSON file, or leave it out.`,
    );
  });

  it('that cannot be read is refused with the reason', async () => {
    expect(await faultOf(folder)).to.include(
      `DIRECTORY_FILE is ${JSON.stringify(folder)}, which cannot be read (EISDIR)`,
    );
  });

  const broken: readonly (readonly [what: string, text: string, place: string])[] = [
    [
      'a word that is none',
      '{"members": [\n  {"email": "anna@contoso.example", "x": oops, "y": "of anna"}\n]}',
      'line 2, column 42',
    ],
    ['a comma too many', '{"members": [\n  {"email": "anna@contoso.example",}\n]}', 'line 2, column 36'],
    ['a short text of something else', 'anna', 'line 1, column 1'],
    ['no end', '{"members": [\n  {"email": "anna@contoso.example"', 'line 2, column 35'],
    ['nothing in it', '', 'line 1, column 1'],
    ['a comment', '{\r\n  "members": [], // none\r\n}', 'line 2, column 18'],
    ['a comma at the end of a list', '{"members": [\n  {},\n]}', 'line 3, column 1'],
    ['no comma between two', '{"members": [1 2]}', 'line 1, column 16'],
    ['a name without quotes', '{\n\n members: []}', 'line 3, column 2'],
    ['single quotes', "{'members': []}", 'line 1, column 2'],
    ['a string that does not end', '{"members": [\n"anna\n]}', 'line 2, column 1'],
    ['a number with a zero before it', '[01]', 'line 1, column 3'],
    ['a mark of the byte order', '\ufeff{}', 'line 1, column 1'],
    ['more after its end', '{}\n{}', 'line 2, column 1'],
    ['lists within lists without end', '['.repeat(1_000_000), 'line 1, column 1'],
  ];
  for (const [what, text, place] of broken) {
    it(`with ${what} is refused with the place, and without the value that is there`, async () => {
      await writeFile(file, text);
      expect(await faultOf()).to.equal(
        `DIRECTORY_FILE is ${JSON.stringify(file)}, which is no JSON from ${place} on. Mend it there.`,
      );
    });
  }

  it('that is no JSON always has a place, which is within it', async () => {
    const texts = fc
      .array(
        fc.constantFrom(
          '{',
          '}',
          '[',
          ']',
          ':',
          ',',
          '"',
          '"a"',
          "'",
          '1',
          '-',
          '.',
          'e',
          'null',
          'nul',
          ' ',
          '\n',
          '\\',
          '/',
          '/*',
          '\u0000',
        ),
      )
      .map((parts) => parts.join(''));
    await fc.assert(
      fc.asyncProperty(texts, async (text) => {
        if (isJson(text)) return;
        await writeFile(file, text);
        const [, line, column] = /from line (\d+), column (\d+) on\. Mend it there\.$/.exec(await faultOf()) ?? [];
        const lines = text.split('\n');
        expect(Number(line)).to.be.within(1, lines.length);
        expect(Number(column)).to.be.within(1, (lines[Number(line) - 1] ?? '').length + 1);
      }),
    );
  });

  it('that holds no directory is refused with the list, the place and the field', async () => {
    await writeFile(file, '{"members": [1]}');
    expect(await faultOf()).to.equal(
      `DIRECTORY_FILE is ${JSON.stringify(file)}, which is no directory: members[0] is not a JSON object.`,
    );
  });
});
