/** `GET /metrics`: what was measured, for who shows the key. */
import { createHash, timingSafeEqual } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { answer, answerJson } from './respond.ts';
import type { MetricsDoor } from './ports.ts';

const FORMAT = 'text/plain; version=0.0.4; charset=utf-8';

/** Without a door there is nothing here (404); without the key nothing is said (401). */
export async function showMetrics(
  request: IncomingMessage,
  response: ServerResponse,
  door: MetricsDoor | undefined,
): Promise<void> {
  if (!door) return answerJson(response, 404, { error: 'notFound' });
  if (door.key !== undefined && !isSame(request.headers.authorization ?? '', `Bearer ${door.key}`)) {
    return answerJson(response, 401, { error: 'unauthorized' }, { 'WWW-Authenticate': 'Bearer' });
  }
  answer(response, 200, await door.text(), { 'Content-Type': FORMAT });
}

/** Takes as long whatever differs, and however long the texts are. */
function isSame(shown: string, wanted: string): boolean {
  const digest = (text: string): Buffer => createHash('sha256').update(text).digest();
  return timingSafeEqual(digest(shown), digest(wanted));
}
