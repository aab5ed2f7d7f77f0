import { DeskError } from '../domain/deskError.ts';

export type StoreErrorCode =
  | 'store.notWritable'
  | 'store.notADatabase'
  | 'store.newerVersion'
  | 'store.busy'
  | 'store.full'
  | 'store.failed'
  /** What was to be written is larger than the database takes. */
  | 'store.tooLarge'
  /** No clear answer came, however often it was asked. A write may have happened or not. */
  | 'store.unreachable'
  /** The database is not as this configuration says; the message names the setting. */
  | 'store.misconfigured';

/** The database cannot do what was asked of it. The code is stable, the message says what to mend, `cause` is the original error. */
export class StoreError extends DeskError<StoreErrorCode> {}
