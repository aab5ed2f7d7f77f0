import { DeskError } from '../domain/deskError.ts';

/** A command is about a claim or a person that does not exist, or that its words do not tell from others. */
export class UnknownSubjectError extends DeskError<'cli.unknownSubject'> {
  constructor(message: string, options?: ErrorOptions) {
    super('cli.unknownSubject', message, options);
  }
}
