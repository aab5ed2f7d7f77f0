/** The desk: every use case, put together once. What doors (Teams, web, cron) talk to. */
import type { ClaimId, CommentId, Fields, PersonId } from '../domain/claims/values.ts';
import type { ClaimCommand } from '../domain/claims/commands.ts';
import type { Entry } from '../domain/claims/history.ts';
import { firstBrokenEntry, canonical } from '../domain/claims/history.ts';
import type { Member } from '../domain/claims/permission.ts';
import { DESK, mayRead } from '../domain/claims/permission.ts';
import type { Refusal } from '../domain/claims/refusal.ts';
import { nextFiring } from '../domain/claims/clock.ts';
import { createChannels } from './directory/channels.ts';
import type { ClaimRecord } from './records/claimRecord.ts';
import { CLAIM, foldEntries, readClaim } from './records/claimRecord.ts';
import { customerHistory } from './queries/customerHistory.ts';
import { deliver } from './outbox/deliver.ts';
import { createEnrolment } from './directory/enrolment.ts';
import type { ShownForm } from './commands/createClaim.ts';
import { createDraft } from './commands/createClaim.ts';
import type { ClaimList, ListName } from './queries/lists.ts';
import { listFor } from './queries/lists.ts';
import { createPresence } from './presence.ts';
import type { HandleResult } from './commands/handle.ts';
import { handle } from './commands/handle.ts';
import { createInbox } from './inbox.ts';
import { createPeople as peopleOf } from './directory/people.ts';
import { createProof } from './proof/proof.ts';
import type { World } from './ports/world.ts';
import type { SweepResult } from './due/sweep.ts';
import { sweep } from './due/sweep.ts';
import type { ClaimView } from './queries/view.ts';
import { viewClaim } from './queries/view.ts';
import { processDueClaim } from './due/processClaim.ts';

export type { Visitor } from './presence.ts';

type Plain<Command> = Command extends { type: 'ReassignClaim' }
  ? { readonly type: 'ReassignClaim'; readonly to: PersonId }
  : Command extends { type: 'AddPoe' | 'RecordDelivery' | 'Wake' }
    ? never
    : Command extends { type: 'AddComment' }
      ? Omit<Command, 'by' | 'at' | 'seen' | 'id'>
      : Omit<Command, 'by' | 'at' | 'seen' | 'seenFields'>;
/** What a person asks of a claim: a command without who, when and what was seen, which the desk adds. */
export type Request = Plain<ClaimCommand>;

/** The answer to a person: what came of it, and the claim as it is now for them. `entry` is what they (or, repeated, their first press) did. */
export type CommandResult =
  | { readonly kind: 'done' | 'repeated'; readonly view: ClaimView; readonly entry: Entry }
  | { readonly kind: 'nothing'; readonly view: ClaimView }
  /** Of a refused edit, `shown` is the form as the card showed it, where it is another by now. */
  | { readonly kind: 'refused'; readonly view: ClaimView; readonly refusal: Refusal; readonly shown?: Fields }
  | { readonly kind: 'notFound' };
export type CreateResult =
  | Exclude<CommandResult, { kind: 'nothing' | 'refused' | 'notFound' }>
  | { readonly kind: 'refused'; readonly refusal: Refusal };

export type Desk = ReturnType<typeof createDesk>;

export function createDesk(world: World) {
  const people = peopleOf(world);
  const running = new Set<Promise<void>>();
  const closing = new AbortController();
  const poe = createProof(world, people, deliverSoon, closing.signal);
  const enrol = createEnrolment(people);
  const { greet, resumeAll } = createPresence(world, people, deliverSoon);

  /** Delivers a claim's notices beside whatever answers now; what fails is left to the sweep. */
  function deliverSoon(id: ClaimId): void {
    const task = deliver(world, people, id)
      .then(() => undefined)
      .catch((error: unknown) => {
        world.log.error({ claim: id, error }, 'Could not deliver notices of a claim now; the sweep will retry');
      })
      .finally(() => running.delete(task));
    running.add(task);
  }

  async function memberBy(id: PersonId): Promise<Member> {
    return people.memberOf(await people.personOf(id));
  }

  /** The claim settled up to now: what is due is fired first (R44). */
  async function current(id: ClaimId): Promise<ClaimRecord | undefined> {
    const record = await readClaim(world.documents, id);
    const firing = record && nextFiring(record.claim.clocks);
    if (!firing || firing.at > world.clock.now()) return record;
    const woken = await handle(world, id, () => ({ type: 'Wake', by: DESK, at: world.clock.now() }));
    deliverSoon(id);
    return woken.kind === 'notFound' ? undefined : woken.record;
  }

  function viewFor(record: ClaimRecord, member: Member): ClaimView {
    return viewClaim(record.claim, { kind: 'person', member }, world.clock.now());
  }

  /** The claim as a person sees it, or nothing, be it that it is not there or none of theirs (R6). */
  async function look(
    person: PersonId,
    id: ClaimId,
  ): Promise<{ readonly view: ClaimView; readonly record: ClaimRecord } | undefined> {
    const record = await current(id);
    const member = await memberBy(person);
    return record && mayRead(member, record.claim) ? { view: viewFor(record, member), record } : undefined;
  }

  async function answer(handled: HandleResult, person: PersonId): Promise<CommandResult> {
    if (handled.kind === 'notFound') return { kind: 'notFound' };
    const member = await memberBy(person);
    if (!mayRead(member, handled.record.claim)) return { kind: 'notFound' };
    const view = viewFor(handled.record, member);
    switch (handled.kind) {
      case 'done':
      case 'repeated':
        return { kind: handled.kind, view, entry: handled.entry };
      case 'nothing':
        return { kind: 'nothing', view };
      case 'refused':
        return { kind: 'refused', view, refusal: handled.refusal };
    }
  }

  /**
   * A person asks something of a claim. `seen` is the version on the card they pressed (R57); `once` names what must not
   * be taken twice though it carries no version, such as a message. The same person, request, version and inputs again
   * change nothing and get the same answer (R58).
   */
  async function press(
    person: PersonId,
    id: ClaimId,
    request: Request,
    on: { readonly seen?: number; readonly once?: string } = {},
  ): Promise<CommandResult> {
    const named = on.seen !== undefined || on.once !== undefined;
    const name = named ? world.ids.sha256(canonical([person, request, on.seen ?? null, on.once ?? null])) : undefined;
    const commentId = world.ids.randomId() as CommentId;
    const handled = await handle(world, id, (record) => commandOf(person, request, record, commentId, on.seen), name);
    if (handled.kind !== 'notFound' && handled.record.body.outbox.length > 0) deliverSoon(id);
    const answered = await answer(
      handled.kind === 'repeated' ? { ...handled, record: (await current(id)) ?? handled.record } : handled,
      person,
    );
    if (answered.kind !== 'refused' || handled.kind === 'notFound' || request.type !== 'EditFields') return answered;
    const { seenFields: shown } = seenFields(handled.record, on.seen);
    return { ...answered, ...(shown && { shown }) };
  }

  async function commandOf(
    person: PersonId,
    request: Request,
    record: ClaimRecord,
    commentId: CommentId,
    seen: number | undefined,
  ): Promise<ClaimCommand> {
    const asked = { by: await memberBy(person), at: world.clock.now(), ...(seen !== undefined && { seen }) };
    switch (request.type) {
      case 'ReassignClaim':
        return { ...request, ...asked, to: await memberBy(request.to) };
      case 'AddComment':
        return { ...request, ...asked, id: commentId };
      case 'EditFields':
        return { ...request, ...asked, ...seenFields(record, seen) };
      default:
        return { ...request, ...asked };
    }
  }

  /** The form as the card showed it: the fields as they were at the card's version (R57). */
  function seenFields(record: ClaimRecord, seen: number | undefined): { seenFields?: Fields } {
    if (seen === undefined || !Number.isInteger(seen) || seen < 1 || seen >= record.body.entries.length) return {};
    return { seenFields: foldEntries(record.body.entries.slice(0, seen)).fields };
  }

  /** File a draft (R10); see filing.ts. A form sent twice is answered with its claim as it is by now. */
  async function create(
    person: PersonId,
    form: string,
    fields: Partial<Fields>,
    shown?: ShownForm,
  ): Promise<CreateResult> {
    const member = await memberBy(person);
    const filed = await createDraft(world, member, form, fields, shown);
    if (filed.kind === 'refused') return filed;
    const { id } = filed.record.claim;
    if (filed.kind === 'done') deliverSoon(id);
    const record = filed.kind === 'repeated' ? ((await current(id)) ?? filed.record) : filed.record;
    if (!mayRead(member, record.claim)) return { kind: 'refused', refusal: { code: 'partnerOnly' } };
    return { kind: filed.kind, view: viewFor(record, member), entry: filed.entry };
  }

  return {
    world,
    people,
    poe,
    heard: createInbox(world),
    look,
    press,
    create,
    greet,
    resumeAll,
    enrol: {
      partner: (form: Record<string, unknown>) => settled(enrol.organisation('partner', form)),
      customer: (form: Record<string, unknown>) => settled(enrol.organisation('customer', form)),
      member: (form: Record<string, unknown>) => settled(enrol.member(form)),
      staff: (form: Record<string, unknown>) => settled(enrol.staff(form)),
      contact: (form: Record<string, unknown>) => settled(enrol.contact(form)),
    },
    memberBy,
    now: () => world.clock.now(),

    /** The bot was taken out of somebody's chat, or blocked. */
    async leave(id: PersonId): Promise<void> {
      await people.alter(id, (person) => ({ ...person, unreachable: 'notInstalled' }));
    },

    async list(person: PersonId, name: ListName, most: number): Promise<ClaimList | undefined> {
      return listFor(world, await memberBy(person), name, most);
    },

    /** The history of a claim for a person, oldest first; customers see the entries of the consent (R55, R56). */
    async history(
      person: PersonId,
      id: ClaimId,
    ): Promise<{ readonly view: ClaimView; readonly entries: readonly Entry[] } | undefined> {
      const seen = await look(person, id);
      if (!seen) return undefined;
      const { entries } = seen.record.body;
      const version = firstBrokenEntry(entries, (text) => world.ids.sha256(text));
      if (version !== undefined) world.log.error({ claim: id, version }, 'Claim history does not match its hash chain');
      return { view: seen.view, entries: seen.view.side === 'customer' ? customerHistory(entries) : entries };
    },

    /** The claim whose thread a conversation is (R47), or whose comment a message became. */
    async claimByThread(conversationId: string): Promise<ClaimId | undefined> {
      const page = await world.documents.find({ kind: CLAIM, name: 'thread', value: conversationId, limit: 1 });
      return page.documents[0]?.id as ClaimId | undefined;
    },
    async claimByMessage(message: string): Promise<ClaimId | undefined> {
      const page = await world.documents.find({ kind: CLAIM, name: 'message', value: message, limit: 1 });
      return page.documents[0]?.id as ClaimId | undefined;
    },

    ...createChannels(people, resumeAll),

    sweep: (): Promise<SweepResult> => sweep(world, people, closing.signal),
    /** Whether there was something to do for the claim. */
    wake: (id: ClaimId): Promise<boolean> => processDueClaim(world, people, id),
    /** The desk is about to close: sweeps and cleanings end after what they have in hand. What is left is due for the next sweep, here or elsewhere. */
    close: (): void => {
      closing.abort();
    },
    /** Waits until the deliveries that run beside the answers have ended. */
    async idle(): Promise<void> {
      while (running.size > 0) await Promise.allSettled([...running]);
    },
  };

  async function settled<Result extends { readonly ok: boolean }>(work: Promise<Result>): Promise<Result> {
    const done = await work;
    if ('roused' in done) await resumeAll(done.roused as readonly string[]);
    return done;
  }
}
