/** What operators do: enrol organisations and people, by form or by a directory file (R4). */
import { isOperator } from '../../domain/claims/permission.ts';
import type { PersonId } from '../../domain/claims/values.ts';
import type { EnrolmentResult, Form } from './enrolment.ts';
import { createEnrolment } from './enrolment.ts';
import type { Announce } from '../ports/announcement.ts';
import { importDirectory } from './importDirectory.ts';
import { settleMoves } from './moves.ts';
import type { Organisation, People, Person } from './people.ts';

/** What can be enrolled, each with a form of its own. */
export type EnrolmentKind = 'partner' | 'customer' | 'member' | 'staff' | 'contact';

/** What an operator can choose from in a form. */
export interface EnrolmentChoices {
  /** The last people who wrote to the bot, enrolled or not. */
  readonly people: readonly Person[];
  readonly organisations: readonly Organisation[];
}

/** The use cases of operators. */
export interface OperatorDesk {
  /** Enrols, changes or takes out what the form says; it changes nothing where something is wrong with it. */
  enrol(operator: PersonId, what: EnrolmentKind, form: Form): Promise<EnrolmentResult | 'notAllowed'>;
  /** What the forms offer to choose from; undefined for anyone but an operator. */
  enrolmentChoices(operator: PersonId): Promise<EnrolmentChoices | undefined>;
  /**
   * Imports a directory, see {@link importDirectory}. For the administrator of the desk: no person's rights are
   * checked.
   */
  importDirectory(directory: unknown): Promise<void>;
}

const MAX_RECENT_PEOPLE = 20;

/** `resumeAll` is called with the keys whose parked notices may be delivered again. */
export function createOperatorDesk(
  people: People,
  announce: Announce,
  resumeAll: (keys: readonly string[]) => Promise<void>,
): OperatorDesk {
  const filled = (operator: PersonId, what: EnrolmentKind, form: Form): Promise<EnrolmentResult> => {
    const enrolment = createEnrolment(people, operator);
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
      const result = await filled(operator, what, form);
      if (!result.ok) return result;
      if ('organisation' in result) await settleMoves(people, announce);
      await resumeAll(result.resumedKeys);
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
      const resumedKeys = await importDirectory(people, directory);
      await settleMoves(people, announce);
      await resumeAll(resumedKeys);
    },
  };
}
