/** Who is told, once and in order; and who cannot be reached (R45, R47). */
import type { Mutant } from '../mutant.ts';

const CRASH = ['test/desk/crash.test.ts', 'test/desk/deliver.test.ts'];
const UNREACHABLE = ['test/desk/unreachable.test.ts'];

export const telling: readonly Mutant[] = [
  {
    name: 'lease-not-heeded', what: 'Two instances that tell at once tell everything twice.', rule: 'R47',
    file: 'src/desk/lease.ts', find: '(record.body.lease && record.body.lease.until > now) || ', put: '', tests: CRASH,
  },
  {
    name: 'lost-lease-not-noticed', what: 'An instance that hung for hours sends what another has sent since.', rule: 'R47',
    file: 'src/desk/lease.ts', find: 'if (record?.body.lease?.by !== lease) throw', put: 'if (!record) throw', tests: CRASH,
  },
  {
    name: "another's-lease-given-back", what: 'An instance that comes too late ends the turn of another, and a third sends the same.', rule: 'R47',
    file: 'src/desk/lease.ts', find: 'if (record?.body.lease?.by !== lease) return;', put: 'if (!record) return;', tests: CRASH,
  },
  {
    name: 'lease-too-short-to-send', what: 'A slow Teams is told the same by two instances.', rule: 'R47',
    file: 'src/desk/lease.ts', find: '>= SENDING_MS) return record;', put: '>= 0) return record;', tests: CRASH,
  },
  {
    name: 'card-told-before-sent', what: 'A crash while a card is posted loses it.', rule: 'R47',
    file: 'src/desk/deliver.ts', find: '  const posted = await delivery.world.messenger.post(recipient.address, card);\n', put: '  await markReached(delivery, notices, recipient.home);\n  const posted = await delivery.world.messenger.post(recipient.address, card);\n', tests: CRASH,
  },
  {
    name: 'line-told-before-sent', what: 'A crash while a line is sent loses it.', rule: 'R47',
    file: 'src/desk/deliver.ts', find: "      const said = await messenger.reply(address, home, { ...card, kind: 'line', entry });\n", put: "      await markReached(delivery, [notice], recipient.home, seen);\n      const said = await messenger.reply(address, home, { ...card, kind: 'line', entry });\n", tests: [...CRASH, 'test/desk/busy.test.ts'],
  },
  {
    name: 'card-not-remembered', what: 'Every piece of news comes with a new card.', rule: 'R47',
    file: 'src/desk/deliver.ts', find: 'await markReached(delivery, notices, recipient.home, to);', put: 'await markReached(delivery, notices, recipient.home);', tests: CRASH,
  },
  {
    name: 'edit-posts-a-card', what: 'A channel gets a card of a claim of which there is nothing to tell.', rule: 'R47',
    file: 'src/desk/deliver.ts', find: 'if (!notices.some((notice) => notice.line)) return reached(delivery, notices, recipient.home);', put: '', tests: CRASH,
  },
  {
    name: 'one-fault-stops-all', what: 'A card that cannot be drawn keeps the news from everybody else.', rule: 'R47',
    file: 'src/desk/deliver.ts', find: '    if (error instanceof LeaseLost) throw error;\n    const { world, id }', put: '    if (error) throw error;\n    const { world, id }', tests: ['test/desk/busy.test.ts'],
  },
  {
    name: 'one-lead-is-enough', what: 'As soon as one lead has heard, the others are left out.', rule: 'R43',
    file: 'src/desk/deliver.ts', find: 'left.filter((notice) => !recipients.every(', put: 'left.filter((notice) => !recipients.some(', tests: ['test/desk/groups.test.ts'],
  },
  {
    name: 'former-follower-told', what: 'Who followed a claim as a member still reads of it after having left the partner.', rule: 'R6',
    file: 'src/desk/deliver.ts', find: "return reader.kind === 'audience' || mayRead(reader.member, claim);", put: "return reader.kind === 'audience' || claim.followers.includes(reader.member.id) || mayRead(reader.member, claim);", tests: ['test/desk/groups.test.ts'],
  },
  {
    name: 'moved-card-shows-the-way', what: 'A former member is led to where the claim is discussed now.', rule: 'R6',
    file: 'src/desk/moved.ts', find: 'const mayKnow = isSamePlace || (await mayStillRead(delivery, recipient.home, from, claim));', put: 'const mayKnow = true;', tests: ['test/desk/moved.test.ts'],
  },
  {
    name: 'mute-ignored', what: 'Who muted a claim gets every line of it.', rule: 'R47',
    file: 'src/desk/relevance.ts', find: 'return urgent || !claim.muted.some((id) => id === recipient.person);', put: 'return true;', tests: ['test/desk/deliver.test.ts'],
  },
  {
    name: 'own-comment-told', what: 'People are told what they have just said themselves.', rule: 'R47',
    file: 'src/desk/relevance.ts', find: "if (event.type === 'CommentAdded' && event.by.id === recipient.person) return false;", put: '', tests: ['test/desk/deliver.test.ts'],
  },
  {
    name: 'reminded-of-what-is-done', what: 'A partner who has answered is reminded to answer.', rule: 'R38',
    file: 'src/desk/relevance.ts', find: "if (clock?.state !== 'running' || clock.dueAt !== event.dueAt) return true;", put: 'if (!clock) return false;', tests: ['test/desk/busy.test.ts', 'test/desk/groups.test.ts'],
  },
  {
    name: 'old-request-starts-clock', what: 'The late delivery of an earlier request starts the clock of one that nobody has read.', rule: 'R45',
    file: 'src/desk/relevance.ts', find: 'return start?.version === notice.version ? starts : undefined;', put: 'return start ? starts : undefined;', tests: UNREACHABLE,
  },
  {
    name: 'hold-recorded-as-delivery', what: "A customer whom nobody could tell loses the right to deny.", rule: 'R45',
    file: 'src/desk/fate.ts', find: "clock, outcome: { kind: 'undeliverable', reason } } as const", put: "clock, outcome: { kind: 'delivered' } } as const", tests: UNREACHABLE,
  },
  {
    name: 'steady-retries', what: 'A Teams that is down is asked every five seconds for a week.', rule: 'R47',
    file: 'src/desk/fate.ts', find: 'const plain = Math.min(FIRST_RETRY_MS * 2 ** Math.min(attempts, 20), LAST_RETRY_MS);', put: 'const plain = FIRST_RETRY_MS + attempts * 0;', tests: ['test/desk/busy.test.ts'],
  },
  {
    name: 'no-pause-between-tries', what: 'A Teams that is busy is asked without a pause.', rule: 'R47',
    file: 'src/desk/fate.ts', find: 'const plain = Math.min(FIRST_RETRY_MS * 2 ** Math.min(attempts, 20), LAST_RETRY_MS);', put: 'const plain = attempts * 0;', tests: ['test/desk/busy.test.ts'],
  },
  {
    name: 'wait-of-teams-ignored', what: 'The desk comes back before Teams said that it may.', rule: 'R47',
    file: 'src/desk/fate.ts', find: 'Math.min(atLeast, LAST_RETRY_MS * 4)', put: 'atLeast * 0', tests: ['test/desk/busy.test.ts'],
  },
  {
    name: 'told-too-late-of-hold', what: 'The reviewers never hear that a notice does not arrive.', rule: 'R45',
    file: 'src/desk/fate.ts', find: 'if (notice.attempts === ATTEMPTS_BEFORE_HOLD)', put: 'if (notice.attempts > MOST_ATTEMPTS)', tests: ['test/desk/busy.test.ts'],
  },
  {
    name: 'unreachable-not-remembered', what: 'Somebody who has blocked the bot is written to with each piece of news.', rule: 'R45',
    file: 'src/desk/deliver.ts', find: 'known.chat?.conversationId === address.conversationId ? { ...known, unreachable } : known', put: 'known.chat?.conversationId === address.conversationId ? { ...known } : known', tests: UNREACHABLE,
  },
  {
    name: 'lost-in-every-chat', what: 'Who has written from a new chat is given up for the old one.', rule: 'R45',
    file: 'src/desk/deliver.ts', find: 'known.chat?.conversationId === address.conversationId ? { ...known, unreachable } : known', put: 'known.chat ? { ...known, unreachable } : known', tests: UNREACHABLE,
  },
  {
    name: 'come-back-unseen', what: 'Who comes back in the moment of being given up waits for ever.', rule: 'R45',
    file: 'src/desk/deliver.ts', find: "if (lost.outcome === 'unreachable') await lookAgain(delivery, notices[0]?.audience);", put: '', tests: UNREACHABLE,
  },
  {
    name: 'rouse-forgets', what: 'Who comes back is never told what waited for them.', rule: 'R45',
    file: 'src/desk/fate.ts', find: '{ ...notWaiting(notice), attempts: 0, nextAt: now }', put: '{ ...notWaiting(notice), attempts: 0 }', tests: UNREACHABLE,
  },
  {
    name: 'rouse-one-page', what: 'Who comes back to many claims hears of the first fifty.', rule: 'R45',
    file: 'src/desk/wake.ts', find: 'after = page.next;', put: 'after = undefined;', tests: UNREACHABLE,
  },
  {
    name: 'mark-taken-too-early', what: 'A crash between being seen and being told leaves what waited for somebody waiting for ever.', rule: 'R45',
    file: 'src/desk/greeting.ts', find: ', ...(isBack(known, visitor) && { awaited: true as const })', put: '', tests: UNREACHABLE,
  },
  {
    name: 'waiting-for-the-old-contact', what: 'A consent waits for a contact whom the partner has replaced.', rule: 'R45',
    file: 'src/desk/recipients.ts', find: "return audience === 'customer' ? [waitsFor, contactKey(fields.customerTenantId, fields.customerContactEmail)] : [waitsFor];", put: 'return fields.mpnId.length < 0 ? [] : [waitsFor];', tests: UNREACHABLE,
  },
  {
    name: 'channel-of-the-former-partner', what: "The partner that has an MPN id now reads the former partner's claims.", rule: 'R6',
    file: 'src/desk/recipients.ts', find: 'claim.submittedAt !== undefined && (await people.holderOf(purpose)) === claim.partner.id', put: 'claim.submittedAt !== undefined', tests: ['test/desk/groups.test.ts'],
  },
  {
    name: 'nobody-hears-of-lateness', what: 'With no lead in Teams, nobody hears that a review is late.', rule: 'R43',
    file: 'src/desk/recipients.ts', find: "return reviewers.kind === 'reachable' ? reviewers : found;", put: 'return reviewers ? found : found;', tests: ['test/desk/groups.test.ts'],
  },
  {
    name: 'one-record-for-all-periods', what: 'The second consent period is never handed over for assessment.', rule: 'R53',
    file: 'src/desk/handOver.ts', find: '${record.claimId}-${record.period}.json', put: '${record.claimId}-1.json', tests: ['test/desk/handOver.test.ts'],
  },
  {
    name: 'withdrawn-not-handed-over', what: 'A consent that has passed is not handed over where the claim was withdrawn in the same minute.', rule: 'R53',
    file: 'src/desk/deliver.ts', find: 'await handOver(world, record.body.entries[notice.version - 1]);', put: "if (record.claim.status === 'Approved') await handOver(world, record.body.entries[notice.version - 1]);", tests: ['test/desk/handOver.test.ts'],
  },
];
