/** What operators do: enrol organisations and people, by form or by a directory file (R4). */
import { canonical } from '../../domain/claims/history.ts';
import { isOperator } from '../../domain/claims/permission.ts';
import type { OrganisationId, PersonId } from '../../domain/claims/values.ts';
import type { World } from '../ports/world.ts';
import { keysOfSide } from '../records/waitKeys.ts';
import type { EnrolmentResult, Form, Register } from './enrolment.ts';
import { createEnrolment } from './enrolment.ts';
import type { Announce } from '../ports/announcement.ts';
import { importDirectory } from './importDirectory.ts';
import { settleMoves } from './moves.ts';
import type { Organisation, People, Person } from './people.ts';
import { createRehearsal } from './rehearsal.ts';
import { announceSideChange, sidesChangedBy } from './sideChanges.ts';
import type { StoppedClock } from './stoppedClocks.ts';
import { stoppedBy } from './stoppedClocks.ts';

/** What can be enrolled, each with a form of its own. */
export type EnrolmentKind = 'partner' | 'customer' | 'member' | 'staff' | 'contact';

/** What an operator can choose from in a form. */
export interface EnrolmentChoices {
  /** The last people who wrote to the bot, enrolled or not. */
  readonly people: readonly Person[];
  readonly organisations: readonly Organisation[];
}

/** A form that would stop clocks, and is not confirmed yet; nothing was changed. */
export interface EnrolmentUnconfirmed {
  readonly ok: false;
  /** Those that would have no one left who could act. */
  readonly organisations: readonly Organisation[];
  readonly clocks: readonly StoppedClock[];
  readonly confirmation: string;
}

/** What the operators' use cases are built from. */
export interface OperatorParts {
  readonly ports: Pick<World, 'documents' | 'clock' | 'digest' | 'log'>;
  readonly people: People;
  readonly announce: Announce;
  /** Called with the keys whose parked notices may be delivered again. */
  readonly resumeAll: (keys: readonly string[]) => Promise<void>;
  /** Called with the organisations whose claims are to be looked at, after a change that was announced (R45). */
  readonly lookAtSides: (organisations: readonly OrganisationId[]) => Promise<void>;
}

/** The use cases of operators. */
export interface OperatorDesk {
  /**
   * Enrols, changes or takes out what the form says; it changes nothing where something is wrong with it. Where it
   * takes away the last who could act on running clocks, it asks first (R45): the form counts once it carries the
   * `confirmation` of the answer, from the same operator, for the same form and the same clocks.
   */
  enrol(
    operator: PersonId,
    what: EnrolmentKind,
    form: Form,
  ): Promise<EnrolmentResult | EnrolmentUnconfirmed | 'notAllowed'>;
  /** What the forms offer to choose from; undefined for anyone but an operator. */
  enrolmentChoices(operator: PersonId): Promise<EnrolmentChoices | undefined>;
  /**
   * Imports a directory, see {@link importDirectory}. For the administrator of the desk: no person's rights are
   * checked.
   */
  importDirectory(directory: unknown): Promise<void>;
}

const MAX_RECENT_PEOPLE = 20;

/** Stateless: rights are read anew for each call. */
export function createOperatorDesk({ ports, people, announce, resumeAll, lookAtSides }: OperatorParts): OperatorDesk {
  const filled = (
    register: Register,
    operator: PersonId,
    what: EnrolmentKind,
    form: Form,
  ): Promise<EnrolmentResult> => {
    const enrolment = createEnrolment(register, operator);
    switch (what) {
      case 'partner':
      case 'customer':
        return enrolment.organisation(what, form);
      case 'member':
        return enrolment.member(form);
      case 'staff':
        return enrolment.staff(form);
      case 'contact':
        return enrolment.contact(form);
    }
  };
  const isAllowed = async (id: PersonId): Promise<boolean> => isOperator(await people.memberBy(id));
  return {
    async enrol(operator, what, form) {
      if (!(await isAllowed(operator))) return 'notAllowed';
      const { confirmation, ...asked } = form;
      const rehearsal = createRehearsal(people);
      const rehearsed = await filled(rehearsal.register, operator, what, asked);
      if (!rehearsed.ok) return rehearsed;
      const changes = rehearsal.changes();
      const stopped = await stoppedBy(ports, people, changes);
      const clocks = stopped.flatMap((side) => side.clocks);
      if (clocks.length > 0) {
        const needed = ports.digest.sign(canonical([operator, what, asked, clocks]));
        if (confirmation !== needed) {
          const known = await Promise.all(stopped.map(({ organisation }) => people.organisation(organisation)));
          const organisations = known.flatMap((one) => one ?? []);
          return { ok: false, organisations, clocks, confirmation: needed };
        }
      }
      const sides = [...new Set(changes.flatMap(sidesChangedBy))];
      await announceSideChange(ports, sides);
      const result = await filled(people, operator, what, asked);
      if (!result.ok) return result;
      if ('organisation' in result) await settleMoves(people, announce);
      await resumeAll([...result.resumedKeys, ...sides.flatMap(keysOfSide)]);
      await lookAtSides(sides);
      return result;
    },
    async enrolmentChoices(operator) {
      if (!(await isAllowed(operator))) return undefined;
      return {
        people: await people.lastSeen(MAX_RECENT_PEOPLE),
        organisations: [...(await people.organisations('partner')), ...(await people.organisations('customer'))],
      };
    },
    async importDirectory(directory) {
      const { resumedKeys, sides } = await importDirectory(ports, people, directory);
      await settleMoves(people, announce);
      await resumeAll([...resumedKeys, ...sides.flatMap(keysOfSide)]);
      await lookAtSides(sides);
    },
  };
}
