/**
 * Worlds in which an earlier version of the desk was at work: its documents and files are read from `test/fixtures`.
 */
import { cpSync, readdirSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { ClaimId } from '../../../src/domain/claims/values.ts';
import type { ClaimBody } from '../../../src/desk/records/claimRecord.ts';
import { CLAIM } from '../../../src/desk/records/claimRecord.ts';
import type { NewDocument } from '../../../src/desk/ports/documents.ts';
import { openLocalFiles } from '../../../src/files/local/localFiles.ts';
import { memoryDocuments } from '../../support/memoryDocuments.ts';
import { openSqlite } from '../../../src/stores/sqlite/sqliteDocuments.ts';
import { makeFolder, removeFolder } from '../../support/tempFolders.ts';
import type { DeskWorld } from '../world.ts';
import { openWorld } from '../world.ts';

const FIXTURES = fileURLToPath(new URL('../../fixtures/', import.meta.url));

/** A claim as the version that wrote it read it; what was undefined is absent. */
export interface WrittenClaim {
  readonly what: string;
  readonly id: ClaimId;
  readonly stage: string;
  readonly version: number;
}

/** All that an earlier version left. */
export interface Written {
  readonly version: string;
  readonly writtenAt: number;
  /** Two messages: one that was handled, one whose handling was begun. */
  readonly heard: readonly [string, string];
  readonly links: { readonly used: string; readonly upload: string; readonly download: string };
  readonly documents: readonly NewDocument<object>[];
  readonly claims: readonly WrittenClaim[];
}

/** The versions of which documents are kept. */
export function earlierVersions(): readonly Written[] {
  const folders = readdirSync(FIXTURES, { withFileTypes: true }).filter(
    (entry) => entry.isDirectory() && /^\d/.test(entry.name),
  );
  return folders.map(({ name }) => ({
    version: name,
    ...(JSON.parse(textOf(name, 'desk.json')) as Pick<Written, 'writtenAt' | 'heard' | 'links'>),
    documents: linesOf<NewDocument<object>>(name, 'documents.jsonl'),
    claims: linesOf<WrittenClaim>(name, 'claims.jsonl'),
  }));
}

export type Store = 'memory' | 'SQLite';
export type OldWorld = DeskWorld & { close(): void };

/**
 * Today's desk on a copy of what an earlier version left, at the moment at which it left it; Teams holds the cards of
 * then. With `only`, that claim and no other.
 */
export async function openOldWorld(written: Written, store: Store, only?: ClaimId): Promise<OldWorld> {
  const folder = makeFolder(tmpdir(), 'older-');
  cpSync(join(FIXTURES, written.version, 'files'), join(folder, 'files'), { recursive: true });
  const sqlite = store === 'SQLite' ? openSqlite(join(folder, 'desk.db')) : undefined;
  const documents = sqlite ?? memoryDocuments();
  const world = await openWorld({ documents, files: await openLocalFiles(folder), start: written.writtenAt });
  for (const document of written.documents) {
    if (only !== undefined && document.kind === CLAIM && document.id !== only) continue;
    const there = await documents.read(document.kind, document.id);
    await (there ? documents.replace(document, there.etag) : documents.create(document));
    if (document.kind === CLAIM) showCards(world, document as NewDocument<ClaimBody>);
  }
  world.messenger.forget();
  return {
    ...world,
    close: () => {
      sqlite?.close();
      removeFolder(folder);
    },
  };
}

function showCards({ messenger }: DeskWorld, { body, id }: NewDocument<ClaimBody>): void {
  for (const { conversationId, messageId } of Object.values(body.homes)) {
    const shown = messenger.conversations.get(conversationId) ?? [];
    messenger.conversations.set(conversationId, [
      ...shown,
      { messageId, content: { kind: 'moved', id: id as ClaimId } },
    ]);
  }
}

function textOf(version: string, file: string): string {
  return readFileSync(join(FIXTURES, version, file), 'utf8');
}

function linesOf<Line>(version: string, file: string): readonly Line[] {
  return textOf(version, file)
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line) as Line);
}
