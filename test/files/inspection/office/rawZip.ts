/** Writes zips as odd writers do, and as hostile ones: everything that a library would set right can be set wrong. */
import { crc32, deflateRawSync } from 'node:zlib';

export interface RawEntry {
  readonly name: string;
  readonly content: Buffer | string;
  readonly stored?: boolean;
  /** Sizes and checksum come behind the bytes, as writers of streams do. */
  readonly descriptor?: boolean;
  /** Sizes are in an extra field of 64 bits. */
  readonly zip64?: boolean;
  /** What the directory says in place of the truth. */
  readonly lie?: { readonly size?: number; readonly sum?: number; readonly name?: string; readonly at?: number };
  /** The directory conceals it. */
  readonly unlisted?: boolean;
}

export interface RawZipOptions {
  readonly before?: Buffer | string;
  readonly behind?: Buffer | string;
  readonly comment?: string;
  /** Offsets count from the beginning of the file, not of the zip. */
  readonly absolute?: boolean;
  readonly zip64?: boolean;
}

const bytes = (content: Buffer | string): Buffer => (typeof content === 'string' ? Buffer.from(content) : content);

export function rawZip(entries: readonly RawEntry[], options: RawZipOptions = {}): Buffer {
  const before = bytes(options.before ?? '');
  const shift = options.absolute ? before.length : 0;
  const pieces: Buffer[] = [];
  const directory: Buffer[] = [];
  let at = 0;
  for (const entry of entries) {
    const { local, listed } = written(entry, at + shift);
    pieces.push(local);
    if (!entry.unlisted) directory.push(listed);
    at += local.length;
  }
  const list = Buffer.concat(directory);
  const comment = bytes(options.comment ?? '');
  const end = Buffer.alloc(22);
  end.writeUInt32LE(0x06054b50, 0);
  end.writeUInt16LE(directory.length, 8);
  end.writeUInt16LE(directory.length, 10);
  end.writeUInt32LE(options.zip64 ? 0xffff_ffff : list.length, 12);
  end.writeUInt32LE(options.zip64 ? 0xffff_ffff : at + shift, 16);
  end.writeUInt16LE(comment.length, 20);
  const end64 = options.zip64 ? endOf64(directory.length, list.length, at + shift) : Buffer.alloc(0);
  return Buffer.concat([before, ...pieces, list, end64, end, comment, bytes(options.behind ?? '')]);
}

function written(entry: RawEntry, at: number): { readonly local: Buffer; readonly listed: Buffer } {
  const content = bytes(entry.content);
  const packed = entry.stored ? content : deflateRawSync(content);
  const sum = crc32(content);
  const name = Buffer.from(entry.name);
  const flags = 0x800 | (entry.descriptor ? 8 : 0);
  const sizes = entry.zip64 ? extra64(content.length, packed.length) : Buffer.alloc(0);
  const head = Buffer.alloc(30);
  head.writeUInt32LE(0x04034b50, 0);
  head.writeUInt16LE(20, 4);
  head.writeUInt16LE(flags, 6);
  head.writeUInt16LE(entry.stored ? 0 : 8, 8);
  if (!entry.descriptor) {
    head.writeUInt32LE(sum, 14);
    head.writeUInt32LE(entry.zip64 ? 0xffff_ffff : packed.length, 18);
    head.writeUInt32LE(entry.zip64 ? 0xffff_ffff : content.length, 22);
  }
  head.writeUInt16LE(name.length, 26);
  head.writeUInt16LE(sizes.length, 28);
  const behind = Buffer.alloc(entry.descriptor ? 16 : 0);
  if (entry.descriptor) {
    behind.writeUInt32LE(0x08074b50, 0);
    behind.writeUInt32LE(sum, 4);
    behind.writeUInt32LE(packed.length, 8);
    behind.writeUInt32LE(content.length, 12);
  }
  const listedName = Buffer.from(entry.lie?.name ?? entry.name);
  const listed = Buffer.alloc(46);
  listed.writeUInt32LE(0x02014b50, 0);
  listed.writeUInt16LE(20, 4);
  listed.writeUInt16LE(20, 6);
  listed.writeUInt16LE(flags, 8);
  listed.writeUInt16LE(entry.stored ? 0 : 8, 10);
  listed.writeUInt32LE(entry.lie?.sum ?? sum, 16);
  listed.writeUInt32LE(entry.zip64 ? 0xffff_ffff : packed.length, 20);
  listed.writeUInt32LE(entry.zip64 ? 0xffff_ffff : (entry.lie?.size ?? content.length), 24);
  listed.writeUInt16LE(listedName.length, 28);
  listed.writeUInt16LE(sizes.length, 30);
  listed.writeUInt32LE(entry.lie?.at ?? at, 42);
  return {
    local: Buffer.concat([head, name, sizes, packed, behind]),
    listed: Buffer.concat([listed, listedName, sizes]),
  };
}

function extra64(size: number, packed: number): Buffer {
  const field = Buffer.alloc(20);
  field.writeUInt16LE(1, 0);
  field.writeUInt16LE(16, 2);
  field.writeBigUInt64LE(BigInt(size), 4);
  field.writeBigUInt64LE(BigInt(packed), 12);
  return field;
}

function endOf64(count: number, size: number, at: number): Buffer {
  const record = Buffer.alloc(56 + 20);
  record.writeUInt32LE(0x06064b50, 0);
  record.writeBigUInt64LE(44n, 4);
  record.writeBigUInt64LE(BigInt(count), 24);
  record.writeBigUInt64LE(BigInt(count), 32);
  record.writeBigUInt64LE(BigInt(size), 40);
  record.writeBigUInt64LE(BigInt(at), 48);
  record.writeUInt32LE(0x07064b50, 56);
  record.writeBigUInt64LE(BigInt(at + size), 64);
  record.writeUInt32LE(1, 72);
  return record;
}
