import { DeskError } from '../deskError.ts';

export type CalendarErrorCode =
  | 'calendar.unknownVersion'
  | 'calendar.unknownZone'
  | 'calendar.badInstant'
  | 'calendar.badDate'
  | 'calendar.badLength';

/**
 * A mistake of the caller or of the configuration, never of a person's claim. The code is stable; the message quotes
 * the value.
 */
export class CalendarError extends DeskError<CalendarErrorCode> {}
