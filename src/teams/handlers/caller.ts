/** The user behind an activity. */
import type { Person } from '../../desk/directory/people.ts';
import type { Speech } from '../text/format.ts';

/** Who sent an activity, as the desk knows them, and how to speak to them. */
export interface Caller {
  readonly person: Person;
  readonly speech: Speech;
}
