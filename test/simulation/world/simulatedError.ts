/**
 * The error of an injected fault. The word `simulated` in its message tells the checkers that the desk did not cause
 * it.
 */

export class SimulatedError extends Error {
  readonly code = 'simulated-fault';

  constructor(what: string) {
    super(`simulated: ${what}`);
    this.name = 'SimulatedError';
  }
}
