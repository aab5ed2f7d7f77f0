import { expect } from 'chai';
import { createRulebook } from './rulebook.ts';

const HOUR = 3_600_000;

describe('The rules of a simulated run', () => {
  it('are one policy, two while a change is brought to the instances, and then the other one', () => {
    let now = 0;
    const book = createRulebook(() => now);
    expect(book.policies(0, 0)).to.deep.equal(['2020']);
    now = 10 * HOUR;
    book.decreePolicy('shorter');
    expect(book.policies(now - 1, now - 1)).to.deep.equal(['2020']);
    expect(book.policies(now, now)).to.deep.equal(['2020', 'shorter']);
    expect(book.policies(now + 4 * HOUR, now + 4 * HOUR)).to.deep.equal(['2020', 'shorter']);
    expect(book.policies(now + 4 * HOUR + 1, now + 5 * HOUR)).to.deep.equal(['shorter']);
    expect(book.policies(0, now + 5 * HOUR)).to.deep.equal(['2020', 'shorter']);
  });

  it('do not change with the same policy decreed again', () => {
    const book = createRulebook(() => 0);
    book.decreePolicy('2020');
    expect(book.policies(0, 0)).to.deep.equal(['2020']);
  });

  it('have the free days of the calendar, and those that were decreed last', () => {
    let now = 0;
    const book = createRulebook(() => now);
    book.decreeFreeDays(['2026-05-05']);
    now = 10 * HOUR;
    book.decreeFreeDays(['2026-05-06']);
    const later = now + 5 * HOUR;
    const [days, other] = book.freeDays('2020', later, later);
    expect(other).to.equal(undefined);
    expect(days?.has('2026-05-06')).to.equal(true);
    expect(days?.has('2026-05-05')).to.equal(false);
    expect(days?.has('2026-12-25')).to.equal(true);
    expect(book.freeDays('2020', -Infinity, later)).to.have.length(3);
    expect(book.freeDays('unheard-of', 0, later)).to.deep.equal([]);
  });
});
