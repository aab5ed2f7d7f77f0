/** A whole desk in a process of its own is told to stop (SIGTERM) while many turns are in flight. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import { activitiesOf, persona } from './support/activities.ts';
import type { Connector } from './support/connector.ts';
import { startConnector } from './support/connector.ts';
import type { Program } from './support/program.ts';
import { startProgram } from './support/program.ts';

const TURNS = 100;

describe('a desk that is told to stop', () => {
  let dataDir: string;
  let connector: Connector;
  let program: Program;

  beforeEach(async () => {
    dataDir = await mkdtemp(join(tmpdir(), 'draining-'));
    connector = await startConnector();
  });
  afterEach(async () => {
    program.child.kill('SIGKILL');
    await program.exited;
    await connector.close();
    await rm(dataDir, { recursive: true, force: true });
  });

  /** Someone in each of a number of tenants asks for help; resolves when Teams has been asked to take every answer. */
  async function askFor(turns: number): Promise<readonly Promise<string>[]> {
    const { message } = activitiesOf(connector.url);
    const asked = Array.from({ length: turns }, (_, number) => {
      const digits = String(number).padStart(12, '0');
      const somebody = persona(
        `Visitor ${number}`,
        `dddddddd-0000-4000-8000-${digits}`,
        `eeeeeeee-0000-4000-8000-${digits}`,
      );
      return program.post(message(somebody, 'help'));
    });
    await connector.seen((call) => call.order === turns);
    return asked;
  }

  const inFlight = async (): Promise<string | undefined> =>
    /^desk_turns_in_flight (\d+)$/m.exec(await (await fetch(`${program.url}/metrics`)).text())?.[1];

  /** Until the desk has heard the signal. */
  async function untilUnready(): Promise<void> {
    while ((await fetch(`${program.url}/readyz`)).status !== 503) continue;
  }

  it(`answers all of ${TURNS} slow turns that are in flight, refuses a late one, and exits with 0 within the bound`, async () => {
    program = await startProgram(dataDir, {});
    let letGo = (): void => undefined;
    connector.rule({
      delay: new Promise<void>((resolve) => {
        letGo = resolve;
      }),
    });
    const slow = await askFor(TURNS);
    expect(await inFlight()).to.equal(String(TURNS));

    const from = performance.now();
    program.child.kill('SIGTERM');
    await untilUnready();
    expect((await fetch(`${program.url}/healthz`)).status, 'it is alive').to.equal(200);
    expect(await program.post({ type: 'message' }), 'a late turn').to.equal('503 close');
    letGo();
    const answers = await Promise.all(slow);
    expect(answers.filter((answer) => answer === '200 close')).to.have.length(TURNS);
    expect(await program.exited).to.equal(0);
    expect(connector.calls).to.have.length(TURNS);
    expect(await program.post({ type: 'message' }), 'after the end').to.equal('broken off');
    expect(program.lines.at(-1)?.['msg']).to.equal('Desk stopped');
    expect(program.lines.filter(({ level }) => Number(level) >= 50)).to.deep.equal([]);
    expect(program.lines.map(({ msg }) => msg)).not.to.include(
      'Shutdown timed out; unfinished work is left to the next sweep',
    );
    console.log(
      `      ${TURNS} turns in flight at SIGTERM, ${answers.length} answered, exit ` +
        `${Math.round(performance.now() - from)} ms after the signal`,
    );
  });

  it('exits at the bound when turns do not end, and says that it left them', async () => {
    program = await startProgram(dataDir, { DRAIN_SECONDS: '1' });
    connector.rule({ hang: true });
    const stuck = await askFor(5);
    program.child.kill('SIGTERM');
    expect(await Promise.all(stuck)).to.deep.equal(Array.from({ length: 5 }, () => 'broken off'));
    expect(await program.exited).to.equal(0);
    expect(program.lines.map(({ msg }) => msg)).to.include(
      'Shutdown timed out; unfinished work is left to the next sweep',
    );
  });

  it('ends at once when it has nothing in flight, and at a signal a second later whatever it has', async () => {
    program = await startProgram(dataDir, {});
    program.child.kill('SIGTERM');
    expect(await program.exited).to.equal(0);

    program = await startProgram(dataDir, {});
    connector.rule({ hang: true });
    const stuck = await askFor(1);
    program.child.kill('SIGTERM');
    await untilUnready();
    // Until then it takes them for the first once more, as npm hands it on.
    const again = setInterval(() => program.child.kill('SIGTERM'), 50);
    expect(await program.exited.finally(() => clearInterval(again))).to.equal(1);
    expect(await Promise.all(stuck)).to.deep.equal(['broken off']);
  });
});
