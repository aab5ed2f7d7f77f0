/** Reports how far a long run is, because its figures come only at its end. */

const EVERY_MS = 20_000;

/** What it answers is told of each step, and says the sentence of the first after a number of milliseconds of real time. */
export function createProgress(
  say: (sentence: string) => void,
  everyMs = EVERY_MS,
  now = (): number => performance.now(),
): (sentence: () => string) => void {
  const begun = now();
  let saidAt = begun;
  return (sentence) => {
    const at = now();
    if (at - saidAt < everyMs) return;
    saidAt = at;
    say(`${sentence()}, ${Math.round((at - begun) / 1_000)} s`);
  };
}
