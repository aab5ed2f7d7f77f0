/** The HTTP server: its limits, and how it shuts down. Its routes are in routes.ts. */
import type { ServerResponse } from 'node:http';
import restify from 'restify';
import { readAssets } from './assets.ts';
import { foreignIn } from './localDoor.ts';
import { createSlots } from './messages/slots.ts';
import { LINK_LENGTH } from './pages/linkPage.ts';
import { WEB_LIMITS } from './ports.ts';
import type { After, WebBackend, WebLimits } from './ports.ts';
import { answerJson, headersOf, LAST_ANSWER } from './respond.ts';
import { addRoutes } from './routes.ts';

export interface WebOptions {
  readonly host: string;
  /** 0 takes any free port. */
  readonly port: number;
  readonly backend: WebBackend;
  /** The address under which the pages are reached; read at each use. */
  readonly publicUrl: () => string;
  /** For a desk that checks no signatures: requests of other hosts and origins are refused, see `localDoor.ts`. */
  readonly onlyLocal?: boolean;
  /**
   * For how many seconds browsers are to come by https only (HSTS). It is said where the public address is https, for
   * only then all that leads to the desk is; 0 or absent: never.
   */
  readonly hstsSeconds?: number;
  /** What differs from {@link WEB_LIMITS}. */
  readonly limits?: Partial<WebLimits>;
  /** The timer behind the limits that are not Node's own. */
  readonly after?: After;
}

export interface Web {
  readonly port: number;
  /** Reports not ready and takes no more activities; resolves when those in flight are answered. */
  drain(): Promise<void>;
  /** Takes no more connections, waits `drainMs` for running requests, then closes everything. */
  close(): Promise<void>;
  /** Closes every connection at once. */
  breakOff(): void;
}

const systemTimer: After = (ms, then) => {
  const timer = setTimeout(then, ms);
  return () => clearTimeout(timer);
};

/** Whether a Host header is empty, or a name or an address with or without a port. */
function isHost(host: string): boolean {
  return host === '' || (/^[\w.:[\]-]+$/.test(host) && URL.canParse(`http://${host}/`));
}

/** Starts the server; throws where the port is not available. */
export async function startWeb(options: WebOptions): Promise<Web> {
  const { backend, publicUrl, hstsSeconds = 0, after = systemTimer } = options;
  const limits = { ...WEB_LIMITS, ...options.limits };
  const assets = await readAssets();
  const server = restify.createServer({ name: '', maxParamLength: LINK_LENGTH });
  const http = server.server;
  http.requestTimeout = limits.requestMs;
  http.headersTimeout = limits.headersMs;
  http.timeout = limits.silenceMs;
  http.keepAliveTimeout = limits.keepAliveMs;
  http.maxHeadersCount = 100;
  // restify listens for upgrade requests and never answers them, so their sockets stay open. Without its listener they
  // are plain requests.
  http.removeAllListeners('upgrade');

  const running = new Set<ServerResponse>();
  const slots = createSlots(limits, after, (taken) => backend.meters?.inFlight(taken));
  let draining = false;
  let closing: Promise<void> | undefined;

  server.pre((request, response, next) => {
    if (hstsSeconds > 0 && publicUrl().startsWith('https:'))
      response.setHeader('Strict-Transport-Security', `max-age=${hstsSeconds}`);
    // restify parses Host and target together, outside any handler: one that cannot be parsed would crash the process.
    if (!(request.url ?? '').startsWith('/') || !isHost(request.headers.host ?? '')) {
      answerJson(response, 400, { error: 'badTarget' }, LAST_ANSWER);
      return next(false);
    }
    const foreign = options.onlyLocal && foreignIn(request, publicUrl());
    if (foreign) {
      backend.log.warn({ foreign }, 'Web request refused: it comes from elsewhere, and no bot is registered');
      answerJson(response, 403, { error: foreign }, LAST_ANSWER);
      return next(false);
    }
    running.add(response);
    if (draining) response.shouldKeepAlive = false;
    response.once('close', () => {
      running.delete(response);
      if (closing) setImmediate(() => http.closeIdleConnections());
    });
    return next();
  });
  server.on(
    'restifyError',
    (_request, response: restify.Response, error: { statusCode?: number }, done: () => void) => {
      const status = error.statusCode === 405 ? 405 : error.statusCode === 404 ? 404 : 500;
      const body = JSON.stringify({ error: status === 405 ? 'notAllowed' : status === 404 ? 'notFound' : 'fault' });
      response.sendRaw(status, body, { ...headersOf({ 'Content-Type': 'application/json; charset=utf-8' }) });
      done();
    },
  );

  addRoutes(server, { backend, assets, limits, after, slots, publicUrl, isDraining: () => draining });

  await new Promise<void>((resolve, reject) => {
    // restify re-emits every error of the listening socket; without a listener it would crash the process.
    server.on('error', (error: Error) => {
      backend.log.error({ error }, 'Web server failed');
      reject(error);
    });
    http.listen(options.port, options.host, () => {
      resolve();
    });
  });

  /** From now on every answer closes its connection. */
  function stopKeepAlive(): void {
    draining = true;
    for (const response of running) response.shouldKeepAlive = false;
  }

  function drain(): Promise<void> {
    stopKeepAlive();
    return slots.drain();
  }

  /** Closes once; later calls wait for the same end. */
  function close(): Promise<void> {
    stopKeepAlive();
    closing ??= new Promise<void>((resolve) => {
      const cancel = after(limits.drainMs, breakOff);
      http.close(() => {
        cancel();
        resolve();
      });
      http.closeIdleConnections();
    });
    return closing;
  }

  function breakOff(): void {
    http.closeAllConnections();
  }
  const address = http.address();
  return { port: typeof address === 'object' && address ? address.port : options.port, drain, close, breakOff };
}
