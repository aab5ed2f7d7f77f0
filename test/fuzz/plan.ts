/** Shares a number of inputs out among targets. */
import type { Target } from './target.ts';

export interface Plan {
  readonly target: Target;
  readonly inputs: number;
}

/** Gives each target its share; together exactly the number asked for. A target that would get none is left out. */
export function planned(targets: readonly Target[], inputs: number): readonly Plan[] {
  const shares = targets.reduce((sum, { share }) => sum + share, 0);
  let sharesBefore = 0;
  return targets.flatMap((target) => {
    const from = Math.round((inputs * sharesBefore) / shares);
    sharesBefore += target.share;
    const its = Math.round((inputs * sharesBefore) / shares) - from;
    return its > 0 ? [{ target, inputs: its }] : [];
  });
}
