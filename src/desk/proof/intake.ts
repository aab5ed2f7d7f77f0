/** One file on its way in: stored, inspected, then added to its claim; whole or not at all (R9, R12). */
import type { Claim } from '../../domain/claims/claim.ts';
import { refusalFor } from '../../domain/claims/decide.ts';
import { poeLeft } from '../../domain/claims/drafting.ts';
import type { AddPoe } from '../../domain/claims/commands.ts';
import type { Refusal } from '../../domain/claims/refusal.ts';
import type { ClaimId, PersonId, Poe, PoeId } from '../../domain/claims/values.ts';
import type { HandlePorts } from '../commands/handle.ts';
import { handle } from '../commands/handle.ts';
import type { People } from '../directory/people.ts';
import { settle } from '../directory/sides.ts';
import type { FileProblem, LinkProblem, RefusedFile, TakenFile } from '../ports/proof.ts';
import type { World } from '../ports/world.ts';
import type { KeptIntent } from './fileIntents.ts';
import { createFileIntents, ExpiredIntentError } from './fileIntents.ts';
import { maySeeBroken } from '../queries/claims.ts';
import { readClaim } from '../records/claimRecord.ts';
import { HistoryBrokenError } from '../records/historyCheck.ts';
import { isOfNewerVersion } from '../records/schemaVersion.ts';
import { safeFileName } from './fileName.ts';
import { FileTooLargeError, limitBytes } from './limitBytes.ts';
import { paced, StalledError } from './pace.ts';
import { poeKey } from './poeFiles.ts';
import type { Scanning } from './scanning.ts';
import type { UploadSource } from './uploadGate.ts';
import { createUploadGate } from './uploadGate.ts';
import type { ClaimRoom } from './uploadSlots.ts';
import { createUploadSlots } from './uploadSlots.ts';

/** What the intake of files needs of the outside. */
export type IntakePorts = HandlePorts & Pick<World, 'files' | 'inspect' | 'log' | 'settings' | 'timer'>;

export type Bytes = AsyncIterable<Uint8Array>;
export type Taken = TakenFile | RefusedFile;

/** A file as its sender offers it. */
export interface OfferedFile {
  readonly declaredName: string;
  /** Not read before there is room for it. */
  readonly bytes: Bytes;
  /** How many bytes its sender says it has; absent where they do not say. */
  readonly announced?: number;
  readonly source: UploadSource;
}

export interface Intake {
  /** Takes one file for a claim on a person's behalf; on any problem nothing of it is kept. */
  takeFile(person: PersonId, claim: ClaimId, file: OfferedFile): Promise<Taken>;
}

/**
 * `changed` is called with each claim that got a file, so that its notices go out. Before anything is read there has to
 * be room in this process and a place in the claim; both are let go however the file ends. Before the file is written
 * its intent is stored; a file that is refused is removed at once by this process, which wrote it and knows. What a
 * crash or a fault leaves is ended by the cleaning, once the intent has expired.
 */
export function createIntake(
  ports: IntakePorts,
  people: People,
  scanning: Pick<Scanning, 'first'>,
  changed: (id: ClaimId) => void,
): Intake {
  const { random, clock, files, settings, timer } = ports;
  const intents = createFileIntents(ports);
  const gate = createUploadGate(settings.uploads, ports.meters);
  const slots = createUploadSlots(ports);

  async function takeFile(person: PersonId, claim: ClaimId, file: OfferedFile): Promise<Taken> {
    const most = Math.min(file.announced ?? settings.maxPoeBytes, settings.maxPoeBytes);
    const room = gate.enter(person, file.source, most);
    if (typeof room === 'string') return { ok: false, problem: room };
    try {
      const id = random.randomId() as PoeId;
      const reserved = await reserve(person, claim, id, file.source);
      if (reserved !== 'reserved') return { ok: false, problem: reserved };
      try {
        return await takeIn(id, person, claim, file);
      } finally {
        await slots.release(claim, id);
      }
    } finally {
      room.release();
    }
  }

  async function reserve(
    person: PersonId,
    claim: ClaimId,
    id: PoeId,
    source: UploadSource,
  ): Promise<'reserved' | LinkProblem | FileProblem> {
    try {
      return await slots.reserve(claim, id, source, () => roomIn(claim, person));
    } catch (error) {
      if (error instanceof HistoryBrokenError) return brokenFor(person, error);
      if (isOfNewerVersion(error)) throw error;
      ports.log.warn({ claim, error }, 'Could not reserve a place for a file');
      return 'interrupted';
    }
  }

  /** What the claim takes now, or why it takes nothing of this person: said before they send it. */
  async function roomIn(id: ClaimId, person: PersonId): Promise<ClaimRoom | LinkProblem | FileProblem> {
    const record = await readClaim(ports, id);
    if (!record) return 'foreign';
    const { programme } = ports.rules;
    const claim: Claim = await settle(people, record.claim, clock.now(), programme);
    const denied = refusalFor('AddPoe', await people.memberBy(person), claim);
    if (denied) return problemOf(denied);
    const { left, refusal } = poeLeft(claim, programme.policy);
    return left === 0 ? problemOf(refusal) : { claim, left };
  }

  async function takeIn(
    id: PoeId,
    personId: PersonId,
    claimId: ClaimId,
    { declaredName, bytes }: OfferedFile,
  ): Promise<Taken> {
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
    const scanned = await scanning.first(intent.body.key);
    if (scanned.kind === 'malicious') return await discard(intent, infected(scanned));
    if (scanned.kind === 'tooLarge') return await discard(intent, { ok: false, problem: 'tooLargeToScan' });
    const { scan } = scanned;
    const poe = { id, name, kind, ...(marks && { marks }), ...(scan && { scan }), ...stored };
    const added = await add(intent, personId, poe);
    if (added !== 'added') return await discard(intent, { ok: false, problem: added });
    await intents.closeAdded(intent);
    changed(claimId);
    return { ok: true, name, size: stored.size, kind, ...(scan === 'waiting' && { waits: true }) };
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
    poe: Pick<Poe, 'id' | 'name' | 'kind' | 'marks' | 'size' | 'sha256'> & Pick<AddPoe, 'scan'>,
  ): Promise<'added' | LinkProblem | FileProblem> {
    try {
      await intents.beginAdding(intent);
    } catch (error) {
      ports.log.warn({ key: intent.body.key, error }, 'Could not remove the note of a file that is to be added');
      return 'interrupted';
    }
    try {
      const handled = await handle(ports, people, intent.body.claim, async () => {
        await intents.requireOpen(intent);
        return { type: 'AddPoe', by: await people.memberBy(person), at: clock.now(), ...poe };
      });
      if (handled.kind === 'notFound') return 'foreign';
      return handled.kind === 'refused' ? problemOf(handled.refusal) : 'added';
    } catch (error) {
      if (error instanceof ExpiredIntentError) return 'interrupted';
      if (error instanceof HistoryBrokenError) return brokenFor(person, error);
      throw error;
    }
  }

  async function brokenFor(person: PersonId, error: HistoryBrokenError): Promise<LinkProblem> {
    return (await maySeeBroken(ports, await people.memberBy(person), error)) ? 'historyBroken' : 'foreign';
  }

  async function store(
    intent: KeptIntent,
    bytes: Bytes,
  ): Promise<{ size: number; sha256: string } | { problem: FileProblem }> {
    const { key } = intent.body;
    let isBroken = false;
    const watched = async function* (): AsyncGenerator<Uint8Array> {
      try {
        yield* limitBytes(paced(bytes, settings.uploads, timer), settings.maxPoeBytes);
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
      if (error instanceof StalledError) return { problem: 'stalled' };
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

function infected({ threat }: { readonly threat?: string }): RefusedFile {
  return { ok: false, problem: 'malicious', ...(threat !== undefined && { culprit: threat }) };
}

function problemOf(refusal: Refusal): LinkProblem | FileProblem {
  switch (refusal.code) {
    case 'poeDuplicate':
      return 'duplicate';
    case 'poeInfected':
      return 'foundBadBefore';
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
