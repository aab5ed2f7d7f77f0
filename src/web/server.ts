/** The HTTP server: which path goes to which door, what it puts up with, and how it stops. */
import type { IncomingMessage, ServerResponse } from 'node:http';
import restify from 'restify';
import { showAboutPage } from './aboutPage.ts';
import { answerJson, headersOf, LAST_ANSWER } from './answer.ts';
import { readAssets } from './assets.ts';
import { sendFile } from './downloads.ts';
import { answerLinkPage, LINK_LENGTH } from './linkPage.ts';
import { takeMessage } from './messages.ts';
import { WEB_LIMITS, type After, type WebDoors, type WebLimits } from './ports.ts';
import { answerUploadFault, finishUpload, showUploadPage, takeFile } from './uploads.ts';

export interface WebOptions {
  readonly host: string;
  /** 0 takes any free port. */
  readonly port: number;
  readonly doors: WebDoors;
  /** What differs from {@link WEB_LIMITS}. */
  readonly limits?: Partial<WebLimits>;
  /** The timer behind the limits that are not Node's own. */
  readonly after?: After;
}

export interface Web {
  readonly port: number;
  /** Takes no more connections, lets running requests finish for a bounded time, then closes everything. */
  close(): Promise<void>;
}

/** The machine's own timer. */
const onTimer: After = (ms, then) => {
  const timer = setTimeout(then, ms);
  return () => clearTimeout(timer);
};

function parameter(request: restify.Request, name: string): unknown {
  return (request.params as Record<string, unknown>)[name];
}

type Route = (request: restify.Request, response: restify.Response) => Promise<void>;
type Fault = (request: IncomingMessage, response: ServerResponse) => void;

/** Starts the server; fails where the port cannot be had. */
export async function startWeb(options: WebOptions): Promise<Web> {
  const { doors, after = onTimer } = options;
  const limits = { ...WEB_LIMITS, ...options.limits };
  const assets = await readAssets();
  const server = restify.createServer({ name: '', maxParamLength: LINK_LENGTH });
  const http = server.server;
  http.requestTimeout = limits.requestMs;
  http.headersTimeout = limits.headersMs;
  http.timeout = limits.silenceMs;
  http.keepAliveTimeout = limits.keepAliveMs;
  http.maxHeadersCount = 100;
  // restify listens for upgrades and leaves them unanswered, which keeps their sockets for good. Unheard, they are plain requests.
  http.removeAllListeners('upgrade');

  const running = new Set<ServerResponse>();
  let closing: Promise<void> | undefined;

  server.pre((request, response, next) => {
    // restify parses an absolute target such as `http://a:b/` with a parser that throws, outside of any handler.
    if (!(request.url ?? '').startsWith('/')) {
      answerJson(response, 400, { error: 'badTarget' }, LAST_ANSWER);
      return next(false);
    }
    running.add(response);
    if (closing) response.shouldKeepAlive = false;
    response.once('close', () => {
      running.delete(response);
      if (closing) setImmediate(() => http.closeIdleConnections());
    });
    return next();
  });
  server.on('restifyError', (_request, response: restify.Response, error: { statusCode?: number }, done: () => void) => {
    const status = error.statusCode === 405 ? 405 : error.statusCode === 404 ? 404 : 500;
    const body = JSON.stringify({ error: status === 405 ? 'notAllowed' : status === 404 ? 'notFound' : 'fault' });
    response.sendRaw(status, body, { ...headersOf({ 'Content-Type': 'application/json; charset=utf-8' }) });
    done();
  });

  /** A route whose fault is logged and answered with no detail; where the answer has begun, the connection is broken off. */
  const guarded = (route: Route, fault: Fault): Route =>
    async function guardedRoute(request, response) {
      try {
        await route(request, response);
      } catch (error) {
        doors.log.error({ err: error, method: request.method, route: request.getRoute().path }, 'A web request failed.');
        if (response.headersSent) response.destroy();
        else fault(request, response);
      }
    };
  const bareFault: Fault = (_request, response) => answerJson(response, 500, { error: 'fault' });
  const pageFault: Fault = (request, response) => answerLinkPage(request, response, { problem: 'fault' }, assets.paths);

  server.post('/api/messages', guarded((request, response) => takeMessage(request, response, doors, limits, after), bareFault));
  server.get('/poe/:link', guarded((request, response) => showUploadPage(parameter(request, 'link'), request, response, doors, assets.paths), pageFault));
  server.put('/poe/:link/files', guarded((request, response) => takeFile(parameter(request, 'link'), request, response, doors), answerUploadFault));
  server.post('/poe/:link/finish', guarded((request, response) => finishUpload(parameter(request, 'link'), request, response, doors), answerUploadFault));
  server.get('/poe-file/:link', guarded((request, response) => sendFile(parameter(request, 'link'), request, response, doors, assets.paths), pageFault));
  server.get('/about', guarded(async (request, response) => showAboutPage(request, response, assets.topPaths), bareFault));
  server.get('/assets/:name', guarded(async (request, response) => assets.serve(parameter(request, 'name'), response), bareFault));
  server.get('/healthz', guarded(async (_request, response) => answerJson(response, 200, { ok: true }), bareFault));
  server.get('/readyz', guarded(async (_request, response) => {
    const ready = closing === undefined && (await doors.ready().catch(() => false));
    answerJson(response, ready ? 200 : 503, { ok: ready });
  }, bareFault));

  await new Promise<void>((resolve, reject) => {
    // restify passes every fault of the listening socket on, and one that nobody hears ends the process.
    server.on('error', (error: Error) => {
      doors.log.error({ err: error }, 'The web server has a fault.');
      reject(error);
    });
    http.listen(options.port, options.host, () => {
      resolve();
    });
  });

  /** Closes once; whoever asks again waits for the same end. */
  function close(): Promise<void> {
    closing ??= new Promise<void>((resolve) => {
      const cancel = after(limits.drainMs, () => http.closeAllConnections());
      http.close(() => {
        cancel();
        resolve();
      });
      http.closeIdleConnections();
      for (const response of running) response.shouldKeepAlive = false;
    });
    return closing;
  }
  const address = http.address();
  return { port: typeof address === 'object' && address ? address.port : options.port, close };
}
