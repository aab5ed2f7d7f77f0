import type { Documents } from '../desk/ports/documents.ts';
import type { Meters } from '../desk/ports/metrics.ts';

/**
 * The same store, with every call of it told to `meters`: its name, what came of it and how long it took. `now` are milliseconds of
 * a clock that never goes back, from any beginning.
 */
export function instrumentDocuments(documents: Documents, meters: Pick<Meters, 'store'>, now: () => number): Documents {
  async function told<Answer>(operation: keyof Documents, ask: () => Promise<Answer>): Promise<Answer> {
    const start = now();
    const tell = (outcome: Parameters<Meters['store']>[1]): void =>
      meters.store(operation, outcome, (now() - start) / 1000);
    try {
      const answer = await ask();
      tell(answer === 'exists' || answer === 'changed' ? 'conflict' : 'done');
      return answer;
    } catch (error) {
      tell('fault');
      throw error;
    }
  }

  return {
    create: (document) => told('create', () => documents.create(document)),
    read: (kind, id) => told('read', () => documents.read(kind, id)),
    replace: (document, etag) => told('replace', () => documents.replace(document, etag)),
    find: (find) => told('find', () => documents.find(find)),
  };
}
