export type CalendarFaultCode =
  | 'calendar.unknown_version'
  | 'calendar.unknown_zone'
  | 'calendar.bad_instant'
  | 'calendar.bad_date'
  | 'calendar.bad_length';

/** A mistake of the caller or of the configuration, never of a person's claim. The code is stable; the message quotes the value. */
export class CalendarFault extends Error {
  readonly code: CalendarFaultCode;

  constructor(code: CalendarFaultCode, message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = 'CalendarFault';
    this.code = code;
  }
}
