/** The body of the answer to an invoke. The HTTP status is always 200: clients show any other as a broken card. */
import type { Card } from './cards/templates.ts';

const CARD = 'application/vnd.microsoft.card.adaptive';
const ERROR = 'application/vnd.microsoft.error';

/** Replaces the card that was pressed. */
export function cardResponse(card: Card): unknown {
  return { statusCode: 200, type: CARD, value: card };
}

/** Shows an error below the card, which stays as it is. */
export function errorResponse(
  statusCode: 400 | 401 | 500,
  code: 'BadRequest' | 'Unauthorized' | 'InternalServerError',
  message: string,
): unknown {
  return { statusCode, type: ERROR, value: { code, message } };
}
