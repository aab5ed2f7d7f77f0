import { expect } from 'chai';
import { readFile } from 'node:fs/promises';
import type { ClaimId, PoeId } from '../../../src/domain/claims/values.ts';
import { CLAIM } from '../../../src/desk/records/claimRecord.ts';
import type { Request } from '../../../src/desk/commands/request.ts';
import type { Documents } from '../../../src/desk/ports/documents.ts';
import { partitionsOf } from '../../../src/stores/cosmos/partition.ts';
import { DAY, FORM } from '../../domain/claims/scenario.ts';
import { bytesOf } from '../../desk/filesFake.ts';
import type { DeskWorld, Name } from '../../desk/world.ts';
import { openWorld, WHO } from '../../desk/world.ts';

/**
 * What the service charges for a claim of 8 KB, for anything small, and for a query, in RU; deploy/cosmos.md says from
 * where.
 */
const PRICE = {
  claim: 1.33,
  small: 1,
  query: 2.8,
  create: 7.04,
  replace: 2 * 7.04 + 0.8,
  smallCreate: 5.15,
  smallReplace: 2 * 4.95 + 0.8,
};

/** The calls of the port by what they are charged for; finds by kind, since each asks the partitions of its kind. */
interface Calls {
  claimReads: number;
  otherReads: number;
  creates: number;
  replaces: number;
  smallCreates: number;
  smallReplaces: number;
  readonly finds: string[];
}

const nothing = (): Calls => ({
  claimReads: 0,
  otherReads: 0,
  creates: 0,
  replaces: 0,
  smallCreates: 0,
  smallReplaces: 0,
  finds: [],
});

/** Counts every call from now on. */
function counting({ documents }: DeskWorld): Calls {
  const calls = nothing();
  const inner = documents.inner;
  const counted: Documents = {
    create: (document) => {
      calls[document.kind === CLAIM ? 'creates' : 'smallCreates'] += 1;
      return inner.create(document);
    },
    read: (kind, id) => {
      calls[kind === CLAIM ? 'claimReads' : 'otherReads'] += 1;
      return inner.read(kind, id);
    },
    replace: (document, etag) => {
      calls[document.kind === CLAIM ? 'replaces' : 'smallReplaces'] += 1;
      return inner.replace(document, etag);
    },
    find: (find) => {
      calls.finds.push(find.kind);
      return inner.find(find);
    },
    scan: (scan) => inner.scan(scan),
  };
  Object.assign(documents, { inner: counted });
  return calls;
}

/**
 * The row of a table: requests, and RU where the account's consistency is Session, or Strong, which doubles what is
 * read.
 */
function row(name: string, calls: Calls, partitions: number): string {
  const queries = calls.finds.reduce((sum, kind) => sum + partitionsOf(kind, partitions).length, 0);
  const reading = calls.claimReads * PRICE.claim + calls.otherReads * PRICE.small + queries * PRICE.query;
  const writing =
    calls.creates * PRICE.create +
    calls.replaces * PRICE.replace +
    calls.smallCreates * PRICE.smallCreate +
    calls.smallReplaces * PRICE.smallReplace;
  const writes = calls.creates + calls.replaces + calls.smallCreates + calls.smallReplaces;
  const cells = [
    calls.claimReads + calls.otherReads,
    queries,
    writes,
    Math.round(reading + writing),
    Math.round(2 * reading + writing),
  ];
  return `| ${[name, ...cells].join(' | ')} |`;
}

type Stage =
  | 'file'
  | 'proved'
  | 'submitted'
  | 'underReview'
  | 'asked'
  | 'answered'
  | 'approved'
  | 'assessing'
  | 'rejected'
  | 'disputed'
  | 'said';

async function at(stage: Stage): Promise<{ readonly world: DeskWorld; readonly id: ClaimId }> {
  const world = await openWorld();
  switch (stage) {
    case 'proved': {
      const id = await world.file();
      await world.prove(id);
      return { world, id };
    }
    case 'answered': {
      const id = await world.asked();
      await world.prove(id, 'more');
      return { world, id };
    }
    case 'assessing': {
      const id = await world.approved();
      await world.pass(32 * DAY);
      return { world, id };
    }
    case 'said': {
      const id = await world.underReview();
      await world.must('anna', id, { type: 'AddComment', text: 'Soon.', message: 'message-1' });
      return { world, id };
    }
    default:
      return { world, id: await world[stage]() };
  }
}

const commands: readonly [Stage, Name, Request][] = [
  ['file', 'anna', { type: 'EditFields', fields: { customerName: 'Contoso Ltd' } }],
  ['proved', 'anna', { type: 'RemovePoe', id: '' as PoeId }],
  ['file', 'anna', { type: 'DiscardDraft' }],
  ['proved', 'anna', { type: 'SubmitClaim' }],
  ['submitted', 'arun', { type: 'StartReview' }],
  ['underReview', 'lena', { type: 'ReassignClaim', to: WHO.rita }],
  ['underReview', 'arun', { type: 'RequestInformation', reasons: ['missingOrOldDates'], comment: 'Which year?' }],
  ['answered', 'anna', { type: 'ResubmitClaim' }],
  ['underReview', 'arun', { type: 'ApproveClaim' }],
  ['underReview', 'rolf', { type: 'RejectClaim', reason: 'insufficientPoe', comment: 'Too thin.' }],
  ['approved', 'anna', { type: 'RequestRejection', reason: 'noLongerWorking', comment: 'We part.' }],
  ['approved', 'dana', { type: 'DenyConsent', reason: 'We did it ourselves.' }],
  ['rejected', 'anna', { type: 'OpenDispute', justification: 'It is all in there.' }],
  ['disputed', 'lena', { type: 'UpholdRejection', comment: 'It stands.' }],
  ['disputed', 'lena', { type: 'OverturnRejection', comment: 'It was.' }],
  ['underReview', 'anna', { type: 'AddComment', text: 'More to come.' }],
  ['said', 'anna', { type: 'EditComment', message: 'message-1', text: 'Tomorrow.' }],
  ['said', 'anna', { type: 'DeleteComment', message: 'message-1' }],
  ['assessing', 'asif', { type: 'ReportAssessment', eligible: true, programme: 'OSU' }],
  ['submitted', 'boris', { type: 'FollowClaim' }],
  ['submitted', 'anna', { type: 'MuteClaim' }],
];

/** The command, its answer, and the notices to everyone who is told of it. */
async function commandRows(): Promise<string[]> {
  const rows: string[] = [];
  const filed = await openWorld();
  const filing = counting(filed);
  await filed.desk.createClaim(WHO.anna, 'form', FORM);
  await filed.desk.idle();
  rows.push(row('CreateClaim', filing, 16));
  const proved = await at('file');
  const proving = counting(proved.world);
  await proved.world.desk.poe.takeFile(WHO.anna, proved.id, 'proof.pdf', bytesOf('proof'));
  await proved.world.desk.idle();
  rows.push(row('AddPoe', proving, 16));
  for (const [stage, name, request] of commands) {
    const { world, id } = await at(stage);
    const [poe] = (await world.claim(id)).poe;
    const calls = counting(world);
    await world.must(name, id, request.type === 'RemovePoe' && poe ? { ...request, id: poe.id } : request);
    rows.push(row(request.type, calls, 16));
  }
  return rows;
}

/** What is asked of all claims, so that every partition is asked. */
async function searchRows(partitions: number): Promise<string[]> {
  const { world, id } = await at('asked');
  const rows: string[] = [];
  const told = async (name: string, work: () => Promise<unknown>): Promise<void> => {
    const calls = counting(world);
    await work();
    await world.desk.idle();
    rows.push(row(`${name}, ${partitions} partitions`, calls, partitions));
  };
  await told('A sweep with nothing due', () => world.desk.sweep());
  await told("A message in a claim's thread is matched with its claim", () => world.desk.claimByThread('thread'));
  await told('A message in a personal chat, before it is handled: the person was seen', () => world.greet('anna'));
  await told("A list of a partner's claims", () => world.desk.list(WHO.anna, 'claims', 10));
  world.clock.turn(10 * DAY);
  await told('A sweep with one claim due: its clock fires, everyone is told', () => world.desk.sweep());
  expect((await world.claim(id)).status).to.equal('Rejected');
  return rows;
}

describe('The requests of the desk on Cosmos DB', () => {
  let text: string;
  before(async () => {
    text = await readFile(new URL('../../../deploy/cosmos.md', import.meta.url), 'utf8');
  });

  it('are as many for each command as deploy/cosmos.md says', async () => {
    expect(linesLike(text, /^\| [A-Z][A-Za-z]+ \| \d/)).to.deep.equal(await commandRows());
  });

  it('are as many for what is asked of all claims as deploy/cosmos.md says', async () => {
    expect(linesLike(text, /^\| A .* partitions \| \d/)).to.deep.equal([
      ...(await searchRows(4)),
      ...(await searchRows(16)),
    ]);
  });

  it('are made for the prices that deploy/cosmos.md names', () => {
    for (const price of [1.33, 1, 2.8, 7.04, 4.95]) expect(text).to.include(`${price} RU`);
  });
});

function linesLike(text: string, pattern: RegExp): string[] {
  return text.split('\n').filter((line) => pattern.test(line));
}
