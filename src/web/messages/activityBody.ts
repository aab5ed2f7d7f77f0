/**
 * Reads the body of an activity from the channel. restify's own body parsers are not used: invalid gzip crashes their
 * process, and their limit counts compressed bytes.
 */
import type { IncomingMessage } from 'node:http';
import type { After } from '../ports.ts';
import type { Slot } from './slots.ts';
import { isObject } from '../../shared/objects.ts';

/** `tooMany`: all bodies together are too much to hold in memory. */
export type BodyProblem = 'notJson' | 'notAnActivity' | 'tooSlow' | 'tooLarge' | 'wrongType' | 'tooMany';

export type ActivityBody =
  | { readonly ok: true; readonly activity: Record<string, unknown> }
  /** `unread`: the rest of the request is still in the connection. */
  | { readonly ok: false; readonly problem: BodyProblem; readonly unread: boolean }
  | { readonly ok: false; readonly problem: 'gone' };

/** JSON nested deeper than this is no activity; it would only exhaust the stack of recursive code. */
const MAX_DEPTH = 100;

/**
 * The activity in a request's body: uncompressed UTF-8 JSON, an object whose `type` is a string. Bytes are counted as
 * they arrive. A body over the limit is read on for a while and thrown away, so that the client can receive the answer.
 */
export function readActivity(
  request: IncomingMessage,
  limits: { readonly activityBytes: number; readonly activityMs: number },
  after: After,
  slot: Pick<Slot, 'bodyStarted' | 'bodyGrew' | 'bodyEnded'>,
): Promise<ActivityBody> {
  if (request.destroyed) return Promise.resolve({ ok: false, problem: 'gone' });
  if (!isPlainJson(request)) return Promise.resolve({ ok: false, problem: 'wrongType', unread: true });
  const announced = Number(request.headers['content-length'] ?? 0);
  if (announced > 2 * limits.activityBytes) return Promise.resolve({ ok: false, problem: 'tooLarge', unread: true });

  return new Promise((resolve) => {
    const chunks: Buffer[] = [];
    let size = 0;
    const cancel = after(limits.activityMs, () => settle({ ok: false, problem: 'tooSlow', unread: true }));
    slot.bodyStarted((problem) => settle({ ok: false, problem, unread: true }));

    function settle(body: ActivityBody): void {
      cancel();
      slot.bodyEnded();
      request.off('data', onData).off('end', onEnd).off('close', onClose);
      request.pause();
      resolve(body);
    }
    function onData(chunk: Buffer): void {
      size += chunk.length;
      if (size <= limits.activityBytes) chunks.push(chunk);
      else chunks.length = 0;
      slot.bodyGrew(chunk.length);
      if (size > 2 * limits.activityBytes) settle({ ok: false, problem: 'tooLarge', unread: true });
    }
    function onEnd(): void {
      if (size > limits.activityBytes) settle({ ok: false, problem: 'tooLarge', unread: false });
      else settle(parseActivity(Buffer.concat(chunks)));
    }
    function onClose(): void {
      settle({ ok: false, problem: 'gone' });
    }
    request.on('data', onData).on('end', onEnd).on('close', onClose).on('error', onClose);
  });
}

function isPlainJson(request: IncomingMessage): boolean {
  const encoding = request.headers['content-encoding'];
  if (encoding !== undefined && encoding !== 'identity') return false;
  return /^application\/json\s*(?:;|$)/i.test(request.headers['content-type'] ?? '');
}

function parseActivity(bytes: Buffer): ActivityBody {
  let value: unknown;
  try {
    value = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes));
  } catch {
    return { ok: false, problem: 'notJson', unread: false };
  }
  if (!isObject(value) || typeof value['type'] !== 'string' || !makePlain(value)) {
    return { ok: false, problem: 'notAnActivity', unread: false };
  }
  return { ok: true, activity: value };
}

/**
 * Removes every `__proto__` from parsed JSON, where it is an ordinary key that becomes a prototype when it is copied by
 * assignment. Works level by level, not recursively, as the sender chooses the depth. False if it is too deep.
 */
function makePlain(root: object): boolean {
  let level: object[] = [root];
  for (let depth = 0; level.length > 0; depth += 1) {
    if (depth > MAX_DEPTH) return false;
    const next: object[] = [];
    for (const parent of level) {
      if (Object.hasOwn(parent, '__proto__')) Reflect.deleteProperty(parent, '__proto__');
      for (const child of Object.values(parent) as unknown[]) {
        if (typeof child === 'object' && child !== null) next.push(child);
      }
    }
    level = next;
  }
  return true;
}
