/** The chaos test from the command line: `npm run chaos -- --help`. */
import { run } from '../../src/tools/commandLine.ts';
import { lineOf, tryTrouble } from './trial.ts';
import { TROUBLES } from './troubles.ts';

const NAMES = TROUBLES.map(({ name }) => name).join(', ');

await run(
  {
    name: 'chaos',
    about: `Starts the real process of the desk on one machine, and brings it into trouble: ${NAMES}. People press meanwhile. Prints
for each how many presses were acknowledged, refused and kept, how long /healthz took, and how the process ended.`,
    fails: 'anything is wrong',
    options: {
      presses: { kind: 'integer', min: 1, max: 10_000, default: 50, help: 'how many presses come during each trouble' },
      only: { kind: 'text', of: 'word', help: 'only the troubles whose name has this word in it' },
    },
  },
  async ({ presses, only }) => {
    let wrong = 0;
    const chosen = TROUBLES.filter(({ name }) => name.includes(only ?? ''));
    for (const trouble of chosen) {
      const trial = await tryTrouble(trouble, presses);
      console.log(lineOf(trial));
      wrong += trial.wrong.length;
    }
    console.log(`${chosen.length} troubles, ${wrong} wrong`);
    return wrong > 0 ? 1 : 0;
  },
);
