/** Judges that a sweep which nothing disturbed leaves nothing that was due before it began (R44). */
import type { Judge, Swept, Truth } from '../witness.ts';
import { CLOCK_TOLERANCE_MS } from '../witness.ts';
import { Claims } from './claims.ts';
import { nextFiring } from './standing.ts';

/** When a claim's clocks were last what they were not before: what came during a sweep need not be seen by it. */
interface Changed {
  at: number;
}

export function openSweeps(truth: Truth): Judge {
  const claims = new Claims<Changed>(truth, () => ({ at: -Infinity }));
  /** When the simulation itself put a claim there last: one that was of a newer version until then was rightly left. */
  const planted = new Map<string, number>();

  function left({ by, from, off }: Swept): readonly string[] {
    const before = from + off - CLOCK_TOLERANCE_MS;
    const wrongs: string[] = [];
    for (const { id, claim, own } of claims.all()) {
      const due = nextFiring(claim.clocks);
      if (!due || due.at > before || own.at >= from || (planted.get(id) ?? -Infinity) >= from) continue;
      wrongs.push(`${id} version ${claim.version}: ${due.clock} was due at ${new Date(due.at).toISOString()}, and the sweep of ${by} that began at ${new Date(from).toISOString()} left it (R44)`);
    }
    return wrongs;
  }

  return {
    name: 'sweeps',
    wrote: (wrote) => {
      if (wrote.kind === 'claim' && wrote.by === 'operator') planted.set(wrote.id, wrote.at);
      return claims.wrote(wrote, {
        end(_claim, own, _body, fresh) {
          if (fresh.some(({ event }) => event.clocks)) own.at = wrote.at;
          return [];
        },
      });
    },
    swept: (swept) => (swept.disturbed || swept.failed > 0 || swept.fault !== undefined ? [] : left(swept)),
  };
}
