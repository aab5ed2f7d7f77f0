/** What is said of a claim from which every personal word was erased still reads as sentences (R55). */
import { expect } from 'chai';
import { fold } from '../../../src/domain/claims/evolve.ts';
import type { ClaimEvent } from '../../../src/domain/claims/events.ts';
import { personalPaths, valueAt, withValues } from '../../../src/domain/claims/personal.ts';
import { lineOf } from '../../../src/teams/text/notifications.ts';
import { doneNote } from '../../../src/teams/text/outcomes.ts';
import { nextNote } from '../../../src/teams/text/status.ts';
import { viewClaim } from '../../../src/desk/queries/view.ts';
import type { Story } from '../../domain/claims/scenario.ts';
import { AUDIENCES, entryOf, expectSentence, SPEECHES, STAGES, STORIES } from '../wordingSamples.ts';

/** An event with nothing in the place of each personal word. */
function erased(event: ClaimEvent): ClaimEvent {
  const words = personalPaths(event).filter((path) => typeof valueAt(event, path) === 'string');
  return withValues(event, new Map(words.map((path) => [path, ''])));
}

/** Nothing between quotation marks, after a colon or a dash, or in the place of the first word. */
const GAP = /“”|„“|«»|""|: ?[.,]|:$|– ?$|^[.,:]/;

function expectWhole(text: string, about: string): void {
  expectSentence(text, about);
  expect(text, about).not.to.match(GAP);
}

describe('Sentences about a claim without names and words', () => {
  const stories: readonly (readonly [string, Story])[] = [
    ...STORIES.map((story, index) => [`story ${index}`, story] as const),
    ...Object.entries(STAGES),
  ];
  for (const speech of SPEECHES) {
    it(`are whole in threads and answers, in ${speech.language}`, () => {
      for (const [name, { events }] of stories) {
        const without = events.map(erased);
        const claim = fold(without);
        for (const event of without) {
          const about = `${name}: ${event.type}`;
          for (const audience of AUDIENCES) expectWhole(lineOf(entryOf(event), claim, audience, speech), about);
          expectWhole(doneNote(entryOf(event), claim, event.by.id as never, speech), about);
        }
      }
    });

    it(`are whole where they say who acts next, in ${speech.language}`, () => {
      for (const [name, { events, now }] of stories) {
        const claim = fold(events.map(erased));
        for (const audience of AUDIENCES)
          expectWhole(nextNote(viewClaim(claim, { kind: 'audience', audience }, now), speech), name);
      }
    });
  }

  it('do not take an erased justification for proof of execution', () => {
    const story = STORIES.find(({ events }) => events.some(({ type }) => type === 'DisputeOpened'));
    const opened = story?.events.find(({ type }) => type === 'DisputeOpened');
    if (!story || !opened) throw new Error('no dispute');
    const entry = { ...entryOf(erased(opened)), erased: { justification: 'a commitment' } };
    for (const speech of SPEECHES)
      expect(lineOf(entry, story.claim, 'review', speech)).not.to.equal(
        lineOf({ ...entry, erased: {} }, story.claim, 'review', speech),
      );
  });
});
