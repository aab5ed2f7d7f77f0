import { endings, removeEnded } from '../../desk/life/endings.ts';
import type { Ending } from '../../desk/life/endings.ts';
import { recordAct } from '../../desk/life/operatorActs.ts';
import { command } from '../command.ts';
import { isRefusedForFormerState } from '../formerState.ts';
import { NotScrubbedError } from '../notScrubbedError.ts';
import { count, instant } from '../wording.ts';

/** Says what ends when, and removes what has ended. */
export const retention = command({
  name: 'retention',
  summary: 'says what ends when; --remove removes what has ended',
  about: [
    'Lists the files of proof and the words of discarded drafts that have an end by the settings RETAIN_*, the earliest',
    'first. With --remove those whose end has come are removed for good, but for what a legal hold keeps.',
  ].join('\n'),
  fails: 'the removal was not confirmed, or an older state was restored',
  effect: 'destroys',
  options: { remove: { kind: 'flag', help: 'removes what has ended' } },
  async run(context, { remove }) {
    const { config, ports, operator, show } = context;
    const found = await endings(ports, config.retention);
    const due = found.filter(({ endsAt, isHeld }) => !isHeld && endsAt <= ports.clock.now());
    const lines = found.map((ending) => line(ending, ports.clock.now()));
    if (!remove || due.length === 0) {
      // A run before this one may have removed what is still in the database's free space.
      if (remove) await context.scrub();
      show([...lines, `${due.length} of ${found.length} can be removed now.`].join('\n'), { endings: found });
      return 'done';
    }
    if (await isRefusedForFormerState(context, { what: 'retention', about: 'files' })) return 'failed';
    const what = `${count(due.length, 'file or draft', 'files and drafts')}`;
    if (!(await context.confirm(`${what} whose end has come will be removed. This cannot be undone.`))) {
      await recordAct(ports, operator, { what: 'retention', about: 'files', outcome: 'declined' });
      show('Nothing was removed.', { removed: [] });
      return 'failed';
    }
    await recordAct(ports, operator, { what: 'retention', about: 'files', outcome: 'begun' });
    const removed = await removeEnded(ports, config.retention);
    const scrubbed = await context.scrub().catch(async (cause: unknown) => {
      await recordAct(ports, operator, { what: 'retention', about: 'files', outcome: 'failed', detail: 'notScrubbed' });
      throw new NotScrubbedError(`${removed.length} removed`, 'retention --remove', { cause });
    });
    await recordAct(ports, operator, {
      what: 'retention',
      about: 'files',
      outcome: 'done',
      detail: `${removed.length} removed`,
    });
    show(`${removed.length} removed.`, { removed, scrubbed });
    return 'done';
  },
});

function line({ claim, poe, why, endsAt, isHeld }: Ending, now: number): string {
  const state = isHeld ? 'held' : endsAt <= now ? 'ended' : 'kept';
  return `${state.padEnd(5)}  ${instant(endsAt)}  ${claim}  ${poe === undefined ? 'the words of the draft' : `file ${poe}`} (${why})`;
}
