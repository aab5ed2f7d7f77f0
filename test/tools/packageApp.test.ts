import { expect } from 'chai';
import JSZip from 'jszip';
import { execFileSync, spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { packageApp } from '../../src/tools/packageApp.ts';
import { colorIconProblems, outlineIconProblems } from '../../src/tools/teamsApp/iconRules.ts';
import type { ReadFile } from '../../src/tools/teamsApp/appPackage.ts';
import type { JsonObject, Texts } from '../../src/tools/teamsApp/manifest.ts';
import { localize, textAt } from '../../src/tools/teamsApp/manifest.ts';
import { languageProblems, manifestProblems } from '../../src/tools/teamsApp/validate.ts';
import { withFile } from '../manifest/packageFolder.ts';

const APP = '3f0c3c0e-5a4b-4b0e-9a53-6f1d2c7b8e90';
const GOOD = ['--app-id', APP, '--domain', 'desk.contoso.com'];
const PROGRAM = fileURLToPath(new URL('../../src/tools/packageApp.ts', import.meta.url));

describe('Making the Teams app package', () => {
  let folder: string;
  let out: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'package-'));
    out = join(folder, 'desk.zip');
  });
  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  async function run(
    args: readonly string[],
    read?: ReadFile,
  ): Promise<{ code: number; said: string; complaints: readonly string[] }> {
    const said: string[] = [];
    const complaints: string[] = [];
    const code = await packageApp(
      { args, env: {}, say: (text) => said.push(text), complain: (text) => complaints.push(...text.split('\n')) },
      read,
    );
    return { code, said: said.join('\n'), complaints };
  }

  async function unzipped(path: string): Promise<ReadonlyMap<string, Buffer>> {
    const zip = await JSZip.loadAsync(readFileSync(path), { checkCRC32: true });
    const files = await Promise.all(
      Object.values(zip.files).map(async (file) => [file.name, await file.async('nodebuffer')] as const),
    );
    return new Map(files);
  }

  it('writes a zip that keeps every rule when it is opened again', async () => {
    const { code, said, complaints } = await run([...GOOD, '--out', out]);
    expect([code, complaints]).to.deep.equal([0, []]);
    expect(said).to.include(out).and.include(APP);
    const files = await unzipped(out);
    expect([...files.keys()]).to.deep.equal([
      'manifest.json',
      'color.png',
      'outline.png',
      'en.json',
      'ru.json',
      'tr.json',
    ]);

    const json = (name: string): JsonObject => JSON.parse(files.get(name)?.toString('utf8') ?? '') as JsonObject;
    const texts = (name: string): Texts =>
      Object.fromEntries(Object.entries(json(name)).filter(([key]) => key !== '$schema')) as Texts;
    const manifest = json('manifest.json');
    const english = { file: 'en.json', texts: texts('en.json') };
    const problems = ['en.json', 'ru.json', 'tr.json'].flatMap((name) => [
      ...languageProblems(name, json(name), texts(name), english),
      ...manifestProblems(name, localize(manifest, texts(name))),
    ]);
    expect([...manifestProblems('manifest.json', manifest), ...problems]).to.deep.equal([]);
    const icon = (name: string): Buffer => files.get(textAt(manifest, 'icons', name) ?? '') ?? Buffer.alloc(0);
    expect([
      ...colorIconProblems('color', icon('color')),
      ...outlineIconProblems('outline', icon('outline')),
    ]).to.deep.equal([]);
  });

  it('writes the same bytes for the same order', async () => {
    const again = join(folder, 'again.zip');
    await run([...GOOD, '--out', out]);
    await run([...GOOD, '--out', again]);
    expect(readFileSync(out).equals(readFileSync(again))).to.equal(true);
  });

  it('puts into the manifest what was ordered', async () => {
    const other = '11111111-2222-4333-8444-555555555555';
    const { code } = await run([
      `--app-id=${APP.toUpperCase()}`,
      '--domain',
      'Desk.Contoso.COM',
      '--version',
      '1.2.3',
      '--teams-app-id',
      other,
      '--developer-name',
      'Contoso & Söhne',
      '--website',
      'https://contoso.com/a?b=c',
      '--privacy',
      'https://contoso.com/p',
      '--terms',
      'https://contoso.com/t',
      '--without-rsc',
      '--out',
      out,
    ]);
    expect(code).to.equal(0);
    const manifest = JSON.parse((await unzipped(out)).get('manifest.json')?.toString('utf8') ?? '') as JsonObject;
    expect(manifest).to.deep.include({
      id: other,
      version: '1.2.3',
      validDomains: ['desk.contoso.com'],
      developer: {
        name: 'Contoso & Söhne',
        websiteUrl: 'https://contoso.com/a?b=c',
        privacyUrl: 'https://contoso.com/p',
        termsOfUseUrl: 'https://contoso.com/t',
      },
    });
    expect(textAt(manifest, 'bots', 0, 'botId')).to.equal(APP);
    expect(manifest).not.to.have.property('authorization');
  });

  it('takes the desk’s own page and version where nothing else is ordered', async () => {
    await run([...GOOD, '--out', out]);
    const manifest = JSON.parse((await unzipped(out)).get('manifest.json')?.toString('utf8') ?? '') as JsonObject;
    const { version } = JSON.parse(readFileSync(new URL('../../package.json', import.meta.url), 'utf8')) as {
      version: string;
    };
    const page = 'https://desk.contoso.com/about';
    expect(manifest).to.deep.include({
      id: APP,
      version,
      developer: {
        name: 'CPOR claims desk',
        websiteUrl: page,
        privacyUrl: `${page}#privacy`,
        termsOfUseUrl: `${page}#terms`,
      },
    });
  });

  it('replaces an older package, and leaves nothing else beside it', async () => {
    writeFileSync(out, 'old');
    expect((await run([...GOOD, '--out', out])).code).to.equal(0);
    expect(readFileSync(out).subarray(0, 2).toString()).to.equal('PK');
    expect(readdirSync(folder)).to.deep.equal(['desk.zip']);
  });

  const badDomains: readonly (readonly [string, RegExp])[] = [
    ['https://desk.contoso.com', /leave out the scheme/],
    ['desk.contoso.com/path', /everything but the name/],
    ['desk.contoso.com:443', /leave out the port/],
    ['my_desk.contoso.com', /no underscore/],
    ['localhost', /cannot reach localhost/],
    ['desk.localhost', /cannot reach localhost/],
    ['10.0.0.1', /IP address/],
    ['[::1]', /IP address/],
    ['*.contoso.com', /without a wildcard/],
    ['contoso', /full host name/],
    ['desk..contoso.com', /full host name/],
    ['-desk.contoso.com', /full host name/],
    ['desk.contoso.com.', /full host name/],
    ['1.2.3', /full host name/],
    ['столы.example', /xn-- form/],
    [`${'a'.repeat(64)}.com`, /full host name/],
    ['user@contoso.com', /everything but the name/],
    ['desk contoso.com', /full host name/],
  ];
  for (const [domain, sentence] of badDomains) {
    it(`refuses the domain ${domain.slice(0, 30)}`, () =>
      refused(['--app-id', APP, '--domain', domain], /^--domain /, sentence));
  }

  const faults: readonly (readonly [string, readonly string[], RegExp])[] = [
    ['a missing app id', ['--domain', 'desk.contoso.com'], /^--app-id is missing: give the application id/],
    ['a missing domain', ['--app-id', APP], /^--domain is missing: give the name/],
    [
      'an app id that is no GUID',
      ['--app-id', 'my-bot', '--domain', 'desk.contoso.com'],
      /^--app-id "my-bot": an id has the form/,
    ],
    [
      'an app id in braces',
      ['--app-id', `{${APP}}`, '--domain', 'desk.contoso.com'],
      /^--app-id "\{.*an id has the form/,
    ],
    [
      'the empty app id',
      ['--app-id', '00000000-0000-0000-0000-000000000000', '--domain', 'desk.contoso.com'],
      /^--app-id .*empty id/,
    ],
    ['a Teams app id that is no GUID', [...GOOD, '--teams-app-id', '7'], /^--teams-app-id "7": an id has the form/],
    ['a version of two numbers', [...GOOD, '--version', '1.0'], /^--version "1\.0": Teams takes three whole numbers/],
    ['a version with something behind it', [...GOOD, '--version', '1.0.0-beta.1'], /^--version "1\.0\.0-beta\.1": /],
    ['a version with a leading zero', [...GOOD, '--version', '01.0.0'], /^--version "01\.0\.0": /],
    [
      'a developer’s name of 33 letters',
      [...GOOD, '--developer-name', 'x'.repeat(33)],
      /^--developer-name .* has 33 letters, and Teams shows 32/,
    ],
    ['a page without https', [...GOOD, '--privacy', 'http://contoso.com/p'], /^--privacy "http:.* begins with https/],
    ['a page that is no address', [...GOOD, '--terms', 'terms.html'], /^--terms "terms\.html": give a whole address/],
    [
      'a page behind a password',
      [...GOOD, '--website', 'https://a:b@contoso.com'],
      /^--website .*give a whole address/,
    ],
    ['an unknown option', [...GOOD, '--colour', 'red'], /^there is no option --colour$/],
    ['a value that belongs to no option', [...GOOD, 'desk.zip'], /^"desk\.zip" belongs to no option/],
    ['an option without its value', [...GOOD, '--version'], /^--version has no value/],
    ['an option followed by another', ['--app-id', '--domain', 'desk.contoso.com'], /^--app-id has no value/],
    ['an option given twice', [...GOOD, '--domain', 'b.contoso.com'], /^--domain is given twice/],
    ['a flag with a value', [...GOOD, '--without-rsc=yes'], /^--without-rsc takes no value/],
  ];
  for (const [fault, args, sentence] of faults) {
    it(`refuses ${fault}`, () => refused(args, sentence));
  }

  async function refused(args: readonly string[], ...sentences: readonly RegExp[]): Promise<void> {
    const { code, complaints } = await run([...args, '--out', out]);
    expect(code).to.equal(2);
    for (const sentence of sentences) expect(complaints[0]).to.match(sentence);
    expect(complaints).to.have.length(3);
    expect(complaints[1]).to.match(/^usage: npm run package -- --app-id GUID --domain NAME \[/);
    expect(complaints[2]).to.equal('--help tells more.');
    expect(readdirSync(folder)).to.deep.equal([]);
  }

  it('says everything that is wrong at once', async () => {
    const { code, complaints } = await run(['--app-id', 'x', '--domain', 'y', '--version', 'z']);
    expect(code).to.equal(2);
    expect(complaints.map((line) => line.split(' ')[0])).to.deep.equal([
      '--app-id',
      '--domain',
      '--version',
      'usage:',
      '--help',
    ]);
  });

  const places: readonly (readonly [string, () => string, RegExp])[] = [
    ['has no folder', () => join(folder, 'none', 'desk.zip'), /there is no folder .*none: make it first/],
    ['is a folder', () => join(folder, 'folder.zip'), /there is a folder of that name/],
    ['is inside a file', () => join(folder, 'file', 'desk.zip'), /is no folder: choose another path/],
    ['does not end in .zip', () => join(folder, 'desk.tar'), /ends in \.zip/],
  ];
  for (const [fault, path, sentence] of places) {
    it(`refuses a path that ${fault}`, async () => {
      mkdirSync(join(folder, 'folder.zip'));
      writeFileSync(join(folder, 'file'), '');
      const { code, complaints } = await run([...GOOD, '--out', path()]);
      expect(code).to.equal(path().endsWith('.zip') ? 1 : 2);
      expect(complaints[0])
        .to.match(/^--out /)
        .and.match(sentence);
      expect(readdirSync(folder)).to.deep.equal(['file', 'folder.zip']);
    });
  }

  it('writes nothing where a file of the folder has a fault, and names the place', async () => {
    const { code, complaints } = await run([...GOOD, '--out', out], withFile('outline.png', undefined));
    expect(code).to.equal(1);
    expect(complaints[0]).to.match(/^outline\.png: there is no such file/);
    expect(readdirSync(folder)).to.deep.equal([]);
  });

  it('ends as a program with code 0, or 2 where it is used wrongly, and explains itself', () => {
    const done = spawnSync(process.execPath, [PROGRAM, ...GOOD, '--out', out], { encoding: 'utf8' });
    expect([done.status, done.stderr]).to.deep.equal([0, '']);
    const failed = spawnSync(process.execPath, [PROGRAM, '--app-id', APP], { encoding: 'utf8' });
    expect([failed.status, failed.stdout]).to.deep.equal([2, '']);
    expect(failed.stderr).to.match(/^--domain is missing/);
    expect(execFileSync(process.execPath, [PROGRAM, '--help'], { encoding: 'utf8' })).to.include('--without-rsc');
  });
});
