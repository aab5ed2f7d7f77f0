/**
 * The scanner port on clamd, by TCP or a unix socket: its command INSTREAM gets the bytes, so it needs no access to the
 * files.
 */
import { connect } from 'node:net';
import type { Socket } from 'node:net';
import { setImmediate as nextTurn } from 'node:timers/promises';
import type { Files } from '../../desk/ports/files.ts';
import type { ScanAnswer, Scanner } from '../../desk/ports/scanner.ts';
import { MAX_THREAT_LENGTH } from '../../desk/ports/scanner.ts';
import type { ClamdAddress } from '../../shared/clamdAddress.ts';

export interface ClamdOptions {
  readonly address: ClamdAddress;
  readonly files: Pick<Files, 'open'>;
  /** How long one scan may take from the connection to the answer, in milliseconds; 30,000 by default. */
  readonly scanMs?: number;
}

/** Shorter than a browser waits for the answer to an upload; a file that takes longer is asked about by the sweep. */
const SCAN_MS = 30_000;
const READY_MS = 2_000;
/** Signatures change by the day: what was clean is looked through again when it is opened later. */
const RECHECK_MS = 86_400_000;
const MAX_PIECE = 64 * 1024;
/** The longest answer that is read, in characters; clamd's have some dozens. */
const MAX_ANSWER = 4_096;

/** The scanner of a desk that has a clamd. Connects for each file anew. */
export function createClamd({ address, files, scanMs = SCAN_MS }: ClamdOptions): Scanner {
  return {
    name: 'clamd',
    isPrompt: true,
    recheckMs: RECHECK_MS,
    async look(key) {
      const end = AbortSignal.timeout(scanMs);
      try {
        const file = await files.open(key);
        if (!file) return { kind: 'unknown', problem: 'missing' };
        return await scan(address, file.bytes, file.size, end);
      } catch {
        return { kind: 'unknown', problem: end.aborted ? 'stalled' : 'unreachable' };
      }
    },
    async ready() {
      const socket = opened(address);
      try {
        socket.write('zPING\0');
        return (await answerOf(socket, AbortSignal.timeout(READY_MS), () => true)).text === 'PONG';
      } catch {
        return false;
      } finally {
        socket.destroy();
      }
    },
  };
}

function opened(address: ClamdAddress): Socket {
  const socket = 'path' in address ? connect(address.path) : connect(address.port, address.host);
  // Told by the promises of those who read and write.
  socket.on('error', () => undefined);
  return socket;
}

interface Answer {
  readonly text: string;
  /** It began before all of the file was sent: no verdict of the whole. */
  readonly isEarly: boolean;
  /** It ended as clamd's answers do, with a NUL. */
  readonly isWhole: boolean;
}

/** What clamd says, up to the NUL, the end of the connection, or the longest answer. Throws where it says nothing. */
async function answerOf(socket: Socket, end: AbortSignal, isAllSent: () => boolean): Promise<Answer> {
  const { promise, resolve, reject } = Promise.withResolvers<Answer>();
  let text = '';
  let isEarly = false;
  const finish = (): void => {
    if (text === '') reject(new Error('clamd closed the connection'));
    else resolve({ text, isEarly, isWhole: false });
  };
  socket.on('data', (bytes: Buffer) => {
    if (text === '') isEarly = !isAllSent();
    text += bytes.toString('latin1');
    const nul = text.indexOf('\0');
    if (nul >= 0) resolve({ text: text.slice(0, nul), isEarly, isWhole: true });
    else if (text.length > MAX_ANSWER) resolve({ text, isEarly, isWhole: false });
  });
  socket.once('end', finish);
  socket.once('close', finish);
  end.addEventListener('abort', () => reject(new Error('clamd did not answer in time')), { once: true });
  return promise;
}

async function scan(
  address: ClamdAddress,
  bytes: AsyncIterable<Uint8Array>,
  size: number,
  end: AbortSignal,
): Promise<ScanAnswer> {
  const socket = opened(address);
  const state = { sent: 0, isAllSent: false, isOver: false };
  try {
    const answered = answerOf(socket, end, () => state.isAllSent).finally(() => {
      state.isOver = true;
    });
    answered.catch(() => undefined);
    const wrote = send(socket, bytes, state, end);
    let answer: Answer;
    try {
      answer = await Promise.race([answered, wrote.then(() => answered)]);
    } catch (error) {
      // The file could not be read. Where clamd broke off, at its size limit for one, its answer says more.
      if (socket.writable) throw error;
      answer = await answered;
    }
    return verdictOf(answer, state.sent === size);
  } finally {
    socket.destroy();
  }
}

/** Sends the file in pieces, each behind its length, and the empty one that ends it. */
async function send(
  socket: Socket,
  bytes: AsyncIterable<Uint8Array>,
  state: { sent: number; isAllSent: boolean; readonly isOver: boolean },
  end: AbortSignal,
): Promise<void> {
  await written(socket, Buffer.from('zINSTREAM\0'), end);
  for await (const chunk of bytes) {
    for (let from = 0; from < chunk.length; from += MAX_PIECE) {
      if (state.isOver) return;
      const piece = chunk.subarray(from, from + MAX_PIECE);
      await written(socket, Buffer.concat([lengthOf(piece.length), piece]), end);
      state.sent += piece.length;
      // So that an answer which comes too early is seen before the end is sent.
      await nextTurn();
    }
  }
  await written(socket, lengthOf(0), end);
  state.isAllSent = true;
}

function lengthOf(bytes: number): Buffer {
  const length = Buffer.alloc(4);
  length.writeUInt32BE(bytes);
  return length;
}

/** Waits until the connection has taken the bytes; throws where it breaks or takes too long. */
async function written(socket: Socket, bytes: Buffer, end: AbortSignal): Promise<void> {
  const { promise, resolve, reject } = Promise.withResolvers<undefined>();
  socket.write(bytes, (error) => {
    if (error) reject(error);
    else resolve(undefined);
  });
  const aborted = (): void => reject(new Error('clamd took the file too slowly'));
  if (end.aborted) aborted();
  end.addEventListener('abort', aborted, { once: true });
  try {
    await promise;
  } finally {
    end.removeEventListener('abort', aborted);
  }
}

/** `OK` counts only for the whole file, and in a whole answer. */
function verdictOf({ text, isEarly, isWhole }: Answer, isSize: boolean): ScanAnswer {
  if (isWhole && !isEarly && isSize && text === 'stream: OK') return { kind: 'clean' };
  const found = /^stream: (.+) FOUND$/s.exec(text)?.[1];
  if (isWhole && found !== undefined) {
    const threat = found.replace(/[^\x20-\x7e]/g, '').slice(0, MAX_THREAT_LENGTH);
    return { kind: 'malicious', ...(threat !== '' && { threat }) };
  }
  return { kind: 'unknown', problem: /size limit exceeded/i.test(text) ? 'tooLarge' : 'garbled' };
}
