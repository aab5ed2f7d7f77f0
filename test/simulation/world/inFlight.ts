/**
 * The work that an instance has in flight: turns, uploads, sweeps. A process that is told to stop waits until there is
 * none.
 */

export type InFlight = ReturnType<typeof createInFlight>;

export function createInFlight() {
  const all = new Set<Promise<void>>();
  return {
    isEmpty: (): boolean => all.size === 0,
    /** Holds work until it is over, however it ends. */
    hold<Result>(work: Promise<Result>): Promise<Result> {
      const over = work
        .then(
          () => undefined,
          () => undefined,
        )
        .finally(() => all.delete(over));
      all.add(over);
      return work;
    },
    /** Waits until nothing is in flight. */
    async empty(): Promise<void> {
      while (all.size > 0) await Promise.all(all);
    },
  };
}
