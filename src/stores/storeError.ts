import { DeskError } from '../domain/deskError.ts';

export type StoreErrorCode =
  | 'store.notWritable'
  | 'store.notADatabase'
  | 'store.newerVersion'
  | 'store.busy'
  | 'store.full'
  /** The database is no longer the one that was opened. A write may have gone to the one that is lost. */
  | 'store.gone'
  | 'store.failed'
  /** The document is larger than the database takes. */
  | 'store.tooLarge'
  /** The outcome is unknown after all attempts: a write may have happened or not. */
  | 'store.unreachable'
  /** The database does not match the configuration; the message names the setting. */
  | 'store.misconfigured';

/** A call to the database failed. The code is stable, the message says how to fix it, `cause` is the original error. */
export class StoreError extends DeskError<StoreErrorCode> {}
