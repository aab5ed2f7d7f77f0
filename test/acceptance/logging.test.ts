/** What a whole desk logs while people use it and parts fail. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import { activitiesOf, persona } from './support/activities.ts';
import type { Connector } from './support/connector.ts';
import { startConnector } from './support/connector.ts';
import type { LogLine, Program } from './support/program.ts';
import { startProgram } from './support/program.ts';

describe('the log of a whole desk', () => {
  let dataDir: string;
  let connector: Connector;
  let program: Program;

  before(async () => {
    dataDir = await mkdtemp(join(tmpdir(), 'logging-'));
    connector = await startConnector();
    program = await startProgram(dataDir, {});
    const { message, press } = activitiesOf(connector.url);
    const wanda = persona(
      'Wanda Whisper',
      'dddddddd-0000-4000-8000-000000000001',
      'eeeeeeee-0000-4000-8000-000000000001',
    );
    connector.rule({ status: 403, code: 'ConversationBlockedByUser' });
    for (let time = 0; time < 3; time += 1)
      await program.post(message(wanda, 'help, mail me at wanda.whisper@secret.example'));
    await program.post(
      press(wanda, { verb: 'wanda whispers', data: { claim: 'wanda@secret.example' } }, { replyTo: '1700000000001' }),
    );
    for (let time = 0; time < 40; time += 1) await program.post('{"type":"message","text":"wanda whispers');
    await fetch(`${program.url}/poe/wanda.whispers.eyJhbGciOiJub25lIn0`);
    program.child.kill('SIGTERM');
    await program.exited;
  });
  after(async () => {
    program.child.kill('SIGKILL');
    await connector.close();
    await rm(dataDir, { recursive: true, force: true });
  });

  const said = (sentence: string): readonly LogLine[] => program.lines.filter(({ msg }) => msg === sentence);

  it('is JSON: a level, a time, and a sentence on each line', () => {
    for (const line of program.lines) expect(line).to.include.all.keys('level', 'time', 'msg');
    const own = program.lines.filter((line) => line['log'] !== 'security');
    expect(own.slice(0, 4).map(({ level, msg }) => [level, msg])).to.deep.equal([
      [30, 'Opened the journals of rights'],
      [30, 'Staff may be of any tenant, as PROGRAMME_TENANTS is not set'],
      [40, 'Files are not scanned for viruses; MALWARE_SCAN says how they can be'],
      [30, 'Desk started'],
    ]);
  });

  it('tells the requests apart, by ids that no one sends', () => {
    const lines = said('Could not send an answer');
    expect(lines).to.have.length(3);
    const requests = lines.map(({ request }) => String(request));
    for (const request of requests) expect(request).to.match(/^[\w-]{10}$/);
    expect(new Set(requests).size).to.equal(3);
  });

  it('says the same complaint five times a minute, and not forty times', () => {
    expect(said('Message rejected: malformed body')).to.have.length(5);
  });

  it('holds nothing that anybody wrote, is called or can be reached by', () => {
    // The ids of requests are of chance, and may spell anything.
    const telling = program.lines.filter(({ request: _, ...line }) =>
      /wanda|whisper|secret|eyJ/i.test(JSON.stringify(line)),
    );
    expect(telling).to.deep.equal([]);
  });
});
