import { exportClaim, exportedBytes } from '../../desk/life/exportClaim.ts';
import { signExport } from '../../desk/life/signExport.ts';
import { command } from '../command.ts';
import { createExportFolder } from '../exportFolder.ts';
import { claimIdProblem, claimOf } from '../subject.ts';
import { count } from '../wording.ts';

/** Exports one claim. */
export const exportClaimCommand = command({
  name: 'export-claim',
  summary: 'exports the whole history of a claim as JSON, with its files if wanted',
  about: [
    'Prints one claim as JSON: its state, every entry of its history with what it takes to verify them, what became of its',
    'notices, and its files. With --files a new folder gets the JSON as claim.json, and the files by their ids.',
    'It is signed: outsiders check it with src/tools/verifyExport.mjs.',
    'It holds the words and names of people: keep it as safe as the store.',
  ].join('\n'),
  fails: 'a file that the claim names cannot be read',
  effect: 'reads',
  options: {
    claim: { kind: 'word', of: 'claim', help: 'its id', required: 'name a claim', check: claimIdProblem },
    files: { kind: 'text', of: 'folder', help: 'a new folder for the JSON and the files' },
  },
  async run(context, { claim, files: path }) {
    const { ports, show } = context;
    const id = await claimOf(context, claim);
    const exported = await exportClaim(ports, id);
    const signed = exported && signExport(ports, exported);
    const json = JSON.stringify(signed, null, 2);
    if (path === undefined) {
      show(json, signed);
      return 'done';
    }
    const folder = createExportFolder(path);
    await folder.write('claim.json', [new TextEncoder().encode(`${json}\n`)]);
    const stored = (exported?.files ?? []).filter(({ state }) => state === 'stored');
    for (const file of stored) await folder.write(file.file, (await exportedBytes(ports, id, file)) ?? []);
    show(`The history and ${count(stored.length, 'file')} of ${id} are in ${folder.path}.`, {
      claim: id,
      folder: folder.path,
      files: stored.map(({ file }) => file),
    });
    return 'done';
  },
});
