/**
 * The document checkers in the outage test: all but that of the clocks, because the copied claims are shifted in time.
 */
import { inspect } from 'node:util';
import type { NewDocument } from '../../../src/desk/ports/documents.ts';
import type { ClaimBody } from '../../../src/desk/records/claimRecord.ts';
import type { Log } from '../../../src/desk/ports/system.ts';
import { createChainChecker } from '../checkers/chain.ts';
import { createConsentChecker } from '../checkers/consent.ts';
import { createDuesChecker } from '../checkers/dues.ts';
import { createFilesChecker } from '../checkers/files.ts';
import { createLawChecker } from '../checkers/law.ts';
import { createNoticesChecker } from '../checkers/notices.ts';
import { createSweepsChecker } from '../checkers/sweeps.ts';
import type { Scheduler } from '../engine/scheduler.ts';
import type {
  Json,
  Checker,
  CreateChecker,
  SweepEnded,
  MessageTaken,
  GroundTruth,
  DocumentWritten,
} from '../checkers/observations.ts';
import { NOTHING, PLANTED } from '../checkers/observations.ts';

const CHECKERS: readonly CreateChecker[] = [
  createLawChecker,
  createChainChecker,
  createConsentChecker,
  createDuesChecker,
  createNoticesChecker,
  createSweepsChecker,
  createFilesChecker,
];
const MAX_PROBLEMS = 50;

export type Watch = ReturnType<typeof createCheckers>;

export function createCheckers(scheduler: Scheduler, fileKeys: () => readonly string[]) {
  const problems: string[] = [];
  let claims: ReadonlyMap<string, ClaimBody> = new Map();
  const groundTruth: GroundTruth = {
    ...NOTHING,
    now: () => scheduler.now(),
    *documents(kind) {
      if (kind === 'claim') for (const [id, body] of claims) yield { id, body: body as unknown as Json, keys: [] };
    },
    files: fileKeys,
  };
  const checkers: readonly Checker[] = CHECKERS.map((open) => open(groundTruth));
  const collect = (said: (checker: Checker) => readonly string[] | undefined): void => {
    for (const checker of checkers)
      for (const what of said(checker) ?? [])
        if (problems.length < MAX_PROBLEMS)
          problems.push(`${checker.name}: ${what} (${new Date(scheduler.now()).toISOString()})`);
  };
  const wrote = (one: DocumentWritten): void => collect((checker) => checker.wrote?.(one));

  return {
    problems,
    wrote,
    /** What was stored before is followed and not checked. */
    planted({ kind, id, body, keys }: NewDocument<unknown>): void {
      wrote({
        at: scheduler.now(),
        by: PLANTED,
        off: 0,
        kind,
        id,
        before: undefined,
        after: body as Json,
        keys,
        readAt: scheduler.now(),
      });
    },
    taken: (taken: MessageTaken): void => collect((checker) => checker.taken?.(taken)),
    swept: (swept: SweepEnded): void => {
      if (swept.fault !== undefined) problems.push(`a sweep of ${swept.by} broke off: ${inspect(swept.fault)}`);
      collect((checker) => checker.swept?.(swept));
    },
    /** How the claims lie there at the end. */
    end(after: ReadonlyMap<string, ClaimBody>): void {
      claims = after;
      collect((checker) => checker.ended?.());
    },
    logOf: (by: string): Log => ({
      info: () => undefined,
      warn: () => undefined,
      error: (fields, sentence) => {
        if (problems.length < MAX_PROBLEMS)
          problems.push(`${by} logged: ${sentence} ${inspect((fields as { readonly error?: unknown }).error)}`);
      },
    }),
  };
}
