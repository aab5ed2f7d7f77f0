import { expect } from 'chai';
import { describeDocuments } from '../contract/documents.ts';
import { readableCard, readableMessage } from './readable.ts';
import { RewindableDocuments } from './rewindableDocuments.ts';
import { chanceFor, play } from './run.ts';
import { alone, brief, Broken, type Target } from './target.ts';
import { planOf } from './targets.ts';
import { onlyBy, onlyVisited } from './unchanged.ts';

const INPUTS = 10_000;
const FROM = 77_000_001;
const SOME_MINUTES = 180_000;

describe('Whatever comes in', () => {
  for (const { target, inputs } of planOf(INPUTS)) {
    it(`${target.name}: is taken or refused as promised`, async () => {
      const { faults, accepted } = await play(target, FROM, inputs);
      expect(faults.map(({ seed, why, input }) => `--only ${target.name} --from ${seed} --inputs 1: ${why} ${brief(input)}`)).to.deep.equal([]);
      expect(accepted, 'inputs that got past the first check').to.be.above(inputs / 25);
    }).timeout(SOME_MINUTES);
  }
});

describe('The fuzz itself', () => {
  const broken: Target = {
    name: 'broken', share: 1, act: 5,
    open: async () => alone((chance) => ({ letters: 'a'.repeat(chance.below(40)), other: chance.next() }), ({ letters }) => {
      if (String(letters).length > 20) throw new Broken('there are too many letters');
      return 'accepted';
    }),
  };

  it('finds what is broken, makes it small, and finds it again by its number', async () => {
    const { faults } = await play(broken, 1, 100);
    const [first] = faults;
    expect(first?.why).to.equal('there are too many letters');
    expect(brief(first?.input)).to.equal(brief({ letters: String(Reflect.get(Object(first?.input), 'letters')) }));
    const again = await play(broken, first?.seed ?? 0, 1);
    expect(again.faults).to.deep.equal([first]);
  });

  it('gives every target its own chance, and the same one each time', () => {
    expect(chanceFor('words', 7).next()).to.equal(chanceFor('words', 7).next());
    expect(chanceFor('words', 7).next()).not.to.equal(chanceFor('turns', 7).next());
    expect(chanceFor('words', 7).next()).not.to.equal(chanceFor('words', 8).next());
  });

  it('tells what a refused input may leave behind from what it may not', () => {
    const entry = (id: string, hash: string) => ({ hash, event: { type: 'ClaimApproved', by: { id } } });
    const write = (kind: string, before: object, after: object) => () => onlyVisited([{ kind, id: 'x', before, after }]);
    expect(write('person', { name: 'A', staff: [] }, { name: 'B', staff: [] })).not.to.throw();
    expect(write('person', { staff: [] }, { staff: ['lead'] })).to.throw(Broken, 'wrote staff of a person');
    expect(write('organisation', { name: 'A' }, { name: 'B' })).to.throw(Broken, 'what no visit writes');
    expect(write('claim', { entries: [] }, { entries: [entry('desk', 'a')] })).not.to.throw();
    expect(write('claim', { entries: [] }, { entries: [entry('t/o', 'a')] })).to.throw(Broken, 'came into the history');
    expect(() => onlyBy('t/o', [{ kind: 'claim', id: 'x', before: { entries: [] }, after: { entries: [entry('t/other', 'a')] } }])).to.throw(Broken, 'somebody else');
    expect(() => onlyBy('t/o', [{ kind: 'claim', id: 'x', before: { entries: [entry('t/o', 'a')] }, after: { entries: [entry('t/o', 'b')] } }])).to.throw(Broken, 'was changed');
  });

  it('reads what people read: open templates, halves of letters and the words of faults are none of it', () => {
    for (const text of ['${x}', '{{x}}', '\ud800', 'Approved by undefined', '[object Object]', 'due on Invalid Date', '{claim} was approved']) expect(() => readableCard({ body: [{ text }] }), text).to.throw(Broken);
    expect(() => readableCard({ body: [{ text: 'Approved by Anna' }] })).not.to.throw();
    expect(() => readableMessage({ type: 'message', text: '<at>all</at>' })).to.throw(Broken);
  });

  it('shares out all inputs, whole turns and presses a tenth and more of them', () => {
    const plan = planOf(1_000_000);
    const of = (...names: readonly string[]): number => plan.filter(({ target }) => names.includes(target.name)).reduce((sum, { inputs }) => sum + inputs, 0);
    expect(plan.reduce((sum, { inputs }) => sum + inputs, 0)).to.equal(1_000_000);
    expect(of('turns', 'presses')).to.be.at.least(100_000);
    expect(planOf(1, ['turns']).map(({ target, inputs }) => [target.name, inputs])).to.deep.equal([['turns', 1]]);
  });
});

describeDocuments('The store of the fuzz', async () => ({ documents: new RewindableDocuments(), close: async () => undefined }));
