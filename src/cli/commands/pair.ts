import type { Config } from '../../config/config.ts';
import { recordAct } from '../../desk/life/operatorActs.ts';
import type { PairFault } from '../../desk/proof/pair.ts';
import { createPair } from '../../desk/proof/pair.ts';
import { storageSettings } from '../../app/pairing.ts';
import { command } from '../command.ts';

const FAULTS: Readonly<Record<PairFault, string>> = {
  different: 'The database belongs to other files, and the files belong to another database.',
  databaseUnmarked:
    'The files belong to a database, and it is not this one: this one is new, or was restored from before it was marked.',
  filesUnmarked: 'The database belongs to files, and they are not these: these are new, or were emptied.',
  filesUnknown: 'Neither was ever marked, and the database knows none of the files.',
};

/** Whether database and files belong together; an operator can say that they do. */
export const pair = command({
  name: 'pair',
  summary: 'says whether database and files belong together; --adopt makes them',
  about: [
    'Says whether the database and the files of this configuration belong together. Where they do not, the desk works,',
    'but it cleans nothing and is not ready. Most often a setting is wrong: check it first. With --adopt both get a new',
    'mark, so that a running desk is ready again. Another database of these files, or other files of this database, no',
    'longer belong to them. No file of proof is removed or changed.',
  ].join('\n'),
  fails: 'they do not belong together',
  effect: 'destroys',
  options: { adopt: { kind: 'flag', help: 'makes them belong together' } },
  async run({ config, ports, operator, show, confirm }, { adopt }) {
    const own = createPair(ports);
    const verdict = await own.settle();
    if (verdict.isPaired) {
      show('Database and files belong together.', { paired: true });
      return 'done';
    }
    const { reason } = verdict;
    const check = checkText(config);
    if (!adopt) {
      show(`${FAULTS[reason]}\n${check}\nIf they are right: npm run desk -- pair --adopt`, { paired: false, reason });
      return 'failed';
    }
    const act = { what: 'adoptPair', about: 'pair', detail: reason };
    if (!(await confirm(`${FAULTS[reason]} ${check}\nMake them belong together all the same?`))) {
      await recordAct(ports, operator, { ...act, outcome: 'declined' });
      show('Nothing was changed.', { paired: false, reason, adopted: false });
      return 'failed';
    }
    await recordAct(ports, operator, { ...act, outcome: 'begun' });
    const adoption = await own.adopt(operator.name ?? operator.user);
    await recordAct(ports, operator, { ...act, outcome: 'done' });
    ports.log.warn({ reason }, 'Adopted database and files as a pair');
    show('Database and files belong together from now on.', { paired: true, reason, adoption });
    return 'done';
  },
});

function checkText(config: Pick<Config, 'azure'>): string {
  return `Check ${storageSettings(config).join(', ')}.`;
}
