/** A fake desk behind a real server on loopback, and raw requests to it. */
import { connect, type Socket } from 'node:net';
import type {
  DownloadDesk,
  LinkDoor,
  LinkOffer,
  OpenDownload,
  OpenUpload,
  UploadDesk,
} from '../../src/desk/ports/proof.ts';
import type { After, Readiness, WebBackend, WebLimits } from '../../src/web/ports.ts';
import type { Log } from '../../src/desk/ports/system.ts';
import { startWeb } from '../../src/web/server.ts';
import type { Web } from '../../src/web/server.ts';

export const LINK = 'eyJjIjoiQ1BPUi03RjNLOVEifQ.c2lnbmF0dXJl_-0';

/** What a browser sends that has exchanged the link. */
export const ENTERED = 'desk-browser=0123456789abcdefghijkl; desk-session=session-of-the-link';
/** What a link's page says before. */
export const OFFER: LinkOffer = {
  ok: true,
  language: 'en',
  person: 'Anna Ahlberg',
  minutesLeft: 30,
  sessionMinutes: 60,
  isEntered: false,
  browser: '0123456789abcdefghijkl',
  form: 'secret-of-the-form',
};

export const OPEN_UPLOAD: OpenUpload = {
  ok: true,
  language: 'en',
  person: 'Anna Ahlberg',
  claimId: 'CPOR-7F3K9Q',
  customerName: 'Contoso Ltd',
  maxBytes: 25 * 1024 * 1024,
  filesLeft: 18,
  noneLeft: 'tooMany',
  accepted: ['pdf', 'docx', 'xlsx', 'pptx', 'png', 'jpeg'],
  alreadyThere: [],
};

export interface LogEntry {
  readonly level: 'info' | 'warn' | 'error';
  readonly fields: object;
  readonly sentence: string;
}

/** Every request is let in. */
export const ADMITTED = { kind: 'admitted', admission: { proof: undefined } } as const;
export const READY: Readiness = { store: true, files: true, pair: true, keys: true };

/** One that signs, and one that signed before. */
export const SIGNING_KEYS = [
  { id: 'b'.repeat(12), publicKey: `${'B'.repeat(42)}A=`, from: Date.UTC(2026, 5, 1) },
  { id: 'a'.repeat(12), publicKey: `${'A'.repeat(43)}=`, from: Date.UTC(2026, 0, 31), until: Date.UTC(2026, 5, 1) },
];

/** What a test replaces in the fake desk; every other part answers with success and does nothing. */
export interface TestBackend {
  readonly onlyLocal?: boolean;
  publicUrl?: string;
  hstsSeconds?: number;
  authenticate?: WebBackend['authenticate'];
  messages?: WebBackend['messages'];
  uploads?: Partial<UploadDesk>;
  download?: DownloadDesk['open'];
  downloads?: Partial<DownloadDesk>;
  ready?: WebBackend['ready'];
  metrics?: WebBackend['metrics'];
  meters?: WebBackend['meters'];
  limits?: Partial<WebLimits>;
  after?: After;
}

export interface TestServer {
  readonly web: Web;
  readonly url: string;
  readonly log: readonly LogEntry[];
  /** As a browser that has exchanged the link. */
  get(path: string, headers?: Record<string, string>): Promise<Response>;
}

/** Opens a server on a free port of loopback. */
export async function openTestServer(backend: TestBackend = {}): Promise<TestServer> {
  const entries: LogEntry[] = [];
  const line = (level: LogEntry['level']) => (fields: object, sentence: string) =>
    void entries.push({ level, fields, sentence });
  const log: Log = { info: line('info'), warn: line('warn'), error: line('error') };
  const door: LinkDoor = {
    show: async () => OFFER,
    enter: async () => ({ ok: true, session: 'session-of-the-link', seconds: 600 }),
  };
  const web = await startWeb({
    host: '127.0.0.1',
    port: 0,
    backend: {
      authenticate: backend.authenticate ?? (async () => ADMITTED),
      messages: backend.messages ?? (async () => ({ status: 200 })),
      uploads: {
        ...door,
        open: async () => OPEN_UPLOAD,
        take: async (_link, name, bytes) => ({ ok: true, name, size: await sizeOf(bytes), kind: 'pdf' }),
        finish: async () => ({ ok: true }),
        ...backend.uploads,
      },
      downloads: {
        ...door,
        open: backend.download ?? (async () => ({ ok: false, problem: 'missing' })),
        ...backend.downloads,
      },
      signingKeys: () => SIGNING_KEYS,
      ready: backend.ready ?? (async () => READY),
      ...(backend.metrics && { metrics: backend.metrics }),
      ...(backend.meters && { meters: backend.meters }),
      log,
    },
    ...(backend.limits && { limits: backend.limits }),
    ...(backend.after && { after: backend.after }),
    publicUrl: () => backend.publicUrl ?? 'http://127.0.0.1',
    ...(backend.onlyLocal && { onlyLocal: true }),
    ...(backend.hstsSeconds !== undefined && { hstsSeconds: backend.hstsSeconds }),
  });
  const url = `http://127.0.0.1:${web.port}`;
  return {
    web,
    url,
    log: entries,
    get: (path, headers = {}) =>
      fetch(url + path, { headers: { connection: 'close', cookie: ENTERED, ...headers }, redirect: 'manual' }),
  };
}

export async function sizeOf(bytes: AsyncIterable<Uint8Array>): Promise<number> {
  let size = 0;
  for await (const chunk of bytes) size += chunk.length;
  return size;
}

export function fileOf(name: string, text: string, contentType = 'application/pdf'): OpenDownload {
  const bytes = Buffer.from(text);
  return {
    ok: true,
    name,
    contentType,
    size: bytes.length,
    bytes: (async function* () {
      yield bytes;
    })(),
  };
}

/** Timers that fire only when the test says so. */
export function heldTimer(): { after: After; runOut(ms: number): void; readonly running: () => number } {
  const timers = new Set<{ ms: number; then: () => void }>();
  return {
    after: (ms, then) => {
      const timer = { ms, then };
      timers.add(timer);
      return () => void timers.delete(timer);
    },
    runOut(ms) {
      for (const timer of [...timers]) {
        if (timer.ms !== ms) continue;
        timers.delete(timer);
        timer.then();
      }
    },
    running: () => timers.size,
  };
}

/** A promise and the function that resolves it. */
export function promised<Value = void>(): { readonly kept: Promise<Value>; readonly keep: (value: Value) => void } {
  const { promise, resolve } = Promise.withResolvers<Value>();
  return { kept: promise, keep: resolve };
}

export interface RawConnection {
  readonly socket: Socket;
  /** Everything that the server sends until the connection ends. */
  readonly heard: Promise<string>;
}

/** Opens a connection, sends exactly `text`, and listens. */
export function sendRaw(server: TestServer, text: string | Buffer): RawConnection {
  const socket = connect(server.web.port, '127.0.0.1');
  socket.write(text);
  const heard = new Promise<string>((resolve) => {
    let said = '';
    socket.on('data', (chunk) => (said += chunk.toString('utf8')));
    socket.on('error', () => resolve(said)).on('close', () => resolve(said));
  });
  return { socket, heard };
}
