import type { QuarantinedFile } from '../../desk/proof/quarantine.ts';
import { heldFiles } from '../../desk/proof/quarantine.ts';
import { command } from '../command.ts';
import { instant } from '../wording.ts';

const REASONS: Readonly<Record<QuarantinedFile['reason'], string>> = {
  noIntent: 'its claim does not name it',
  claimMissing: 'there is no such claim in the database',
  databaseOlder:
    'adding it to its claim had begun, and the claim does not name it: the upload ended there, or the database is older than the files',
};

/** The files that no claim refers to. */
export const quarantine = command({
  name: 'quarantine',
  summary: 'lists the files that no claim refers to',
  about: [
    'Lists the files of proof that no claim refers to, as the last cleaning found them. The desk never removes them:',
    'their claims may be what was lost. If a claim is restored that names a file, the next cleaning takes it off the',
    'list; a file that is none of the desk, remove by hand.',
  ].join('\n'),
  fails: 'there are such files',
  effect: 'reads',
  options: {},
  async run({ ports, show }) {
    const files: Pick<QuarantinedFile, 'key' | 'reason' | 'foundAt'>[] = [];
    for await (const { body } of heldFiles(ports.documents))
      files.push({ key: body.key, reason: body.reason, foundAt: body.foundAt });
    const lines = files.map(({ key, reason, foundAt }) => `${key}: ${REASONS[reason]}, found at ${instant(foundAt)}`);
    show(lines.length === 0 ? 'No file is in quarantine.' : lines.join('\n'), { files });
    return files.length === 0 ? 'done' : 'failed';
  },
});
