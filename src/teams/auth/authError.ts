import { DeskError } from '../../domain/deskError.ts';

export type AuthErrorCode =
  /** A signed bot was given no app id, or no tenant that may use it. */
  | 'auth.noTenants'
  /** A request would have taken the bot's token to a service that is not of its cloud. */
  | 'auth.foreignService'
  /** The address of the channel's signing keys is not an https one. */
  | 'auth.insecureKeys'
  /** The channel refused to give its signing keys. */
  | 'auth.keysRefused'
  /** What the channel answered holds no signing keys, or is too large. */
  | 'auth.badKeys';

/** The bot and the channel cannot authenticate each other. The code is stable. */
export class AuthError extends DeskError<AuthErrorCode> {}
