/** The desk: every use case behind one interface. What the channels (Teams, the web) and the schedule talk to. */
import type { Instant } from '../domain/calendar/calendar.ts';
import { isClockDue } from '../domain/claims/clock.ts';
import type { Claim } from '../domain/claims/claim.ts';
import type { Member } from '../domain/claims/permission.ts';
import { DESK } from '../domain/claims/permission.ts';
import type { ClaimId, Fields, PersonId, PersonRef } from '../domain/claims/values.ts';
import type { CommandResult, CreateResult, Idempotency, Request } from './commands/request.ts';
import { createExecutor } from './commands/execute.ts';
import type { ShownForm } from './commands/createClaim.ts';
import { handle } from './commands/handle.ts';
import type { ChannelUse, LostPlace, TeamPlace } from './directory/channels.ts';
import { createChannels } from './directory/channels.ts';
import type { EnrolmentResult, Form } from './directory/enrolment.ts';
import type { EnrolmentChoices, EnrolmentKind, EnrolmentUnconfirmed } from './directory/operators.ts';
import { createOperatorDesk } from './directory/operators.ts';
import type { Place } from './directory/people.ts';
import { settleMoves } from './directory/moves.ts';
import { prepareDirectory } from './directory/prepareDirectory.ts';
import { createPeople } from './directory/people.ts';
import type { SweepResult } from './due/sweep.ts';
import { lookAtSides } from './due/lookAtSides.ts';
import { resumeParkedNotices } from './due/processClaim.ts';
import { sweep } from './due/sweep.ts';
import { sealAll } from './due/sealAll.ts';
import { bringWaitsNear, createSetBackWatch } from './due/farWaits.ts';
import { takeOver } from './due/takeOver.ts';
import { auditedDesk } from './audit.ts';
import { createInbox } from './inbox.ts';
import { createAnnounceBroken } from './outbox/announceBroken.ts';
import { createAnnounce, deliverAnnouncements } from './outbox/announcements.ts';
import { createBackgroundDelivery } from './outbox/background.ts';
import { checkRestored } from './life/restore.ts';
import { resumeAllParked } from './life/resumeAll.ts';
import { createStandstill, heldDocuments, heldUploads, StandstillError } from './life/standstill.ts';
import type { ChannelLoss } from './ports/announcement.ts';
import type { Language } from './ports/system.ts';
import type { World } from './ports/world.ts';
import type { Arrival, Greeted, Visitor } from './presence.ts';
import { createPresence } from './presence.ts';
import type { Proof } from './proof/proof.ts';
import { createProof } from './proof/proof.ts';
import { readingsOf } from './proof/readingLog.ts';
import type { ClaimHistory, SeenClaim } from './queries/claims.ts';
import { createClaimQueries, maySeeBroken } from './queries/claims.ts';
import type { ClaimList, ListName } from './queries/lists.ts';
import type { JournalAsked, JournalFound } from './queries/journals.ts';
import { journalFor } from './queries/journals.ts';
import type { Reading } from './queries/readings.ts';
import { mayReadHiddenReadings, mayReadReadings, namedReadings } from './queries/readings.ts';
import type { ClaimView } from './queries/view.ts';
import { ANCHORS_SET } from './records/waitKeys.ts';
import type { ClaimRecord } from './records/claimRecord.ts';
import { readClaim } from './records/claimRecord.ts';
import { HistoryBrokenError } from './records/historyCheck.ts';
import { lookForSealMark } from './records/sealMark.ts';

/** What the channels need to know of how the desk is set up. */
export interface DeskSettings {
  /** The programme's time zone, in which days and times are shown. */
  readonly zone: string;
  /** By which clocks run, also those that began under an earlier policy (R42). */
  readonly programme: World['rules']['programme'];
  readonly defaultLanguage: Language;
  /** The largest file of proof of execution, in bytes (R9). */
  readonly maxPoeBytes: number;
  /** The kinds of file that are taken as proof (R9). */
  readonly poeKinds: World['settings']['poeKinds'];
  /** How many files of proof a claim takes (R9). */
  readonly maxPoe: number;
}

/** The reading log of a claim, and the claim as its reader sees it; without it where they do not. */
export interface ClaimReadings {
  readonly id: ClaimId;
  readonly view?: ClaimView;
  readonly readings: readonly Reading[];
}

/**
 * Every use case of the desk. The person who acts is named by an authenticated id; what they may do is read again for
 * each call. A document that a newer version of the desk wrote makes any of them throw, see `records/schemaVersion.ts`;
 * a claim that is not as the desk wrote it makes them throw a `HistoryBrokenError` (R55).
 */
export interface Desk {
  readonly settings: DeskSettings;
  /** The desk's time. */
  now(): Instant;

  /**
   * Executes a command on a claim for a person, after everything that is due by now (R44). The same person, request and
   * idempotency key have the same effect once and get the same answer (R57, R58). The answer is judged by the rights
   * with which the command was decided, read once for it. Throws `ContentionError` where other writers were faster 25
   * times.
   */
  execute(person: PersonId, claim: ClaimId, request: Request, idempotency: Idempotency): Promise<CommandResult>;
  /**
   * Makes a draft (R10). `form` names the form that was filled in: a form that is sent twice is answered with its claim
   * as it is by now. `card` is the card on which it was filled in; in a personal chat it becomes the claim's card.
   */
  createClaim(person: PersonId, form: string, fields: Partial<Fields>, card?: ShownForm): Promise<CreateResult>;
  /** A name for the next form of a new claim. */
  newForm(): string;

  /** A claim as a person sees it; undefined where there is none, or none that they may see (R6, R52). */
  look(person: PersonId, claim: ClaimId): Promise<SeenClaim | undefined>;
  /** A claim as everyone in a channel may see it; undefined where the channel is not a home of the claim (R6, R47). */
  lookIn(conversationId: string, claim: Claim): Promise<ClaimView | undefined>;
  /** A person's list of at most `limit` claims; undefined where the list is not for them (R52). */
  list(person: PersonId, name: ListName, limit: number): Promise<ClaimList | undefined>;
  /** The history of a claim for a person, oldest first; customers see the entries of the consent (R55, R56). */
  history(person: PersonId, claim: ClaimId): Promise<ClaimHistory | undefined>;
  /**
   * Who opened the documents of a claim, for staff who see it and for operators; undefined for anyone else (R55).
   * Oldest first.
   */
  readings(person: PersonId, claim: ClaimId): Promise<ClaimReadings | undefined>;
  /** The journal of rights of a person, organisation or channel; undefined for all but operators and owners (R55). */
  journal(person: PersonId, asked: JournalAsked): Promise<JournalFound | undefined>;
  /** The claim whose thread a conversation is (R47). */
  claimByThread(conversationId: string): Promise<ClaimId | undefined>;
  /** The claim of which a message became a comment (R33). */
  claimByMessage(message: string): Promise<ClaimId | undefined>;
  /** Who could take over a claim: reviewers and leads whom R5 lets decide, but its assignee (R17). */
  eligibleReviewers(view: ClaimView): Promise<readonly PersonRef[]>;

  /** Proof of execution: links, files in, files out (R9, R12). */
  readonly poe: Proof;

  /** A person's roles as they are now (R1–R4). */
  member(person: PersonId): Promise<Member>;
  /** A person was seen: they are kept fresh, and notices that waited for them go out (R45). */
  greet(visitor: Visitor): Promise<Greeted>;
  /** The bot was removed from a person's chat, or blocked; at `at`, where that is known. */
  leave(person: PersonId, at?: Instant): Promise<void>;
  /** Whether to welcome a person who arrived now; true once for one installation. See {@link Presence}. */
  claimWelcome(person: PersonId, arrival?: Arrival): Promise<boolean>;
  /** The language in which to speak to a person from now on. */
  setLanguage(person: PersonId, language: Language): Promise<void>;

  /** Enrols on an operator's behalf what a form says (R4); asks first where that would stop clocks (R45). */
  enrol(
    operator: PersonId,
    what: EnrolmentKind,
    form: Form,
  ): Promise<EnrolmentResult | EnrolmentUnconfirmed | 'notAllowed'>;
  /** What an operator's forms offer to choose from; undefined for anyone else. */
  enrolmentChoices(operator: PersonId): Promise<EnrolmentChoices | undefined>;
  /**
   * Imports organisations, people and channels; throws `DirectoryError` and changes nothing where something is wrong
   * (R4).
   */
  importDirectory(directory: unknown): Promise<void>;

  /** A channel becomes the home of reviews or of an MPN id, on a person's behalf (R4, R47). */
  useChannel(person: PersonId, purpose: string, place: Place, language?: Language): Promise<ChannelUse>;
  /** What a channel is used for. */
  channelPurposes(conversationId: string): Promise<readonly string[]>;
  /** An activity came from a channel: it can be reached (R45). */
  channelSeen(place: Place): Promise<void>;
  /**
   * A channel was lost, or with `teamId` all channels of a team: the bot was removed from it, or as `how` says.
   * Operators are told. `at`: when it happened; what happened before another event of the channel is left alone. What
   * is said of a channel from another tenant than its own is not believed; the same holds for the two below.
   */
  channelLost(place: LostPlace, how?: ChannelLoss, at?: Instant): Promise<void>;
  /** A channel that was deleted is back. */
  channelRestored(place: Pick<Place, 'conversationId' | 'tenantId'>, at?: Instant): Promise<void>;
  /** The bot was installed in a team, or the team is back. */
  teamJoined(place: TeamPlace, at?: Instant): Promise<void>;

  /** Does `work` for a message unless it was done before, here or by another instance (see `inbox.ts`). */
  once(message: string, work: () => Promise<void>): Promise<void>;
  /** To be called once before the desk is used: brings what earlier versions stored to what this one needs. */
  prepare(): Promise<void>;
  /**
   * To be called once while the desk is used: takes the open claims of earlier versions, which may still be running, so
   * that they leave these alone, and makes due what waits for a time that only a wrong clock set. Never fails; what was
   * not done is done at the next start.
   */
  takeOver(): Promise<void>;
  /**
   * To be called about once a day while the desk is used: compares the newest anchors as the start does, and seals what
   * earlier versions left. Never fails; what was not done is done the next time.
   */
  checkUp(): Promise<void>;
  /** Decides and delivers everything that is due (R44). Any number of instances may do so at once. */
  sweep(): Promise<SweepResult>;
  /**
   * Whether a newer version of the desk ran on this store and left what this one cannot read, so that it does not know
   * whether it may decide anything. It decides nothing then, and is not ready.
   */
  isOutdated(): boolean;
  /** Ends sweeps and cleanings after the claim they are at. What is left is due for the next sweep, of any instance. */
  close(): void;
  /** Waits until the deliveries that were started beside answers have ended. */
  idle(): Promise<void>;
}

/**
 * Builds the desk on its ports. Starts nothing on its own: what is due waits for {@link Desk.sweep}, and what an
 * earlier version left to be done for {@link Desk.prepare}.
 */
export function createDesk(outside: World): Desk {
  const standstill = createStandstill(outside);
  const world: World = { ...outside, documents: heldDocuments(outside.documents, standstill) };
  const { clock, settings, rules, random } = world;
  const closing = new AbortController();
  const people = createPeople(world);
  const background = createBackgroundDelivery(world, people);
  const deliverSoon = (id: ClaimId): void => {
    if (!standstill.isOn()) background.deliverSoon(id);
  };
  const presence = createPresence({
    ports: world,
    people,
    deliverSoon,
    lookAtSides: (organisations) => lookAtSides(world, people, organisations, deliverSoon),
    isStandingStill: () => standstill.isOn(),
  });
  const announce = createAnnounce(world);
  const channels = createChannels(people, (keys) => presence.resumeAll(keys), {
    clock,
    announce,
    securityLog: world.securityLog,
  });
  const announceBroken = createAnnounceBroken(world, announce);
  const operators = createOperatorDesk({
    ports: world,
    people,
    announce,
    resumeAll: (keys) => presence.resumeAll(keys),
    lookAtSides: (organisations) => lookAtSides(world, people, organisations, deliverSoon),
  });
  const executor = createExecutor({ ports: world, people, readCurrent, deliverSoon });
  const inbox = createInbox(world);
  const proof = createProof(world, people, deliverSoon, closing.signal);
  const queries = createClaimQueries({ ports: world, people, channels, readCurrent });

  /** The claim with everything applied that is due by now (R44). */
  async function readCurrent(id: ClaimId): Promise<ClaimRecord | undefined> {
    const record = await readClaim(world, id);
    if (!record || !isClockDue(record.claim.clocks, clock.now()) || standstill.isOn()) return record;
    const handled = await handle(world, people, id, () => ({ type: 'Wake', by: DESK, at: clock.now() }));
    deliverSoon(id);
    return handled.kind === 'notFound' ? undefined : handled.record;
  }

  /** Whether this instance has seen the desk stand still, and has not made its parked notices due since. */
  let isToResume = false;
  async function resumeAfterStandstill(): Promise<void> {
    if (!isToResume) return;
    try {
      await resumeAllParked(world);
      isToResume = false;
    } catch (error) {
      world.log.error({ error }, 'Could not resume the waiting notices after a standstill; the next sweep will');
    }
  }

  const wasSetBack = createSetBackWatch(clock, world.timer);
  let isToBringNear = false;
  async function bringNearAfterSetBack(): Promise<void> {
    if (wasSetBack()) isToBringNear = true;
    if (!isToBringNear) return;
    try {
      await bringWaitsNear(world, closing.signal);
      isToBringNear = false;
    } catch (error) {
      world.log.error({ error }, 'Could not look for notices that wait too long; the next sweep will');
    }
  }

  /**
   * What belongs to no claim is told after what does, and never fails a sweep; nor does one thing keep the others from
   * being told, least of all a document of rights that is broken.
   */
  async function announceDue(): Promise<void> {
    for (const step of [
      announceBroken,
      () => settleMoves(people, announce),
      () => deliverAnnouncements(world, people, closing.signal),
    ])
      try {
        await step();
      } catch (error) {
        world.log.error({ error }, 'Could not look for announcements; the next sweep will');
      }
  }

  /** That a claim's history is broken is told to those alone who may see the claim (R6). */
  async function hidingBroken<Answer>(person: PersonId, hidden: Answer, work: () => Promise<Answer>): Promise<Answer> {
    try {
      return await work();
    } catch (error) {
      if (!(error instanceof HistoryBrokenError) || (await maySeeBroken(world, await people.memberBy(person), error)))
        throw error;
      return hidden;
    }
  }

  /** The reading log of a claim for an operator, who does not see the claim itself. */
  async function hiddenReadings(person: PersonId, id: ClaimId): Promise<ClaimReadings | undefined> {
    const record = await hidingBroken(person, undefined, () => readClaim(world, id));
    if (!record || !mayReadHiddenReadings(await people.memberBy(person), record.claim)) return undefined;
    return { id, readings: await namedReadings(people, await readingsOf(world, id)) };
  }

  const desk: Desk = {
    settings: {
      zone: rules.programme.policy.zone,
      programme: rules.programme,
      defaultLanguage: settings.defaultLanguage,
      maxPoeBytes: settings.maxPoeBytes,
      poeKinds: settings.poeKinds,
      maxPoe: rules.programme.policy.maxPoe,
    },
    now: () => clock.now(),
    ...executor,
    execute: (person, id, request, idempotency) =>
      hidingBroken(person, { kind: 'notFound' }, () => executor.execute(person, id, request, idempotency)),
    newForm: () => random.randomId(),
    ...queries,
    look: (person, id) => hidingBroken(person, undefined, () => queries.look(person, id)),
    history: (person, id) => hidingBroken(person, undefined, () => queries.history(person, id)),
    async readings(person, claim) {
      const seen = await hidingBroken(person, undefined, () => queries.look(person, claim));
      if (!seen) return hiddenReadings(person, claim);
      const { member, view } = seen;
      if (!mayReadReadings(member, view)) return undefined;
      return { id: claim, view, readings: await namedReadings(people, await readingsOf(world, claim), view.claim) };
    },
    async journal(person, asked) {
      return journalFor(world, people, await people.memberBy(person), asked);
    },
    poe: {
      ...proof,
      uploads: heldUploads(proof.uploads, standstill),
      async takeFile(person, claim, declaredName, bytes) {
        if (standstill.isOn()) throw new StandstillError();
        return proof.takeFile(person, claim, declaredName, bytes);
      },
      clean: async () => ((await standstill.look()) ? { removed: 0, quarantined: 0 } : proof.clean()),
    },
    member: (person) => people.memberBy(person),
    greet: (visitor) => presence.greet(visitor),
    leave: (person, at) => presence.leave(person, at),
    claimWelcome: (person, arrival) => presence.claimWelcome(person, arrival),
    setLanguage: async (person, language) => {
      await people.alter(person, (known) => ({ ...known, language }));
    },
    ...operators,
    useChannel: (person, purpose, place, language) => channels.use(person, purpose, place, language),
    channelPurposes: (conversationId) => channels.purposesAt(conversationId),
    channelSeen: (place) => channels.seen(place),
    channelLost: (place, how, at) => channels.lost(place, how, at),
    channelRestored: (place, at) => channels.restored(place, at),
    teamJoined: (place, at) => channels.teamJoined(place, at),
    once: (message, work) => inbox.once(message, work),
    async prepare() {
      // First: whether a document without a head is believed, and given one, goes by the mark.
      const mark = await lookForSealMark(outside);
      if (mark.inDatabase !== mark.amongFiles)
        world.log.error({ ...mark }, 'Mark that all documents are sealed is missing in one of two places');
      await prepareDirectory(world, people, announce);
      await standstill.look();
      if (standstill.isOfNewerVersion()) {
        world.log.error({}, 'Standing still: a newer version of the desk ran on this store; run that version');
        return;
      }
      await checkRestored(outside, announce);
      if (await standstill.look()) world.log.error({}, 'Standing still: an older state was restored');
      else if (outside.anchors) await resumeParkedNotices(world, ANCHORS_SET);
    },
    async takeOver() {
      try {
        if (await standstill.look()) return;
        await bringWaitsNear(world, closing.signal);
        await takeOver(world, people, closing.signal);
        await sealAll(world, people, closing.signal);
      } catch (error) {
        world.log.error({ error }, 'Could not take over the claims of earlier versions; the next start will');
      }
    },
    async checkUp() {
      try {
        await checkRestored(outside, announce);
        if (await standstill.look()) return;
        await bringWaitsNear(world, closing.signal);
        await sealAll(world, people, closing.signal);
      } catch (error) {
        world.log.error({ error }, 'Could not check the store up; the next time will');
      }
    },
    async sweep() {
      if (await standstill.look()) {
        isToResume = true;
        return { processed: 0, failed: 0 };
      }
      await resumeAfterStandstill();
      await bringNearAfterSetBack();
      const swept = await sweep(world, people, closing.signal);
      await proof.askForScans();
      await announceDue();
      return swept;
    },
    isOutdated: () => standstill.isOfNewerVersion(),
    close: () => closing.abort(),
    idle: () => background.idle(),
  };
  return auditedDesk(desk, world.securityLog);
}
