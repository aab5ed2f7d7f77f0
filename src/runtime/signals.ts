/** When a program is told to end. */

/** A signal this much later is a second one. Until then it may be the first again: npm passes on what both received. */
const AGAIN_MS = 1_000;

/** Settles with the first of these signals. One that comes later ends the process at once, with code 1. */
export function waitForSignal(...signals: readonly NodeJS.Signals[]): Promise<undefined> {
  return new Promise((resolve) => {
    let patient = false;
    const end = (): void => {
      if (patient) process.exit(1);
      setTimeout(() => {
        patient = true;
      }, AGAIN_MS).unref();
      resolve(undefined);
    };
    for (const signal of signals) process.on(signal, end);
  });
}
