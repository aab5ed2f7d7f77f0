/** Tells operators of the claims and the documents of rights that this instance has found broken (R55). */
import { JOURNALED_KINDS } from '../directory/people.ts';
import { reportedRights } from '../directory/rightsCheck.ts';
import type { Announce, Announcement } from '../ports/announcement.ts';
import type { World } from '../ports/world.ts';
import { brokenClaims } from '../records/historyCheck.ts';

/**
 * Makes what announces them; what is known is announced once by each instance, and stored once for all of them and
 * across restarts. A key that is missing breaks many documents at once: the first of them stands for all.
 */
export function createAnnounceBroken(ports: Pick<World, 'historyKeys'>, announce: Announce): () => Promise<void> {
  const announced = new Set<string>();
  const once = async (key: string, what: Announcement): Promise<void> => {
    if (announced.has(key)) return;
    await announce(key, what, { kind: 'operators' });
    announced.add(key);
  };
  return async () => {
    for (const [claim, { version, problem, keyId }] of brokenClaims(ports))
      await once(problem === 'unknownKey' ? `historyKey/${keyId ?? ''}` : `historyBroken/${claim}/${version}`, {
        kind: 'historyBroken',
        claim,
        version,
      });
    for (const { kind, id, problem, keyId } of reportedRights(ports)) {
      const of = JOURNALED_KINDS.find((one) => one === kind);
      const key = problem === 'unknownKey' ? `historyKey/${keyId ?? ''}` : `rightsBroken/${kind}/${id}/${problem}`;
      if (of) await once(key, { kind: 'rightsBroken', of, id });
    }
  };
}
