/** Everything that the desk needs of the outside, in one object. */
import type { PoeKind } from '../../domain/claims/values.ts';
import type { Rules } from '../../domain/claims/decision.ts';
import type { Anchors } from './anchors.ts';
import type { Documents } from './documents.ts';
import type { Files } from './files.ts';
import type { HistoryKeys } from './historyKeys.ts';
import type { Inspection } from './inspection.ts';
import type { Language, Clock, Digest, Log, RandomSource } from './system.ts';
import type { LinkSigner } from './links.ts';
import type { Messenger } from './messenger.ts';
import type { Meters } from './metrics.ts';
import type { SecurityLog } from './securityLog.ts';

/** All that the use cases are built from. */
export interface World {
  readonly documents: Documents;
  readonly files: Files;
  readonly inspect: Inspection;
  readonly messenger: Messenger;
  readonly clock: Clock;
  readonly random: RandomSource;
  readonly digest: Digest;
  readonly historyKeys: HistoryKeys;
  /** Absent where none are configured. */
  readonly anchors?: Anchors;
  readonly links: LinkSigner;
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
    readonly publicUrl: string;
  };
}
