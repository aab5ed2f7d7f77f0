import { expect } from 'chai';
import { createDoorChecker } from './door.ts';
import type { DoorAnswered, ShownToken } from '../observations.ts';

const SECOND = 1_000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;
const START = Date.UTC(2026, 10, 2);
const BY = 'desk1#1';

/** A token of Teams from `START` on, for a day. */
const TOKEN: ShownToken = { nbf: START / SECOND, exp: (START + DAY) / SECOND, isGenuine: true, isKeyPublished: true };
const FORGED = { ...TOKEN, isGenuine: false };
const UNKNOWN = { ...FORGED, isKeyPublished: false };

interface Coming {
  readonly token?: ShownToken;
  readonly off?: number;
  /** When it is answered; as before where it is left out. */
  readonly offThen?: number;
  /** Between the two. */
  readonly meanwhile?: () => void;
}

/** What one checker finds in what happens some time after `START`, in this order. */
function watched() {
  const checker = createDoorChecker();
  const problems: string[] = [];
  const hear = (found: readonly string[] | undefined): void => void problems.push(...(found ?? []));
  const door = {
    problems,
    keys(after: number, ...what: readonly ('begun' | 'got' | 'failed')[]): void {
      for (const one of what) hear(checker.keysFetched?.({ at: START + after, by: BY, what: one }));
    },
    /** Comes and is answered. */
    comes(
      after: number,
      outcome: DoorAnswered['outcome'],
      { token = TOKEN, off = 0, offThen, meanwhile }: Coming = {},
    ): void {
      const reached = { at: START + after, by: BY, off, token };
      hear(checker.reached?.(reached));
      meanwhile?.();
      hear(checker.judged?.({ reached, at: START + after, off: offThen ?? off, outcome }));
    },
  };
  return door;
}

/** With keys that were got at `START`. */
function withKeys() {
  const door = watched();
  door.keys(0, 'begun', 'got');
  return door;
}

describe('The checker of the door', () => {
  it('finds nothing where the door does what it promises', () => {
    const door = watched();
    door.comes(0, 503, { meanwhile: () => door.keys(0, 'begun', 'failed') });
    door.comes(SECOND, 503);
    door.comes(5 * SECOND, 'admitted', { meanwhile: () => door.keys(5 * SECOND, 'begun', 'got') });
    door.comes(HOUR, 'admitted');
    door.comes(HOUR, 401, { token: FORGED });
    door.comes(HOUR, 401, { off: DAY });
    door.comes(HOUR, 401, { off: -2 * HOUR });
    door.comes(2 * HOUR, 401, { token: UNKNOWN, meanwhile: () => door.keys(2 * HOUR, 'begun', 'got') });
    door.comes(2 * HOUR + 30 * SECOND, 401, { token: UNKNOWN });
    door.comes(15 * HOUR, 'admitted', { meanwhile: () => door.keys(15 * HOUR, 'begun') });
    door.keys(15 * HOUR + SECOND, 'failed');
    door.comes(15 * HOUR + 50 * SECOND, 'admitted');
    door.comes(10 * DAY, 503, { meanwhile: () => door.keys(10 * DAY, 'begun', 'failed') });
    expect(door.problems).to.deep.equal([]);
  });

  const edges: readonly (readonly [string, number, DoorAnswered['outcome'], isRight: boolean])[] = [
    ['5 minutes before its begin', -300_000, 'admitted', true],
    ['more than 5 minutes before its begin', -300_001, 'admitted', false],
    ['more than 5 minutes before its begin', -300_001, 401, true],
    ['5 minutes before its begin', -300_000, 401, false],
    ['less than 5 minutes after its end', DAY + 299_999, 'admitted', true],
    ['5 minutes after its end', DAY + 300_000, 'admitted', false],
    ['5 minutes after its end', DAY + 300_000, 401, true],
    ['less than 5 minutes after its end', DAY + 299_999, 401, false],
  ];
  for (const [when, off, outcome, isRight] of edges)
    it(`finds ${isRight ? 'nothing' : 'something'} where a token is answered with ${outcome} by a clock ${when}`, () => {
      const door = withKeys();
      door.comes(0, outcome, { off });
      expect(door.problems).to.have.length(isRight ? 0 : 1);
    });

  it('takes either where the clock is set while a token is checked', () => {
    const door = withKeys();
    for (const outcome of ['admitted', 401] as const) {
      door.comes(0, outcome, { off: 2 * DAY, offThen: 0 });
      door.comes(0, outcome, { offThen: 2 * DAY });
    }
    expect(door.problems).to.deep.equal([]);
  });

  const wrong: readonly (readonly [string, (door: ReturnType<typeof watched>) => void, RegExp])[] = [
    ['that a forged token was let in', (door) => door.comes(0, 'admitted', { token: FORGED }), /did not sign/],
    [
      'that keys of seven days were gone by',
      (door) => {
        door.keys(12 * HOUR, 'begun', 'failed');
        door.keys(7 * DAY, 'begun');
        door.comes(7 * DAY, 'admitted', { token: { ...TOKEN, exp: TOKEN.exp + 604_800 } });
      },
      /keys that are 604800000 ms old/,
    ],
    ['that no newer keys were asked for', (door) => door.comes(12 * HOUR, 'admitted'), /no newer asked for/],
    ['503 while there are keys', (door) => door.comes(HOUR, 503), /with 503/],
    ['503 while no fetch failed', (door) => door.comes(8 * DAY, 503), /with 503/],
    ['a fetch of keys that are fresh', (door) => door.keys(11 * HOUR, 'begun'), /no key that it does not know/],
    [
      'a fetch of keys that are fresh, for a key that it knows',
      (door) => door.comes(HOUR, 'admitted', { meanwhile: () => door.keys(HOUR, 'begun') }),
      /no key that it does not know/,
    ],
    [
      'two fetches within a minute',
      (door) => {
        door.comes(HOUR, 401, { token: UNKNOWN, meanwhile: () => door.keys(HOUR, 'begun', 'got') });
        door.comes(HOUR + 59_999, 401, { token: UNKNOWN, meanwhile: () => door.keys(HOUR + 59_999, 'begun', 'got') });
      },
      /again after 59999 ms/,
    ],
    [
      'two fetches within five seconds without keys',
      (door) => {
        door.keys(8 * DAY, 'begun', 'failed');
        door.keys(8 * DAY + 4_999, 'begun');
      },
      /again after 4999 ms/,
    ],
    ['two fetches at once', (door) => door.keys(8 * DAY, 'begun', 'begun'), /twice at once/],
  ];
  for (const [what, happens, found] of wrong)
    it(`finds ${what}`, () => {
      const door = withKeys();
      happens(door);
      expect(door.problems).to.have.length(1);
      expect(door.problems.join()).to.match(found);
    });
});
