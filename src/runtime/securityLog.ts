/** Writes the security log: JSON lines beside those of the desk's own log, told apart by `"log":"security"`. */
import type { DestinationStream } from 'pino';
import { pino } from 'pino';
import type { SecurityLog } from '../desk/ports/securityLog.ts';
import { requestField } from './log.ts';
import { logOutputOf } from './logOutput.ts';

export interface SecurityLogOptions {
  /** A silent desk writes nothing. At every other level the security log is complete. */
  readonly isSilent: boolean;
  /** Where the lines go; standard output where it is left out. */
  readonly destination?: DestinationStream;
}

/** An id, a code or a word. Whatever else gets here may be what a person wrote. */
const HARMLESS = /^[\w.,:;@/+=-]{1,300}$/;

export function createSecurityLog({
  isSilent,
  destination = logOutputOf(process.stdout),
}: SecurityLogOptions): SecurityLog {
  const options = { level: isSilent ? 'silent' : 'info', base: { log: 'security' }, mixin: requestField };
  const lines = pino(options, destination);
  return {
    record(event) {
      lines.info(
        Object.fromEntries(Object.entries(event).map(([name, value]) => [name, harmlessId(value)])),
        'Recorded for the security log',
      );
    },
  };
}

function harmlessId(value: unknown): unknown {
  return typeof value === 'string' && HARMLESS.test(value) ? value : '…';
}
