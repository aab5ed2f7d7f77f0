/** Where lines of the log go: never in the way of the desk, whatever becomes of the file or of who reads the pipe. */
import { fstatSync, writeSync } from 'node:fs';
import type { Writable } from 'node:stream';
import { setTimeout as pause } from 'node:timers/promises';
import type { DestinationStream } from 'pino';
import { errnoOf } from '../shared/errno.ts';
import { systemClock } from './clock.ts';

/** A stream of the process: standard output or standard error. */
export type ProcessStream = Writable & { readonly fd: number };

export interface LogOutput extends DestinationStream {
  /** Resolves when nothing waits to be written any more, or after `maxMs`, whichever comes first. */
  end(maxMs: number): Promise<void>;
}

/** Bytes that wait for a reader who does not read; beyond these, lines are lost. */
const MAX_WAITING = 4 * 1_024 * 1_024;
const LOOK_MS = 10;
const WARN = 40;

const outputs = new Map<number, LogOutput>();

/**
 * Writes lines to a stream of the process; one for each stream. A line that cannot be written is lost and counted: the
 * disk is full, no one reads the pipe any more, or too much waits for one who does not. When there is room again, a
 * line says how many were lost. Nothing here throws.
 */
export function logOutputOf(stream: ProcessStream): LogOutput {
  const known = outputs.get(stream.fd) ?? createLogOutput(stream);
  outputs.set(stream.fd, known);
  return known;
}

/** The same, for a stream of its own. */
export function createLogOutput(stream: ProcessStream): LogOutput {
  const write = isPipe(stream.fd) ? toPipe(stream) : toFile(stream.fd);
  let lost = 0;
  return {
    write(line) {
      if (lost > 0 && write(lossLine(lost))) lost = 0;
      if (!write(line)) lost += 1;
    },
    async end(maxMs) {
      const late = AbortSignal.timeout(maxMs);
      while (stream.writableLength > 0 && !stream.destroyed && !late.aborted) await pause(LOOK_MS);
    },
  };
}

type Write = (line: string) => boolean;

/** Node writes to a pipe when its reader reads, and keeps the rest in memory. */
function toPipe(stream: ProcessStream): Write {
  // Without a listener an error of the stream would end the process.
  stream.on('error', () => undefined);
  return (line) => {
    if (stream.destroyed || !stream.writable || stream.writableLength > MAX_WAITING) return false;
    stream.write(line);
    return true;
  };
}

/** To a file or a terminal at once, so that nothing of it is missing when the process ends. */
function toFile(fd: number): Write {
  let isTorn = false;
  return (line) => {
    const bytes = Buffer.from(isTorn ? `\n${line}` : line);
    let done = 0;
    try {
      while (done < bytes.length) done += writeSync(fd, bytes, done);
    } catch (error) {
      if (errnoOf(error) === undefined) throw error;
    }
    isTorn = done < bytes.length && (isTorn || done > 0);
    return done === bytes.length;
  };
}

/** As pino writes its lines. */
function lossLine(lines: number): string {
  const line = { level: WARN, time: systemClock.now(), pid: process.pid, lines, msg: 'Lines of the log were lost' };
  return `${JSON.stringify(line)}\n`;
}

function isPipe(fd: number): boolean {
  try {
    const stats = fstatSync(fd);
    return stats.isFIFO() || stats.isSocket();
  } catch {
    return false;
  }
}
