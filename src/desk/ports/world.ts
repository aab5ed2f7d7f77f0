/** Everything that the desk needs of the outside, in one object. */
import type { PoeKind } from '../../domain/claims/values.ts';
import type { Rules } from '../../domain/claims/decision.ts';
import type { Anchors } from './anchors.ts';
import type { Documents } from './documents.ts';
import type { Files } from './files.ts';
import type { HistoryKeys } from './historyKeys.ts';
import type { Inspection } from './inspection.ts';
import type { Language, Clock, Digest, Log, RandomSource, Timer } from './system.ts';
import type { LinkSealer } from './links.ts';
import type { Messenger } from './messenger.ts';
import type { Meters } from './metrics.ts';
import type { Scanner } from './scanner.ts';
import type { SecurityLog } from './securityLog.ts';

/** What the uploads of one process may take together, and how slow one of them may be. */
export interface UploadLimits {
  /** How many at once. */
  readonly atOnce: number;
  /** How many bytes those at once may have together; one whose size is not known counts as the largest file. */
  readonly bytesAtOnce: number;
  /** How long a sender may be silent, in milliseconds; each byte gives back what it takes at the lowest rate. */
  readonly patienceMs: number;
  /** The lowest rate at which a sender may go on sending. */
  readonly bytesPerSecond: number;
}

/** All that the use cases are built from. */
export interface World {
  readonly documents: Documents;
  readonly files: Files;
  readonly inspect: Inspection;
  readonly messenger: Messenger;
  readonly clock: Clock;
  readonly timer: Timer;
  readonly random: RandomSource;
  readonly digest: Digest;
  readonly historyKeys: HistoryKeys;
  /** Absent where none are configured. */
  readonly anchors?: Anchors;
  /** Absent where files are not scanned for viruses. */
  readonly scanner?: Scanner;
  readonly links: LinkSealer;
  readonly rules: Rules;
  readonly log: Log;
  readonly securityLog: SecurityLog;
  readonly meters: Meters;
  /** Waits for this many milliseconds of real time. */
  pause(ms: number): Promise<void>;
  readonly settings: {
    /** `tenantId/objectId` of the operators by configuration (R4). */
    readonly operators: readonly string[];
    /** The tenants of which staff may be; none: of any (R5). */
    readonly programmeTenants: readonly string[];
    /** Approving and assessing are two people, and an operator is neither (R5). */
    readonly separateDuties: boolean;
    readonly defaultLanguage: Language;
    readonly linkMinutes: number;
    readonly maxPoeBytes: number;
    /** The kinds of file that are taken from now on (R9). */
    readonly poeKinds: readonly PoeKind[];
    readonly uploads: UploadLimits;
    readonly publicUrl: string;
  };
}
