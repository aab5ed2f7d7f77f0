/** A clamd of the tests: speaks INSTREAM on loopback or a unix socket, and misbehaves as it is told. */
import { createServer } from 'node:net';
import type { AddressInfo, Socket } from 'node:net';

/** What it does with a connection: `answer` sends text once all has come, the others misbehave. */
export type Behaviour =
  | { readonly kind: 'answer'; readonly text: string }
  /** Answers once all has come, in two pieces. */
  | { readonly kind: 'halting'; readonly text: string; readonly first: number }
  /** Takes everything and says nothing. */
  | { readonly kind: 'silent' }
  /** Closes the connection after that many bytes, with or without words. */
  | { readonly kind: 'cuts'; readonly after: number; readonly text?: string }
  /** Answers before the file has come. */
  | { readonly kind: 'hasty'; readonly text: string }
  /** Reads nothing. */
  | { readonly kind: 'deaf' }
  /** Answers with that many bytes. */
  | { readonly kind: 'endless'; readonly bytes: number };

export async function startClamdServer(path?: string) {
  const state = { behaviour: { kind: 'answer', text: 'stream: OK\0' } as Behaviour };
  /** The file of each connection, taken apart by its lengths; undefined where the protocol was not kept. */
  const files: (Buffer | undefined)[] = [];
  const sockets = new Set<Socket>();
  const server = createServer((socket) => {
    sockets.add(socket);
    socket.on('error', () => undefined).on('close', () => sockets.delete(socket));
    serve(socket, state.behaviour, files);
  });
  await new Promise<void>((resolve) => {
    if (path === undefined) server.listen(0, '127.0.0.1', resolve);
    else server.listen(path, resolve);
  });
  return {
    address: path === undefined ? { host: '127.0.0.1', port: (server.address() as AddressInfo).port } : { path },
    files,
    behave(behaviour: Behaviour) {
      state.behaviour = behaviour;
    },
    open: () => sockets.size,
    /** Keeps no process from ending. */
    unref: () => server.unref(),
    close: () =>
      new Promise<void>((resolve) => {
        for (const socket of sockets) socket.destroy();
        server.close(() => resolve());
      }),
  };
}

function serve(socket: Socket, behaviour: Behaviour, files: (Buffer | undefined)[]): void {
  let came = Buffer.alloc(0);
  if (behaviour.kind === 'deaf') {
    socket.pause();
    return;
  }
  if (behaviour.kind === 'hasty') socket.write(behaviour.text);
  if (behaviour.kind === 'endless') socket.write(Buffer.alloc(behaviour.bytes, 'x'));
  socket.on('data', (bytes: Buffer) => {
    if (socket.writableEnded) return;
    came = Buffer.concat([came, bytes]);
    if (came.toString('latin1') === 'zPING\0') return void socket.end('PONG\0');
    if (behaviour.kind === 'cuts' && came.length >= behaviour.after) return void socket.end(behaviour.text ?? '');
    const file = fileIn(came);
    if (file === 'more') return;
    files.push(file);
    if (behaviour.kind === 'answer') socket.end(behaviour.text);
    if (behaviour.kind === 'halting') {
      socket.write(behaviour.text.slice(0, behaviour.first));
      setImmediate(() => socket.end(behaviour.text.slice(behaviour.first)));
    }
  });
}

/** What came behind `zINSTREAM`, if its end has come. */
function fileIn(bytes: Buffer): Buffer | 'more' | undefined {
  const command = Buffer.from('zINSTREAM\0');
  if (bytes.length < command.length) return 'more';
  if (!bytes.subarray(0, command.length).equals(command)) return undefined;
  const pieces: Buffer[] = [];
  for (let at = command.length; at + 4 <= bytes.length; ) {
    const length = bytes.readUInt32BE(at);
    if (length === 0) return Buffer.concat(pieces);
    if (at + 4 + length > bytes.length) return 'more';
    pieces.push(bytes.subarray(at + 4, at + 4 + length));
    at += 4 + length;
  }
  return 'more';
}
