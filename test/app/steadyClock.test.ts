import { expect } from 'chai';
import { useFakeTimers } from 'sinon';
import { createAuthentication } from '../../src/app/authentication.ts';
import { silentSecurityLog } from '../../src/desk/ports/securityLog.ts';
import { systemClock } from '../../src/runtime/clock.ts';
import { startIssuer } from '../support/tokenIssuer.ts';

const ID = '11111111-1111-4111-8111-111111111111';
const WEEKS = 30 * 24 * 3_600_000;
const log = { info: () => undefined, warn: () => undefined, error: () => undefined };

describe('A running desk whose wall clock is set', () => {
  it('keeps the signing keys of the channel, which are as old as they were', async () => {
    const issuer = await startIssuer({ clock: systemClock });
    const time = useFakeTimers({ toFake: ['Date'], now: Date.now() });
    try {
      const bot = {
        appId: ID,
        type: 'SingleTenant',
        cloud: 'public',
        tenantId: ID,
        secret: 'x',
        tenants: [ID],
      } as const;
      const overrides = { cloud: issuer.cloud, token: async () => '' };
      const door = await createAuthentication(bot, overrides, systemClock, log, silentSecurityLog);
      expect(await door.ready()).to.equal(true);
      issuer.answer('metadata', (_request, response) => response.writeHead(503).end());
      for (const ms of [WEEKS, -2 * WEEKS]) {
        time.setSystemTime(Date.now() + ms);
        expect(await door.ready()).to.equal(true);
      }
      expect(issuer.keyFetches()).to.equal(1);
    } finally {
      time.restore();
      await issuer.close();
    }
  });
});
