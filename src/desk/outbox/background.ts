/** Deliveries in the background: the person who asked is answered before others are notified. */
import type { ClaimId } from '../../domain/claims/values.ts';
import type { People } from '../directory/people.ts';
import { deliver } from './deliver.ts';
import type { DeliveryPorts } from './lease.ts';

/** The deliveries of this instance that run beside its answers. */
export interface BackgroundDelivery {
  /** Starts to deliver a claim's notices. What fails is left to the sweep. */
  deliverSoon(id: ClaimId): void;
  /** Waits until every delivery that was started has ended. */
  idle(): Promise<void>;
}

/** A failed delivery is logged; its notices are still due, so the next sweep delivers them. */
export function createBackgroundDelivery(ports: DeliveryPorts, people: People): BackgroundDelivery {
  const running = new Set<Promise<void>>();
  return {
    deliverSoon(id) {
      const task = deliver(ports, people, id)
        .then(() => undefined)
        .catch((error: unknown) => {
          ports.log.error({ claim: id, error }, 'Could not deliver notices of a claim; the sweep tries again');
        })
        .finally(() => running.delete(task));
      running.add(task);
    },
    async idle() {
      while (running.size > 0) await Promise.allSettled([...running]);
    },
  };
}
