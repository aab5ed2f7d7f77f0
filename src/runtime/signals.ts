/** When a program is told to end. */

/**
 * So late a signal is a second one, and not the first once more: npm hands on what the terminal or the system has sent
 * to both.
 */

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
