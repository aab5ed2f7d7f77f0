/**
 * The desk's token authentication in a process of its own, started with `--expose-gc`. Reports its port, and on request
 * how much memory it holds after a garbage collection.
 */
import { readFileSync } from 'node:fs';
import { setImmediate as pause } from 'node:timers/promises';
import { systemClock } from '../../../src/runtime/clock.ts';
import { silentMeters } from '../../../src/desk/ports/metrics.ts';
import { createLogThrottle } from '../../../src/runtime/logThrottle.ts';
import { DeskAdapter } from '../../../src/teams/adapter.ts';
import type { Cloud } from '../../../src/teams/auth/clouds.ts';
import { createTokenAuthenticator } from '../../../src/teams/auth/tokenAuthenticator.ts';
import { startWeb } from '../../../src/web/server.ts';
import { APP_ID, localToken } from '../../support/tokenIssuer.ts';
import { TENANT } from './signedDesk.ts';

export interface Held {
  /** Bytes. */
  readonly heap: number;
  readonly outside: number;
  readonly resident: number;
  /** Lines that were logged so far. */
  readonly lines: number;
  /** Sockets and the like that are open. */
  readonly open: number;
}

if (import.meta.main) {
  const cloud = JSON.parse(process.argv[2] ?? '') as Cloud;
  let lines = 0;
  const line = (): void => {
    lines += 1;
  };
  const log = createLogThrottle({ info: line, warn: line, error: line }, systemClock);
  const door = createTokenAuthenticator({
    appId: APP_ID,
    tenants: [TENANT],
    cloud,
    clock: systemClock,
    log,
    token: localToken(cloud.loginUrl),
  });
  const adapter = new DeskAdapter({
    authenticator: door,
    handler: async () => undefined,
    clock: systemClock,
    meters: silentMeters,
    log,
  });
  const never = async () => ({ ok: false, problem: 'altered' }) as const;
  const web = await startWeb({
    host: '127.0.0.1',
    port: 0,
    publicUrl: () => 'http://127.0.0.1',
    backend: {
      authenticate: (authorization) => adapter.authenticate(authorization),
      messages: (activity, admission) => adapter.handle(activity, admission),
      uploads: { show: never, enter: never, open: never, take: never, finish: never },
      downloads: { show: never, enter: never, open: never },
      signingKeys: () => [],
      ready: async () => ({ store: true, files: true, pair: true, keys: true }),
      log,
    },
  });
  process.on('message', () => void tell());
  process.once('disconnect', () => process.exit(0));
  process.send?.({ port: web.port });

  async function tell(): Promise<void> {
    for (let time = 0; time < 3; time += 1) {
      await pause();
      globalThis.gc?.();
    }
    const { heapUsed, external, arrayBuffers } = process.memoryUsage();
    const resident = Number(/VmRSS:\s+(\d+)/.exec(readFileSync('/proc/self/status', 'utf8'))?.[1] ?? 0) * 1_024;
    process.send?.({
      heap: heapUsed,
      outside: external + arrayBuffers,
      resident,
      lines,
      open: process.getActiveResourcesInfo().length,
    } satisfies Held);
  }
}
