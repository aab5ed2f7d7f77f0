export type FilesErrorCode =
  | 'files.bad_key'
  /** A hand-over, or a file under a retention policy, cannot be removed. */
  | 'files.kept'
  /** The file was there a moment ago. */
  | 'files.missing'
  /** Another file has taken the place of the one that was being read. */
  | 'files.changed'
  | 'files.not_writable'
  | 'files.no_hard_links'
  | 'files.bad_endpoint'
  | 'files.no_container'
  /** Anybody could read the container. */
  | 'files.public'
  /** The key or the identity is wrong, or has too few rights. */
  | 'files.forbidden'
  /** Asked several times, the place of the files was too busy each time. */
  | 'files.busy'
  /** Asked several times, it gave no answer. */
  | 'files.unreachable'
  | 'files.refused';

/** The place of the files cannot be used, or was asked for what it does not do. The code is stable; `cause` is the original error. */
export class FilesError extends Error {
  readonly code: FilesErrorCode;

  constructor(code: FilesErrorCode, message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = 'FilesError';
    this.code = code;
  }
}
