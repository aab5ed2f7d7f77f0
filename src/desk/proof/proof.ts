/** Proof of execution: the links to it, files in and files out (R9, R12, R26). */
import type { Instant } from '../../domain/calendar/calendar.ts';
import type { Claim } from '../../domain/claims/claim.ts';
import { poeLeft } from '../../domain/claims/drafting.ts';
import type { ClaimId, PersonId, Poe, PoeId } from '../../domain/claims/values.ts';
import { isWithdrawn } from '../../domain/claims/values.ts';
import type { People } from '../directory/people.ts';
import type { Link } from '../ports/links.ts';
import type { DownloadDesk, OpenUpload, UploadDesk } from '../ports/proof.ts';
import type { World } from '../ports/world.ts';
import { viewClaim } from '../queries/view.ts';
import type { CleaningResult } from './cleaning.ts';
import { createCleaning } from './cleaning.ts';
import type { Bytes, Intake, IntakePorts, Taken } from './intake.ts';
import { namedAs } from './fileName.ts';
import { createIntake } from './intake.ts';
import { recordReading } from './readingLog.ts';
import type { LinkExchange } from './linkExchange.ts';
import { createLinkExchange, SESSION_MINUTES } from './linkExchange.ts';
import type { Pair } from './pair.ts';
import { createPair } from './pair.ts';
import { poeKey } from './poeFiles.ts';
import type { Scanning, ScanningPorts } from './scanning.ts';
import { createScanning } from './scanning.ts';
import type { WaitingFiles } from './waitingFiles.ts';
import { createWaitingFiles } from './waitingFiles.ts';

/** What proof of execution needs of the outside. */
export type ProofPorts = IntakePorts & ScanningPorts & Pick<World, 'links' | 'securityLog'>;

const CONTENT_TYPES: Readonly<Record<Poe['kind'], string>> = {
  pdf: 'application/pdf',
  png: 'image/png',
  jpeg: 'image/jpeg',
  docx: 'application/vnd.openxmlformats-officedocument.wordprocessingml.document',
  xlsx: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
  pptx: 'application/vnd.openxmlformats-officedocument.presentationml.presentation',
};

/** What a card says of a link. */
export interface LinkTerms {
  readonly until: Instant;
  readonly sessionMinutes: number;
}

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
  /** The address of the page of one file, likewise. */
  downloadLink(claim: ClaimId, person: PersonId, poe: PoeId): Promise<string>;
  /** What is true of a link that is made now: until when it can be opened, and for how many minutes it then works. */
  linkTerms(kind: Link['kind']): LinkTerms;
  /** Whether database and files belong together. */
  readonly pair: Pair;
  /** Asks for the results of virus scans that have not come; part of each sweep. Never throws. */
  askForScans(): Promise<void>;
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
  const scanning = createScanning(ports, people, changed, closing);
  const intake = createIntake(ports, people, scanning, changed);
  const exchange = createLinkExchange(ports, people);
  const pair = createPair(ports);
  const until = (): Instant => clock.now() + settings.linkMinutes * 60_000;
  const fresh = () => ({ until: until(), nonce: random.randomId() });
  return {
    uploads: createUploads(ports, exchange, intake),
    downloads: createDownloads(ports, people, exchange, scanning),
    askForScans: () => scanning.askForResults(),
    takeFile: (person, claim, declaredName, bytes) =>
      intake.takeFile(person, claim, { declaredName, bytes, source: `chat:${person}` }),
    waiting: createWaitingFiles(ports),
    async uploadLink(claim, person) {
      const sealed = await ports.links.seal({ kind: 'upload', claim, person, ...fresh() });
      return `${settings.publicUrl}/poe/${sealed}`;
    },
    async downloadLink(claim, person, poe) {
      const sealed = await ports.links.seal({ kind: 'download', claim, person, poe, ...fresh() });
      return `${settings.publicUrl}/poe-file/${sealed}`;
    },
    linkTerms: (kind) => ({ until: until(), sessionMinutes: SESSION_MINUTES[kind] }),
    pair,
    clean: createCleaning(ports, pair, closing),
  };
}

function createUploads({ settings, rules }: ProofPorts, exchange: LinkExchange, intake: Intake): UploadDesk {
  const limitOf = (claim: Claim): Pick<OpenUpload, 'filesLeft' | 'noneLeft'> => {
    const { left, refusal } = poeLeft(claim, rules.programme.policy);
    return { filesLeft: left, noneLeft: refusal.code === 'poeTooMany' ? 'tooMany' : 'addedTooOften' };
  };
  return {
    ...exchange.door('upload'),
    async open(use) {
      const checked = await exchange.admit('upload', use);
      if (!checked.ok) return checked;
      const { claim } = checked;
      return {
        ok: true,
        language: checked.language,
        person: checked.person.name,
        claimId: claim.id,
        customerName: claim.fields.customerName,
        maxBytes: settings.maxPoeBytes,
        ...limitOf(claim),
        accepted: settings.poeKinds,
        alreadyThere: claim.poe.filter((one) => !isWithdrawn(one)).map(({ name, size }) => ({ name, size })),
      };
    },
    async take(use, declaredName, bytes, announced) {
      const checked = await exchange.admit('upload', use);
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
    async finish(use) {
      const checked = await exchange.admit('upload', use);
      if (!checked.ok) return { ok: false, problem: checked.problem };
      await exchange.finish(checked.link);
      return { ok: true };
    },
  };
}

/** What is said of a file that its scan keeps closed. */
const WITHHELD = {
  quarantined: 'quarantined',
  malicious: 'infected',
  tooLarge: 'unscannable',
  notScannable: 'notScannable',
} as const;

function createDownloads(ports: ProofPorts, people: People, exchange: LinkExchange, scanning: Scanning): DownloadDesk {
  const { clock, files, securityLog } = ports;
  return {
    ...exchange.door('download'),
    async open(use) {
      const checked = await exchange.admit('download', use);
      if (!checked.ok) return checked;
      const { link, claim, language } = checked;
      const { poe: shown, side } = viewClaim(
        claim,
        { kind: 'person', member: await people.memberBy(link.person) },
        clock.now(),
      );
      const ids = { person: link.person, claim: link.claim };
      // That one was withdrawn is told to those who saw it.
      const isOfBoth = side !== 'customer';
      const withdrawn = isOfBoth && claim.poe.find((one) => one.id === link.poe && isWithdrawn(one))?.scan;
      if (withdrawn === 'malicious' || withdrawn === 'tooLarge')
        return { ok: false, problem: WITHHELD[withdrawn], language };
      const poe = shown.find((one) => one.id === link.poe);
      if (!poe) {
        securityLog.record({ what: 'linkRefused', link: 'download', ...ids, code: 'foreign' });
        return { ok: false, problem: 'foreign', language };
      }
      const file = await files.open(poeKey(link.claim, poe.id));
      if (!file) return { ok: false, problem: 'missing', language };
      const scanned = await scanning.mayOpen(link.claim, poe);
      if (scanned !== 'yes') return { ok: false, problem: WITHHELD[scanned], language };
      // Before the first byte: who read a document is known also where the desk dies while it sends.
      await recordReading(ports, link.claim, link.person, poe.id);
      securityLog.record({ what: 'documentRead', ...ids, poe: poe.id });
      return { ok: true, name: namedAs(poe.name, poe.kind), contentType: CONTENT_TYPES[poe.kind], ...file };
    },
  };
}
