/** Teams: who speaks, what a press means, how fast the desk may write, and what an answer of Teams means. */
import type { Mutant } from '../mutant.ts';

const OUTCOME = ['test/teams/connector.test.ts', 'test/walks/connector.test.ts'];
const LIMITER = ['test/teams/limiter.test.ts'];
const DOOR = ['test/teams/door.test.ts', 'test/teams/doorKeys.test.ts', 'test/teams/hostileDoor.test.ts'];

export const teams: readonly Mutant[] = [
  {
    name: 'blocked-is-busy', what: 'Somebody who has blocked the bot is written to for a week.', rule: 'R45',
    file: 'src/teams/outcome.ts', find: "if (statusCode === 403) return { sent: { kind: 'unreachable', reason: FORBIDDEN[code] ?? 'notInstalled' } };", put: "if (statusCode === 403) return { sent: { kind: 'tryLater', reason: 'http403' } };", tests: OUTCOME,
  },
  {
    name: 'missing-is-dead', what: 'A card that somebody deleted is never posted again.', rule: 'R47',
    file: 'src/teams/outcome.ts', find: 'statusCode === 404 || statusCode === 410 || MISSING.has(code)', put: 'statusCode === 410', tests: OUTCOME,
  },
  {
    name: 'fault-is-final', what: 'What Teams could not take for a moment is never told.', rule: 'R47',
    file: 'src/teams/outcome.ts', find: 'if (LATER.has(statusCode) || statusCode >= 500)', put: 'if (LATER.has(statusCode) || statusCode > 500)', tests: OUTCOME,
  },
  {
    name: 'retry-after-ignored', what: 'Teams turns the desk away, and the desk comes back too early.', rule: 'R47',
    file: 'src/teams/outcome.ts', find: "const after = headers?.get?.('retry-after')?.trim() ?? '';", put: "const after = headers?.get?.('x-retry-after')?.trim() ?? '';", tests: OUTCOME,
  },
  {
    name: 'silence-sent-again', what: 'A message that Teams took without saying so stands there twice.', rule: 'R47',
    file: 'src/teams/connector.ts', find: "{ sent: { kind: 'tryLater', reason: 'noAnswer' } };", put: "{ sent: { kind: 'tryLater', reason: 'noAnswer' }, remedy: 'again' };", tests: OUTCOME,
  },
  {
    name: 'silence-is-loss', what: 'Everybody counts as unreachable after an hour in which Teams was slow.', rule: 'R45',
    file: 'src/teams/connector.ts', find: "{ sent: { kind: 'tryLater', reason: 'noAnswer' } };", put: "{ sent: { kind: 'unreachable', reason: 'conversationLost' } };", tests: OUTCOME,
  },
  {
    name: 'limit-one-too-many', what: 'The desk writes once more than Teams allows, and is turned away.', rule: 'R47',
    file: 'src/teams/limits.ts', find: 'sent.at(-most) ??', put: 'sent.at(-most - 1) ??', tests: LIMITER,
  },
  {
    name: 'tenant-not-counted', what: 'A flood over many chats is more than Teams allows the tenant.', rule: 'R47',
    file: 'src/teams/limiter.ts', find: 'count(tenant.sent, now, 1_000);', put: '', tests: LIMITER,
  },
  {
    name: 'one-chat-starves-others', what: 'Many lines in one thread keep everybody else waiting.', rule: 'R47',
    file: 'src/teams/limiter.ts', find: 'if (tenant.turns[rank].delete(lane)) tenant.turns[rank].add(lane);', put: '', tests: LIMITER,
  },
  {
    name: 'hold-not-kept', what: 'After having been turned away the desk goes on writing to the same chat.', rule: 'R47',
    file: 'src/teams/limiter.ts', find: 'lane.heldUntil = Math.max(lane.heldUntil, now + ms);', put: 'lane.heldUntil = now;', tests: LIMITER,
  },
  {
    name: 'answers-wait-in-line', what: 'Who presses a button waits until a flood of notices is over.', rule: 'R47',
    file: 'src/teams/limiter.ts', find: "const rank: Rank = first ? 'first' : 'then';", put: "const rank: Rank = first && withinMs < 0 ? 'first' : 'then';", tests: LIMITER,
  },
  {
    name: 'audience-unchecked', what: 'What Teams signed for another bot is taken for this one.', rule: 'only what Teams signed for this bot comes in',
    file: 'src/teams/channelToken.ts', find: 'issuer: cloud.issuer, audience: appId, clockTolerance', put: 'issuer: cloud.issuer, clockTolerance', tests: DOOR,
  },
  {
    name: 'token-good-for-ever', what: 'A token that was seen once opens the door after its end.', rule: 'only what Teams signed for this bot comes in',
    file: 'src/teams/channelToken.ts', find: 'return one.exp + SKEW_S > nowS() && (await', put: 'return (await', tests: DOOR,
  },
  {
    name: 'service-not-tied', what: 'A token of one service vouches for messages that name another.', rule: 'only what Teams signed for this bot comes in',
    file: 'src/teams/signedDoor.ts', find: "member(activity, 'serviceUrl') !== vouched.serviceUrl || ", put: '', tests: DOOR,
  },
  {
    name: 'unknown-tenant-let-in', what: 'People of a tenant that the operator has not named are let in.', rule: 'only what Teams signed for this bot comes in',
    file: 'src/teams/signedDoor.ts', find: "!tenants.includes(tenantOf(activity) ?? '')", put: "!tenants.includes(tenantOf(activity) ?? tenants[0] ?? '')", tests: DOOR,
  },
  {
    name: 'two-tenants-believed', what: 'Who names two tenants counts as a person of the one they chose.', rule: 'R3',
    file: 'src/teams/actor.ts', find: " && (conversationTenant === '' || conversationTenant === tenantId)", put: '', tests: ['test/walks/hostile.test.ts', 'test/teams/hostileDoor.test.ts'],
  },
  {
    name: 'refusal-told-as-done', what: 'Who may not decide reads in green that it was done.', rule: 'R32',
    file: 'src/teams/cardActions.ts', find: "const note = { tone: 'attention', text: refused(", put: "const note = { tone: 'good', text: refused(", tests: ['test/walks/presses.test.ts'],
  },
  {
    name: 'version-of-the-card-dropped', what: 'Every button counts for whatever the claim is by now, and twice when Teams delivers it twice.', rule: 'R57',
    file: 'src/teams/cardActions.ts', find: 'request, { seen: press.version })', put: 'request)', tests: ['test/walks/presses.test.ts'],
  },
  {
    name: 'message-of-any-thread', what: 'Deleting a message in one thread deletes a comment that was made in another.', rule: 'R33',
    file: 'src/teams/threadReplies.ts', find: 'return `${incoming.conversationId}/${incoming.id}`;', put: 'return incoming.id;', tests: ['test/walks/information.test.ts'],
  },
  {
    name: 'answered-before-all', what: 'What one asks the bot in a channel is answered before everybody there.', rule: 'R6',
    file: 'src/teams/bot.ts', find: 'if (incoming.personal || said.forAll) return reply(incoming, activity);', put: 'if (incoming.personal || said.forAll || incoming.mentionsBot) return reply(incoming, activity);', tests: ['test/walks/groupChat.test.ts'],
  },
  {
    name: 'leaving-not-noticed', what: 'Who has taken the bot out of their chat is written to all the same, until Teams says that nobody is there.', rule: 'R45',
    file: 'src/teams/bot.ts', find: 'else if (incoming.from.person) await desk.leave(incoming.from.person);', put: '', tests: ['test/walks/enrolment.test.ts', 'test/walks/consent.test.ts'],
  },
  {
    name: 'comment-mentions-everybody', what: "A comment with a mention's tag in it calls whom it names.", rule: 'no text of a person is markup',
    file: 'src/teams/messenger.ts', find: "text: text.replace(/<(?=at)/gi, '<\\u2060'), textFormat", put: 'text, textFormat', tests: ['test/teams/messenger.test.ts', 'test/walks/hostile.test.ts', 'test/teams/lines.test.ts'],
  },
];
