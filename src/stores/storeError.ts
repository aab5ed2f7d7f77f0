export type StoreErrorCode =
  | 'store.not_writable'
  | 'store.not_a_database'
  | 'store.newer_version'
  | 'store.busy'
  | 'store.full'
  | 'store.failed'
  /** What was to be written is larger than the database takes. */
  | 'store.too_large'
  /** No clear answer came, however often it was asked. A write may have happened or not. */
  | 'store.unreachable'
  /** The database is not as this configuration says; the message names the setting. */
  | 'store.misconfigured';

/** The database cannot do what was asked of it. The code is stable, the message says what to mend, `cause` is the original error. */
export class StoreError extends Error {
  readonly code: StoreErrorCode;

  constructor(code: StoreErrorCode, message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = 'StoreError';
    this.code = code;
  }
}
