/** What Cosmos DB takes for an id, in bytes. */

const MAX_BYTES = 1023;

/**
 * A document's id as the id of an item. Letters, digits, `-` and `_` stay as they are, so a claim id does; every other
 * byte of the id's UTF-8 becomes `~` and two hex digits, since Cosmos DB forbids some characters and addresses items by
 * URL. The empty id is `~`. No two ids become the same. Undefined where the result is too long for Cosmos DB: no such
 * document can be.
 */
export function itemIdOf(id: string): string | undefined {
  const escaped = id === '' ? '~' : id.toWellFormed().replace(/[^A-Za-z0-9_-]+/g, escapeBytes);
  return escaped.length > MAX_BYTES ? undefined : escaped;
}

/** The id that {@link itemIdOf} was given. */
export function idOfItem(itemId: string): string {
  if (itemId === '~') return '';
  return itemId.replace(/(?:~[0-9a-f]{2})+/g, (bytes) =>
    Buffer.from(bytes.replaceAll('~', ''), 'hex').toString('utf8'),
  );
}

function escapeBytes(text: string): string {
  return [...Buffer.from(text, 'utf8')].map((byte) => `~${byte.toString(16).padStart(2, '0')}`).join('');
}
