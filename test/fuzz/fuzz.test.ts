import { expect } from 'chai';
import { describeDocuments } from '../contract/documents.ts';
import { readableCard, readableMessage } from './readable.ts';
import { reasonOf, tooSlow } from './reason.ts';
import type { Reason } from './reason.ts';
import { RewindableDocuments } from './rewindableDocuments.ts';
import { chanceFor, play } from './run.ts';
import { alone, brief, Broken } from './target.ts';
import type { Target } from './target.ts';
import { planOf } from './targets.ts';
import { onlyBy, onlyLawful, onlyVisited } from './unchanged.ts';

const INPUTS = 10_400;
const FROM = 77_000_001;
const SOME_MINUTES = 180_000;

describe('Whatever comes in', () => {
  for (const { target, inputs } of planOf(INPUTS)) {
    it(`${target.name}: is taken or refused as promised`, async () => {
      const { faults, accepted } = await play(target, FROM, inputs);
      expect(
        faults.map(({ seed, why, input }) => `--only ${target.name} --from ${seed} --inputs 1: ${why} ${brief(input)}`),
      ).to.deep.equal([]);
      expect(accepted, 'inputs that got past the first check').to.be.above(inputs / 25);
    }).timeout(SOME_MINUTES);
  }
});

describe('The fuzz itself', () => {
  const broken: Target = {
    name: 'broken',
    share: 1,
    act: 5,
    open: async () =>
      alone(
        (chance) => ({ letters: 'a'.repeat(chance.below(40)), other: chance.next() }),
        ({ letters }) => {
          if (String(letters).length > 20) throw new Broken('there are too many letters');
          return 'accepted';
        },
      ),
  };

  it('finds what is broken, makes it small, and finds it again by its number', async () => {
    const { faults } = await play(broken, 1, 100);
    const [first] = faults;
    expect(first?.why).to.equal('there are too many letters');
    expect(brief(first?.input)).to.equal(brief({ letters: String(Reflect.get(Object(first?.input), 'letters')) }));
    const again = await play(broken, first?.seed ?? 0, 1);
    expect(again.faults).to.deep.equal([first]);
  });

  it('makes smaller only what fails in the same way: with the same words at the same place', async () => {
    const name = (input: unknown): string => (Reflect.get(Object(input), 'name') as string).trim();
    const place = (input: unknown): string => (Reflect.get(Object(input), 'place') as string).trim();
    const clumsy: Target = {
      name: 'clumsy',
      share: 1,
      act: 1,
      open: async () =>
        alone(
          () => ({ name: 'Anna', place: null, other: 'x'.repeat(20) }),
          (input) => {
            name(input);
            place(input);
            return 'accepted';
          },
        ),
    };
    const { faults } = await play(clumsy, 1, 1);
    expect(faults.map(({ input }) => input)).to.deep.equal([{ name: 'A', place: null }]);
    expect(faults.map(({ original }) => original)).to.deep.equal([
      { name: 'Anna', place: null, other: 'x'.repeat(20) },
    ]);
  });

  describe('takes two faults for the same', () => {
    const thrownBy = (act: () => unknown): Reason => {
      try {
        return { why: '', kind: String(act()) };
      } catch (error) {
        return reasonOf(error);
      }
    };
    const kindOf = (act: () => unknown): string => thrownBy(act).kind;
    const parsed = (text: string): unknown => JSON.parse(text);
    const thrown = (message: string, cause?: Error): never => {
      throw new Error(message, cause && { cause });
    };

    it('where they differ in what they quote, and in numbers', () => {
      expect(kindOf(() => parsed('{"a": x}'))).to.equal(kindOf(() => parsed('{"abc": xyz}')));
      expect(kindOf(() => thrown('12 of "a" are missing'))).to.equal(kindOf(() => thrown('3 of "b" are missing')));
      expect(reasonOf(new Broken('too long: aaaa')).kind).to.equal(reasonOf(new Broken('too long: a')).kind);
      expect(tooSlow(2_001).kind).to.equal(tooSlow(9_000).kind);
    });

    it('and not where the words, the place or what was behind it are others', () => {
      const kinds = [
        kindOf(() => thrown('a is missing')),
        kindOf(() => thrown('b is missing')),
        kindOf(() => {
          throw new Error('a is missing');
        }),
        kindOf(() => {
          throw new TypeError('a is missing');
        }),
        kindOf(() => thrown('a is missing', new Error('of b'))),
        kindOf(() => thrown('a is missing', new Error('of c'))),
        reasonOf('a is missing').kind,
        reasonOf(new Broken('a is missing')).kind,
      ];
      expect(new Set(kinds)).to.have.lengthOf(kinds.length);
    });

    it('where the stack overflows, wherever that was', () => {
      const deep = (depth: number): number => deep(depth + 1) + 1;
      const deeper = (depth: number): number => deeper(depth + 1) + 1;
      expect(kindOf(() => deep(0))).to.equal(kindOf(() => deeper(0)));
    });
  });

  it('gives every target its own chance, and the same one each time', () => {
    expect(chanceFor('intents', 7).next()).to.equal(chanceFor('intents', 7).next());
    expect(chanceFor('intents', 7).next()).not.to.equal(chanceFor('activities', 7).next());
    expect(chanceFor('intents', 7).next()).not.to.equal(chanceFor('intents', 8).next());
  });

  it('tells what a refused input may leave behind from what it may not', () => {
    const entry = (id: string, hash: string) => ({ hash, event: { type: 'ClaimApproved', by: { id } } });
    const write = (kind: string, before: object, after: object) => () =>
      onlyVisited([{ kind, id: 'x', before, after }]);
    expect(write('person', { name: 'A', staff: [] }, { name: 'B', staff: [] })).not.to.throw();
    expect(write('person', { staff: [] }, { staff: ['lead'] })).to.throw(Broken, 'wrote staff of a person');
    const intent =
      (...states: readonly string[]) =>
      () =>
        onlyVisited(states.map((state) => ({ kind: 'fileIntent', id: 'x', after: { state } })));
    expect(intent('open', 'closed')).not.to.throw();
    expect(intent('open')).to.throw(Broken, 'left a file on its way');
    const journaled = (by: string, what: string) => ({ by, what, hash: what });
    const before = { journal: [journaled('directory', 'staff')] };
    const after = (...entries: readonly object[]) =>
      write('person', before, { journal: [...before.journal, ...entries] });
    expect(after(journaled('desk', 'reach'))).not.to.throw();
    expect(after(journaled('desk', 'staff'))).to.throw(Broken, 'changed a right');
    expect(after(journaled('t/o', 'reach'))).to.throw(Broken, 'changed a right');
    expect(write('person', before, { journal: [journaled('desk', 'reach')] })).to.throw(Broken, 'journal of a person');
    expect(write('organisation', { name: 'A' }, { name: 'B' })).to.throw(Broken, 'what no visit writes');
    expect(write('claim', { entries: [] }, { entries: [entry('desk', 'a')] })).not.to.throw();
    expect(write('claim', { entries: [] }, { entries: [entry('t/o', 'a')] })).to.throw(Broken, 'came into the history');
    expect(() =>
      onlyBy('t/o', [{ kind: 'claim', id: 'x', before: { entries: [] }, after: { entries: [entry('t/other', 'a')] } }]),
    ).to.throw(Broken, 'someone else');
    expect(() =>
      onlyBy('t/o', [
        { kind: 'claim', id: 'x', before: { entries: [entry('t/o', 'a')] }, after: { entries: [entry('t/o', 'b')] } },
      ]),
    ).to.throw(Broken, 'was changed');
  });

  it('tells what the law lets happen to a claim from what it does not', () => {
    const entry = (type: string, side: string) => ({ event: { type, by: { id: 't/o', side } } });
    const draft = [entry('ClaimCreated', 'partner'), entry('PoeAdded', 'partner')];
    const adds =
      (...added: readonly object[]) =>
      () =>
        onlyLawful([{ kind: 'claim', id: 'x', before: { entries: draft }, after: { entries: [...draft, ...added] } }]);
    expect(adds(entry('ClaimSubmitted', 'partner'), entry('ReviewStarted', 'review'))).not.to.throw();
    expect(adds(entry('ReviewStarted', 'review'))).to.throw(Broken, 'what the law forbids');
    expect(adds(entry('ClaimSubmitted', 'review'))).to.throw(Broken, 'what the law forbids');
    expect(adds(entry('ClaimAdmired', 'partner'))).to.throw(Broken, 'what the law forbids');
  });

  it('reads what people read: open templates, halves of letters and the words of faults are none of it', () => {
    for (const text of [
      '${x}',
      '{{x}}',
      '\ud800',
      'Approved by undefined',
      '[object Object]',
      'due on Invalid Date',
      '{claim} was approved',
    ])
      expect(() => readableCard({ body: [{ text }] }), text).to.throw(Broken);
    expect(() => readableCard({ body: [{ text: 'Approved by Anna' }] })).not.to.throw();
    expect(() => readableMessage({ type: 'message', text: '<at>all</at>' })).to.throw(Broken);
  });

  it('shares out all inputs, whole activities and presses a tenth and more of them', () => {
    const plan = planOf(1_000_000);
    const of = (...names: readonly string[]): number =>
      plan.filter(({ target }) => names.includes(target.name)).reduce((sum, { inputs }) => sum + inputs, 0);
    expect(plan.reduce((sum, { inputs }) => sum + inputs, 0)).to.equal(1_000_000);
    expect(of('activities', 'presses')).to.be.at.least(100_000);
    expect(planOf(1, ['activities']).map(({ target, inputs }) => [target.name, inputs])).to.deep.equal([
      ['activities', 1],
    ]);
  });
});

describeDocuments('The store of the fuzz', async () => ({
  documents: new RewindableDocuments(),
  close: async () => undefined,
}));
