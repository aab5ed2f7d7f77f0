/** What is done for the directory at each start, before the desk is used. */
import { STAFF_ROLES } from '../../domain/claims/permission.ts';
import type { PersonId } from '../../domain/claims/values.ts';
import type { Announce } from '../ports/announcement.ts';
import type { World } from '../ports/world.ts';
import type { OpenJournalsPorts } from './openJournals.ts';
import { openJournals } from './openJournals.ts';
import type { People } from './people.ts';
import { unlessBroken } from './rightsCheck.ts';
import { isOfNewerVersion } from '../records/schemaVersion.ts';

/** What preparing the directory needs of the outside. */
export type PrepareDirectoryPorts = OpenJournalsPorts & Pick<World, 'settings' | 'digest'>;

const MAX_NAMED = 20;

/**
 * Opens the journals of rights, journals who became an operator or ceased to be one by the settings, and looks for
 * staff of other tenants than the programme's, whose roles do not count: the operators are told, once for the same
 * people. A document that is broken keeps the desk from none of this: it was reported, and no right follows from it.
 */
export async function prepareDirectory(
  ports: PrepareDirectoryPorts,
  people: People,
  announce: Announce,
): Promise<void> {
  await openJournals(ports, people);
  await journalConfiguredOperators(ports, people);
  await leavingNewer(ports, () => tellOfStaffOutside(ports, people, announce));
}

/** A newer version, which runs beside this one or ran before it, does the same for what it wrote. */
async function leavingNewer({ log }: PrepareDirectoryPorts, work: () => Promise<unknown>): Promise<void> {
  try {
    await work();
  } catch (error) {
    if (!isOfNewerVersion(error)) throw error;
    log.warn({ error }, 'Directory left as it is: written by a newer version');
  }
}

async function journalConfiguredOperators(ports: PrepareDirectoryPorts, people: People): Promise<void> {
  const { operators } = ports.settings;
  for (const id of operators)
    await leavingNewer(ports, () =>
      unlessBroken(() =>
        people.alter(
          id as PersonId,
          (known) => (known.operatorByConfiguration ? known : { ...known, operatorByConfiguration: true }),
          'configuration',
        ),
      ),
    );
  await leavingNewer(ports, async () => {
    for (const { id } of (await unlessBroken(() => people.operatorsByConfiguration())) ?? [])
      if (!operators.includes(id))
        await people.alter(id, ({ operatorByConfiguration: _, ...rest }) => rest, 'configuration');
  });
}

async function tellOfStaffOutside(
  { settings, digest, log }: PrepareDirectoryPorts,
  people: People,
  announce: Announce,
): Promise<void> {
  if (settings.programmeTenants.length === 0) {
    log.info({}, 'Staff may be of any tenant, as PROGRAMME_TENANTS is not set');
    return;
  }
  const outside = new Set<PersonId>();
  for (const role of STAFF_ROLES)
    for (const { id } of (await unlessBroken(() => people.withRoleOutside(role))) ?? []) outside.add(id);
  if (outside.size === 0) return;
  const ids = [...outside].sort();
  log.warn({ people: ids.length }, 'Staff roles of people outside the tenants of the programme do not count');
  const what = { kind: 'staffOutside', people: ids.slice(0, MAX_NAMED), more: ids.length > MAX_NAMED } as const;
  await announce(`staffOutside/${digest.sha256(ids.join(' '))}`, what, { kind: 'operators' });
}
