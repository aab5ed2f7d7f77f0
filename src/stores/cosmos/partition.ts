import { createHash } from 'node:crypto';

/** More would make every find a flood of requests; see deploy/cosmos.md for what each number allows. */
export const MAX_PARTITIONS = 256;

/**
 * Kinds of which there are thousands, not millions, however large the programme grows. Each is in one partition, so
 * that a find is one request: 20 GB are some ten million people.
 */
const SMALL: readonly string[] = ['person', 'organisation', 'channel', 'announcement', 'sideChange', 'operatorAct'];

/**
 * The logical partition of a document: `claim-7`. The shard is the first 32 bits of the SHA-256 of the id's UTF-8
 * bytes, modulo `partitions`, so a point read needs the kind and the id alone, and a find queries the shards of its
 * kind; {@link SMALL} kinds have one shard, `person-0`. Cosmos DB holds 20 GB and serves 10,000 RU/s in one logical
 * partition: claims can grow to 20 GB times `partitions`, and the container, which the service spreads over physical
 * partitions by this value, to as many RU/s as it has of those times 10,000. Another rule or number puts documents
 * elsewhere: the number is written into the container once, and the rule never changes.
 */
export function partitionOf(kind: string, id: string, partitions: number): string {
  return `${kind}-${createHash('sha256').update(id, 'utf8').digest().readUInt32BE(0) % shardsOf(kind, partitions)}`;
}

/** All partitions of a kind of document. */
export function partitionsOf(kind: string, partitions: number): string[] {
  return Array.from({ length: shardsOf(kind, partitions) }, (_, shard) => `${kind}-${shard}`);
}

function shardsOf(kind: string, partitions: number): number {
  return SMALL.includes(kind) ? 1 : partitions;
}
