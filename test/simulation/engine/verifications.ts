/**
 * Signatures are checked on threads of Node's own, which virtual time does not know. Here each check ends after those
 * that were begun before it and everything that followed from them, so that a run is the same each time; the scheduler
 * waits until none is under way.
 */
let underWay = 0;
let last: Promise<void> = Promise.resolve();

const verify = crypto.subtle.verify.bind(crypto.subtle);
crypto.subtle.verify = (...check: Parameters<typeof verify>) => {
  const before = last;
  const verified = verify(...check);
  // Awaited below, when those before it have ended.
  verified.catch(() => undefined);
  underWay += 1;
  const ended = before.then(() => verified);
  last = ended
    .then(
      () => undefined,
      () => undefined,
    )
    .then(immediate)
    .then(() => {
      underWay -= 1;
    });
  return ended;
};

/** Everything that follows by itself has happened, and no signature is being checked. */
export async function settled(): Promise<void> {
  await immediate();
  while (underWay > 0) {
    await last;
    await immediate();
  }
}

function immediate(): Promise<void> {
  return new Promise((resolve) => {
    setImmediate(resolve);
  });
}
