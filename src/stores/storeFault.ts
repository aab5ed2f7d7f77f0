export type StoreFaultCode =
  | 'store.not_writable'
  | 'store.not_a_database'
  | 'store.newer_version'
  | 'store.busy'
  | 'store.full'
  | 'store.failed';

/** The database cannot do what was asked of it. The code is stable, the message says what to mend, `cause` is the original error. */
export class StoreFault extends Error {
  readonly code: StoreFaultCode;

  constructor(code: StoreFaultCode, message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = 'StoreFault';
    this.code = code;
  }
}
