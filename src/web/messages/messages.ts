/** `POST /api/messages`: reads the activity and hands it over; says nothing of its own but short fixed refusals. */
import type { IncomingMessage, ServerResponse } from 'node:http';
import { readActivity } from './activityBody.ts';
import type { BodyProblem } from './activityBody.ts';
import { answer, answerJson, LAST_ANSWER } from '../respond.ts';
import type { Headers } from '../respond.ts';
import type { After, WebDoors, WebLimits } from '../ports.ts';
import type { Slot, Slots } from './turnSlots.ts';

const STATUS: Readonly<Record<BodyProblem, number>> = {
  notJson: 400,
  notAnActivity: 400,
  tooSlow: 408,
  tooLarge: 413,
  wrongType: 415,
  tooMany: 503,
};

/** Soon: another instance may have room at once. */
const COME_AGAIN: Headers = { ...LAST_ANSWER, 'Retry-After': '1' };

/** As much is read and thrown away behind a refusal, so that the connection can be used again. */
const SHORT = 64 * 1024;

type MessageDoors = Pick<WebDoors, 'turnAway' | 'messages' | 'meters' | 'log'>;

/**
 * Takes one activity. Who shows nothing that opens the door is answered at once: strangers take no place among the turns, and
 * none of their bodies is held or parsed. Refuses what is no activity with 400, 408, 413 or 415; a fault behind the door is a bare 500. Where there
 * is no room for one more, or the desk is about to close, the answer is 503 and the request is not read. There is no 429: behind
 * an ingress all senders come from one address, so nobody can be told that it was they who asked too often.
 */
export async function takeMessage(
  request: IncomingMessage,
  response: ServerResponse,
  doors: MessageDoors,
  limits: WebLimits,
  after: After,
  turns: Slots,
): Promise<void> {
  // Node drops all but the first of several; whoever sends several does not get to choose which one is read.
  const authorization = request.headersDistinct['authorization']?.join(', ');
  const refusal = await doors.turnAway(authorization);
  if (refusal) return answerJson(response, refusal.status, refusal.body, isShort(request) ? {} : LAST_ANSWER);
  const turn = turns.begin();
  if (!turn) return shed(response, doors);
  try {
    await takeTurn(request, response, doors, limits, after, turn, authorization);
  } finally {
    turn.end();
  }
}

async function takeTurn(
  request: IncomingMessage,
  response: ServerResponse,
  doors: MessageDoors,
  limits: WebLimits,
  after: After,
  turn: Slot,
  authorization: string | undefined,
): Promise<void> {
  const body = await readActivity(request, limits, after, turn);
  if (!body.ok) {
    if (body.problem === 'gone') return;
    if (body.problem === 'tooMany') return shed(response, doors);
    doors.log.warn({ problem: body.problem }, 'A message was refused: its body is no activity.');
    doors.meters?.activity('unread', 'refused', 0);
    answerJson(response, STATUS[body.problem], { error: body.problem }, body.unread ? LAST_ANSWER : {});
    return;
  }
  const reply = await doors.messages(body.activity, authorization);
  if (reply.body === undefined) answer(response, reply.status, '', {});
  else answerJson(response, reply.status, reply.body);
}

/** Whether the request says itself that its body is short. */
function isShort(request: IncomingMessage): boolean {
  return (
    Number(request.headers['content-length'] ?? (request.headers['transfer-encoding'] === undefined ? 0 : SHORT + 1)) <=
    SHORT
  );
}

function shed(response: ServerResponse, doors: MessageDoors): void {
  doors.log.warn({}, 'A message was asked to come again: there is no room for it now');
  doors.meters?.activity('unread', 'shed', 0);
  answerJson(response, STATUS.tooMany, { error: 'tooMany' }, COME_AGAIN);
}
