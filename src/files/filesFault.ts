export type FilesFaultCode = 'files.bad_key' | 'files.not_writable' | 'files.no_hard_links';

/** The place of the files cannot be used, or was asked for a key that is none. The code is stable; `cause` is the original error. */
export class FilesFault extends Error {
  readonly code: FilesFaultCode;

  constructor(code: FilesFaultCode, message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = 'FilesFault';
    this.code = code;
  }
}
