/** Runs checkers outside a simulation: they are told one observation after the other, and what they find is kept. */
import { calendarOf } from '../../../../src/domain/calendar/calendar.ts';
import { SIMULATED_POLICIES } from '../../world/policies.ts';
import type {
  Json,
  Checker,
  LineLogged,
  CreateChecker,
  SweepEnded,
  MessageTaken,
  GroundTruth,
  DocumentWritten,
} from '../observations.ts';
import { NOTHING } from '../observations.ts';

/** One thing that checkers are told of. */
export type Told =
  | { readonly what: 'wrote'; readonly wrote: DocumentWritten }
  | { readonly what: 'taken'; readonly taken: MessageTaken }
  | { readonly what: 'swept'; readonly swept: SweepEnded }
  | { readonly what: 'logged'; readonly logged: LineLogged }
  | { readonly what: 'ended' };

export interface CheckerRun {
  readonly problems: readonly string[];
  tell(told: Told): void;
}

/** Creates checkers on a ground truth in which no one has any rights; `files` are the keys of all files. */
export function createCheckerRun(
  opening: readonly CreateChecker[],
  files: () => readonly string[],
  changes: Partial<GroundTruth> = {},
): CheckerRun {
  const stored = new Map<string, { readonly body: Json; readonly keys: DocumentWritten['keys'] }>();
  const groundTruth: GroundTruth = {
    ...NOTHING,
    *documents(kind) {
      for (const [name, document] of stored)
        if (name.startsWith(`${kind}\n`)) yield { id: name.slice(kind.length + 1), ...document };
    },
    files,
    policies: () => Object.keys(SIMULATED_POLICIES),
    freeDays(version) {
      const policy = SIMULATED_POLICIES[version];
      return policy ? [calendarOf(policy.calendar, policy.zone).holidays] : [];
    },
    ...changes,
  };
  const checkers = opening.map((open) => open(groundTruth));
  const problems: string[] = [];

  return {
    problems,
    tell(told) {
      if (told.what === 'wrote')
        stored.set(`${told.wrote.kind}\n${told.wrote.id}`, { body: told.wrote.after, keys: told.wrote.keys });
      for (const checker of checkers)
        problems.push(...(verdict(checker, told) ?? []).map((what) => `${checker.name}: ${what}`));
    },
  };
}

function verdict(checker: Checker, told: Told): readonly string[] | undefined {
  switch (told.what) {
    case 'wrote':
      return checker.wrote?.(told.wrote);
    case 'taken':
      return checker.taken?.(told.taken);
    case 'swept':
      return checker.swept?.(told.swept);
    case 'logged':
      return checker.logged?.(told.logged);
    case 'ended':
      return checker.ended?.();
  }
}
