import { DeskError } from '../domain/deskError.ts';

/** Something was erased or removed, and its former bytes may still be in the database. */
export class NotScrubbedError extends DeskError<'cli.notScrubbed'> {
  /** `done`: what was, as the beginning of a sentence; `again`: the command that tries the rest again. */
  constructor(done: string, again: string, options?: ErrorOptions) {
    super(
      'cli.notScrubbed',
      `${done}, but former bytes may still be in the database, which could not be written anew. ` +
        `Try again: npm run desk -- ${again}`,
      options,
    );
  }
}
