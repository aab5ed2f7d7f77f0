/** One file on its way in: stored, inspected, then added to its claim; whole or not at all (R9, R12). */
import type { Refusal } from '../../domain/claims/refusal.ts';
import type { ClaimId, PersonId, PoeId } from '../../domain/claims/values.ts';
import type { HandlePorts } from '../commands/handle.ts';
import { handle } from '../commands/handle.ts';
import type { People } from '../directory/people.ts';
import type { FileProblem, LinkProblem, TakenFile } from '../ports/proof.ts';
import type { World } from '../ports/world.ts';
import { safeFileName } from './fileName.ts';
import { FileTooLargeError, limitBytes } from './limitBytes.ts';
import { MAX_UNREFERENCED_MS } from './orphans.ts';

/** What the intake of files needs of the outside. */
export type IntakePorts = HandlePorts & Pick<World, 'files' | 'inspect' | 'log' | 'settings'>;

export type Bytes = AsyncIterable<Uint8Array>;
export type Taken = TakenFile | { readonly ok: false; readonly problem: LinkProblem | FileProblem };

export interface Intake {
  /** Takes one file for a claim on a person's behalf; on any problem nothing of it is kept. */
  takeFile(person: PersonId, claim: ClaimId, declaredName: string, bytes: Bytes): Promise<Taken>;
  /** The keys of the files that this instance is taking in. */
  readonly inFlight: ReadonlySet<string>;
}

/** `changed` is called with each claim that got a file, so that its notices go out. */
export function createIntake(ports: IntakePorts, people: People, changed: (id: ClaimId) => void): Intake {
  const { random, clock, files, settings } = ports;
  const inFlight = new Set<string>();

  async function takeFile(personId: PersonId, claimId: ClaimId, declaredName: string, bytes: Bytes): Promise<Taken> {
    const id = random.randomId() as PoeId;
    const key = poeKey(claimId, id);
    const name = safeFileName(declaredName);
    inFlight.add(key);
    try {
      const stored = await store(key, bytes);
      if ('problem' in stored) return { ok: false, problem: stored.problem };
      const storedAt = clock.now();
      const inspected = await inspectStored(key, name);
      if (!inspected.ok) return await discard(key, inspected.problem);
      if (clock.now() - storedAt > MAX_UNREFERENCED_MS) return await discard(key, 'interrupted');
      const handled = await handle(ports, claimId, async () => ({
        type: 'AddPoe',
        by: await people.memberBy(personId),
        at: clock.now(),
        id,
        name,
        kind: inspected.kind,
        size: stored.size,
        sha256: stored.sha256,
      }));
      if (handled.kind === 'notFound') return await discard(key, 'foreign');
      if (handled.kind === 'refused') return await discard(key, problemOf(handled.refusal));
      changed(claimId);
      return { ok: true, name, size: stored.size, kind: inspected.kind };
    } finally {
      inFlight.delete(key);
    }
  }

  async function store(
    key: string,
    bytes: Bytes,
  ): Promise<{ size: number; sha256: string } | { problem: FileProblem }> {
    try {
      const stored = await files.put(key, limitBytes(bytes, settings.maxPoeBytes));
      return stored === 'exists' ? { problem: 'interrupted' } : stored;
    } catch (error) {
      if (error instanceof FileTooLargeError) return { problem: 'tooLarge' };
      ports.log.warn({ key, error }, 'Could not store a file');
      return { problem: 'interrupted' };
    }
  }

  /** A fault leaves no file behind either. */
  async function inspectStored(key: string, name: string): ReturnType<IntakePorts['inspect']> {
    try {
      return await ports.inspect(files, key, name);
    } catch (error) {
      await removeFile(key);
      throw error;
    }
  }

  async function discard<Problem>(key: string, problem: Problem): Promise<{ ok: false; problem: Problem }> {
    await removeFile(key);
    return { ok: false, problem };
  }

  /** Never throws: the sender reads what was wrong with the file even where its removal is left to the cleaning. */
  async function removeFile(key: string): Promise<void> {
    try {
      await files.remove(key);
    } catch (error) {
      ports.log.warn({ key, error }, 'Could not delete a rejected file; the cleanup will retry');
    }
  }

  return { takeFile, inFlight };
}

/** The key of a file of proof in the file store. */
export function poeKey(claimId: ClaimId, poeId: PoeId): string {
  return `poe/${claimId}/${poeId}`;
}

function problemOf(refusal: Refusal): LinkProblem | FileProblem {
  switch (refusal.code) {
    case 'poeDuplicate':
      return 'duplicate';
    case 'poeTooMany':
      return 'tooMany';
    case 'wrongStage':
      return 'closed';
    default:
      return 'foreign';
  }
}
