/**
 * The virus scan of files: at once where the scanner can, else the sweep asks for results until they come; and again
 * when a file is opened. Nothing is clean because no one has said otherwise (R9).
 */
import type { Claim } from '../../domain/claims/claim.ts';
import { DESK } from '../../domain/claims/permission.ts';
import type { ClaimId, Poe, PoeId } from '../../domain/claims/values.ts';
import type { HandlePorts } from '../commands/handle.ts';
import { handle } from '../commands/handle.ts';
import type { People } from '../directory/people.ts';
import type { PageStart } from '../ports/documents.ts';
import type { ScanAnswer } from '../ports/scanner.ts';
import type { World } from '../ports/world.ts';
import type { ClaimBody } from '../records/claimRecord.ts';
import { asRecord, CLAIM, SCAN_KEY } from '../records/claimRecord.ts';
import { HistoryBrokenError } from '../records/historyCheck.ts';
import { isOfNewerVersion } from '../records/schemaVersion.ts';
import { poeKey } from './poeFiles.ts';

/** What scanning needs of the outside. */
export type ScanningPorts = HandlePorts & Pick<World, 'scanner' | 'timer' | 'log' | 'meters'>;

const PAGE = 50;
/** How many results one run asks for, and for how long; the others are asked for by the next. */
const MAX_ASKED = 200;
const MAX_RUN_MS = 30_000;
/** A file is asked about again after a minute, then after twice as long each time, up to an hour. */
const FIRST_BACK_OFF_MS = 60_000;
/** What is opened also where the scanner says nothing just now: it said enough before, or an operator did. */
const OPEN_WITHOUT_ANSWER: readonly Poe['scan'][] = ['clean', 'unscanned'];
const MAX_BACK_OFF_MS = 3_600_000;
/** A scan takes seconds or minutes; a file that waits for longer waits for an operator. */
const OVERDUE_MS = 3_600_000;

/** What is said of a file that has just been stored: how it is added, or that it is not. */
export type FirstScan =
  | { readonly kind: 'add'; readonly scan?: 'waiting' | 'clean' }
  | { readonly kind: 'tooLarge' }
  | Extract<ScanAnswer, { kind: 'malicious' }>;

/** What is recorded of a file: what its scanner said, or that it takes none of this size. */
type Result = Exclude<ScanAnswer, { kind: 'unknown' }> | { readonly kind: 'tooLarge' };

export interface Scanning {
  /** Looks at a file that was just stored, where the scanner can. Never throws. */
  first(key: string): Promise<FirstScan>;
  /**
   * Whether a file may be opened now. What is found on the way is recorded. `notScannable`: it counts since before
   * there was a scanner, which does not take one of its size; an operator can let it be opened.
   */
  mayOpen(claim: ClaimId, poe: Poe): Promise<'yes' | 'quarantined' | 'malicious' | 'tooLarge' | 'notScannable'>;
  /** Asks for the results that have not come. Never throws; any number of instances may do so at once. */
  askForResults(): Promise<void>;
}

/**
 * `changed` is called with each claim of which a result came, so that its notices go out; `closing` ends a run early.
 */
export function createScanning(
  ports: ScanningPorts,
  people: People,
  changed: (id: ClaimId) => void,
  closing: AbortSignal,
): Scanning {
  const { scanner, clock, timer, documents, log, meters } = ports;
  /** When a file is asked about again, by the steady clock, and after how many answers that said nothing. */
  const backOff = new Map<PoeId, { readonly from: number; readonly tries: number }>();

  async function look(key: string): Promise<ScanAnswer> {
    if (!scanner) return { kind: 'unknown', problem: 'unreachable' };
    try {
      return await scanner.look(key);
    } catch (error) {
      log.warn({ key, error }, 'Could not ask for the scan of a file');
      return { kind: 'unknown', problem: 'unreachable' };
    }
  }

  async function record(claim: ClaimId, { id }: Pick<Poe, 'id'>, answer: Result): Promise<void> {
    const handled = await handle(ports, people, claim, () => ({
      type: 'RecordScan',
      by: DESK,
      at: clock.now(),
      poe: id,
      verdict: answer.kind,
      ...(answer.kind === 'malicious' && answer.threat !== undefined && { threat: answer.threat }),
    }));
    backOff.delete(id);
    if (handled.kind !== 'done') return;
    if (answer.kind === 'malicious') {
      meters.maliciousFile();
      log.warn({ claim, poe: id }, 'Withdrew a file in which a virus was found');
    }
    if (answer.kind === 'tooLarge') log.warn({ claim, poe: id }, 'Withdrew a file that is too large for the scanner');
    changed(claim);
  }

  async function mayOpen(claim: ClaimId, poe: Poe): ReturnType<Scanning['mayOpen']> {
    if (poe.scan === 'malicious' || poe.scan === 'tooLarge') return poe.scan;
    const isFresh = poe.scan === 'clean' && scanner && clock.now() - poe.addedAt < scanner.recheckMs;
    if (isFresh || (!scanner && poe.scan !== 'waiting')) return 'yes';
    const answer = resultOf(await look(poeKey(claim, poe.id)), poe);
    if (answer.kind === 'unknown') {
      if (OPEN_WITHOUT_ANSWER.includes(poe.scan)) return 'yes';
      return isTooLarge(answer) ? 'notScannable' : 'quarantined';
    }
    await record(claim, poe, answer);
    return answer.kind === 'clean' ? 'yes' : answer.kind;
  }

  /** Without a scanner no one is asked, and no search among all claims is paid for. */
  async function askForResults(): Promise<void> {
    if (!scanner) return;
    try {
      await askForAll();
    } catch (error) {
      log.error({ error }, 'Could not look for files that wait for their scan; the next sweep will');
    }
  }

  async function askForAll(): Promise<void> {
    const run = { waiting: 0, overdue: 0, asked: 0, isDown: false };
    const until = timer.now() + MAX_RUN_MS;
    const goesOn = (): boolean => !run.isDown && run.asked < MAX_ASKED && timer.now() < until;
    const seen = new Set<PoeId>();
    for await (const claim of waitingClaims()) {
      if (closing.aborted) return;
      for (const poe of waitingIn(claim)) {
        run.waiting += 1;
        if (clock.now() - poe.addedAt > OVERDUE_MS) run.overdue += 1;
        seen.add(poe.id);
        if (goesOn() && isDue(poe)) await askFor(claim.id, poe, run);
      }
    }
    for (const id of backOff.keys()) if (!seen.has(id)) backOff.delete(id);
    meters.scans({ waiting: run.waiting, overdue: run.overdue, isDown: run.waiting > 0 && run.isDown });
  }

  /** A scanner that does not answer is asked no more in this run. */
  async function askFor(claim: ClaimId, poe: Poe, run: { asked: number; isDown: boolean }): Promise<void> {
    run.asked += 1;
    const answer = resultOf(await look(poeKey(claim, poe.id)), poe);
    if (answer.kind === 'unknown') {
      postpone(poe);
      run.isDown = answer.problem === 'unreachable' || answer.problem === 'stalled';
      const say = answer.problem === 'pending' ? 'info' : 'warn';
      log[say]({ claim, poe: poe.id, problem: answer.problem }, 'Scan of a file has no result yet');
      return;
    }
    try {
      await record(claim, poe, answer);
    } catch (error) {
      postpone(poe);
      if (isOfNewerVersion(error)) log.warn({ claim }, 'Scan of a file not recorded: written by a newer version');
      else if (!(error instanceof HistoryBrokenError))
        log.error({ claim, error }, 'Could not record the scan of a file; the next sweep will retry');
    }
  }

  function isDue({ id }: Poe): boolean {
    return timer.now() >= (backOff.get(id)?.from ?? 0);
  }

  function postpone({ id }: Poe): void {
    const tries = (backOff.get(id)?.tries ?? 0) + 1;
    const waits = Math.min(MAX_BACK_OFF_MS, FIRST_BACK_OFF_MS * 2 ** Math.min(tries - 1, 10));
    backOff.set(id, { from: timer.now() + waits, tries });
  }

  /** The claims with a file that waits, the one that waits longest first. */
  async function* waitingClaims(): AsyncGenerator<Claim, void, void> {
    let after: PageStart | undefined;
    do {
      const from = after && { after };
      const page = await documents.find<ClaimBody>({ kind: CLAIM, name: SCAN_KEY, value: '', limit: PAGE, ...from });
      for (const { id, body, etag } of page.documents) {
        const claim = readable(id, body, etag);
        if (claim) yield claim;
      }
      after = page.next;
    } while (after);
  }

  return {
    async first(key) {
      if (!scanner) return { kind: 'add' };
      const answer = scanner.isPrompt ? await look(key) : undefined;
      if (answer?.kind === 'malicious') {
        meters.maliciousFile();
        return answer;
      }
      if (isTooLarge(answer)) return { kind: 'tooLarge' };
      if (answer?.kind === 'unknown') log.warn({ key, problem: answer.problem }, 'Scan of a file has no result yet');
      return { kind: 'add', scan: answer?.kind === 'clean' ? 'clean' : 'waiting' };
    },
    mayOpen,
    askForResults,
  };
}

/** Undefined for a claim that cannot be read, or that a newer version wrote. */
function readable(id: string, body: ClaimBody, etag: string): Claim | undefined {
  try {
    return asRecord(id, body, etag).claim;
  } catch {
    return undefined;
  }
}

/** That a file is too large withdraws one that waits; one that counts already is only kept closed. */
function resultOf(answer: ScanAnswer, { scan }: Poe): ScanAnswer | Result {
  return scan === 'waiting' && isTooLarge(answer) ? { kind: 'tooLarge' } : answer;
}

function isTooLarge(answer: ScanAnswer | undefined): boolean {
  return answer?.kind === 'unknown' && answer.problem === 'tooLarge';
}

function waitingIn({ poe }: Claim): readonly Poe[] {
  return poe.filter(({ scan }) => scan === 'waiting');
}
