import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { expect } from 'chai';
import { answer, readOptions } from '../../src/tools/commandLine.ts';
import type { Options, Program } from '../../src/tools/commandLine.ts';

const OPTIONS = {
  seeds: { kind: 'integer', min: 1, max: 100, default: 7, help: 'so many seeds' },
  from: { kind: 'integer', min: 0, max: 100, default: 1, help: 'the first seed' },
  without: { kind: 'list', known: ['rain', 'snow'], help: 'what does not fall' },
  folder: { kind: 'text', of: 'folder', help: 'where it is made' },
  'until-violation': { kind: 'flag', help: 'ends with the first' },
} as const;
const PROGRAM: Program<typeof OPTIONS> = {
  name: 'search',
  about: 'Looks for it.',
  fails: 'it was found',
  options: OPTIONS,
  check: ({ seeds, from }) => (from + seeds > 150 ? 'there are not so many seeds' : undefined),
};
const USAGE = 'npm run search -- [--seeds N] [--from N] [--without NAME,NAME] [--folder FOLDER] [--until-violation]';
const NPM = 'npm hands on only what is after a -- of its own: npm run search -- --seeds …';

function values(...args: readonly string[]): unknown {
  const asked = readOptions(PROGRAM, { args, env: {} });
  return asked.kind === 'values' ? asked.values : asked;
}

describe('The command line', () => {
  it('is what is declared where nothing is said', () => {
    expect(values()).to.deep.equal({ seeds: 7, from: 1, without: [], folder: undefined, 'until-violation': false });
  });

  it('is what is said, with a space or an equals sign', () => {
    expect(
      values('--seeds', '3', '--from=0', '--without', 'rain', '--folder', '-x', '--until-violation'),
    ).to.deep.equal({ seeds: 3, from: 0, without: ['rain'], folder: '-x', 'until-violation': true });
  });

  it('counts a list that is given twice as one list, each name once', () => {
    expect(values('--without', 'rain', '--without', 'snow, rain')).to.deep.include({ without: ['rain', 'snow'] });
  });

  const misuses: readonly (readonly [args: readonly string[], sentence: string])[] = [
    [['--seed', '2'], 'there is no option --seed'],
    [['-s', '2'], 'there is no option -s'],
    [['--__proto__', '2'], 'there is no option --__proto__'],
    [['--seeds'], '--seeds has no value'],
    [['--seeds', '--from', '1'], '--seeds has no value'],
    [['--seeds', '-1'], '--seeds "-1" is not a whole number from 1 to 100'],
    [['--seeds', '0'], '--seeds "0" is not a whole number from 1 to 100'],
    [['--seeds', '101'], '--seeds "101" is not a whole number from 1 to 100'],
    [['--seeds', '1.5'], '--seeds "1.5" is not a whole number from 1 to 100'],
    [['--seeds', '1e1'], '--seeds "1e1" is not a whole number from 1 to 100'],
    [['--seeds', 'abc'], '--seeds "abc" is not a whole number from 1 to 100'],
    [['--from', ''], '--from "" is not a whole number from 0 to 100'],
    [['--from='], '--from "" is not a whole number from 0 to 100'],
    [['--from', ' '], '--from " " is not a whole number from 0 to 100'],
    [['--seeds', '2', '--seeds', '3'], '--seeds is given twice'],
    [['--folder', 'a', '--folder', 'b'], '--folder is given twice'],
    [['--folder', ''], '--folder is empty'],
    [['--without', 'hail'], '--without "hail" is not known; there are rain, snow'],
    [['--without', ''], '--without "" is not known; there are rain, snow'],
    [['--until-violation=yes'], '--until-violation takes no value'],
    [['--seeds', '100', '--from', '99'], 'there are not so many seeds'],
    [['2'], `"2" belongs to no option; ${NPM}`],
    [['--', '2'], `"2" belongs to no option; ${NPM}`],
  ];
  for (const [args, sentence] of misuses) {
    it(`is refused in a sentence, with what may be asked: ${args.map((arg) => JSON.stringify(arg)).join(' ')}`, () => {
      expect(readOptions(PROGRAM, { args, env: {} })).to.deep.equal({
        kind: 'misuse',
        text: `${sentence}\nusage: ${USAGE}\n--help tells more.`,
      });
    });
  }

  it('is refused where npm kept an option to itself, because no -- stood before it', () => {
    expect(readOptions(PROGRAM, { args: ['2'], env: { npm_config_seeds: 'true' } }))
      .to.have.property('text')
      .that.contains(`--seeds did not get here: ${NPM}\n`);
    expect(readOptions(PROGRAM, { args: [], env: { npm_config_until_violation: 'true' } }))
      .to.have.property('text')
      .that.matches(/^--until-violation did not get here: .* --until-violation\n/);
  });

  it('is taken where npm has an empty setting of the same name, which is what it makes of one that is false', () => {
    expect(readOptions(PROGRAM, { args: ['--seeds', '3'], env: { npm_config_until_violation: '' } }).kind).to.equal(
      'values',
    );
  });

  for (const asked of ['--help', '-h']) {
    it(`is told by ${asked}, whatever else is asked: what it does, each option with its range and default, how it ends`, () => {
      const help = readOptions(PROGRAM, { args: ['--seeds', 'abc', asked], env: {} });
      expect(help).to.have.property('kind', 'help');
      expect(help)
        .to.have.property('text')
        .that.contains(USAGE)
        .and.contains('Looks for it.')
        .and.contains('so many seeds; from 1 to 100, 7 where it is not given')
        .and.contains('what does not fall; there are rain, snow')
        .and.contains('with 1 where it was found; with 2 where it is used wrongly');
    });
  }
});

describe('A command line with several things wrong', () => {
  const options = {
    id: {
      kind: 'text',
      of: 'guid',
      required: 'give an id.',
      check: (text) => (text === 'x' ? undefined : 'give x.'),
      help: 'an id',
    },
    year: { kind: 'integer', min: 1, max: 9, required: 'give a year.', help: 'a year' },
    name: { kind: 'text', of: 'name', default: 'Anna', help: 'a name' },
    all: { kind: 'flag', help: 'all of them' },
  } as const satisfies Options;
  const program: Program<typeof options> = { name: 'ask', about: 'Asks.', fails: 'no one answers', options };
  const textOf = (...args: readonly string[]): readonly string[] => {
    const reading = readOptions(program, { args, env: {} });
    return reading.kind === 'misuse' ? reading.text.split('\n') : [JSON.stringify(reading)];
  };
  const END = ['usage: npm run ask -- --id GUID --year N [--name NAME] [--all]', '--help tells more.'];

  it('is told all of it at once, each in a line', () => {
    expect(textOf('--all=1', '--id', 'y', '--colour', 'red', 'blue')).to.deep.equal([
      '--all takes no value',
      'there is no option --colour',
      '"blue" belongs to no option; npm hands on only what is after a -- of its own: npm run ask -- --id …',
      '--id "y": give x.',
      '--year is missing: give a year.',
      ...END,
    ]);
  });

  it('is told of an option once', () => {
    expect(textOf('--id', '--year', '0', '--name', ' ')).to.deep.equal([
      '--id has no value',
      '--year "0" is not a whole number from 1 to 9',
      '--name is empty',
      ...END,
    ]);
  });

  it('is read where nothing is wrong: defaults stand for what is not given, and spaces around a text do not count', () => {
    const reading = readOptions(program, { args: ['--id', ' x ', '--year=9'], env: {} });
    expect(reading).to.deep.equal({ kind: 'values', values: { id: 'x', year: 9, name: 'Anna', all: false } });
  });

  for (const strange of [
    '__proto__',
    'constructor',
    'toString',
    '\u0000',
    '٣',
    'x'.repeat(100_000),
    '-',
    '=',
    '\n--all',
  ]) {
    it(`takes ${JSON.stringify(strange.slice(0, 20))} for nothing but a wrong value, name or word`, () => {
      for (const args of [
        [strange],
        ['--', strange],
        [`--${strange}`],
        [`--${strange}=1`],
        ['--year', strange],
        ['--id', strange],
      ])
        expect(textOf(...args).slice(-2)).to.deep.equal(END);
      expect(({} as { readonly 1?: unknown })[1]).to.equal(undefined);
    });
  }

  it('ends with 2 where it is used wrongly or breaks off, else with what the program answers', async () => {
    const said: string[] = [];
    const line = (...args: readonly string[]) => ({
      args,
      env: {},
      say: (text: string) => said.push(`out ${text}`),
      complain: (text: string) => said.push(`err ${text}`),
    });
    expect(await answer(program, async ({ year }) => year, line('--id', 'x', '--year', '7'))).to.equal(7);
    expect(await answer(program, async () => 1, line('--help'))).to.equal(0);
    expect(await answer(program, async () => 1, line())).to.equal(2);
    expect(await answer(program, () => Promise.reject(new Error('gone')), line('--id', 'x', '--year', '7'))).to.equal(
      2,
    );
    expect(said.map((text) => text.split('\n')[0])).to.deep.equal([
      `out ${END[0] ?? ''}`,
      'err --id is missing: give an id.',
      'err Error: gone',
    ]);
  });
});

describe('The programs', () => {
  for (const path of [
    'test/simulation',
    'test/simulation/outage',
    'test/simulation/differential',
    'test/fuzz',
    'test/mutants',
    'src/playground',
    'src/tools/packageApp.ts',
    'src/tools/makeCalendar.ts',
    'src/tools/makeIcons.ts',
  ]) {
    const run = (...args: readonly string[]) =>
      spawnSync(
        process.execPath,
        [fileURLToPath(new URL(`../../${path.endsWith('.ts') ? path : `${path}/main.ts`}`, import.meta.url)), ...args],
        {
          encoding: 'utf8',
        },
      );

    it(`${path}: tells its usage and ends with 0, or is used wrongly and ends with 2`, () => {
      expect(run('--help'))
        .to.include({ status: 0, stderr: '' })
        .and.have.property('stdout')
        .that.matches(/^usage: npm run \w+ -- (?:\[|--)/);
      expect(run('--nothing'))
        .to.include({ status: 2, stdout: '' })
        .and.have.property('stderr')
        .that.matches(/^there is no option --nothing\n(?:--.*\n)*usage: npm run/);
    });
  }
});
