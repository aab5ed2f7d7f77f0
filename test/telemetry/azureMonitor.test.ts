import { subscribe, unsubscribe } from 'node:diagnostics_channel';
import type { ClientRequest } from 'node:http';
import { expect } from 'chai';
import sinon from 'sinon';
import type { Log } from '../../src/desk/ports/system.ts';
import { createMeters } from '../../src/telemetry/meters.ts';
import type { Ingestion } from './ingestion.ts';
import { startIngestion } from './ingestion.ts';

const FLUSH_MS = 5_000;

describe('The meters with Azure Monitor', () => {
  let ingestion: Ingestion;
  let warnings: string[];
  const log: Log = {
    info: () => undefined,
    warn: (_fields, sentence) => void warnings.push(sentence),
    error: () => undefined,
  };

  beforeEach(async () => {
    ingestion = await startIngestion();
    warnings = [];
  });
  afterEach(() => ingestion.close());

  const pointsOf = (name: string) =>
    ingestion.points
      .filter((point) => point.name === name)
      .map(({ value, count, labels }) => ({ value, count, labels }));

  // First, because the exporter would start its own calls once per process.
  it('send each minute, and call no one but the endpoint that was given', async () => {
    const called: string[] = [];
    const hear = (message: unknown): void => {
      const { request } = message as { readonly request: ClientRequest };
      called.push(`${request.host} ${String(request.getHeader('host'))}`);
    };
    const timers = sinon.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'setInterval', 'clearInterval'] });
    subscribe('http.client.request.start', hear);
    try {
      const meters = await createMeters({ insights: ingestion.connection, log });
      meters.activity('message', 'answered', 0.1);
      // The exporter would make its own calls after 5 to 15 seconds.
      await timers.tickAsync(59_000);
      expect(called).to.deep.equal([]);
      await timers.tickAsync(1_000);
      await ingestion.asked;
      timers.restore();
      await meters.close(FLUSH_MS);
      expect(pointsOf('desk_turns_total')[0]?.value).to.equal(1);
    } finally {
      timers.restore();
      unsubscribe('http.client.request.start', hear);
    }
    expect(new Set(called)).to.deep.equal(new Set([`127.0.0.1 127.0.0.1:${ingestion.port}`]));
  });

  it('send the same measurements there when they are closed, under the name of the desk', async () => {
    const meters = await createMeters({ insights: ingestion.connection, log });
    meters.activity('message', 'answered', 0.25);
    meters.activity('message', 'answered', 0.75);
    meters.delivery('tryLater', 'http429');
    meters.conflict();
    meters.store('replace', 'conflict', 0.02);
    meters.swept({ dueClaims: 12, failedClaims: 1, oldestDueSeconds: 90, oldestNoticeSeconds: 30 });
    meters.inFlight(4);
    meters.deadNotices(2);
    meters.quarantined(3);
    meters.ready(false);
    await meters.close(FLUSH_MS);
    expect(pointsOf('desk_turns_total')).to.deep.equal([
      { value: 2, count: 1, labels: { kind: 'message', outcome: 'answered' } },
    ]);
    expect(pointsOf('desk_turn_seconds')).to.deep.equal([{ value: 1, count: 2, labels: { kind: 'message' } }]);
    expect(pointsOf('desk_deliveries_total')).to.deep.equal([
      { value: 1, count: 1, labels: { outcome: 'tryLater', reason: 'http429' } },
    ]);
    expect(pointsOf('desk_conflicts_total')).to.have.length(1);
    expect(pointsOf('desk_store_seconds')).to.deep.equal([
      { value: 0.02, count: 1, labels: { operation: 'replace', outcome: 'conflict' } },
    ]);
    expect(
      ['desk_due_claims', 'desk_due_oldest_seconds', 'desk_outbox_oldest_seconds', 'desk_turns_in_flight'].map(
        (name) => pointsOf(name)[0]?.value,
      ),
    ).to.deep.equal([12, 90, 30, 4]);
    expect(
      ['desk_dead_notices_total', 'desk_quarantined_files', 'desk_not_ready'].map((name) => pointsOf(name)),
      'what alerts go by',
    ).to.deep.equal([2, 3, 1].map((value) => [{ value, count: 1, labels: {} }]));
    expect(new Set(ingestion.points.map(({ role }) => role))).to.deep.equal(new Set(['cpor-claims-desk']));
    expect(warnings).to.deep.equal([]);
  });

  it('go on without an endpoint that cannot be reached: it is logged, and the desk closes', async () => {
    await ingestion.close();
    const meters = await createMeters({ insights: ingestion.connection, log });
    meters.activity('message', 'answered', 0.1);
    await meters.close(FLUSH_MS);
    expect(new Set(warnings)).to.deep.equal(new Set(['Could not send the metrics to Azure Monitor']));
    meters.activity('message', 'answered', 0.1);
    expect(await meters.text()).to.be.a('string');
    ingestion = await startIngestion();
  });

  it('do not wait for an endpoint that says nothing: closing is bounded', async () => {
    ingestion.status = undefined;
    const meters = await createMeters({ insights: ingestion.connection, log });
    meters.activity('message', 'answered', 0.1);
    const timers = sinon.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
    try {
      let closed = false;
      const closing = meters.close(2_000).then(() => {
        closed = true;
      });
      await ingestion.asked;
      expect(closed).to.equal(false);
      await timers.tickAsync(2_000);
      await closing;
    } finally {
      timers.restore();
    }
  });

  it('refuse a connection string without a key', async () => {
    const fault: unknown = await createMeters({ insights: 'IngestionEndpoint=http://127.0.0.1:1/', log }).then(
      () => undefined,
      (error: unknown) => error,
    );
    expect(fault).to.be.an('error');
  });
});
