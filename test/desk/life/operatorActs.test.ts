import { expect } from 'chai';
import {
  firstBrokenAct,
  forgetOperators,
  OPERATOR_ACT,
  operatorActs,
  recordAct,
} from '../../../src/desk/life/operatorActs.ts';
import type { OperatorAct } from '../../../src/desk/life/operatorActs.ts';
import { randomBytes, randomId, sha256 } from '../../../src/runtime/random.ts';
import { memoryDocuments } from '../../support/memoryDocuments.ts';

const AT = Date.UTC(2026, 0, 5);
const digest = { sha256, sign: sha256 };
const random = { randomId, randomBytes };

describe("the journal of operators' acts", () => {
  it('chains each act to the one before, also where many are written at once', async () => {
    const documents = memoryDocuments();
    const ports = { documents, clock: { now: () => AT }, digest, random };
    const by = { user: 'root', name: 'Ada' };
    await Promise.all(
      Array.from({ length: 20 }, (_, place) =>
        recordAct(ports, by, { what: 'hold', about: `${place}`, outcome: 'done' }),
      ),
    );
    const acts = await operatorActs(documents);
    expect(acts.map(({ number }) => number)).to.deep.equal(Array.from({ length: 20 }, (_, place) => place + 1));
    expect(firstBrokenAct(acts, digest)).to.equal(undefined);
    expect(acts[0]).to.deep.include({ at: AT, by, what: 'hold', outcome: 'done', previous: '' });
  });

  const tampered: readonly (readonly [string, (acts: readonly OperatorAct[]) => readonly OperatorAct[], number])[] = [
    ['a changed act', (acts) => acts.map((act) => (act.number === 2 ? { ...act, about: 'other' } : act)), 2],
    ['another name', (acts) => acts.map((act) => (act.number === 2 ? { ...act, by: { user: 'eve' } } : act)), 2],
    ['another name without a salt', (acts) => acts.map(({ salt: _, ...act }) => act), 1],
    ['a missing act', (acts) => acts.filter(({ number }) => number !== 2), 2],
    ['acts in another order', ([one, two, ...rest]) => [two, one, ...rest].flatMap((act) => act ?? []), 1],
  ];
  for (const [what, tamper, number] of tampered)
    it(`shows ${what}`, async () => {
      const documents = memoryDocuments();
      const ports = { documents, clock: { now: () => AT }, digest, random };
      for (const about of ['a', 'b', 'c'])
        await recordAct(ports, { user: 'root' }, { what: 'hold', about, outcome: 'done' });
      expect(firstBrokenAct(tamper(await operatorActs(documents)), digest)).to.equal(number);
    });

  it('forgets an operator, and still holds', async () => {
    const documents = memoryDocuments();
    const ports = { documents, clock: { now: () => AT }, digest, random };
    for (const name of ['Ada', 'Eve', 'Ada'])
      await recordAct(ports, { user: 'root', name }, { what: 'hold', about: 'a', outcome: 'done' });
    await forgetOperators(ports, ({ name }) => name === 'Ada');
    const acts = await operatorActs(documents);
    expect(acts.map(({ by }) => by)).to.deep.equal([{ user: '' }, { user: 'root', name: 'Eve' }, { user: '' }]);
    expect(firstBrokenAct(acts, digest)).to.equal(undefined);
    await recordAct(ports, { user: 'root' }, { what: 'hold', about: 'b', outcome: 'done' });
    expect(firstBrokenAct(await operatorActs(documents), digest)).to.equal(undefined);
  });

  it('leaves a journal of a newer version alone', async () => {
    const documents = memoryDocuments();
    const keys = [{ name: 'number', value: '', sort: 7 }];
    await documents.create({ kind: OPERATOR_ACT, id: '0000000007', body: { schema: 99 }, keys });
    const ports = { documents, clock: { now: () => AT }, digest, random };
    const act = recordAct(ports, { user: 'root' }, { what: 'hold', about: 'a', outcome: 'done' });
    expect(await act.then(String, ({ code }: { code: string }) => code)).to.equal('document.unknownSchema');
  });
});
