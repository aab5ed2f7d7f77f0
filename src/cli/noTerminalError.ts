import { DeskError } from '../domain/deskError.ts';

/** A question has to be answered, and there is no terminal at which it could be. */
export class NoTerminalError extends DeskError<'cli.noTerminal'> {
  constructor(options?: ErrorOptions) {
    super(
      'cli.noTerminal',
      'This cannot be undone, and there is no terminal to ask at. Nothing was changed; give --yes to go on without a question.',
      options,
    );
  }
}
