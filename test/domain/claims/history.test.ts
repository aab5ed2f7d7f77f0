import { expect } from 'chai';
import fc from 'fast-check';
import type { ClaimEvent } from '../../../src/domain/claims/events.ts';
import { append, firstBrokenEntry, canonical } from '../../../src/domain/claims/history.ts';
import type { Entry } from '../../../src/domain/claims/history.ts';
import { disputed, frozen, MONDAY, sha256 } from './scenario.ts';

const events = disputed().events;
const facts = { recordedAt: MONDAY };
const chain = (): readonly Entry[] => append([], events, facts, sha256);

/** Another entry in the place of one, with a hash of its own. */
function rewritten(entry: Entry): Entry {
  const { hash: _, ...unsigned } = { ...entry, recordedAt: 0 };
  return { ...unsigned, hash: sha256(canonical(unsigned)) };
}

describe('the history (R55)', () => {
  it('numbers each entry by the version that it made and chains it to the one before', () => {
    const entries = chain();
    expect(entries.map((entry) => entry.version)).to.deep.equal(events.map((_, index) => index + 1));
    expect(entries.map((entry) => entry.previous)).to.deep.equal([
      '',
      ...entries.slice(0, -1).map((entry) => entry.hash),
    ]);
    expect(entries.map((entry) => entry.event)).to.deep.equal(events);
    expect(firstBrokenEntry(entries, sha256)).to.equal(undefined);
  });

  it('is only ever added to', () => {
    const before = frozen(append([], events.slice(0, 3), facts, sha256));
    const after = append(before, events.slice(3), facts, sha256);
    expect(after.slice(0, 3)).to.deep.equal(before);
    expect(after).to.deep.equal(chain());
    expect(append(before, [], facts, sha256)).to.deep.equal(before);
  });

  it('keeps the press with the event that it asked for, not with what fell due before', () => {
    const entries = append([], events.slice(0, 3), { ...facts, press: 'p1' }, sha256);
    expect(entries.map((entry) => entry.press)).to.deep.equal([undefined, undefined, 'p1']);
  });

  it('holds after a round trip through JSON with its keys in another order', () => {
    const turned = chain().map(
      (entry) =>
        Object.fromEntries(Object.entries(JSON.parse(JSON.stringify(entry)) as Entry).reverse()) as unknown as Entry,
    );
    expect(firstBrokenEntry(turned, sha256)).to.equal(undefined);
  });

  const tampering: Readonly<Record<string, (entry: Entry) => Entry>> = {
    'another time': (entry) => ({ ...entry, recordedAt: entry.recordedAt + 1 }),
    'another actor': (entry) => ({ ...entry, event: { ...entry.event, by: { ...entry.event.by, name: 'Nobody' } } }),
    'another event': (entry) => ({
      ...entry,
      event: { type: 'DraftDiscarded', at: entry.event.at, by: entry.event.by },
    }),
    'a press': (entry) => ({ ...entry, press: 'p9' }),
    'another version': (entry) => ({ ...entry, version: entry.version + 1 }),
    'an event with its own new hash': rewritten,
  };
  for (const [what, tamper] of Object.entries(tampering)) {
    it(`shows where it was tampered with: ${what}`, () => {
      for (let index = 0; index < events.length - 1; index += 1) {
        const broken = firstBrokenEntry(
          chain().map((entry, at) => (at === index ? tamper(entry) : entry)),
          sha256,
        );
        expect(broken).to.equal(what.includes('own new hash') ? index + 2 : index + 1);
      }
    });
  }

  it('shows an entry that was rewritten, also where the next one was made to point at it', () => {
    const entries = chain().map((entry, at) => (at === 1 ? rewritten(entry) : entry));
    const pointed = entries.map((entry, at) => (at === 2 ? { ...entry, previous: entries[1]?.hash ?? '' } : entry));
    expect(firstBrokenEntry(pointed, sha256)).to.equal(3);
  });

  it('shows an entry that was taken out, added or moved', () => {
    const entries = chain();
    expect(
      firstBrokenEntry(
        entries.filter((_, index) => index !== 2),
        sha256,
      ),
    ).to.equal(3);
    expect(firstBrokenEntry([...entries.slice(0, 2), ...entries.slice(1)], sha256)).to.equal(3);
    expect(firstBrokenEntry([...entries.slice(0, 2), ...entries.slice(2).reverse()], sha256)).to.equal(3);
    expect(firstBrokenEntry(entries.slice(1), sha256)).to.equal(1);
    expect(firstBrokenEntry([], sha256)).to.equal(undefined);
  });
});

describe('the canonical text of a value', () => {
  it('does not depend on the order of keys, nor on members that are undefined', () => {
    expect(canonical({ b: 1, a: { d: undefined, c: [1, 'x', null] } })).to.equal('{"a":{"c":[1,"x",null]},"b":1}');
  });

  it('reads back as the value, and differs where values differ', () => {
    fc.assert(
      fc.property(fc.jsonValue(), fc.jsonValue(), (one, other) => {
        expect(JSON.parse(canonical(one))).to.deep.equal(JSON.parse(JSON.stringify(one)));
        if (JSON.stringify(one) === JSON.stringify(other)) expect(canonical(one)).to.equal(canonical(other));
      }),
    );
  });

  it('of every event is the same after JSON', () => {
    for (const event of events)
      expect(canonical(JSON.parse(JSON.stringify(event)) as ClaimEvent)).to.equal(canonical(event));
  });
});
