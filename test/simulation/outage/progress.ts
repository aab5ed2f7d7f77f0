/** Reports how far a long run is, because its figures come only at its end. */

const EVERY_MS = 20_000;

/** Returns a function to call at each step; it prints the sentence of the first step after `everyMs` of real time. */
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
