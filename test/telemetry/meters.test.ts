import { expect } from 'chai';
import type { Log } from '../../src/desk/ports/system.ts';
import type { MetricsBackend } from '../../src/telemetry/metrics.ts';
import { createMetersOn, createMeters } from '../../src/telemetry/meters.ts';
import type { OpenMeters } from '../../src/telemetry/meters.ts';

const quiet = (): void => undefined;
const log: Log = { info: quiet, warn: quiet, error: quiet };

describe('The meters', () => {
  let meters: OpenMeters;
  beforeEach(async () => {
    meters = await createMeters({ log });
  });
  afterEach(() => meters.close(0));

  const lines = async (start: string): Promise<readonly string[]> =>
    (await meters.text()).split('\n').filter((line) => line.startsWith(start));

  it('count turns by kind and outcome, and time the answers', async () => {
    meters.activity('adaptiveCard/action', 'answered', 0.2);
    meters.activity('adaptiveCard/action', 'answered', 4);
    meters.activity('unread', 'refused', 0.01);
    expect(await lines('desk_turns_total')).to.deep.equal([
      'desk_turns_total{kind="adaptiveCard/action",outcome="answered"} 2',
      'desk_turns_total{kind="unread",outcome="refused"} 1',
    ]);
    expect(await lines('desk_turn_seconds_count{kind="adaptiveCard/action"')).to.deep.equal([
      'desk_turn_seconds_count{kind="adaptiveCard/action"} 2',
    ]);
    expect(await lines('desk_turn_seconds_bucket{le="0.25",kind="adaptiveCard/action"')).to.deep.equal([
      'desk_turn_seconds_bucket{le="0.25",kind="adaptiveCard/action"} 1',
    ]);
  });

  it('count what was refused without making the desk look fast', async () => {
    meters.activity('unread', 'shed', 0);
    meters.activity('message', 'refused', 0.001);
    expect(await lines('desk_turns_total')).to.deep.equal([
      'desk_turns_total{kind="unread",outcome="shed"} 1',
      'desk_turns_total{kind="message",outcome="refused"} 1',
    ]);
    expect(await lines('desk_turn_seconds_count')).to.deep.equal([]);
  });

  it('count deliveries, retries, conflicts and calls of the store', async () => {
    meters.delivery('delivered');
    meters.delivery('unreachable', 'blocked');
    meters.delivery('dead', 'http400 BadSyntax');
    meters.retry('http429');
    meters.conflict();
    meters.store('find', 'done', 0.003);
    expect(await lines('desk_deliveries_total')).to.deep.equal([
      'desk_deliveries_total{outcome="delivered",reason="none"} 1',
      'desk_deliveries_total{outcome="unreachable",reason="blocked"} 1',
      'desk_deliveries_total{outcome="dead",reason="http400"} 1',
    ]);
    expect(await lines('desk_retries_total')).to.deep.equal(['desk_retries_total{reason="http429"} 1']);
    expect(await lines('desk_conflicts_total')).to.deep.equal(['desk_conflicts_total 1']);
    expect(await lines('desk_store_seconds_count')).to.deep.equal([
      'desk_store_seconds_count{operation="find",outcome="done"} 1',
    ]);
  });

  it('show the backlog as the last sweep found it', async () => {
    meters.swept({ dueClaims: 5, failedClaims: 2, oldestDueSeconds: 120, oldestNoticeSeconds: 60 });
    meters.swept({ dueClaims: 3, failedClaims: 0, oldestDueSeconds: 45, oldestNoticeSeconds: 0 });
    expect(await lines('desk_due_')).to.deep.equal(['desk_due_claims 3', 'desk_due_oldest_seconds 45']);
    expect(await lines('desk_outbox_')).to.deep.equal(['desk_outbox_oldest_seconds 0']);
    expect(await lines('desk_sweep')).to.deep.equal(['desk_sweeps_total 2', 'desk_sweep_failures_total 2']);
  });

  it('show the backlog already while a sweep is under way', async () => {
    meters.behind({ dueClaims: 100, oldestDueSeconds: 7_200, oldestNoticeSeconds: 3_600 });
    expect(await lines('desk_due_')).to.deep.equal(['desk_due_claims 100', 'desk_due_oldest_seconds 7200']);
    expect(await lines('desk_outbox_')).to.deep.equal(['desk_outbox_oldest_seconds 3600']);
    expect(await lines('desk_sweeps_total')).to.deep.equal(['desk_sweeps_total 0']);
  });

  it('show the number of files in quarantine as the last cleaning found it', async () => {
    meters.quarantined(7);
    meters.quarantined(2);
    expect(await lines('desk_quarantined_')).to.deep.equal(['desk_quarantined_files 2']);
  });

  it('bound the number of series whatever is sent from outside', async () => {
    for (let number = 0; number < 500; number += 1) {
      const odd = `x${number}"\n}`;
      meters.activity(odd, odd, 1);
      meters.delivery('dead', odd);
      meters.retry(odd);
      meters.store(odd, 'done', 1);
    }
    expect(await lines('desk_turns_total')).to.deep.equal(['desk_turns_total{kind="other",outcome="other"} 500']);
    expect(await lines('desk_deliveries_total')).to.deep.equal([
      'desk_deliveries_total{outcome="dead",reason="other"} 500',
    ]);
    expect((await lines('desk_')).length).to.be.below(60);
  });

  it('describe the process too, each desk in a registry of its own', async () => {
    const other = await createMeters({ log });
    other.conflict();
    expect(await lines('process_resident_memory_bytes')).to.have.length(1);
    expect(await lines('desk_conflicts_total')).to.deep.equal(['desk_conflicts_total 0']);
    await other.close(0);
  });

  it('go on with the other backend where one of them throws', () => {
    const recorded: string[] = [];
    const broken = (): never => {
      throw new Error('no backend');
    };
    const failing: MetricsBackend = { increment: broken, set: broken, observe: broken };
    const working: MetricsBackend = {
      increment: (name) => void recorded.push(name),
      set: (name) => void recorded.push(name),
      observe: (name) => void recorded.push(name),
    };
    const both = createMetersOn([failing, working]);
    both.activity('message', 'answered', 1);
    both.inFlight(1);
    expect(recorded).to.deep.equal(['turns', 'turnSeconds', 'turnsInFlight']);
  });
});
