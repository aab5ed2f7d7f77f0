import { DeskError } from '../domain/deskError.ts';

/** The folder for an export cannot be made, or is not new. */
export class ExportFolderError extends DeskError<'cli.exportFolder'> {
  constructor(message: string, options?: ErrorOptions) {
    super('cli.exportFolder', message, options);
  }
}
