import { DeskError } from '../domain/deskError.ts';

export type FilesErrorCode =
  | 'files.badKey'
  /** A hand-over, or a file under a retention policy, cannot be removed. */
  | 'files.kept'
  /** The file existed a moment ago. */
  | 'files.missing'
  /** The file was replaced while it was read. */
  | 'files.changed'
  | 'files.notWritable'
  /** The disk is full. */
  | 'files.full'
  | 'files.noHardLinks'
  | 'files.badEndpoint'
  | 'files.noContainer'
  /** The container is public. */
  | 'files.public'
  /** The key or the identity is wrong, or has too few rights. */
  | 'files.forbidden'
  /** The file store was too busy at every attempt. */
  | 'files.busy'
  /** The file store did not answer at any attempt. */
  | 'files.unreachable'
  | 'files.refused';

/** A call to the file store failed. The code is stable; `cause` is the original error. */
export class FilesError extends DeskError<FilesErrorCode> {}
