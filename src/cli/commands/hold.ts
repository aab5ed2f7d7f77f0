import { releaseHold, setHold } from '../../desk/life/holds.ts';
import { recordAct } from '../../desk/life/operatorActs.ts';
import { command } from '../command.ts';
import { heldOf } from '../subject.ts';

const SUBJECT = {
  kind: 'word',
  of: 'subject',
  help: 'a claim, or a person: id (tenantId/objectId), e-mail address or full name',
  required: 'name a claim or a person',
} as const;
const MAX_REASON = 500;

/** Sets a legal hold. */
export const hold = command({
  name: 'hold',
  summary: 'sets a legal hold on a claim or a person: nothing of them is erased or removed',
  about:
    'Sets a legal hold on a claim or a person. While it is on, `erase-person` and `retention` leave them as they are.',
  fails: 'a hold is on already',
  effect: 'acts',
  options: {
    subject: SUBJECT,
    reason: {
      kind: 'text',
      of: 'reason',
      help: 'why, such as the number of the case; no names',
      required: 'say why, such as the number of the case',
      check: (text) => (text.length > MAX_REASON ? `give at most ${MAX_REASON} characters` : undefined),
    },
  },
  async run(context, { subject, reason }) {
    const { ports, operator, show } = context;
    const on = await heldOf(context, subject);
    const outcome = await setHold(ports, on, reason, operator);
    await recordAct(ports, operator, { what: 'hold', about: on.id, outcome: outcome === 'set' ? 'done' : 'refused' });
    show(
      outcome === 'set' ? `A legal hold is on ${on.id}.` : `A legal hold is on ${on.id} already; it stays as it is.`,
      {
        on,
        outcome,
      },
    );
    return outcome === 'set' ? 'done' : 'failed';
  },
});

/** Releases a legal hold. */
export const release = command({
  name: 'release',
  summary: 'releases the legal hold on a claim or a person',
  about:
    'Releases a legal hold. What it kept is erased or removed by the next command that is asked to, not by this one.',
  fails: 'no hold is on',
  effect: 'acts',
  options: { subject: SUBJECT },
  async run(context, { subject }) {
    const { ports, operator, show } = context;
    const on = await heldOf(context, subject);
    const outcome = await releaseHold(ports, on, operator);
    await recordAct(ports, operator, {
      what: 'release',
      about: on.id,
      outcome: outcome === 'released' ? 'done' : 'refused',
    });
    show(outcome === 'released' ? `The legal hold on ${on.id} is released.` : `No legal hold is on ${on.id}.`, {
      on,
      outcome,
    });
    return outcome === 'released' ? 'done' : 'failed';
  },
});
