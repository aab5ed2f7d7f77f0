/** What ends when: files of proof, and the words of drafts that were discarded. Nothing ends by itself. */
import type { Instant } from '../../domain/calendar/calendar.ts';
import type { WordsErased } from '../../domain/claims/events.ts';
import { erasable, eraseWords } from '../../domain/claims/history.ts';
import { DESK, partyOf } from '../../domain/claims/permission.ts';
import type { ClaimId, PoeId } from '../../domain/claims/values.ts';
import type { World } from '../ports/world.ts';
import type { EndReason, Retention } from '../proof/retention.ts';
import { endFile, endOfClaim, fileEnds } from '../proof/retention.ts';
import { appendEvents } from '../records/appendEvents.ts';
import type { ClaimRecord } from '../records/claimRecord.ts';
import { foldEntries } from '../records/claimRecord.ts';
import type { ErasePorts } from './erasePerson.ts';
import { alterClaim, scanClaims } from './claimScan.ts';
import { isOn, readHold } from './holds.ts';

/** Something that ends: a file of proof, or the words of a discarded draft. */
export interface Ending {
  readonly claim: ClaimId;
  /** Absent for the words of the draft. */
  readonly poe?: PoeId;
  readonly why: EndReason;
  readonly endsAt: Instant;
  /** A legal hold keeps it. */
  readonly isHeld: boolean;
}

/** Everything that is there and has an end, whenever that comes; the earliest first. */
export async function endings(
  ports: Pick<World, 'documents' | 'files'>,
  retention: Retention,
): Promise<readonly Ending[]> {
  const found: Ending[] = [];
  for await (const scanned of scanClaims(ports)) {
    if (scanned.kind !== 'read') continue;
    const { record, id } = scanned;
    for (const end of fileEnds(record, retention))
      if ('endsAt' in end && (await ports.files.open(end.key)))
        found.push({
          claim: id,
          poe: end.poe,
          why: end.why,
          endsAt: end.endsAt,
          isHeld: await isHeld(ports, record, end.poe),
        });
    const end = endOfClaim(record, retention);
    if (record.claim.status === 'Discarded' && 'endsAt' in end && wordsOf(record).length > 0)
      found.push({ claim: id, why: end.why, endsAt: end.endsAt, isHeld: await isHeld(ports, record) });
  }
  return found.sort((one, other) => one.endsAt - other.endsAt);
}

/** Whether a legal hold is on the claim, or on who sent the file or filed the draft. */
async function isHeld(ports: Pick<World, 'documents'>, { claim, body }: ClaimRecord, poe?: PoeId): Promise<boolean> {
  const people = new Set<string>(poe === undefined ? [claim.filedBy.id] : []);
  for (const { event } of body.entries) if (event.type === 'PoeAdded' && event.poe.id === poe) people.add(event.by.id);
  if (isOn(await readHold(ports, { kind: 'claim', id: claim.id }))) return true;
  for (const id of people)
    if (isOn(await readHold(ports, { kind: 'person', id: id as typeof claim.filedBy.id }))) return true;
  return false;
}

/** Old entries have no commitments before they are sealed; what is chosen is every word. */
function wordsOf({ body }: ClaimRecord): ReturnType<typeof erasable> {
  return erasable(body.entries, () => true);
}

/**
 * Removes what has ended by now and is not held, and answers what that was. Each is judged again by its claim as it is
 * then. A crash leaves a part, and called again it goes on.
 */
export async function removeEnded(ports: ErasePorts, retention: Retention): Promise<readonly Ending[]> {
  const removed: Ending[] = [];
  for (const ending of await endings(ports, retention)) {
    const { claim, poe, isHeld: isKept, endsAt } = ending;
    if (isKept || endsAt > ports.clock.now()) continue;
    const isRemoved =
      poe === undefined
        ? await eraseDraft(ports, claim, retention)
        : (await endFile(ports, claim, poe, retention)) === 'removed';
    if (isRemoved) removed.push(ending);
  }
  return removed;
}

async function eraseDraft(ports: ErasePorts, id: ClaimId, retention: Retention): Promise<boolean> {
  let isErased = false;
  await alterClaim(ports, id, (record) => {
    const { claim, body } = record;
    const end = endOfClaim(record, retention);
    const words = wordsOf(record);
    isErased = claim.status === 'Discarded' && 'endsAt' in end && end.endsAt <= ports.clock.now() && words.length > 0;
    if (!isErased) return undefined;
    const event: WordsErased = { type: 'WordsErased', at: ports.clock.now(), by: partyOf(DESK, claim), words };
    const entries = eraseWords(body.entries, words, (text) => ports.digest.sha256(text));
    const erased = appendEvents(ports, { ...body, entries }, { events: [event], notices: [] });
    return { claim: foldEntries(erased.entries), body: erased };
  });
  return isErased;
}
