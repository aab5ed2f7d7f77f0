/** What is said of a desk that did not start. */
import { DeskError } from '../domain/deskError.ts';

/**
 * What the operator can mend, in one sentence, or a list where several settings are wrong; anything else with its
 * trace.
 */
export function startupErrorText(error: unknown): string {
  if (isOfListening(error)) return listenFault(error);
  if (isNameless(error))
    return `HOST is "${error.hostname}", a name without an address; give one of this machine, or leave it out for 127.0.0.1`;
  const known = error instanceof DeskError || (error instanceof Error && 'code' in error);
  return known ? error.message : error instanceof Error ? (error.stack ?? error.message) : String(error);
}

/** As Node fails to listen on PORT of HOST. */
type ListenError = Error & { readonly code: string; readonly address: string; readonly port: number };

function isOfListening(error: unknown): error is ListenError {
  return (
    error instanceof Error &&
    'syscall' in error &&
    error.syscall === 'listen' &&
    'code' in error &&
    'address' in error &&
    'port' in error
  );
}

/**
 * How Node fails where HOST is an unknown name. Every other name is looked up where errors have messages of their own.
 */
function isNameless(error: unknown): error is Error & { readonly hostname: string } {
  return error instanceof Error && 'syscall' in error && error.syscall === 'getaddrinfo' && 'hostname' in error;
}

function listenFault({ code, address, port, message }: ListenError): string {
  switch (code) {
    case 'EADDRINUSE':
      return `PORT ${port} is taken by another program; set PORT to a free one, or end that program`;
    case 'EACCES':
      return `PORT ${port} may not be listened on by this user; set PORT to one above 1023`;
    case 'EADDRNOTAVAIL':
      return (
        `HOST is "${address}", which is no address of this machine; give one that it has, 0.0.0.0 for all of ` +
        'them, or leave it out for 127.0.0.1'
      );
    default:
      return `HOST "${address}" with PORT ${port} cannot be listened on: ${message}`;
  }
}
