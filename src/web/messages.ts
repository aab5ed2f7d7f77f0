/** `POST /api/messages`: reads the activity and hands it over; says nothing of its own but short fixed refusals. */
import type { IncomingMessage, ServerResponse } from 'node:http';
import { readActivity, type BodyProblem } from './activityBody.ts';
import { answer, answerJson, LAST_ANSWER } from './answer.ts';
import type { After, WebDoors, WebLimits } from './ports.ts';

const STATUS: Readonly<Record<BodyProblem, number>> = {
  notJson: 400,
  notAnActivity: 400,
  tooSlow: 408,
  tooLarge: 413,
  wrongType: 415,
};

/** Takes one activity. Refuses what is no activity with 400, 408, 413 or 415; a fault behind the door is a bare 500. */
export async function takeMessage(
  request: IncomingMessage,
  response: ServerResponse,
  doors: Pick<WebDoors, 'messages' | 'log'>,
  limits: WebLimits,
  after: After,
): Promise<void> {
  const body = await readActivity(request, limits, after);
  if (!body.ok) {
    if (body.problem === 'gone') return;
    doors.log.warn({ problem: body.problem }, 'A message was refused: its body is no activity.');
    answerJson(response, STATUS[body.problem], { error: body.problem }, body.unread ? LAST_ANSWER : {});
    return;
  }
  // Node drops all but the first of several; whoever sends several does not get to choose which one is read.
  const reply = await doors.messages(body.activity, request.headersDistinct['authorization']?.join(', '));
  if (reply.body === undefined) answer(response, reply.status, '', {});
  else answerJson(response, reply.status, reply.body);
}
