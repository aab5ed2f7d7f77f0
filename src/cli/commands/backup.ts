import { backUpDataFolder } from '../../app/backUp.ts';
import { recordAct } from '../../desk/life/operatorActs.ts';
import { command } from '../command.ts';

const ON_AZURE =
  'The claims and files of this desk are on Azure, which keeps their former states itself: see "Backup and restore" in deploy/README.md.';

/** Copies the data folder of a desk on one machine, while it runs. */
export const backup = command({
  name: 'backup',
  summary: 'copies the data folder, while the desk runs',
  about:
    'Copies the database, the files and the keys of DATA_DIR to a new folder, while the desk runs. The copy is a data\n' +
    'folder itself: to restore it, stop the desk, move DATA_DIR away, put a copy of the backup in its place, and start.\n' +
    'It holds keys and evidence: keep it as safe as DATA_DIR. The file of the anchors is no part of it, and must not be.',
  fails: 'the desk is on Azure',
  effect: 'acts',
  options: {
    folder: { kind: 'word', of: 'folder', help: 'the new folder', required: 'name the new folder for the backup' },
  },
  async run({ config, ports, operator, show }, { folder }) {
    if (config.azure) {
      show(ON_AZURE, { refused: 'onAzure' });
      return 'failed';
    }
    const { folder: path, files, bytes } = await backUpDataFolder(config.dataDir, folder);
    await recordAct(ports, operator, {
      what: 'backup',
      about: 'dataFolder',
      outcome: 'done',
      detail: `${files} files`,
    });
    show(`The database and ${files} files, ${bytes} bytes in all, are in ${path}.`, { folder: path, files, bytes });
    return 'done';
  },
});
