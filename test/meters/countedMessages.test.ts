import { expect } from 'chai';
import { adjustableClock } from '../../src/clock.ts';
import { countedMessages } from '../../src/meters/countedMessages.ts';

describe('The door for messages with a meter on it', () => {
  const measured = async (activity: Record<string, unknown>, answer: { status: number; body?: unknown } | Error): Promise<readonly unknown[]> => {
    const turns: unknown[][] = [];
    const steady = adjustableClock(1_000);
    const door = countedMessages(async (_activity: Record<string, unknown>, _authorization: string | undefined) => {
      steady.turn(1_500);
      if (answer instanceof Error) throw answer;
      return answer;
    }, { turn: (...turn) => void turns.push(turn) }, steady);
    await door(activity, undefined).catch(() => undefined);
    expect(turns).to.have.length(1);
    return turns[0] ?? [];
  };

  const cases: readonly (readonly [string, Record<string, unknown>, { status: number; body?: unknown } | Error, string, string])[] = [
    ['a message', { type: 'message' }, { status: 200 }, 'message', 'answered'],
    ['a press', { type: 'invoke', name: 'adaptiveCard/action' }, { status: 200, body: { statusCode: 200 } }, 'adaptiveCard/action', 'answered'],
    ['a press that was refused in its body', { type: 'invoke', name: 'adaptiveCard/action' }, { status: 200, body: { statusCode: 400 } }, 'adaptiveCard/action', 'refused'],
    ['a press that failed in its body', { type: 'invoke', name: 'adaptiveCard/action' }, { status: 200, body: { statusCode: 500 } }, 'adaptiveCard/action', 'failed'],
    ['an invoke that nobody knows', { type: 'invoke', name: 'x/y' }, { status: 200 }, 'invoke', 'answered'],
    ['an activity without a name for it', { type: 'x' }, { status: 200 }, 'other', 'answered'],
    ['a stranger', { type: 'message' }, { status: 401 }, 'message', 'refused'],
    ['a fault that was answered', { type: 'message' }, { status: 500 }, 'message', 'failed'],
    ['a fault that was thrown', { type: 'message' }, new Error('x'), 'message', 'failed'],
  ];
  for (const [what, activity, answer, kind, outcome] of cases) {
    it(`counts ${what} as ${kind}, ${outcome}`, async () => {
      expect(await measured(activity, answer)).to.deep.equal([kind, outcome, 1.5]);
    });
  }

  it('hands everything on as it came, and the answer back', async () => {
    const door = countedMessages(async (activity: Record<string, unknown>, authorization: string | undefined) => ({ status: 201, body: [activity, authorization] }), { turn: () => undefined }, adjustableClock(0));
    expect(await door({ type: 'message' }, 'Bearer x')).to.deep.equal({ status: 201, body: [{ type: 'message' }, 'Bearer x'] });
  });
});
