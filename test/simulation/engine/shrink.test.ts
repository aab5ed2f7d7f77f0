import { expect } from 'chai';
import { replayOf, storyOf } from './shrink.ts';
import type { Shrunk } from './shrink.ts';

const AT = Date.parse('2026-03-02T10:00:05.000Z');
const OPTIONS = { seed: 7, claims: 2, days: 9, instances: 1, without: new Set(['kill', 'stall']) };

/** A seed that failed with this trace; what is wrong names a claim. */
function failed(trace: readonly string[], what = 'approval of CPOR-AAAAAA: their right was gone (R5)'): Shrunk {
  const result = {
    violations: [{ checker: 'rights', what, at: AT }],
    trace,
    faults: { conflictStorm: 2, skew: 0 },
  } as unknown as Shrunk['result'];
  return { options: OPTIONS, result };
}
const at = (second: number, what: string): string => `2026-03-02T10:00:0${second}.000Z ${what}`;

describe('The story of a seed that fails', () => {
  it('tells of the claims that the violation names, and ends with it', () => {
    const mine = [
      at(1, '#1 Anna Ahlberg asks desk1#1: submit CPOR-AAAAAA v2'),
      at(2, '#1 is answered: 12 abcdef done'),
      at(4, 'desk1#1 writes claim CPOR-AAAAAA: 3 ClaimSubmitted'),
    ];
    const story = storyOf(
      failed([
        ...mine.slice(0, 2),
        at(3, 'desk1#1 writes claim CPOR-BBBBBB: 3 ClaimSubmitted'),
        ...mine.slice(2),
        at(6, 'desk1#1 writes claim CPOR-AAAAAA: 4 ReviewStarted'),
      ]),
      60,
    );
    expect(story).to.deep.equal([...mine, at(5, '>>> rights: approval of CPOR-AAAAAA: their right was gone (R5)')]);
  });

  it('tells of every fault since the claim was first named, and of no write that only takes a lease', () => {
    const trace = [
      at(1, '!! kill'),
      at(2, 'desk1#1 edits 19:x 1790000000001: card CPOR-AAAAAA "version":3 abcdef'),
      at(3, '!! conflictStorm'),
      at(4, 'desk1#1 writes claim CPOR-AAAAAA | leased'),
    ];
    expect(storyOf(failed(trace), 60).slice(0, -1)).to.deep.equal([trace[1], trace[2]]);
  });

  it('tells of the message that the violation names', () => {
    const trace = [at(1, 'desk1#1 edits 19:x 1790000000001: card'), at(2, 'desk1#1 edits 19:x 1790000000002: card')];
    expect(storyOf(failed(trace, 'edit of 1790000000002 goes back'), 60).slice(0, -1)).to.deep.equal([trace[1]]);
  });

  it('has so many lines at most before the violation, and none where none are wanted', () => {
    const trace = [1, 2, 3].map((second) => at(second, 'desk1#1 writes claim CPOR-AAAAAA: 3 ClaimSubmitted'));
    expect(storyOf(failed(trace), 2)).to.have.length(3);
    expect(storyOf(failed(trace), 0)).to.deep.equal([]);
  });
});

it('A seed made smaller says the whole command that plays it again, and the faults that it still takes', () => {
  expect(replayOf(failed([]))).to.equal(
    'npm run simulate -- --from 7 --seeds 1 --claims 2 --days 9 --instances 1 --without kill,stall\n  faults ' +
      'left, which need not be the cause: conflictStorm',
  );
});
