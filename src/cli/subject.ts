/** What a command is about: a claim or one person, as an operator types it. */
import { hasBrokenId, parseClaimId } from '../domain/claims/claimId.ts';
import type { ClaimId } from '../domain/claims/values.ts';
import type { Person } from '../desk/directory/people.ts';
import { findPersons } from '../desk/life/findPerson.ts';
import type { Held } from '../desk/life/holds.ts';
import { CLAIM } from '../desk/records/claimRecord.ts';
import type { CommandContext } from './command.ts';
import { UnknownSubjectError } from './unknownSubjectError.ts';

/** The word of a command line that names a person. */
export const PERSON_WORD = {
  kind: 'word',
  of: 'person',
  help: 'id (tenantId/objectId), e-mail address or full name',
  required: 'name a person',
} as const;

type Reading = Pick<CommandContext, 'ports'>;

const CLAIM_ID_WANTED = 'give the id of a claim, such as CPOR-7F3K9Q';

/** What is wrong with a text that has to be a claim's id; undefined where nothing is. */
export function claimIdProblem(text: string): string | undefined {
  return parseClaimId(text) ? undefined : CLAIM_ID_WANTED;
}

/** The id of a claim that exists. Throws an {@link UnknownSubjectError} for any other text. */
export async function claimOf({ ports }: Reading, text: string): Promise<ClaimId> {
  const id = parseClaimId(text);
  if (id && (await ports.documents.read(CLAIM, id))) return id;
  throw new UnknownSubjectError(`There is no claim ${JSON.stringify(text)}.`);
}

/** The one person whom a text means. Throws an {@link UnknownSubjectError} where there is none, or more than one. */
export async function personOf({ ports }: Reading, text: string): Promise<Person> {
  const [person, ...others] = await findPersons(ports, text);
  if (!person)
    throw new UnknownSubjectError(
      `No person is called ${JSON.stringify(text)}. Give an id (tenantId/objectId), an e-mail address or a full name.`,
    );
  if (others.length > 0)
    throw new UnknownSubjectError(
      [`${JSON.stringify(text)} is ${others.length + 1} persons. Give the id of one:`, person.id]
        .concat(others.map(({ id }) => id))
        .join('\n- '),
    );
  return person;
}

/** The claim or the person whom a text means. Throws an {@link UnknownSubjectError}. */
export async function heldOf(context: Reading, text: string): Promise<Held> {
  if (!parseClaimId(text) && hasBrokenId(text))
    throw new UnknownSubjectError(`${JSON.stringify(text)} is no id of a claim: ${CLAIM_ID_WANTED}.`);
  return parseClaimId(text)
    ? { kind: 'claim', id: await claimOf(context, text) }
    : { kind: 'person', id: (await personOf(context, text)).id };
}
