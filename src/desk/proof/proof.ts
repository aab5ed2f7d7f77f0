/** Proof of execution: links, intake of files, downloads (R9, R12, R26). */
import type { Claim } from '../../domain/claims/claim.ts';
import type { ClaimId, PersonId, Poe, PoeId } from '../../domain/claims/values.ts';
import { POE_KINDS } from '../../domain/claims/values.ts';
import { refusalFor } from '../../domain/claims/decide.ts';
import { mayRead } from '../../domain/claims/permission.ts';
import type { Refusal } from '../../domain/claims/refusal.ts';
import { applyDueClocks } from '../../domain/claims/dueClocks.ts';
import { readClaim } from '../records/claimRecord.ts';
import { safeFileName } from './fileName.ts';
import { FileTooLargeError, limitBytes } from './limitBytes.ts';
import type { HandlePorts } from '../commands/handle.ts';
import { handle } from '../commands/handle.ts';
import { createOrphanCleanup, MAX_UNREFERENCED_MS } from './orphans.ts';
import type { People } from '../directory/people.ts';
import type { DownloadDesk, FileProblem, LinkProblem, RefusedLink, TakenFile, UploadDesk } from '../ports/proof.ts';
import type { Link } from '../ports/links.ts';
import type { Language } from '../ports/system.ts';
import type { World } from '../ports/world.ts';
import { viewClaim } from '../queries/view.ts';

/** What proof of execution needs of the outside. */
export type ProofPorts = HandlePorts & Pick<World, 'files' | 'inspect' | 'links' | 'log' | 'settings'>;

const USED_LINK = 'usedLink';
/** A used link is remembered until it has expired by the clock of any instance. */
const KEPT_AFTER_MS = 3_600_000;
const CONTENT_TYPES: Readonly<Record<Poe['kind'], string>> = {
  pdf: 'application/pdf',
  png: 'image/png',
  jpeg: 'image/jpeg',
  docx: 'application/vnd.openxmlformats-officedocument.wordprocessingml.document',
  xlsx: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
  pptx: 'application/vnd.openxmlformats-officedocument.presentationml.presentation',
};

type Bytes = AsyncIterable<Uint8Array>;
type Taken = TakenFile | { readonly ok: false; readonly problem: LinkProblem | FileProblem };

/** Proof of execution: files in and out, and the links to both (R9, R12). */
export interface Proof {
  readonly uploads: UploadDesk;
  readonly downloads: DownloadDesk;
  /** Takes one file for a claim on a person's behalf, whole or not at all. */
  takeFile(person: PersonId, claim: ClaimId, declaredName: string, bytes: Bytes): Promise<Taken>;
  /** The address of the page on which a person adds files to a claim; short-lived, and for this person only. */
  uploadLink(claim: ClaimId, person: PersonId): Promise<string>;
  /** The address of one file, likewise. */
  downloadLink(claim: ClaimId, person: PersonId, poe: PoeId): Promise<string>;
  /** Removes files that no claim refers to; answers how many. */
  clean(): Promise<number>;
}

/** `changed` is called with each claim that got a file, so that its notices go out; `closing` ends a cleaning early. */
export function createProof(
  ports: ProofPorts,
  people: People,
  changed: (id: ClaimId) => void,
  closing: AbortSignal,
): Proof {
  const { random, clock, files, documents, settings } = ports;
  const inFlight = new Set<string>();
  const until = (): number => clock.now() + settings.linkMinutes * 60_000;

  /** Takes one file for a claim: stored, inspected, then added to the claim; on any problem nothing of it is kept. */
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
  async function inspectStored(key: string, name: string): ReturnType<ProofPorts['inspect']> {
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

  async function check<Kind extends Link['kind']>(
    kind: Kind,
    text: string,
  ): Promise<RefusedLink | { ok: true; link: Extract<Link, { kind: Kind }>; claim: Claim; language: Language }> {
    const link = await ports.links.verify(kind, text);
    if (!link) return { ok: false, problem: 'altered' };
    const person = await people.find(link.person);
    const language = people.languageOf(person);
    const refused = (problem: LinkProblem): RefusedLink => ({ ok: false, problem, language });
    if (clock.now() >= link.until) return refused('expired');
    if (await isUsed(link)) return refused('used');
    const record = await readClaim(documents, link.claim);
    if (!record || !person || !mayRead(await people.memberOf(person), record.claim)) return refused('foreign');
    return { ok: true, link, claim: applyDueClocks(record.claim, clock.now(), ports.rules.programme).claim, language };
  }

  async function isUsed(link: Link): Promise<boolean> {
    return link.kind === 'upload' && (await documents.read(USED_LINK, link.nonce)) !== undefined;
  }

  async function checkUpload(text: string) {
    const checked = await check('upload', text);
    if (!checked.ok) return checked;
    const denied = refusalFor('AddPoe', await people.memberBy(checked.link.person), checked.claim);
    if (!denied) return checked;
    return {
      ok: false,
      problem: denied.code === 'wrongStage' ? 'closed' : 'foreign',
      language: checked.language,
    } as const;
  }

  const uploads: UploadDesk = {
    async open(text) {
      const checked = await checkUpload(text);
      if (!checked.ok) return checked;
      const { claim } = checked;
      return {
        ok: true,
        language: checked.language,
        claimId: claim.id,
        customerName: claim.fields.customerName,
        maxBytes: settings.maxPoeBytes,
        filesLeft: Math.max(0, ports.rules.programme.policy.maxPoe - claim.poe.length),
        accepted: POE_KINDS,
        alreadyThere: claim.poe.map(({ name, size }) => ({ name, size })),
      };
    },
    async take(text, name, bytes) {
      const checked = await checkUpload(text);
      if (!checked.ok) return { ok: false, problem: checked.problem };
      if (checked.claim.poe.length >= ports.rules.programme.policy.maxPoe) return { ok: false, problem: 'tooMany' };
      return takeFile(checked.link.person, checked.link.claim, name, bytes);
    },
    async finish(text) {
      const checked = await check('upload', text);
      if (!checked.ok) return { ok: false, problem: checked.problem };
      const { nonce, until: end } = checked.link;
      await documents.create({
        kind: USED_LINK,
        id: nonce,
        body: { schema: 1, until: end },
        keys: [],
        keepMs: Math.max(0, end - clock.now()) + KEPT_AFTER_MS,
      });
      return { ok: true };
    },
  };

  const downloads: DownloadDesk = {
    async open(text) {
      const checked = await check('download', text);
      if (!checked.ok) return checked;
      const { link, claim, language } = checked;
      const { poe: shown } = viewClaim(
        claim,
        { kind: 'person', member: await people.memberBy(link.person) },
        clock.now(),
      );
      const poe = shown.find((one) => one.id === link.poe);
      if (!poe) return { ok: false, problem: 'foreign', language };
      const file = await files.open(poeKey(link.claim, poe.id));
      return file
        ? { ok: true, name: poe.name, contentType: CONTENT_TYPES[poe.kind], ...file }
        : { ok: false, problem: 'missing', language };
    },
  };

  return {
    uploads,
    downloads,
    takeFile,
    async uploadLink(claim: ClaimId, person: PersonId): Promise<string> {
      const token = await ports.links.sign({ kind: 'upload', claim, person, until: until(), nonce: random.randomId() });
      return `${settings.publicUrl}/poe/${token}`;
    },
    async downloadLink(claim: ClaimId, person: PersonId, poe: PoeId): Promise<string> {
      const token = await ports.links.sign({ kind: 'download', claim, person, until: until(), poe });
      return `${settings.publicUrl}/poe-file/${token}`;
    },
    clean: createOrphanCleanup(ports, inFlight, closing),
  };
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
