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
    ['a second mark of the byte order', '\ufeff\ufeff{}', 'line 1, column 1'],
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
        const [, line, column] = /(?:from|at) line (\d+), column (\d+)/.exec(await faultOf()) ?? [];
        const lines = text.split('\n');
        expect(Number(line)).to.be.within(1, lines.length);
        expect(Number(column)).to.be.within(1, (lines[Number(line) - 1] ?? '').length + 1);
      }),
    );
  });

  const NORTHWIND = JSON.stringify(
    { partners: [{ name: 'Северный ветер 🌬', tenantId: TENANT, mpnIds: ['8880001'] }] },
    null,
    1,
  );
  const encodings: readonly (readonly [what: string, bytes: Buffer])[] = [
    ['UTF-8', Buffer.from(NORTHWIND)],
    ['UTF-8 with a byte order mark', Buffer.from(`\ufeff${NORTHWIND}`)],
    ['UTF-16, the lower byte first', Buffer.from(`\ufeff${NORTHWIND}`, 'utf16le')],
    ['UTF-16, the higher byte first', Buffer.from(`\ufeff${NORTHWIND}`, 'utf16le').swap16()],
  ];
  for (const [what, bytes] of encodings) {
    it(`is imported from ${what}`, async () => {
      const world = await openWorld();
      await writeFile(file, bytes);
      await importDirectoryFile(world.desk, file);
      expect((await world.people.organisationOfMpn('8880001'))?.name).to.equal('Северный ветер 🌬');
    });
  }

  const foreign: readonly (readonly [what: string, bytes: Buffer, sentence: string])[] = [
    [
      'Windows-1251',
      Buffer.concat([
        Buffer.from('{"customers":\r\n [{"name": "'),
        Buffer.from([0xcc, 0xe8, 0xf0]),
        Buffer.from('"}]}'),
      ]),
      'not UTF-8 at line 2, column 13 (byte 28)',
    ],
    ['Latin-1', Buffer.from('{"a": "é"}', 'latin1'), 'not UTF-8 at line 1, column 8 (byte 8)'],
    [
      'Latin-1 behind letters of two bytes',
      Buffer.concat([Buffer.from('\ufeff{"é":\n"'), Buffer.from([0xe9])]),
      'not UTF-8 at line 2, column 2 (byte 12)',
    ],
    ['UTF-8 that is cut off', Buffer.from('{"ä').subarray(0, 3), 'not UTF-8 at line 1, column 3 (byte 3)'],
    ['a surrogate in UTF-8', Buffer.from([0x22, 0xed, 0xa0, 0x80, 0x22]), 'not UTF-8 at line 1, column 2 (byte 2)'],
    [
      'UTF-16 that is cut off',
      Buffer.from('\ufeff{}\n ', 'utf16le').subarray(0, -1),
      'not UTF-16 at line 2, column 1 (byte 9)',
    ],
    ['half a character in UTF-16', Buffer.from('\ufeff"\ud800"', 'utf16le'), 'not UTF-16 at line 1, column 2 (byte 5)'],
    [
      'UTF-16 without a mark',
      Buffer.from('{}', 'utf16le'),
      'UTF-16 without a byte order mark at line 1, column 1 (byte 1)',
    ],
    ['UTF-32', Buffer.from([0xff, 0xfe, 0, 0, 0x7b, 0, 0, 0]), 'UTF-32 at line 1, column 1 (byte 1)'],
    ['GB 18030', Buffer.from([0x84, 0x31, 0x95, 0x33, 0x7b, 0x7d]), 'not UTF-8 at line 1, column 1 (byte 1)'],
    ['a compressed file', Buffer.from([0x1f, 0x8b, 0x08, 0x08]), 'not UTF-8 at line 1, column 2 (byte 2)'],
  ];
  for (const [what, bytes, sentence] of foreign) {
    it(`in ${what} is refused with the place`, async () => {
      await writeFile(file, bytes);
      expect(await faultOf()).to.equal(
        `DIRECTORY_FILE is ${JSON.stringify(file)}, which is ${sentence}. ` +
          'Save it as UTF-8, or as UTF-16 with a byte order mark.',
      );
    });
  }

  const repeated: readonly (readonly [what: string, text: string, place: string])[] = [
    ['a list', '{"partners": [],\n "partners": []}', 'line 2, column 2'],
    ['a field of a row', '{"staff": [{"name": "A", "roles": [],\r\n  "name": "B"}]}', 'line 2, column 3'],
    ['an escaped name', '{"staff": [], "st\\u0061ff": []}', 'line 1, column 15'],
  ];
  for (const [what, text, place] of repeated) {
    it(`with ${what} twice is refused, because only the last would count`, async () => {
      await writeFile(file, text);
      expect(await faultOf()).to.include(`which has a name twice in one object, again at ${place}.`);
    });
  }

  it('that holds no directory is refused with the list, the place and the field', async () => {
    await writeFile(file, '{"members": [1]}');
    expect(await faultOf()).to.equal(
      `DIRECTORY_FILE is ${JSON.stringify(file)}, which is no directory: members[0] is not a JSON object.`,
    );
  });
});
