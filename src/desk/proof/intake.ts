/** One file on its way in: stored, inspected, then added to its claim; whole or not at all (R9, R12). */
import type { Refusal } from '../../domain/claims/refusal.ts';
import type { ClaimId, PersonId, Poe, PoeId } from '../../domain/claims/values.ts';
import type { HandlePorts } from '../commands/handle.ts';
import { handle } from '../commands/handle.ts';
import type { People } from '../directory/people.ts';
import type { FileProblem, LinkProblem, RefusedFile, TakenFile } from '../ports/proof.ts';
import type { World } from '../ports/world.ts';
import type { KeptIntent } from './fileIntents.ts';
import { createFileIntents, ExpiredIntentError } from './fileIntents.ts';
import { maySeeBroken } from '../queries/claims.ts';
import { HistoryBrokenError } from '../records/historyCheck.ts';
import { safeFileName } from './fileName.ts';
import { FileTooLargeError, limitBytes } from './limitBytes.ts';
import { poeKey } from './poeFiles.ts';

/** What the intake of files needs of the outside. */
export type IntakePorts = HandlePorts & Pick<World, 'files' | 'inspect' | 'log' | 'settings'>;

export type Bytes = AsyncIterable<Uint8Array>;
export type Taken = TakenFile | RefusedFile;

export interface Intake {
  /** Takes one file for a claim on a person's behalf; on any problem nothing of it is kept. */
  takeFile(person: PersonId, claim: ClaimId, declaredName: string, bytes: Bytes): Promise<Taken>;
}

/**
 * `changed` is called with each claim that got a file, so that its notices go out. Before the file is written its
 * intent is stored; a file that is refused is removed at once by this process, which wrote it and knows. What a crash
 * or a fault leaves is ended by the cleaning, once the intent has expired.
 */
export function createIntake(ports: IntakePorts, people: People, changed: (id: ClaimId) => void): Intake {
  const { random, clock, files, settings } = ports;
  const intents = createFileIntents(ports);

  async function takeFile(personId: PersonId, claimId: ClaimId, declaredName: string, bytes: Bytes): Promise<Taken> {
    const id = random.randomId() as PoeId;
    const name = safeFileName(declaredName);
    const begun = await begin(id, claimId, personId);
    const stored = begun && (await store(begun, bytes));
    if (!stored || 'problem' in stored) return { ok: false, problem: stored?.problem ?? 'interrupted' };
    const intent = begun;
    const inspected = await inspectStored(intent, name);
    if (!inspected.ok) return await discard(intent, inspected);
    const { kind, marks } = inspected;
    if (!settings.poeKinds.includes(kind))
      return await discard(intent, { ok: false, problem: 'kindNotAccepted', culprit: kind });
    const added = await add(intent, personId, { id, name, kind, ...(marks && { marks }), ...stored });
    if (added !== 'added') return await discard(intent, { ok: false, problem: added });
    await intents.close(intent);
    changed(claimId);
    return { ok: true, name, size: stored.size, kind };
  }

  async function begin(id: PoeId, claim: ClaimId, person: PersonId): Promise<KeptIntent | undefined> {
    const key = poeKey(claim, id);
    try {
      const intent = await intents.open(id, key, claim, person);
      return intent === 'exists' ? undefined : intent;
    } catch (error) {
      ports.log.warn({ key, error }, 'Could not store the intent of a file');
      return undefined;
    }
  }

  /**
   * Adds a file to its claim, or answers why not. Where it throws, the file may be added all the same: it stays, and so
   * does its intent.
   */
  async function add(
    intent: KeptIntent,
    person: PersonId,
    poe: Pick<Poe, 'id' | 'name' | 'kind' | 'marks' | 'size' | 'sha256'>,
  ): Promise<'added' | LinkProblem | FileProblem> {
    try {
      const handled = await handle(ports, people, intent.body.claim, async () => {
        await intents.requireOpen(intent);
        return { type: 'AddPoe', by: await people.memberBy(person), at: clock.now(), ...poe };
      });
      if (handled.kind === 'notFound') return 'foreign';
      return handled.kind === 'refused' ? problemOf(handled.refusal) : 'added';
    } catch (error) {
      if (error instanceof ExpiredIntentError) return 'interrupted';
      if (error instanceof HistoryBrokenError) {
        const mayKnow = await maySeeBroken(ports, await people.memberBy(person), error);
        return mayKnow ? 'historyBroken' : 'foreign';
      }
      throw error;
    }
  }

  async function store(
    intent: KeptIntent,
    bytes: Bytes,
  ): Promise<{ size: number; sha256: string } | { problem: FileProblem }> {
    const { key } = intent.body;
    let isBroken = false;
    const watched = async function* (): AsyncGenerator<Uint8Array> {
      try {
        yield* limitBytes(bytes, settings.maxPoeBytes);
      } catch (error) {
        isBroken = true;
        throw error;
      }
    };
    try {
      const stored = await files.put(key, watched());
      if (stored !== 'exists') return stored;
      // The file of another: it is none to remove.
      await intents.close(intent);
      return { problem: 'interrupted' };
    } catch (error) {
      // Of a stream that broke nothing is stored; where the file store failed, the file may be there all the same.
      if (isBroken) await intents.close(intent);
      if (error instanceof FileTooLargeError) return { problem: 'tooLarge' };
      ports.log.warn({ key, error }, 'Could not store a file');
      return { problem: 'interrupted' };
    }
  }

  /** A fault leaves no file behind either. */
  async function inspectStored(intent: KeptIntent, name: string): ReturnType<IntakePorts['inspect']> {
    try {
      return await ports.inspect(files, intent.body.key, name);
    } catch (error) {
      await removeFile(intent);
      throw error;
    }
  }

  async function discard(intent: KeptIntent, refused: RefusedFile): Promise<RefusedFile> {
    await removeFile(intent);
    return refused;
  }

  /** Never throws: the sender reads what was wrong with the file even where its removal is left to the cleaning. */
  async function removeFile(intent: KeptIntent): Promise<void> {
    const { key } = intent.body;
    try {
      await files.remove(key);
    } catch (error) {
      ports.log.warn({ key, error }, 'Could not delete a rejected file; the cleanup will retry');
      return;
    }
    await intents.close(intent);
  }

  return { takeFile };
}

function problemOf(refusal: Refusal): LinkProblem | FileProblem {
  switch (refusal.code) {
    case 'poeDuplicate':
      return 'duplicate';
    case 'poeTooMany':
      return 'tooMany';
    case 'poeAddedTooOften':
      return 'addedTooOften';
    case 'wrongStage':
      return 'closed';
    default:
      return 'foreign';
  }
}
