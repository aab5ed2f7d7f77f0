/** Reasons of this run for which tests were skipped; the reporter prints them again at the end. */

export const skipReasons = new Set<string>();

/**
 * Skips a test, or a suite from its `before`, and says why. Where `CI` is set nothing may be skipped: it fails instead.
 */
export function skipBecause(running: Mocha.Context, reason: string): never {
  if (process.env['CI']) throw new Error(reason);
  skipReasons.add(reason);
  return running.skip();
}
