import { expect } from 'chai';
import { decide } from '../../../src/domain/claims/decide.ts';
import { evolve, fold } from '../../../src/domain/claims/evolve.ts';
import { noticesOf } from '../../../src/domain/claims/notices.ts';
import { applyDueClocks } from '../../../src/domain/claims/dueClocks.ts';
import { handleCommand } from '../../../src/domain/claims/handleCommand.ts';
import { ROLES, ROWS, STATES } from './matrix.ts';
import { PRESENT } from './personas.ts';
import { commandAt, created, DAY, disputed, draft, frozen, passed, RULES, underReview } from './scenario.ts';

const SIDES = frozen({ barred: [], standing: PRESENT });

describe('the lifecycle is pure', () => {
  for (const state of STATES) {
    it(`${state.name}: the same question has the same answer, and nothing that is handed in is touched`, () => {
      const { claim, now } = frozen(state.story());
      for (const actor of Object.values(ROLES)) {
        for (const row of Object.values(ROWS)) {
          const command = frozen(commandAt(row.ask(actor), now));
          const settled = applyDueClocks(claim, now, RULES.programme, SIDES);
          expect(decide(command, settled.claim, RULES)).to.deep.equal(decide(command, settled.claim, RULES));
          expect(handleCommand(claim, command, RULES, SIDES)).to.deep.equal(
            handleCommand(claim, command, RULES, SIDES),
          );
        }
      }
    });
  }

  it('the same events make the same claim, and are not touched', () => {
    for (const story of [draft(), passed(), disputed()]) {
      const events = frozen(story.events);
      expect(fold(events)).to.deep.equal(fold(events));
      expect(fold(events)).to.deep.equal(story.claim);
      const last = events.at(-1);
      if (last) expect(noticesOf(last, frozen(fold(events)))).to.deep.equal(noticesOf(last, story.claim));
    }
  });

  it('settling leaves the claim that it was asked about as it was', () => {
    const claim = frozen(underReview().claim);
    const before = structuredClone(claim);
    applyDueClocks(claim, underReview().now + 30 * DAY, RULES.programme, SIDES);
    expect(claim).to.deep.equal(before);
  });
});

describe('a claim from its events', () => {
  it('begins with its creation', () => {
    expect(() => fold([])).to.throw('at least one event');
    expect(() => fold(draft().events.slice(1))).to.throw('begins with its creation');
  });

  it('has one version for each event', () => {
    const { events } = passed();
    events.forEach((_, index) => {
      expect(fold(events.slice(0, index + 1)).version).to.equal(index + 1);
    });
    const [first] = created().events;
    expect(first && evolve(undefined, first).version).to.equal(1);
  });
});
