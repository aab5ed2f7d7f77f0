export type CalendarErrorCode =
  | 'calendar.unknown_version'
  | 'calendar.unknown_zone'
  | 'calendar.bad_instant'
  | 'calendar.bad_date'
  | 'calendar.bad_length';

/** A mistake of the caller or of the configuration, never of a person's claim. The code is stable; the message quotes the value. */
export class CalendarError extends Error {
  readonly code: CalendarErrorCode;

  constructor(code: CalendarErrorCode, message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = 'CalendarError';
    this.code = code;
  }
}
