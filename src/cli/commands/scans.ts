import { recordAct } from '../../desk/life/operatorActs.ts';
import type { WaitingScan } from '../../desk/life/waitingScans.ts';
import { acceptUnscanned, waitingScans } from '../../desk/life/waitingScans.ts';
import type { ScanProblem } from '../../desk/ports/scanner.ts';
import { command } from '../command.ts';
import { count, duration } from '../wording.ts';

const PROBLEMS: Readonly<Record<ScanProblem, string>> = {
  pending: 'its scanner has no result yet',
  unreachable: 'its scanner does not answer',
  stalled: 'its scanner began and did not end',
  tooLarge: 'it is larger than its scanner takes; the desk withdraws it with its next sweep, and tells who sent it',
  missing: 'it is not among the files',
  garbled: 'what its scanner says of it is no result',
};

/** The files that wait for their virus scan; an operator can let them count without one. */
export const scans = command({
  name: 'scans',
  summary: 'lists files that wait for their virus scan, and why; --accept lets them count',
  about: [
    'Lists the files of proof that wait for their virus scan, since when, and what their scanner says now. While a file',
    'waits it counts as no proof and no one can open it. --accept asks, then lets them count unscanned: those of one claim',
    'with --claim. Both sides are told, and reviewers read on the claim that it was not scanned. What its scanner has a',
    'result for, or finds too large, is left to the desk. Files that come while there is no scanner wait for nothing; if one',
    'came later that finds them too large, no one can open them. --claim lists those too, and --accept lets them be opened.',
  ].join('\n'),
  fails: 'files wait',
  effect: 'destroys',
  options: {
    accept: { kind: 'flag', help: 'lets them count without a scan' },
    claim: { kind: 'text', of: 'claim', help: 'only the files of this claim' },
  },
  async run({ ports, people, operator, show, confirm }, { accept, claim: only }) {
    const found: WaitingScan[] = [];
    for await (const one of waitingScans(ports, only)) found.push(one);
    if (found.length === 0) {
      show('No file waits for its virus scan.', { waiting: [] });
      return 'done';
    }
    const now = ports.clock.now();
    const waiting = found.map((one) => ({ claim: one.claim, poe: one.poe, since: one.since, why: reasonOf(one) }));
    const report = found.map((one) => `${one.claim} ${one.poe}: ${howLong(one, now)}; ${reasonOf(one)}`).join('\n');
    const acceptable = found.filter(mayBeAccepted);
    if (!accept || acceptable.length === 0) {
      const way = acceptable.length > 0 ? '\nLet them count unscanned: npm run desk -- scans --accept' : '';
      show(report + way, { waiting });
      return 'failed';
    }
    const act = { what: 'acceptUnscanned', about: only ?? 'desk', detail: String(acceptable.length) };
    if (!(await confirm(`${report}\nLet ${count(acceptable.length, 'file')} count without a virus scan?`))) {
      await recordAct(ports, operator, { ...act, outcome: 'declined' });
      show('Nothing was changed.', { waiting, accepted: [] });
      return 'failed';
    }
    await recordAct(ports, operator, { ...act, outcome: 'begun' });
    const accepted: Pick<WaitingScan, 'claim' | 'poe'>[] = [];
    for (const { claim, poe } of acceptable)
      if ((await acceptUnscanned(ports, people, { claim, poe })) === 'accepted') accepted.push({ claim, poe });
    await recordAct(ports, operator, { ...act, outcome: 'done', detail: String(accepted.length) });
    show(
      [
        ...accepted.map(({ claim, poe }) => `${claim} ${poe}: counts, unscanned`),
        'Both sides are told with the next sweep.',
      ].join('\n'),
      { waiting, accepted },
    );
    return 'done';
  },
});

function howLong({ since, counts }: WaitingScan, now: number): string {
  return counts ? `was added ${duration(now - since)} ago` : `waits for ${duration(now - since)}`;
}

function reasonOf({ answer, counts }: WaitingScan): string {
  if (counts) return 'it counts, but it is larger than its scanner takes, so no one can open it';
  switch (answer.kind) {
    case 'noScanner':
      return 'the desk has no scanner: see MALWARE_SCAN';
    case 'clean':
      return 'it is clean; the desk records that with its next sweep';
    case 'malicious':
      return 'a virus was found in it; the desk withdraws it with its next sweep';
    case 'unknown':
      return PROBLEMS[answer.problem];
  }
}

/** No operator overrules what a scanner has found. */
function mayBeAccepted({ answer, counts }: WaitingScan): boolean {
  return counts || answer.kind === 'noScanner' || (answer.kind === 'unknown' && answer.problem !== 'tooLarge');
}
