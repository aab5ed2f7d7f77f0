/**
 * Checks that no instance overwrites a document of a newer version of the desk, or writes one that this version does
 * not know.
 */
import type { Checker } from './observations.ts';
import { PLANTED } from './observations.ts';
import { member } from './support/looseJson.ts';

/** The schema of each kind of document; of a kind that is not named, 1. */
const KNOWN: Readonly<Record<string, number>> = { claim: 3, person: 3, organisation: 3, channel: 3 };

export function createSchemasChecker(): Checker {
  return {
    name: 'schemas',
    wrote({ by, kind, id, before, after }) {
      if (by === PLANTED) return [];
      const what = `${kind} ${id}, written by ${by}`;
      if (!isKnown(kind, before))
        return [`${what}: over schema ${String(member(before, 'schema'))}, of which this version knows nothing`];
      return isKnown(kind, after)
        ? []
        : [`${what}: with schema ${String(member(after, 'schema'))}, of which this version knows nothing`];
    },
  };
}

/** A document without a schema was written before there were any. */
function isKnown(kind: string, body: unknown): boolean {
  const schema = member(body, 'schema') ?? 1;
  return typeof schema === 'number' && schema >= 1 && schema <= (KNOWN[kind] ?? 1);
}
