/** Every address that the desk answers, and what it answers with where something fails. */
import type { IncomingMessage, ServerResponse } from 'node:http';
import type restify from 'restify';
import type { Assets } from './assets.ts';
import { createLinkCookies } from './proof/cookies.ts';
import { takeMessage } from './messages/messages.ts';
import type { Slots } from './messages/slots.ts';
import { showMetrics } from './metrics.ts';
import { showAboutPage } from './pages/aboutPage.ts';
import { answerLinkPage } from './pages/linkPage.ts';
import type { After, WebBackend, WebLimits } from './ports.ts';
import { sendFile } from './proof/downloads.ts';
import { enter, showEntry } from './proof/linkEntry.ts';
import { answerUploadFault, finishUpload, showUploadPage, takeFile } from './proof/uploads.ts';
import { answerJson } from './respond.ts';

type Route = (request: restify.Request, response: restify.Response) => Promise<void>;
type Fault = (request: IncomingMessage, response: ServerResponse) => void;

export interface RouteParts {
  readonly backend: WebBackend;
  readonly assets: Assets;
  readonly limits: WebLimits;
  readonly after: After;
  readonly slots: Slots;
  /** The address under which the pages are reached. */
  readonly publicUrl: () => string;
  /** Whether the server is shutting down, and so no longer ready. */
  readonly isDraining: () => boolean;
}

function parameter(request: restify.Request, name: string): unknown {
  return (request.params as Record<string, unknown>)[name];
}

/** Adds every route to a server. */
export function addRoutes(server: restify.Server, parts: RouteParts): void {
  const { assets, backend } = parts;
  const guarded = guard(backend);
  const bareFault: Fault = (_request, response) => answerJson(response, 500, { error: 'fault' });
  addMessages(server, parts, guarded, bareFault);
  addProof(server, parts, guarded);
  server.get(
    '/about',
    guarded(
      async (request, response) => showAboutPage(request, response, backend.signingKeys(), assets.topPaths),
      bareFault,
    ),
  );
  server.get(
    '/about/keys',
    guarded(
      async (_request, response) =>
        answerJson(response, 200, { format: 'cpor-keys', formatVersion: 1, keys: backend.signingKeys() }),
      bareFault,
    ),
  );
  server.get(
    '/assets/:name',
    guarded(async (request, response) => assets.serve(parameter(request, 'name'), response), bareFault),
  );
  addOperations(server, parts, guarded, bareFault);
}

type Guard = (route: Route, fault: Fault) => Route;

/**
 * A route whose errors are logged and answered without details; once the answer has begun, the connection is closed.
 */
function guard(backend: WebBackend): Guard {
  const inRequest = (work: () => Promise<void>): Promise<void> =>
    backend.inRequest ? backend.inRequest(work) : work();
  return (route, fault) =>
    async function guardedRoute(request, response) {
      try {
        await inRequest(() => route(request, response));
      } catch (error) {
        backend.log.error({ error, method: request.method, route: request.getRoute().path }, 'Web request failed');
        if (response.headersSent) response.destroy();
        else fault(request, response);
      }
    };
}

function addMessages(
  server: restify.Server,
  { backend, limits, after, slots }: RouteParts,
  guarded: Guard,
  fault: Fault,
): void {
  server.post(
    '/api/messages',
    guarded((request, response) => takeMessage(request, response, backend, limits, after, slots), fault),
  );
}

/** Proof of execution: the pages of links, what the upload page sends, and downloads. */
function addProof(server: restify.Server, { backend, assets, after, publicUrl }: RouteParts, guarded: Guard): void {
  const cookies = createLinkCookies(publicUrl);
  const uploads = { kind: 'upload', folder: 'poe', door: backend.uploads } as const;
  const downloads = { kind: 'download', folder: 'poe-file', door: backend.downloads } as const;
  const pageFault: Fault = (request, response) => answerLinkPage(request, response, { problem: 'fault' }, assets.paths);
  const fileFault: Fault = (request, response) =>
    answerLinkPage(request, response, { problem: 'fault' }, assets.deepPaths);
  const link = (request: restify.Request): unknown => parameter(request, 'link');
  for (const entry of [uploads, downloads].map((one) => ({ ...one, cookies, publicUrl, assets: assets.paths }))) {
    server.get(
      `/${entry.folder}/:link`,
      guarded(
        (request, response) =>
          entry.kind === 'upload'
            ? showUploadPage(link(request), request, response, backend, entry)
            : showEntry(link(request), request, response, entry),
        pageFault,
      ),
    );
    server.post(
      `/${entry.folder}/:link`,
      guarded((request, response) => enter(link(request), request, response, entry), pageFault),
    );
  }
  const parts = { backend, cookies, publicUrl };
  server.put(
    '/poe/:link/files',
    guarded((request, response) => takeFile(link(request), request, response, parts, after), answerUploadFault),
  );
  server.post(
    '/poe/:link/finish',
    guarded((request, response) => finishUpload(link(request), request, response, parts), answerUploadFault),
  );
  server.get(
    '/poe-file/:link/file',
    guarded(
      (request, response) => sendFile(link(request), request, response, backend, cookies, assets.deepPaths),
      fileFault,
    ),
  );
}

/** Health, readiness and metrics, for operators. */
function addOperations(
  server: restify.Server,
  { backend, isDraining }: RouteParts,
  guarded: Guard,
  fault: Fault,
): void {
  server.get(
    '/healthz',
    guarded(async (_request, response) => answerJson(response, 200, { ok: true }), fault),
  );
  server.get(
    '/readyz',
    guarded(async (_request, response) => {
      const parts = await backend.ready();
      const ok = !isDraining() && parts.store && parts.files && parts.pair && parts.keys;
      answerJson(response, ok ? 200 : 503, { ok, ...parts });
    }, fault),
  );
  server.get(
    '/metrics',
    guarded((request, response) => showMetrics(request, response, backend.metrics), fault),
  );
}
