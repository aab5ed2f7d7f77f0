/** Proof of execution: the links to it, files in and files out (R9, R12, R26). */
import type { Claim } from '../../domain/claims/claim.ts';
import { poeLeft } from '../../domain/claims/drafting.ts';
import type { ClaimId, PersonId, Poe, PoeId } from '../../domain/claims/values.ts';
import type { People } from '../directory/people.ts';
import type { DownloadDesk, OpenUpload, UploadDesk } from '../ports/proof.ts';
import type { World } from '../ports/world.ts';
import { viewClaim } from '../queries/view.ts';
import type { CleaningResult } from './cleaning.ts';
import { createCleaning } from './cleaning.ts';
import type { Bytes, Intake, IntakePorts, Taken } from './intake.ts';
import { namedAs } from './fileName.ts';
import { createIntake } from './intake.ts';
import { recordReading } from './readingLog.ts';
import type { LinkCheck } from './linkCheck.ts';
import { createLinkCheck } from './linkCheck.ts';
import type { Pair } from './pair.ts';
import { createPair } from './pair.ts';
import { poeKey } from './poeFiles.ts';
import type { WaitingFiles } from './waitingFiles.ts';
import { createWaitingFiles } from './waitingFiles.ts';

/** What proof of execution needs of the outside. */
export type ProofPorts = IntakePorts & Pick<World, 'links' | 'securityLog'>;

const CONTENT_TYPES: Readonly<Record<Poe['kind'], string>> = {
  pdf: 'application/pdf',
  png: 'image/png',
  jpeg: 'image/jpeg',
  docx: 'application/vnd.openxmlformats-officedocument.wordprocessingml.document',
  xlsx: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
  pptx: 'application/vnd.openxmlformats-officedocument.presentationml.presentation',
};

/** Proof of execution: files in and out, and the links to both (R9, R12). */
export interface Proof {
  readonly uploads: UploadDesk;
  readonly downloads: DownloadDesk;
  /** Takes one file that a person sent in their chat for a claim, whole or not at all. */
  takeFile(person: PersonId, claim: ClaimId, declaredName: string, bytes: Bytes): Promise<Taken>;
  /** Files of which the desk asked for which claim they are. */
  readonly waiting: WaitingFiles;
  /** The address of the page on which a person adds files to a claim; short-lived, and for this person only. */
  uploadLink(claim: ClaimId, person: PersonId): Promise<string>;
  /** The address of one file, likewise. */
  downloadLink(claim: ClaimId, person: PersonId, poe: PoeId): Promise<string>;
  /** Whether database and files belong together. */
  readonly pair: Pair;
  /** Removes files that were given up, and quarantines those that nothing explains. */
  clean(): Promise<CleaningResult>;
}

/** `changed` is called with each claim that got a file, so that its notices go out; `closing` ends a cleaning early. */
export function createProof(
  ports: ProofPorts,
  people: People,
  changed: (id: ClaimId) => void,
  closing: AbortSignal,
): Proof {
  const { random, clock, settings } = ports;
  const intake = createIntake(ports, people, changed);
  const links = createLinkCheck(ports, people);
  const pair = createPair(ports);
  const until = (): number => clock.now() + settings.linkMinutes * 60_000;
  return {
    uploads: createUploads(ports, links, intake),
    downloads: createDownloads(ports, people, links),
    takeFile: (person, claim, declaredName, bytes) =>
      intake.takeFile(person, claim, { declaredName, bytes, source: `chat:${person}` }),
    waiting: createWaitingFiles(ports),
    async uploadLink(claim, person) {
      const token = await ports.links.sign({ kind: 'upload', claim, person, until: until(), nonce: random.randomId() });
      return `${settings.publicUrl}/poe/${token}`;
    },
    async downloadLink(claim, person, poe) {
      const token = await ports.links.sign({ kind: 'download', claim, person, until: until(), poe });
      return `${settings.publicUrl}/poe-file/${token}`;
    },
    pair,
    clean: createCleaning(ports, pair, closing),
  };
}

function createUploads({ settings, rules, securityLog }: ProofPorts, links: LinkCheck, intake: Intake): UploadDesk {
  const limitOf = (claim: Claim): Pick<OpenUpload, 'filesLeft' | 'noneLeft'> => {
    const { left, refusal } = poeLeft(claim, rules.programme.policy);
    return { filesLeft: left, noneLeft: refusal.code === 'poeTooMany' ? 'tooMany' : 'addedTooOften' };
  };
  return {
    async open(text) {
      const checked = await links.checkUpload(text);
      if (!checked.ok) return checked;
      const { claim, link } = checked;
      securityLog.record({ what: 'linkOpened', link: 'upload', person: link.person, claim: link.claim });
      return {
        ok: true,
        language: checked.language,
        claimId: claim.id,
        customerName: claim.fields.customerName,
        maxBytes: settings.maxPoeBytes,
        ...limitOf(claim),
        accepted: settings.poeKinds,
        alreadyThere: claim.poe.map(({ name, size }) => ({ name, size })),
      };
    },
    async take(text, declaredName, bytes, announced) {
      const checked = await links.checkUpload(text);
      if (!checked.ok) return { ok: false, problem: checked.problem };
      const { filesLeft, noneLeft } = limitOf(checked.claim);
      if (filesLeft === 0) return { ok: false, problem: noneLeft };
      const { person, claim, nonce } = checked.link;
      return intake.takeFile(person, claim, {
        declaredName,
        bytes,
        source: `link:${nonce}`,
        ...(announced !== undefined && { announced }),
      });
    },
    async finish(text) {
      const checked = await links.check('upload', text);
      if (!checked.ok) return { ok: false, problem: checked.problem };
      await links.markUsed(checked.link);
      return { ok: true };
    },
  };
}

function createDownloads(ports: ProofPorts, people: People, links: LinkCheck): DownloadDesk {
  const { clock, files, securityLog } = ports;
  return {
    async open(text) {
      const checked = await links.check('download', text);
      if (!checked.ok) return checked;
      const { link, claim, language } = checked;
      const { poe: shown } = viewClaim(
        claim,
        { kind: 'person', member: await people.memberBy(link.person) },
        clock.now(),
      );
      const ids = { person: link.person, claim: link.claim };
      const poe = shown.find((one) => one.id === link.poe);
      if (!poe) securityLog.record({ what: 'linkRefused', link: 'download', ...ids, code: 'foreign' });
      if (!poe) return { ok: false, problem: 'foreign', language };
      const file = await files.open(poeKey(link.claim, poe.id));
      securityLog.record({ what: 'linkOpened', link: 'download', ...ids });
      if (!file) return { ok: false, problem: 'missing', language };
      // Before the first byte: who read a document is known also where the desk dies while it sends.
      await recordReading(ports, link.claim, link.person, poe.id);
      securityLog.record({ what: 'documentRead', ...ids, poe: poe.id });
      return { ok: true, name: namedAs(poe.name, poe.kind), contentType: CONTENT_TYPES[poe.kind], ...file };
    },
  };
}
