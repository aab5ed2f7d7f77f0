/** The errors of the playground. */
import { DeskError } from '../domain/deskError.ts';

export type PlaygroundErrorCode =
  | 'playground.folderLocked'
  | 'playground.badClock'
  | 'playground.simulatorMissing'
  | 'playground.simulatorFailed'
  /** The desk did not notice that a persona installed it. */
  | 'playground.notInstalled';

/** A problem that the developer who starts the playground can fix; the message says how. */
export class PlaygroundError extends DeskError<PlaygroundErrorCode> {}
