/** Cards without content: the differential test does not compare them, and rendering takes most of the time. */
import { CATALOGUE } from '../../../src/domain/claims/catalogue.ts';
import type { Cards } from '../../../src/teams/cards/cards.ts';
import { createCards } from '../../../src/teams/cards/cards.ts';

export function blankCards(): Cards {
  const cards = createCards(new URL('../../../cards/', import.meta.url), CATALOGUE);
  return { ...cards, claim: () => ({ type: 'AdaptiveCard' }) };
}
