import { DeskError } from '../domain/deskError.ts';

export type FilesErrorCode =
  | 'files.badKey'
  /** A hand-over, or a file under a retention policy, cannot be removed. */
  | 'files.kept'
  /** The file was there a moment ago. */
  | 'files.missing'
  /** Another file has taken the place of the one that was being read. */
  | 'files.changed'
  | 'files.notWritable'
  | 'files.noHardLinks'
  | 'files.badEndpoint'
  | 'files.noContainer'
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
export class FilesError extends DeskError<FilesErrorCode> {}
