import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import { ConfigError } from '../../src/config/environment.ts';
import { environmentOf } from '../../src/config/envFile.ts';

describe('The .env file', () => {
  let folder: string;
  let file: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'env-'));
    file = join(folder, '.env');
  });
  afterEach(() => rmSync(folder, { recursive: true }));

  /** What a process that Node started with this file makes of it. */
  function portSeen(bytes: Buffer, given: Readonly<Record<string, string>> = {}): unknown {
    writeFileSync(file, bytes);
    const program = `
      import { environmentOf } from ${JSON.stringify(new URL('../../src/config/envFile.ts', import.meta.url).href)};
      console.log(JSON.stringify(environmentOf(process.env, process.execArgv).PORT ?? null));`;
    const answer = execFileSync(
      process.execPath,
      [`--env-file-if-exists=${file}`, '--input-type=module', '--eval', program],
      { env: given, encoding: 'utf8' },
    );
    return JSON.parse(answer);
  }

  it('is seen with a byte order mark, its first line included', () => {
    expect(portSeen(Buffer.from('\ufeffPORT=4001\r\nHOST=::1\r\n'))).to.equal('4001');
  });

  it('with a byte order mark before a comment is seen as it is', () => {
    expect(portSeen(Buffer.from('\ufeff# The desk\nPORT=4002\n'))).to.equal('4002');
  });

  it('gives way to what the environment says, with a mark too', () => {
    expect(portSeen(Buffer.from('\ufeffPORT=4003\n'), { PORT: '4004' })).to.equal('4004');
  });

  const refused: readonly (readonly [what: string, bytes: Buffer, sentence: string])[] = [
    ['UTF-16', Buffer.from('\ufeffPORT=1\n', 'utf16le'), 'is UTF-16, of which nothing is read'],
    ['UTF-16, the higher byte first', Buffer.from('\ufeffPORT=1\n', 'utf16le').swap16(), 'is UTF-16, of which nothing'],
    ['UTF-16 without a mark', Buffer.from('PORT=1\n', 'utf16le'), 'is UTF-16 without a byte order mark at line 1'],
    [
      'Latin-1, as in a password',
      Buffer.from('PORT=1\nMICROSOFT_APP_PASSWORD=grün\n', 'latin1'),
      'is not UTF-8 at line 2, column 26 (byte 33). Save it as UTF-8.',
    ],
  ];
  for (const [what, bytes, sentence] of refused) {
    it(`in ${what} is refused by its name and in one sentence`, () => {
      writeFileSync(file, bytes);
      for (const options of [[`--env-file=${file}`], ['--env-file-if-exists', file, '--title=x']]) {
        const ask = () => environmentOf({}, options);
        expect(ask)
          .to.throw(ConfigError)
          .with.property('message')
          .which.satisfies((message: string) => message.startsWith(`${file} ${sentence}`));
      }
    });
  }

  it('that is not there is none', () => {
    expect(environmentOf({ PORT: '1' }, [`--env-file-if-exists=${file}`])).to.deep.equal({ PORT: '1' });
  });
});
