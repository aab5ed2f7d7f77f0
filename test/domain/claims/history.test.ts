import { expect } from 'chai';
import fc from 'fast-check';
import type { ClaimEvent } from '../../../src/domain/claims/events.ts';
import {
  append,
  canonical,
  erasable,
  eraseWords,
  firstBrokenEntry,
  hasOldEntries,
  leadsToOldHead,
  sealHistory,
} from '../../../src/domain/claims/history.ts';
import { committed } from '../../simulation/checkers/support/canonical.ts';
import type { Entry, ErasedWords } from '../../../src/domain/claims/history.ts';
import { chaining, disputed, frozen, MONDAY, sha256 } from './scenario.ts';

const events = disputed().events;
const facts = { recordedAt: MONDAY };
const chain = (): readonly Entry[] => append([], events, facts, chaining());

/** Another entry in the place of one, with a hash of its own. */
function rewritten(entry: Entry): Entry {
  const { hash: _, ...unsigned } = { ...entry, recordedAt: 0 };
  return { ...unsigned, hash: sha256(canonical(committed(unsigned))) };
}

/** The chain as a version before commitments wrote it: over the words themselves. */
function oldChain(): readonly Entry[] {
  const old: Entry[] = [];
  for (const { version, recordedAt, event } of chain()) {
    const unsigned = {
      version,
      recordedAt,
      ...(version === 4 && { press: 'p4' }),
      event,
      previous: old.at(-1)?.hash ?? '',
    };
    old.push({ ...unsigned, hash: sha256(canonical(unsigned)) });
  }
  return old;
}

/** The sealed chain of old entries, goes on with the last event once more. */
function mixedChain(): readonly Entry[] {
  const sealed = sealHistory(oldChain(), facts, chaining());
  return append(sealed, events.slice(-1), { ...facts, press: 'p9' }, chaining());
}

/** All that a name is in, and the event that says it was erased. */
function withoutName(
  entries: readonly Entry[],
  name: string,
): { readonly words: readonly ErasedWords[]; readonly entries: readonly Entry[] } {
  const words = erasable(entries, (_entry, _path, word) => word === name);
  const event: ClaimEvent = { type: 'WordsErased', at: MONDAY, by: { side: 'desk', id: 'desk', name: '' }, words };
  return { words, entries: append(eraseWords(entries, words, sha256), [event], facts, chaining()) };
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
    const before = frozen(append([], events.slice(0, 3), facts, chaining()));
    const after = append(before, events.slice(3), facts, chaining());
    expect(after.slice(0, 3)).to.deep.equal(before);
    expect(after.map(({ event }) => event)).to.deep.equal(events);
    expect(firstBrokenEntry(after, sha256)).to.equal(undefined);
    expect(append(before, [], facts, chaining())).to.deep.equal(before);
  });

  it('keeps the press with the event that it asked for, not with what fell due before', () => {
    const entries = append([], events.slice(0, 3), { ...facts, press: 'p1' }, chaining());
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

describe('the words of a history (R55)', () => {
  const at = (entries: readonly Entry[], version: number, change: (entry: Entry) => Entry): readonly Entry[] =>
    entries.map((entry) => (entry.version === version ? change(entry) : entry));
  const NAME = 'by.name';

  it('each have a salt of their own, and so has the press', () => {
    const entries = append([], events, { ...facts, press: 'p1' }, chaining());
    const salts = entries.flatMap((entry) => Object.values(entry.salts ?? {}));
    expect(new Set(salts).size).to.equal(salts.length);
    expect(Object.keys(entries[0]?.salts ?? {})).to.have.members([
      NAME,
      'filedBy.name',
      'fields.customerContactName',
      'fields.customerContactTitle',
      'fields.customerContactEmail',
      'fields.partnerContactName',
      'fields.partnerContactEmail',
    ]);
    expect(Object.keys(entries.at(-1)?.salts ?? {})).to.have.members([NAME, 'justification', 'press']);
  });

  it('are in no hash: the same history under the same salts has one, whatever the words are', () => {
    const [first] = chain();
    const text = canonical(committed(first as never));
    for (const word of ['Anna', 'dana@', 'Dana']) expect(text).to.not.include(word);
    expect(text).to.include('Contoso');
  });

  const tampering: Readonly<Record<string, (entry: Entry) => Entry>> = {
    'another word': (entry) => ({ ...entry, event: { ...entry.event, by: { ...entry.event.by, name: 'Nobody' } } }),
    'another salt': (entry) => ({ ...entry, salts: { ...entry.salts, [NAME]: 'another' } }),
    'no salt': (entry) => ({ ...entry, salts: {} }),
    'a salt of nothing': (entry) => ({ ...entry, salts: { ...entry.salts, 'filedBy.nickname': 'salt' } }),
    'a letter moved from the salt to the word': (entry) => {
      const salt = entry.salts?.[NAME] ?? '';
      return {
        ...entry,
        salts: { ...entry.salts, [NAME]: salt.slice(0, -1) },
        event: { ...entry.event, by: { ...entry.event.by, name: salt.slice(-1) + entry.event.by.name } },
      };
    },
    'the commitment in place of the word': (entry) => {
      const { [NAME]: salt = '', ...salts } = entry.salts ?? {};
      const name = sha256(canonical([salt, entry.event.by.name]));
      return { ...entry, salts, event: { ...entry.event, by: { ...entry.event.by, name } } };
    },
    'the committed form in place of the word': (entry) => {
      const { [NAME]: salt = '', ...salts } = entry.salts ?? {};
      const name = { sha256: sha256(canonical([salt, entry.event.by.name])) } as never;
      return { ...entry, salts, event: { ...entry.event, by: { ...entry.event.by, name } } };
    },
    'an erasure that no one asked for': (entry) =>
      eraseWords([entry], [{ version: entry.version, paths: [NAME] }], sha256)[0] as Entry,
    'an erased word that is there all the same': (entry) => ({
      ...entry,
      erased: { [NAME]: sha256(canonical([entry.salts?.[NAME], entry.event.by.name])) },
    }),
  };
  for (const [what, tamper] of Object.entries(tampering))
    it(`are found where they were tampered with: ${what}`, () => {
      for (const version of [1, 4, events.length])
        expect(firstBrokenEntry(at(chain(), version, tamper), sha256), String(version)).to.equal(version);
    });

  it('can be erased, and the chain still holds', () => {
    const name = chain()[0]?.event.by.name ?? '';
    const { words, entries } = withoutName(chain(), name);
    expect(words.length).to.be.greaterThan(1);
    expect(JSON.stringify(entries)).to.not.include(`"${name}"`);
    expect(firstBrokenEntry(entries, sha256)).to.equal(undefined);
    expect(entries.map(({ hash }) => hash).slice(0, -1)).to.deep.equal(chain().map(({ hash }) => hash));
    expect(withoutName(entries, name).words, 'once is enough').to.deep.equal([]);
  });

  it('count as erased only where a later entry says so', () => {
    const name = chain()[0]?.event.by.name ?? '';
    const { entries } = withoutName(chain(), name);
    expect(firstBrokenEntry(entries.slice(0, -1), sha256)).to.equal(1);
    const more = eraseWords(entries, [{ version: 4, paths: [NAME] }], sha256);
    expect(firstBrokenEntry(more, sha256)).to.equal(4);
  });
});

describe('entries of a version before there were commitments (R55)', () => {
  it('hold as they are, and are told from new ones', () => {
    expect(firstBrokenEntry(oldChain(), sha256)).to.equal(undefined);
    expect(hasOldEntries(oldChain())).to.equal(true);
    expect(hasOldEntries(chain())).to.equal(false);
  });

  it('are sealed before anything is added: chained anew, with the old head in the event that says so', () => {
    const entries = mixedChain();
    expect(entries.map(({ event }) => event.type).slice(-2)).to.deep.equal(['HistorySealed', events.at(-1)?.type]);
    expect(entries.slice(0, -2).map(({ event }) => event)).to.deep.equal(events);
    expect(entries[3]?.press).to.equal('p4');
    expect(entries.at(-2)?.event).to.deep.include({ oldHead: oldChain().at(-1)?.hash });
    expect(firstBrokenEntry(entries, sha256)).to.equal(undefined);
    expect(leadsToOldHead(entries, sha256)).to.equal(true);
  });

  it('are shown to be others than those that were sealed', () => {
    const altered = sealHistory(
      oldChain().map((entry, index) => (index === 2 ? { ...entry, recordedAt: 1 } : entry)),
      facts,
      chaining(),
    );
    expect(firstBrokenEntry(altered, sha256)).to.equal(undefined);
    expect(leadsToOldHead(altered, sha256)).to.equal(false);
  });

  it('do not mix with entries in committed form', () => {
    expect(firstBrokenEntry([...chain().slice(0, 3), ...oldChain().slice(3)], sha256)).to.equal(4);
    expect(firstBrokenEntry([...oldChain().slice(0, 3), ...chain().slice(3)], sha256)).to.equal(4);
    const [first, ...rest] = chain();
    const { salts: _, ...bare } = first as Entry;
    expect(firstBrokenEntry([bare, ...rest], sha256)).to.equal(1);
  });

  it('can be erased once sealed, and then nothing is left that was made of the words', () => {
    const name = events[0]?.by.name ?? '';
    const { words, entries } = withoutName(mixedChain(), name);
    expect(firstBrokenEntry(entries, sha256)).to.equal(undefined);
    expect(leadsToOldHead(entries, sha256)).to.equal(true);
    const text = JSON.stringify(entries);
    for (const { hash } of oldChain()) expect(text).to.not.include(hash);
    expect(text).to.not.include(`"${name}"`);
    expect(words.find(({ version }) => version === events.length + 1)?.paths).to.deep.equal(['oldHead']);
    expect(words.find(({ version }) => version === events.length + 2)?.paths).to.deep.equal(['by.name', 'press']);
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
