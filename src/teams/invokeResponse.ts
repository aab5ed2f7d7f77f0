/** The body of the answer to an invoke. Its HTTP status is always 200: clients show any other as a card that is out of order. */
import type { Card } from './cards/templates.ts';

const CARD = 'application/vnd.microsoft.card.adaptive';
const ERROR = 'application/vnd.microsoft.error';

/** The card that takes the place of the one that was pressed. */
export function cardResponse(card: Card): unknown {
  return { statusCode: 200, type: CARD, value: card };
}

/** What is said below the card, which stays as it is. */
export function errorResponse(
  statusCode: 400 | 401 | 500,
  code: 'BadRequest' | 'Unauthorized' | 'InternalServerError',
  message: string,
): unknown {
  return { statusCode, type: ERROR, value: { code, message } };
}
