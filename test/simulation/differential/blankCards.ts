/** Cards without content: the differential test does not compare them, and rendering takes most of the time. */
import type { Cards } from '../../../src/teams/cards/cards.ts';
import { createCards } from '../../../src/teams/cards/cards.ts';

export function blankCards(): Cards {
  const cards = createCards(new URL('../../../cards/', import.meta.url));
  return { ...cards, claim: () => ({ type: 'AdaptiveCard' }) };
}
