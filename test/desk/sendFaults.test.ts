import { expect } from 'chai';
import fc from 'fast-check';
import type { Request } from '../../src/desk/commands/request.ts';
import type { SendResult } from '../../src/desk/ports/messenger.ts';
import { HOUR, MINUTE } from '../domain/claims/scenario.ts';
import type { Name } from './world.ts';
import { chatOf, openWorld, place, REVIEWS } from './world.ts';

/** The outcomes of a call to Teams; `well` is Teams without a fault. */
type Weather = 'well' | 'busy' | 'away' | 'gone' | 'fault' | 'dead process';

const ANSWERS: Readonly<Record<'busy' | 'away' | 'gone', SendResult>> = {
  busy: { kind: 'tryLater', reason: 'busy' },
  away: { kind: 'unreachable', reason: 'blocked' },
  gone: { kind: 'gone' },
};

const STORY: readonly [Name, Request][] = [
  ['anna', { type: 'SubmitClaim' }],
  ['arun', { type: 'StartReview' }],
  ['anna', { type: 'AddComment', text: 'Look at page 2.' }],
  ['arun', { type: 'RequestInformation', reasons: ['missingOrOldDates'], comment: 'Which year?' }],
  ['boris', { type: 'AddComment', text: '2021.' }],
  ['boris', { type: 'ResubmitClaim' }],
  ['arun', { type: 'StartReview' }],
  ['arun', { type: 'ApproveClaim' }],
];

describe('In any weather', () => {
  const weather = fc.array(fc.constantFrom<Weather>('well', 'well', 'busy', 'away', 'gone', 'fault', 'dead process'), {
    maxLength: 60,
  });

  it('the claim goes its way, all is told in order, nothing twice but after a death, and every clock starts in the end', async () => {
    await fc.assert(
      fc.asyncProperty(weather, async (days) => {
        const world = await openWorld();
        const id = await world.file();
        await world.prove(id);
        const coming = [...days];
        let deaths = 0;
        world.messenger.before = () => {
          const day = coming.shift() ?? 'well';
          if (day === 'fault') throw new Error('no such template');
          if (day !== 'dead process') return day === 'well' ? undefined : ANSWERS[day];
          deaths += 1;
          world.documents.beforeWrite = () => {
            throw new Error('the process is dead');
          };
          return undefined;
        };
        /** One process after another: the next one after a dead one can write. */
        const inNewProcess = async (work: () => Promise<unknown>): Promise<void> => {
          await work();
          await world.desk.idle();
          world.documents.beforeWrite = () => undefined;
        };
        for (const [name, request] of STORY) {
          await inNewProcess(() => world.must(name, id, request));
          await inNewProcess(() => world.pass(3 * MINUTE));
          if (coming.length % 3 === 0)
            for (const one of ['anna', 'dana'] as const) await inNewProcess(() => world.greet(one));
        }
        world.messenger.works();
        for (const one of ['anna', 'dana'] as const) await inNewProcess(() => world.greet(one));
        await world.desk.channelSeen(place(REVIEWS));
        for (let step = 0; step < 3; step += 1) await world.pass(HOUR);

        const { body, claim } = await world.record(id);
        expect(body.outbox).to.deep.equal([]);
        expect(body.lease).to.equal(undefined);
        expect([claim.status, claim.hold, claim.clocks.consent?.state]).to.deep.equal([
          'Approved',
          undefined,
          'running',
        ]);
        // Where the contact who is named is gone, another one of the customer's is told (R45).
        const customer = new Set([chatOf('dana'), chatOf('emil')]);
        for (const to of [new Set([REVIEWS]), new Set([chatOf('anna')]), customer]) {
          const told = world.messenger.sendings.filter(
            (sending) => to.has(sending.to.conversationId) && sending.sent?.kind === 'delivered',
          );
          const lines = told.flatMap(({ content }) => (content.kind === 'line' ? [content.entry.version] : []));
          const repeated = lines.filter((version, index) => index > 0 && version <= (lines[index - 1] ?? 0));
          expect(repeated.length, `${[...to].join(' ')}: ${lines.join(' ')}`).to.be.at.most(deaths);
          expect(
            told.flatMap(({ content }) => (content.kind === 'card' ? [content.claim.status] : [])).at(-1),
            [...to].join(' '),
          ).to.equal('Approved');
        }
        const threads = world.messenger.sendings.filter(
          ({ how, to, sent }) => how === 'post' && to.conversationId === REVIEWS && sent?.kind === 'delivered',
        );
        const gone = days.filter((day) => day === 'gone').length;
        expect(threads.length).to.be.at.most(1 + deaths + gone);
      }),
      { numRuns: 120 },
    );
  });
});
