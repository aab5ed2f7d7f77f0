/**
 * The error of an injected fault. The word `simulated` in its message tells the checkers that the desk did not cause
 * it.
 */

export class SimulatedError extends Error {
  readonly code = 'simulated-fault';

  constructor(what: string) {
    // Where a fault was injected, the trace of the run says; a stack for each would cost more than the faults.
    const limit = Error.stackTraceLimit;
    Error.stackTraceLimit = 0;
    super(`simulated: ${what}`);
    Error.stackTraceLimit = limit;
    this.name = 'SimulatedError';
  }
}

/** The door of an instance did not let an activity in: whether it was right, its checker knows. */
export class DoorRejection extends SimulatedError {
  readonly status: 401 | 403 | 503;

  constructor(status: 401 | 403 | 503) {
    super(`the door answers ${status}`);
    this.status = status;
  }
}
