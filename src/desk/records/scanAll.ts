import type { Documents, StoredDocument } from '../ports/documents.ts';

const PAGE = 100;

/** Every document of a kind, of whatever schema, in an order of the store's own. It costs what all of them cost. */
export async function* scanAll<Body>(
  documents: Pick<Documents, 'scan'>,
  kind: string,
): AsyncGenerator<StoredDocument<Body>, void, void> {
  let after: string | undefined;
  do {
    const page = await documents.scan<Body>({ kind, limit: PAGE, ...(after !== undefined && { after }) });
    yield* page.documents;
    after = page.next;
  } while (after !== undefined);
}
