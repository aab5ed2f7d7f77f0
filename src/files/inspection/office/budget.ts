import type { PoeMark } from '../../../domain/claims/values.ts';
import type { Room } from './archive.ts';

/** What of one file may still be unpacked and read, shared by all packages in it. In bytes. */
export interface Budget extends Room {
  xmlLeft: number;
  /** In how many packages this one is. */
  readonly depth: number;
}

/** A package that is sound; inside another one also of a kind that is not taken by itself. */
export interface SoundPackage {
  readonly kind: string;
  readonly marks: readonly PoeMark[];
}
