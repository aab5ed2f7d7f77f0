/** What the simulated world throws at the desk. Its word `simulated` tells the judges that it is no fault of the desk's own. */

export class SimulatedError extends Error {
  readonly code = 'simulated-fault';

  constructor(what: string) {
    super(`simulated: ${what}`);
    this.name = 'SimulatedFault';
  }
}
