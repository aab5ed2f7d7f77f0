/**
 * What `/metrics` shows is read by other people's dashboards: names, labels, values and their order stay as they are.
 */
import { expect } from 'chai';
import type { Log } from '../../src/desk/ports/system.ts';
import type { OpenMeters } from '../../src/telemetry/meters.ts';
import { createMeters } from '../../src/telemetry/meters.ts';

const quiet = (): void => undefined;
const log: Log = { info: quiet, warn: quiet, error: quiet };

const UNTOUCHED = `\
# HELP desk_turns_total Activities from Teams, by kind and by what came of them.
# TYPE desk_turns_total counter

# HELP desk_deliveries_total What became of messages to Teams, by outcome and reason.
# TYPE desk_deliveries_total counter

# HELP desk_retries_total Messages that were tried again, by reason.
# TYPE desk_retries_total counter

# HELP desk_conflicts_total Writes that came too late and were decided anew.
# TYPE desk_conflicts_total counter
desk_conflicts_total 0

# HELP desk_sweeps_total Sweeps that were finished.
# TYPE desk_sweeps_total counter
desk_sweeps_total 0

# HELP desk_sweep_failures_total Claims that a sweep could not wake.
# TYPE desk_sweep_failures_total counter
desk_sweep_failures_total 0

# HELP desk_dead_notices_total Notices that were given up for good.
# TYPE desk_dead_notices_total counter
desk_dead_notices_total 0

# HELP desk_clock_faults_total Calls of the store that were refused because its time and the machine's differ.
# TYPE desk_clock_faults_total counter
desk_clock_faults_total 0

# HELP desk_broken_histories_total Reads of a history whose chain does not hold; nothing is decided by it.
# TYPE desk_broken_histories_total counter
desk_broken_histories_total 0

# HELP desk_malicious_files_total Files in which a virus was found.
# TYPE desk_malicious_files_total counter
desk_malicious_files_total 0

# HELP desk_turns_in_flight Activities in hand now, those included whose body is still on its way.
# TYPE desk_turns_in_flight gauge
desk_turns_in_flight 0

# HELP desk_due_claims Claims that the last sweep found due, or the one under way so far.
# TYPE desk_due_claims gauge
desk_due_claims 0

# HELP desk_due_oldest_seconds How long the oldest of them was due.
# TYPE desk_due_oldest_seconds gauge
desk_due_oldest_seconds 0

# HELP desk_outbox_oldest_seconds Age of the oldest notice that the last sweep found still to be brought.
# TYPE desk_outbox_oldest_seconds gauge
desk_outbox_oldest_seconds 0

# HELP desk_quarantined_files Files that belong to no known claim and no intent, as the last cleaning found them.
# TYPE desk_quarantined_files gauge
desk_quarantined_files 0

# HELP desk_uploads_in_flight Files that are being taken in now.
# TYPE desk_uploads_in_flight gauge
desk_uploads_in_flight 0

# HELP desk_upload_bytes_in_flight Bytes that the files being taken in now may have together.
# TYPE desk_upload_bytes_in_flight gauge
desk_upload_bytes_in_flight 0

# HELP desk_scans_waiting Files that wait for their virus scan, as the last sweep found them.
# TYPE desk_scans_waiting gauge
desk_scans_waiting 0

# HELP desk_scans_overdue Files that have waited for their virus scan for more than an hour, as the last sweep found them.
# TYPE desk_scans_overdue gauge
desk_scans_overdue 0

# HELP desk_scanner_down 1 while files wait and the virus scanner does not answer.
# TYPE desk_scanner_down gauge
desk_scanner_down 0

# HELP desk_pair_mismatch 1 while the store and the files do not belong together.
# TYPE desk_pair_mismatch gauge
desk_pair_mismatch 0

# HELP desk_standstill 1 while the desk stands still: an older state was restored.
# TYPE desk_standstill gauge
desk_standstill 0

# HELP desk_not_ready 1 while something that the desk needs does not answer.
# TYPE desk_not_ready gauge
desk_not_ready 0

# HELP desk_turn_seconds Time to answer an activity.
# TYPE desk_turn_seconds histogram

# HELP desk_store_seconds Time of a call of the store, by operation and outcome.
# TYPE desk_store_seconds histogram
`;

/** The readings of the fixed sequence of calls below, without the comment lines. */
const READINGS = `\
desk_turns_total{kind="message",outcome="answered"} 2
desk_turns_total{kind="unread",outcome="refused"} 1
desk_turns_total{kind="other",outcome="failed"} 1
desk_deliveries_total{outcome="delivered",reason="none"} 2
desk_deliveries_total{outcome="dead",reason="http400"} 1
desk_retries_total{reason="http429"} 1
desk_conflicts_total 1
desk_sweeps_total 1
desk_sweep_failures_total 2
desk_dead_notices_total 3
desk_clock_faults_total 1
desk_broken_histories_total 1
desk_malicious_files_total 1
desk_turns_in_flight 4
desk_due_claims 12
desk_due_oldest_seconds 90.5
desk_outbox_oldest_seconds 30
desk_quarantined_files 2
desk_uploads_in_flight 3
desk_upload_bytes_in_flight 4096
desk_scans_waiting 2
desk_scans_overdue 1
desk_scanner_down 1
desk_pair_mismatch 1
desk_standstill 1
desk_not_ready 1
desk_turn_seconds_bucket{le="0.005",kind="message"} 0
desk_turn_seconds_bucket{le="0.01",kind="message"} 0
desk_turn_seconds_bucket{le="0.025",kind="message"} 0
desk_turn_seconds_bucket{le="0.05",kind="message"} 0
desk_turn_seconds_bucket{le="0.1",kind="message"} 0
desk_turn_seconds_bucket{le="0.25",kind="message"} 1
desk_turn_seconds_bucket{le="0.5",kind="message"} 1
desk_turn_seconds_bucket{le="1",kind="message"} 1
desk_turn_seconds_bucket{le="2.5",kind="message"} 1
desk_turn_seconds_bucket{le="5",kind="message"} 2
desk_turn_seconds_bucket{le="10",kind="message"} 2
desk_turn_seconds_bucket{le="15",kind="message"} 2
desk_turn_seconds_bucket{le="30",kind="message"} 2
desk_turn_seconds_bucket{le="60",kind="message"} 2
desk_turn_seconds_bucket{le="+Inf",kind="message"} 2
desk_turn_seconds_sum{kind="message"} 4.25
desk_turn_seconds_count{kind="message"} 2
desk_turn_seconds_bucket{le="0.005",kind="other"} 0
desk_turn_seconds_bucket{le="0.01",kind="other"} 0
desk_turn_seconds_bucket{le="0.025",kind="other"} 0
desk_turn_seconds_bucket{le="0.05",kind="other"} 0
desk_turn_seconds_bucket{le="0.1",kind="other"} 0
desk_turn_seconds_bucket{le="0.25",kind="other"} 0
desk_turn_seconds_bucket{le="0.5",kind="other"} 0
desk_turn_seconds_bucket{le="1",kind="other"} 0
desk_turn_seconds_bucket{le="2.5",kind="other"} 0
desk_turn_seconds_bucket{le="5",kind="other"} 0
desk_turn_seconds_bucket{le="10",kind="other"} 0
desk_turn_seconds_bucket{le="15",kind="other"} 0
desk_turn_seconds_bucket{le="30",kind="other"} 0
desk_turn_seconds_bucket{le="60",kind="other"} 0
desk_turn_seconds_bucket{le="+Inf",kind="other"} 1
desk_turn_seconds_sum{kind="other"} 61
desk_turn_seconds_count{kind="other"} 1
desk_store_seconds_bucket{le="0.005",operation="find",outcome="done"} 1
desk_store_seconds_bucket{le="0.01",operation="find",outcome="done"} 1
desk_store_seconds_bucket{le="0.025",operation="find",outcome="done"} 1
desk_store_seconds_bucket{le="0.05",operation="find",outcome="done"} 1
desk_store_seconds_bucket{le="0.1",operation="find",outcome="done"} 1
desk_store_seconds_bucket{le="0.25",operation="find",outcome="done"} 1
desk_store_seconds_bucket{le="0.5",operation="find",outcome="done"} 1
desk_store_seconds_bucket{le="1",operation="find",outcome="done"} 1
desk_store_seconds_bucket{le="2.5",operation="find",outcome="done"} 1
desk_store_seconds_bucket{le="5",operation="find",outcome="done"} 1
desk_store_seconds_bucket{le="10",operation="find",outcome="done"} 1
desk_store_seconds_bucket{le="15",operation="find",outcome="done"} 1
desk_store_seconds_bucket{le="30",operation="find",outcome="done"} 1
desk_store_seconds_bucket{le="60",operation="find",outcome="done"} 1
desk_store_seconds_bucket{le="+Inf",operation="find",outcome="done"} 1
desk_store_seconds_sum{operation="find",outcome="done"} 0.005
desk_store_seconds_count{operation="find",outcome="done"} 1
`;

const OF_THE_PROCESS = `\
process_cpu_user_seconds_total counter
process_cpu_system_seconds_total counter
process_cpu_seconds_total counter
process_start_time_seconds gauge
process_resident_memory_bytes gauge
nodejs_eventloop_lag_seconds gauge
nodejs_eventloop_lag_min_seconds gauge
nodejs_eventloop_lag_max_seconds gauge
nodejs_eventloop_lag_mean_seconds gauge
nodejs_eventloop_lag_stddev_seconds gauge
nodejs_eventloop_lag_p50_seconds gauge
nodejs_eventloop_lag_p90_seconds gauge
nodejs_eventloop_lag_p99_seconds gauge
nodejs_active_resources gauge
nodejs_active_resources_total gauge
nodejs_active_handles gauge
nodejs_active_handles_total gauge
nodejs_active_requests gauge
nodejs_active_requests_total gauge
nodejs_heap_size_total_bytes gauge
nodejs_heap_size_used_bytes gauge
nodejs_external_memory_bytes gauge
nodejs_heap_space_size_total_bytes gauge
nodejs_heap_space_size_used_bytes gauge
nodejs_heap_space_size_available_bytes gauge
nodejs_version_info gauge
nodejs_gc_duration_seconds histogram
`;
/** Only where the system has a /proc. */
const OF_LINUX = ['process_virtual_memory_bytes', 'process_heap_bytes', 'process_open_fds', 'process_max_fds'];

describe('/metrics shows', () => {
  let meters: OpenMeters;
  beforeEach(async () => {
    meters = await createMeters({ log });
  });
  afterEach(() => meters.close(0));

  it('every metric of the desk before anything happened, and a zero where there are no labels', async () => {
    const text = await meters.text();
    expect(text.slice(text.indexOf('# HELP desk_'))).to.equal(UNTOUCHED);
  });

  it('the readings of a fixed sequence of calls', async () => {
    meters.inFlight(4);
    meters.activity('message', 'answered', 0.25);
    meters.activity('message', 'answered', 4);
    meters.activity('unread', 'refused', 0.01);
    meters.activity('something/new', 'failed', 61);
    meters.delivery('delivered');
    meters.delivery('delivered');
    meters.delivery('dead', 'http400 BadSyntax');
    meters.retry('http429');
    meters.conflict();
    meters.store('find', 'done', 0.005);
    meters.behind({ dueClaims: 100, oldestDueSeconds: 7_200, oldestNoticeSeconds: 3_600 });
    meters.swept({ dueClaims: 12, failedClaims: 2, oldestDueSeconds: 90.5, oldestNoticeSeconds: 30 });
    meters.deadNotices(3);
    meters.clockFault();
    meters.brokenHistory();
    meters.quarantined(2);
    meters.uploading(3, 4_096);
    meters.scans({ waiting: 2, overdue: 1, isDown: true });
    meters.maliciousFile();
    meters.paired(true);
    meters.paired(false);
    meters.standingStill(false);
    meters.standingStill(true);
    meters.ready(true);
    meters.ready(false);
    const lines = (await meters.text()).split('\n');
    expect(`${lines.filter((line) => line.startsWith('desk_')).join('\n')}\n`).to.equal(READINGS);
  });

  it('the process, by the names that dashboards for Node.js know, and nothing else', async () => {
    const types = (await meters.text()).split('\n').filter((line) => line.startsWith('# TYPE '));
    const others = types
      .map((line) => line.replace('# TYPE ', ''))
      .filter((line) => !line.startsWith('desk_') && !OF_LINUX.some((name) => line === `${name} gauge`));
    expect(`${others.join('\n')}\n`).to.equal(OF_THE_PROCESS);
  });
});
