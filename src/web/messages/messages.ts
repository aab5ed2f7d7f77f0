/** `POST /api/messages`: reads the activity and hands it to the channel. Its own answers are short fixed errors. */
import type { IncomingMessage, ServerResponse } from 'node:http';
import { readActivity } from './activityBody.ts';
import type { BodyProblem } from './activityBody.ts';
import { answer, answerJson, LAST_ANSWER } from '../respond.ts';
import type { Headers } from '../respond.ts';
import type { Admission, After, WebBackend, WebLimits } from '../ports.ts';
import type { Slot, Slots } from './slots.ts';

const STATUS: Readonly<Record<BodyProblem, number>> = {
  notJson: 400,
  notAnActivity: 400,
  tooSlow: 408,
  tooLarge: 413,
  wrongType: 415,
  tooMany: 503,
};

/** A short time: another instance may have a free slot at once. */
const RETRY_SOON: Headers = { ...LAST_ANSWER, 'Retry-After': '1' };

/** A body up to this size is read and thrown away after a rejection, so that the connection can be reused. */
const MAX_DISCARDED_BYTES = 64 * 1024;

type MessageBackend = Pick<WebBackend, 'authenticate' | 'messages' | 'meters' | 'log'>;

/**
 * Processes one activity. Without valid authentication the answer comes at once: such a request takes no slot, and its
 * body is neither held nor parsed. A malformed body gets 400, 408, 413 or 415; an unexpected error gets 500 without
 * details. When no slot is free, or the desk is shutting down, the answer is 503 and the body is not read. There is no
 * 429: behind an ingress all senders have one address, so no single sender can be told that it sent too much.
 */
export async function takeMessage(
  request: IncomingMessage,
  response: ServerResponse,
  backend: MessageBackend,
  limits: WebLimits,
  after: After,
  slots: Slots,
): Promise<void> {
  // Of several headers Node keeps only the first; joined, they are rejected rather than one of them chosen.
  const authorization = request.headersDistinct['authorization']?.join(', ');
  const authenticated = await backend.authenticate(authorization);
  if (authenticated.kind === 'rejected') {
    const { status, body } = authenticated.response;
    return answerJson(response, status, body, isShort(request) ? {} : LAST_ANSWER);
  }
  const slot = slots.acquire();
  if (!slot) return shed(response, backend);
  try {
    await processActivity(request, response, backend, limits, after, slot, authenticated.admission);
  } finally {
    slot.release();
  }
}

async function processActivity(
  request: IncomingMessage,
  response: ServerResponse,
  backend: MessageBackend,
  limits: WebLimits,
  after: After,
  slot: Slot,
  admission: Admission,
): Promise<void> {
  const body = await readActivity(request, limits, after, slot);
  if (!body.ok) {
    if (body.problem === 'gone') return;
    if (body.problem === 'tooMany') return shed(response, backend);
    backend.log.warn({ problem: body.problem }, 'Message rejected: malformed body');
    backend.meters?.activity('unread', 'refused', 0);
    answerJson(response, STATUS[body.problem], { error: body.problem }, body.unread ? LAST_ANSWER : {});
    return;
  }
  const reply = await backend.messages(body.activity, admission);
  if (reply.body === undefined) answer(response, reply.status, '', {});
  else answerJson(response, reply.status, reply.body);
}

/** Whether the request announces a short body. */
function isShort(request: IncomingMessage): boolean {
  return (
    Number(
      request.headers['content-length'] ??
        (request.headers['transfer-encoding'] === undefined ? 0 : MAX_DISCARDED_BYTES + 1),
    ) <= MAX_DISCARDED_BYTES
  );
}

function shed(response: ServerResponse, backend: MessageBackend): void {
  backend.log.warn({}, 'Message shed: too many in flight');
  backend.meters?.activity('unread', 'shed', 0);
  answerJson(response, STATUS.tooMany, { error: 'tooMany' }, RETRY_SOON);
}
