import { exportPerson } from '../../desk/life/exportPerson.ts';
import { recordAct } from '../../desk/life/operatorActs.ts';
import { signExport } from '../../desk/life/signExport.ts';
import { command } from '../command.ts';
import { PERSON_WORD, personOf } from '../subject.ts';

/** Exports one person. */
export const exportPersonCommand = command({
  name: 'export-person',
  summary: 'exports everything that is stored of a person as JSON',
  about: [
    'Prints everything that is stored of one person as JSON: their entry of the directory with its journal, the claims that',
    'they filed, acted in or are named by, with their words, the files that they sent, where their messages are, legal',
    'holds, and what operators did about them. It reads every claim. It is signed.',
  ].join('\n'),
  fails: 'a claim could not be searched',
  effect: 'acts',
  options: {
    person: PERSON_WORD,
  },
  async run(context, { person: text }) {
    const { ports, operator, show } = context;
    const person = await personOf(context, text);
    const exported = await exportPerson(ports, person);
    await recordAct(ports, operator, { what: 'exportPerson', about: person.id, outcome: 'done' });
    const signed = signExport(ports, exported);
    show(JSON.stringify(signed, null, 2), signed);
    return exported.unread.length === 0 ? 'done' : 'failed';
  },
});
