import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { expect } from 'chai';
import { beyond, read, wholeFrom } from './options.ts';
import type { Program } from './options.ts';

const OPTIONS = {
  seeds: { kind: 'whole', least: 1, most: 100, otherwise: 7, says: 'so many seeds' },
  from: { kind: 'whole', least: 0, most: 100, otherwise: 1, says: 'the first seed' },
  without: { kind: 'names', known: ['rain', 'snow'], says: 'what does not fall' },
  folder: { kind: 'text', of: 'folder', says: 'where it is made' },
  'until-violation': { kind: 'flag', says: 'ends with the first' },
} as const;
const PROGRAM: Program<typeof OPTIONS> = {
  name: 'search',
  does: 'Looks for it.',
  fails: 'it was found',
  options: OPTIONS,
  refuses: ({ seeds, from }) => (from + seeds > 150 ? 'there are not so many seeds' : undefined),
};
const USAGE = 'npm run search -- [--seeds N] [--from N] [--without NAME,NAME] [--folder FOLDER] [--until-violation]';
const NPM = 'npm hands on only what stands after a -- of its own: npm run search -- --seeds …';

function values(...args: readonly string[]): unknown {
  const asked = read(PROGRAM, args);
  return asked.kind === 'values' ? asked.values : asked;
}

describe('What the programs of the tests are asked', () => {
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
      expect(read(PROGRAM, args)).to.deep.equal({
        kind: 'misuse',
        text: `${sentence}\nusage: ${USAGE}\n--help tells more.`,
      });
    });
  }

  it('is refused where npm kept an option to itself, because no -- stood before it', () => {
    expect(read(PROGRAM, ['2'], { npm_config_seeds: 'true' }))
      .to.have.property('text')
      .that.contains(`--seeds did not get here: ${NPM}\n`);
    expect(read(PROGRAM, [], { npm_config_until_violation: 'true' }))
      .to.have.property('text')
      .that.matches(/^--until-violation did not get here: .* --until-violation\n/);
  });

  for (const asked of ['--help', '-h']) {
    it(`is told by ${asked}, whatever else is asked: what it does, each option with its range and default, how it ends`, () => {
      const help = read(PROGRAM, ['--seeds', 'abc', asked]);
      expect(help).to.have.property('kind', 'help');
      expect(help)
        .to.have.property('text')
        .that.contains(USAGE)
        .and.contains('Looks for it.')
        .and.contains('so many seeds; from 1 to 100, 7 where it is not given')
        .and.contains('what does not fall; there are rain, snow')
        .and.contains('with 1 where it was found; with 2 where it is asked wrongly');
    });
  }
});

describe('The programs of the tests', () => {
  for (const path of ['simulation', 'simulation/outage', 'simulation/differential', 'fuzz', 'mutants']) {
    const run = (...args: readonly string[]) =>
      spawnSync(process.execPath, [fileURLToPath(new URL(`../${path}/main.ts`, import.meta.url)), ...args], {
        encoding: 'utf8',
      });

    it(`${path}: tells its usage and ends with 0, or is asked wrongly and ends with 2`, () => {
      expect(run('--help'))
        .to.include({ status: 0, stderr: '' })
        .and.have.property('stdout')
        .that.matches(/^usage: npm run \w+ -- \[/);
      expect(run('--nothing'))
        .to.include({ status: 2, stdout: '' })
        .and.have.property('stderr')
        .that.matches(/^there is no option --nothing\nusage: npm run/);
    });
  }
});

describe('Numbers from one on', () => {
  it('are refused where the last could not be given as the first', () => {
    expect(beyond(100, 1, 100)).to.equal(undefined);
    expect(beyond(100, 100, 1)).to.equal(undefined);
    expect(beyond(100, 2, 100)).to.equal('100 from 2 on go beyond 100, the last that there is');
  });
});

describe('A number from the environment', () => {
  it('is what is declared where the variable is not set, else what it says', () => {
    expect(wholeFrom({}, 'RUNS', 300)).to.equal(300);
    expect(wholeFrom({ RUNS: '5' }, 'RUNS', 300)).to.equal(5);
    expect(wholeFrom({ FROM: '0' }, 'FROM', 1, { least: 0 })).to.equal(0);
  });

  for (const text of ['abc', '', '0', '-1', '1.5', '99999999999999999']) {
    it(`is refused where it is no whole number above 0: ${JSON.stringify(text)}`, () => {
      expect(() => wholeFrom({ RUNS: text }, 'RUNS', 300)).to.throw(
        RangeError,
        `RUNS ${JSON.stringify(text)} is not a whole number from 1 up`,
      );
    });
  }
});
