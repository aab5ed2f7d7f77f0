/** `GET /metrics`: the metrics, for requests that carry the key. */
import { createHash, timingSafeEqual } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { answer, answerJson } from './respond.ts';
import type { MetricsSource } from './ports.ts';

const FORMAT = 'text/plain; version=0.0.4; charset=utf-8';

/** 404 where metrics are not exposed, 401 without the right key. */
export async function showMetrics(
  request: IncomingMessage,
  response: ServerResponse,
  metrics: MetricsSource | undefined,
): Promise<void> {
  if (!metrics) return answerJson(response, 404, { error: 'notFound' });
  if (metrics.key !== undefined && !isSame(request.headers.authorization ?? '', `Bearer ${metrics.key}`)) {
    return answerJson(response, 401, { error: 'unauthorized' }, { 'WWW-Authenticate': 'Bearer' });
  }
  answer(response, 200, await metrics.text(), { 'Content-Type': FORMAT });
}

/** Compares in constant time, whatever the lengths: of digests, which have one length. */
function isSame(given: string, expected: string): boolean {
  const digest = (text: string): Buffer => createHash('sha256').update(text).digest();
  return timingSafeEqual(digest(given), digest(expected));
}
