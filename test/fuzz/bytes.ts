/** Valid bytes, with some of them changed, cut out, duplicated or inserted. */
import type { Chance } from '../support/random.ts';

const ODD = [0x00, 0xff, 0x7f, 0x80, 0xfe, 0x01, 0x22, 0x5c, 0x7b, 0x5d] as const;

/** Changed in one to a few places. */
export function altered(chance: Chance, bytes: Buffer): Buffer {
  let changed: Buffer = Buffer.from(bytes);
  for (let left = 1 + chance.below(chance.happens(0.8) ? 2 : 12); left > 0; left -= 1) changed = once(chance, changed);
  return changed;
}

function once(chance: Chance, bytes: Buffer): Buffer {
  const at = chance.below(bytes.length + 1);
  const length = Math.min(bytes.length - at, 1 + chance.below(chance.happens(0.7) ? 4 : 200));
  switch (chance.weighed({ flip: 25, odd: 25, cut: 14, end: 10, double: 10, insert: 8, number: 8 })) {
    case 'flip':
      return withByte(bytes, at, (bytes[at] ?? 0) ^ (1 << chance.below(8)));
    case 'cut':
      return Buffer.concat([bytes.subarray(0, at), bytes.subarray(at + length)]);
    case 'end':
      return Buffer.from(bytes.subarray(0, at));
    case 'double':
      return Buffer.concat([bytes.subarray(0, at + length), bytes.subarray(at)]);
    case 'insert':
      return Buffer.concat([bytes.subarray(0, at), Buffer.alloc(length, chance.pick(ODD)), bytes.subarray(at)]);
    case 'number':
      return withNumber(chance, bytes, at);
    default:
      return withByte(bytes, at, chance.pick(ODD));
  }
}

function withByte(bytes: Buffer, at: number, byte: number): Buffer {
  const changed = Buffer.from(bytes);
  if (at < changed.length) changed[at] = byte;
  return changed;
}

/** A size, a count or an offset that is not true. */
function withNumber(chance: Chance, bytes: Buffer, at: number): Buffer {
  const changed = Buffer.from(bytes);
  if (at + 4 <= changed.length)
    changed.writeUInt32LE(chance.pick([0, 1, 0x7fffffff, 0xffffffff, 0xfffffffe, bytes.length, bytes.length + 1]), at);
  return changed;
}
