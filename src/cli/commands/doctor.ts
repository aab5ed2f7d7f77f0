import { command } from '../command.ts';

/** Says whether what the desk runs on is well, and what waits. */
export const doctor = command({
  name: 'doctor',
  summary: 'checks what the desk runs on, and says what waits',
  about: 'Checks the store and the files of this configuration.',
  fails: 'a check fails',
  effect: 'reads',
  options: {},
  async run({ ports, show }) {
    await ports.documents.read('ready', 'ready');
    show('The store answers.', { store: 'answers' });
    return 'done';
  },
});
