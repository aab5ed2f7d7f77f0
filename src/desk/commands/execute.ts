/** Executes a person's request as a command, once, and answers with the claim as they may see it now (R57, R58). */
import type { ClaimCommand } from '../../domain/claims/commands.ts';
import { canonical } from '../../domain/claims/history.ts';
import type { Member } from '../../domain/claims/permission.ts';
import { mayRead } from '../../domain/claims/permission.ts';
import type { ClaimId, CommentId, Fields, PersonId } from '../../domain/claims/values.ts';
import type { People } from '../directory/people.ts';
import { enrolledAs, partiesOf } from '../directory/sides.ts';
import { viewFor } from '../queries/view.ts';
import type { ClaimRecord } from '../records/claimRecord.ts';
import { foldEntries } from '../records/claimRecord.ts';
import type { ShownForm } from './createClaim.ts';
import { createDraft } from './createClaim.ts';
import type { HandlePorts, HandleResult } from './handle.ts';
import { handle } from './handle.ts';
import type { CommandResult, CreateResult, Idempotency, Request } from './request.ts';

/** What the executor is built from. */
export interface ExecuteParts {
  readonly ports: HandlePorts;
  readonly people: People;
  /** The claim with everything applied that is due by now (R44). */
  readonly readCurrent: (id: ClaimId) => Promise<ClaimRecord | undefined>;
  /** Called for each claim that may have notices to deliver. */
  readonly deliverSoon: (id: ClaimId) => void;
}

/** The desk's use cases that change a claim; documented on `Desk`. */
export interface Executor {
  execute(person: PersonId, id: ClaimId, request: Request, idempotency: Idempotency): Promise<CommandResult>;
  createClaim(person: PersonId, form: string, fields: Partial<Fields>, shown?: ShownForm): Promise<CreateResult>;
}

/** Stateless: roles and the claim are read anew for each request. */
export function createExecutor({ ports, people, readCurrent, deliverSoon }: ExecuteParts): Executor {
  const { clock, random, digest } = ports;

  async function execute(
    person: PersonId,
    id: ClaimId,
    request: Request,
    idempotency: Idempotency,
  ): Promise<CommandResult> {
    const seen = idempotency.kind === 'card' ? idempotency.version : undefined;
    const commentId = random.randomId() as CommentId;
    let member: Member | undefined;
    const handled = await handle(
      ports,
      people,
      id,
      async (record) => {
        member = await people.memberBy(person);
        return commandOf(member, request, record, commentId, seen);
      },
      pressOf(person, request, idempotency),
    );
    if (handled.kind === 'notFound') return { kind: 'notFound' };
    if (handled.record.body.outbox.length > 0) deliverSoon(id);
    const now =
      handled.kind === 'repeated' ? { ...handled, record: (await readCurrent(id)) ?? handled.record } : handled;
    const answered = await answer(now, member ?? (await people.memberBy(person)));
    if (answered.kind !== 'refused' || request.type !== 'EditFields') return answered;
    const { seenFields: shown } = seenFields(handled.record, seen);
    return { ...answered, ...(shown && { shown }) };
  }

  /** The name of a request, under which its entry is stored; undefined where repeating it changes nothing. */
  function pressOf(person: PersonId, request: Request, idempotency: Idempotency): string | undefined {
    switch (idempotency.kind) {
      case 'card':
        return digest.sha256(canonical([person, request, idempotency.version, null]));
      case 'message':
        return digest.sha256(canonical([person, request, null, idempotency.key]));
      case 'none':
        return undefined;
    }
  }

  async function answer(handled: Exclude<HandleResult, { kind: 'notFound' }>, member: Member): Promise<CommandResult> {
    if (!mayRead(member, handled.record.claim)) return { kind: 'notFound' };
    const facts = { enrolledAs: await enrolledAs(people, handled.record.claim) };
    const view = viewFor(handled.record, member, clock.now(), facts);
    switch (handled.kind) {
      case 'done':
      case 'repeated':
        return { kind: handled.kind, view, member, entry: handled.entry };
      case 'nothing':
        return { kind: 'nothing', view, member };
      case 'refused':
        return { kind: 'refused', view, member, refusal: handled.refusal };
    }
  }

  async function commandOf(
    by: Member,
    request: Request,
    record: ClaimRecord,
    commentId: CommentId,
    seen: number | undefined,
  ): Promise<ClaimCommand> {
    const asked = { by, at: clock.now(), ...(seen !== undefined && { seen }) };
    switch (request.type) {
      case 'ReassignClaim':
        return { ...request, ...asked, to: await people.memberBy(request.to) };
      case 'AddComment':
        return { ...request, ...asked, id: commentId };
      case 'EditFields':
        return { ...request, ...asked, ...seenFields(record, seen) };
      case 'SubmitClaim':
      case 'ResubmitClaim':
      case 'ApproveClaim':
      case 'OverturnRejection':
      case 'AgreeConsent':
        return { ...request, ...asked, parties: await partiesOf(people, record.claim) };
      default:
        return { ...request, ...asked };
    }
  }

  async function createClaim(
    person: PersonId,
    form: string,
    fields: Partial<Fields>,
    shown?: ShownForm,
  ): Promise<CreateResult> {
    const member = await people.memberBy(person);
    const drafted = await createDraft(ports, member, form, fields, shown);
    if (drafted.kind === 'refused') return drafted;
    const { id } = drafted.record.claim;
    if (drafted.kind === 'done') deliverSoon(id);
    const record = drafted.kind === 'repeated' ? ((await readCurrent(id)) ?? drafted.record) : drafted.record;
    if (!mayRead(member, record.claim)) return { kind: 'refused', refusal: { code: 'partnerOnly' } };
    const facts = { enrolledAs: await enrolledAs(people, record.claim) };
    return { kind: drafted.kind, view: viewFor(record, member, clock.now(), facts), member, entry: drafted.entry };
  }

  return { execute, createClaim };
}

/** The form as the card showed it: the fields as they were at the card's version (R57). */
function seenFields(record: ClaimRecord, seen: number | undefined): { seenFields?: Fields } {
  if (seen === undefined || !Number.isInteger(seen) || seen < 1 || seen >= record.body.entries.length) return {};
  return { seenFields: foldEntries(record.body.entries.slice(0, seen)).fields };
}
