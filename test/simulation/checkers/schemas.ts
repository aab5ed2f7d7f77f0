/**
 * Checks that no instance overwrites a document of a newer version of the desk, or writes one that this version does
 * not know.
 */
import type { Checker } from './observations.ts';
import { PLANTED } from './observations.ts';
import { member } from './support/looseJson.ts';

const KNOWN = 1;

export function createSchemasChecker(): Checker {
  return {
    name: 'schemas',
    wrote({ by, kind, id, before, after }) {
      if (by === PLANTED) return [];
      const what = `${kind} ${id}, written by ${by}`;
      if (!isKnown(before))
        return [`${what}: over schema ${String(member(before, 'schema'))}, of which this version knows nothing`];
      return isKnown(after)
        ? []
        : [`${what}: with schema ${String(member(after, 'schema'))}, of which this version knows nothing`];
    },
  };
}

/** A document without a schema was written before there were any. */
function isKnown(body: unknown): boolean {
  return [undefined, KNOWN].includes(member(body, 'schema') as number | undefined);
}
