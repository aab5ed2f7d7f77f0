import { retryNotices, undeliveredNotices } from '../../desk/life/lostNotices.ts';
import type { UndeliveredNotice } from '../../desk/life/lostNotices.ts';
import { recordAct } from '../../desk/life/operatorActs.ts';
import { command } from '../command.ts';
import { isRefusedForFormerState } from '../formerState.ts';
import { claimIdProblem, claimOf } from '../subject.ts';
import { count, instant } from '../wording.ts';

/** The notices that no one was told of, and another try for them. */
export const dead = command({
  name: 'dead',
  summary: 'lists the notices that did not arrive; --retry tries them again',
  about: [
    'Lists the notices that no one was told of: lost ones, which were given up for good, and parked ones, which wait',
    'until their recipient can be reached. With --retry all of them, or those of one claim, are due at once, and the',
    'running desk delivers them.',
  ].join('\n'),
  fails: 'there are lost notices and --retry is not given, or an older state was restored',
  effect: 'acts',
  options: {
    claim: { kind: 'word', of: 'claim', help: 'only those of this claim', check: claimIdProblem },
    retry: { kind: 'flag', help: 'tries them again' },
  },
  async run(context, { claim, retry }) {
    const { ports, operator, show } = context;
    const only = claim === undefined ? undefined : await claimOf(context, claim);
    const found = await undeliveredNotices(ports, only);
    if (!retry) {
      show(found.length === 0 ? 'Every notice was delivered, or is on its way.' : found.map(line).join('\n'), {
        notices: found,
      });
      return found.some(({ state }) => state === 'lost') ? 'failed' : 'done';
    }
    if (await isRefusedForFormerState(context, { what: 'retryNotices', about: only ?? 'claims' })) return 'failed';
    const claims = [...new Set(found.map((notice) => notice.claim))];
    let retried = 0;
    for (const id of claims) {
      const notices = await retryNotices(ports, id);
      if (notices > 0)
        await recordAct(ports, operator, { what: 'retryNotices', about: id, outcome: 'done', detail: `${notices}` });
      retried += notices;
    }
    show(`${count(retried, 'notice')} of ${count(claims.length, 'claim')} will be tried again by the running desk.`, {
      retried,
      claims,
    });
    return 'done';
  },
});

function line({ claim, id, event, state, reason, at, waitsFor }: UndeliveredNotice): string {
  const since = at === undefined ? '' : `, given up at ${instant(at)}`;
  const waits = waitsFor === undefined ? '' : `, waits for a ${waitsFor}`;
  return `${claim}  ${state}  ${id} ${event}: ${reason}${since}${waits}`;
}
