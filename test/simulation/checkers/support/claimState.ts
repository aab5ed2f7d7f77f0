/** The state of a claim, folded from its stored entries one at a time by the checkers' own rules. */
import type { From } from '../../../domain/claims/model/law.ts';
import { isDecline, movesOn, stageAfter, stepOf } from '../../../domain/claims/model/law.ts';
import { sameJson } from './canonical.ts';
import type { ClockName, StoredClock, StoredEntry, StoredEvent } from './storedClaim.ts';

const REJECTED: ReadonlySet<string> = new Set(['Disputable', 'FinallyDeclined']);

export class ClaimState {
  stage: From = 'nothing';
  version = 0;
  recordedAt = 0;
  partner = '';
  fields: Readonly<Record<string, unknown>> = {};
  assignee: string | undefined;
  /** Who rejected it last; the desk and the partner count too. */
  rejecter: { readonly side: string; readonly id: string } | undefined;
  wasSubmitted = false;
  /** For assessment, in this consent period or an earlier one. */
  wasHandedOver = false;
  /** How often it was approved; each approval opens a consent period (R28). */
  period = 0;
  approvedAt = 0;
  /** How often its customer has declined, in words or by silence (R60). */
  declines = 0;
  /** Silence is no consent in this period (R60); its customer has agreed in it (R59). */
  needsAgreement = false;
  isAgreed = false;
  /** Whose words were understood as a denial, and were neither confirmed nor taken back (R60). */
  readonly objectors = new Set<string>();
  /** Who approved it last; who reported the outcome of each programme of this period (R5). */
  approver: string | undefined;
  readonly reporters = new Map<string, string>();
  /** The outcomes of this period by their programme in capitals: eligible, and the number (R53). */
  readonly outcomes = new Map<string, { readonly eligible: boolean; readonly number: string | undefined }>();
  /** Handed over for assessment in this period, and not reported on yet (R53): when its consent passed. */
  unreported: number | undefined;
  /** A field or a partner's comment came since the stage began (R19). */
  isAnsweredInWords = false;
  /** PoE that count, with the version since which they do; and what the scans of others said (R9). */
  readonly proof = new Map<string, number>();
  readonly scans = new Map<string, string>();
  /** The contents in which a virus was found. */
  readonly infected = new Set<string>();
  movedIn = 0;
  /** Those that wait for their scan, with when they came. */
  readonly waiting = new Map<string, number>();
  /** The fingerprints of its PoE by their ids. */
  readonly poe = new Map<string, string>();
  /** How often a PoE was added. */
  additions = 0;
  /** Who wrote each comment. */
  readonly comments = new Map<string, string>();
  /** Messages in Teams that comments were taken from. */
  readonly messages = new Set<string>();
  readonly followers = new Set<string>();
  readonly muted = new Set<string>();
  /** As stored: whether they are as they should be is for the checker of clocks. */
  readonly clocks = new Map<ClockName, StoredClock>();

  add({ version, recordedAt, event }: StoredEntry): void {
    this.version = version;
    this.recordedAt = recordedAt;
    this.stage = stageAfter(this.stage, event.type, this.declines);
    if (isDecline(event.type)) this.declines += 1;
    if (movesOn(event.type)) {
      this.isAnsweredInWords = false;
      this.movedIn = version;
    }
    for (const [name, clock] of Object.entries(event.clocks ?? {}) as [ClockName, StoredClock | null][]) {
      if (clock) this.clocks.set(name, clock);
      else this.clocks.delete(name);
    }
    if (REJECTED.has(stepOf(event.type)?.to ?? '')) this.rejecter = event.by;
    this.#take(event);
  }

  #take(event: StoredEvent): void {
    switch (event.type) {
      case 'ClaimCreated':
        this.partner = event.partner?.id ?? '';
        this.fields = event.fields ?? {};
        break;
      case 'FieldsEdited':
        this.fields = {
          ...this.fields,
          ...Object.fromEntries(Object.entries(event.changes ?? {}).map(([name, { to }]) => [name, to])),
        };
        this.isAnsweredInWords = true;
        break;
      case 'PoeAdded':
        this.additions += 1;
        if (event.poe) {
          this.poe.set(event.poe.id, event.poe.sha256);
          if (event.poe.scan !== undefined) this.scans.set(event.poe.id, event.poe.scan);
          if (event.poe.scan === 'waiting') this.waiting.set(event.poe.id, event.at);
          else this.proof.set(event.poe.id, this.version);
        }
        break;
      case 'PoeRemoved':
        this.poe.delete(event.poeId ?? '');
        this.proof.delete(event.poeId ?? '');
        this.waiting.delete(event.poeId ?? '');
        break;
      case 'PoeScanned':
        this.waiting.delete(event.poeId ?? '');
        this.scans.set(event.poeId ?? '', event.verdict ?? '');
        if (event.verdict === 'malicious') this.infected.add(this.poe.get(event.poeId ?? '') ?? '');
        if (event.verdict === 'clean' || event.verdict === 'unscanned')
          this.proof.set(event.poeId ?? '', this.proof.get(event.poeId ?? '') ?? this.version);
        else this.proof.delete(event.poeId ?? '');
        break;
      case 'ClaimSubmitted':
        this.wasSubmitted = true;
        break;
      case 'ReviewStarted':
        this.assignee = event.assignee?.id;
        break;
      case 'ClaimReassigned':
        if (typeof event.to === 'object') this.assignee = event.to.id;
        break;
      case 'ClaimApproved':
      case 'DisputeOverturned':
        this.period += 1;
        this.approvedAt = event.at;
        this.unreported = undefined;
        this.needsAgreement = this.declines > 0;
        this.isAgreed = false;
        this.objectors.clear();
        this.outcomes.clear();
        this.reporters.clear();
        this.approver = event.by.id;
        break;
      case 'ConsentAgreed':
        this.isAgreed = true;
        this.objectors.clear();
        break;
      case 'ObjectionRecorded':
        this.objectors.add(event.by.id);
        break;
      case 'ObjectionWithdrawn':
        this.objectors.delete(event.by.id);
        break;
      case 'ConsentPassed':
        this.unreported = event.at;
        this.wasHandedOver = true;
        break;
      case 'AssessmentReported':
      case 'AssessmentCorrected':
        this.unreported = undefined;
        this.reporters.set((event.programme ?? '').toUpperCase(), event.by.id);
        this.outcomes.set((event.programme ?? '').toUpperCase(), {
          eligible: event.eligible === true,
          number: event.number,
        });
        break;
      case 'CommentAdded':
        this.comments.set(event.commentId ?? '', event.by.id);
        if (event.message !== undefined) this.messages.add(event.message);
        if (event.by.side === 'partner') this.isAnsweredInWords = true;
        break;
      case 'ClaimFollowed':
        this.followers.add(event.personId ?? '');
        this.muted.delete(event.personId ?? '');
        break;
      case 'ClaimMuted':
        this.muted.add(event.personId ?? '');
        this.followers.delete(event.personId ?? '');
        break;
    }
  }

  /** A PoE that counts came since the stage began (R9, R26). */
  get hasNewPoe(): boolean {
    return [...this.proof.values()].some((since) => since > this.movedIn);
  }

  /** A field, a PoE that counts or a partner's comment did (R19). */
  get isAnswered(): boolean {
    return this.isAnsweredInWords || this.hasNewPoe;
  }

  hasField(name: string, value: unknown): boolean {
    return sameJson(this.fields[name], value);
  }
}

/** The earliest that a running clock reminds or runs out. */
export function nextFiring(
  clocks: ReadonlyMap<ClockName, StoredClock>,
): { readonly clock: ClockName; readonly at: number } | undefined {
  let next: { readonly clock: ClockName; readonly at: number } | undefined;
  for (const [clock, { state, reminders, nextAt }] of clocks) {
    if (state !== 'running') continue;
    const at = Math.min(reminders[0] ?? Infinity, nextAt ?? Infinity);
    if (at < (next?.at ?? Infinity)) next = { clock, at };
  }
  return next;
}
