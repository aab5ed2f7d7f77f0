/** The area that an error comes from and the problem, as `store.notWritable`. */
export type ErrorCode = `${string}.${string}`;

/**
 * The base of every error of the desk. An error is a fault of the outside, of the configuration or of the code; what a
 * person may not do is a refusal, which is a value. The code is stable: code tells errors apart by it, and the log
 * names it. The message is for an operator. `cause` is the original error where one is wrapped. The name is that of the
 * class.
 */
export abstract class DeskError<Code extends ErrorCode = ErrorCode> extends Error {
  readonly code: Code;

  constructor(code: Code, message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = new.target.name;
    this.code = code;
  }
}
