/** Tells operators of the claims whose history this instance has found broken (R55). */
import type { Announce } from '../ports/announcement.ts';
import type { World } from '../ports/world.ts';
import { brokenClaims } from '../records/historyCheck.ts';

/**
 * Makes what announces them; what is known is announced once by each instance, and stored once for all of them and
 * across restarts. A key that is missing breaks many claims at once: the first of them stands for all.
 */
export function createAnnounceBroken(ports: Pick<World, 'historyKeys'>, announce: Announce): () => Promise<void> {
  const announced = new Set<string>();
  return async () => {
    for (const [claim, { version, problem, keyId }] of brokenClaims(ports)) {
      const key = problem === 'unknownKey' ? `historyKey/${keyId ?? ''}` : `historyBroken/${claim}/${version}`;
      if (announced.has(key)) continue;
      await announce(key, { kind: 'historyBroken', claim, version }, { kind: 'operators' });
      announced.add(key);
    }
  };
}
