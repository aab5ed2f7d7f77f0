import type { PoeMark } from '../../../domain/claims/values.ts';
import type { Room } from './archive.ts';
import type { NodeBudget } from './xml.ts';

/** What one package may unpack to, with all that is embedded in it. */
const MAX_UNPACKED_BYTES = 1024 * 1024 * 1024;
/** What of it may be read as XML. */
const MAX_XML_BYTES = 256 * 1024 * 1024;
/** Reading takes a second for some 700,000 nodes. A sheet of 100,000 rows and 20 columns has some ten million. */
const MAX_NODES = 16_000_000;
/** What a file of any size may have, and what it may have for each of its bytes: writers need some bytes for a node. */
const MIN_NODES = 500_000;
const NODES_PER_BYTE = 4;

/** What of one file may still be unpacked and read, shared by all packages in it. */
export interface Budget extends Room, NodeBudget {
  /** In bytes. */
  xmlLeft: number;
}

/** What a file of this size, in bytes, may take. */
export function budgetFor(size: number): Budget {
  return {
    left: MAX_UNPACKED_BYTES,
    xmlLeft: MAX_XML_BYTES,
    nodesLeft: Math.min(MAX_NODES, MIN_NODES + NODES_PER_BYTE * size),
  };
}

/** A package that is sound; inside another one also of a kind that is not taken by itself. */
export interface SoundPackage {
  readonly kind: string;
  readonly marks: readonly PoeMark[];
}
