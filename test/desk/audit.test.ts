import { expect } from 'chai';
import type { SecurityEvent } from '../../src/desk/ports/securityLog.ts';
import { createSecurityLog } from '../../src/runtime/securityLog.ts';
import type { ClaimId } from '../../src/domain/claims/values.ts';
import type { Request } from '../../src/desk/commands/request.ts';
import type { ClaimBody } from '../../src/desk/records/claimRecord.ts';
import { asRecord, CLAIM, keysOf } from '../../src/desk/records/claimRecord.ts';
import type { DeskWorld } from './world.ts';
import { MPN, openWorld, place, TENANTS, WHO } from './world.ts';
import { inBrowser } from '../support/inBrowser.ts';

const SECRET = 'what a person wrote';
/** Who may not, whatever the request and the claim are like. */
const OF_RIGHTS = [
  'notFound',
  'partnerRoleNeeded',
  'partnerOnly',
  'reviewerOnly',
  'customerContactOnly',
  'partnerCannotAgree',
  'objectionNotYours',
  'assessorOnly',
  'assigneeOrLeadOnly',
  'ownOrganisation',
  'ownRejection',
  'dutiesSeparate',
  'operatorDecidesNot',
  'sidesOverlap',
  'consentOfPartner',
  'commentNotYours',
] as const;
/** One of each kind. */
const ASKING = [
  'anna',
  'nikita',
  'tomas',
  'rita',
  'arun',
  'rolf',
  'olga',
  'asif',
  'otto',
  'dana',
  'emil',
  'stefan',
] as const;
const REQUESTS: readonly Request[] = [
  { type: 'EditFields', fields: { customerContactTitle: SECRET } },
  { type: 'DiscardDraft' },
  { type: 'SubmitClaim' },
  { type: 'StartReview' },
  { type: 'ReassignClaim', to: WHO.rita } as never,
  { type: 'RequestInformation', reasons: ['missingAllPoe'], comment: SECRET },
  { type: 'ResubmitClaim' },
  { type: 'ApproveClaim' },
  { type: 'RejectClaim', reason: 'insufficientPoe', comment: SECRET },
  { type: 'RequestRejection', reason: 'other', comment: SECRET },
  { type: 'AgreeConsent' },
  { type: 'DenyConsent', reason: SECRET },
  { type: 'RecordObjection', text: SECRET },
  { type: 'WithdrawObjection' } as never,
  { type: 'OpenDispute', justification: SECRET },
  { type: 'UpholdRejection', comment: SECRET },
  { type: 'OverturnRejection', comment: SECRET },
  { type: 'ReportAssessment', eligible: true, programme: 'OSU' },
  { type: 'AddComment', text: SECRET },
  { type: 'FollowClaim' },
  { type: 'MuteClaim' },
];

/** Puts a claim's document back as it was. */
async function restored(world: DeskWorld, id: ClaimId, before: string): Promise<void> {
  const [, body] = JSON.parse(before) as [string, ClaimBody];
  const now = await world.documents.inner.read<ClaimBody>(CLAIM, id);
  const { claim } = asRecord(id, body, '');
  await world.documents.inner.replace({ kind: CLAIM, id, body, keys: keysOf(claim, body) }, now?.etag ?? '');
}

async function listening(): Promise<{ world: DeskWorld; recorded: SecurityEvent[]; desk: DeskWorld['desk'] }> {
  const world = await openWorld();
  const recorded: SecurityEvent[] = [];
  const desk = world.another({ securityLog: { record: (event) => void recorded.push(event) } });
  return { world, recorded, desk };
}

describe('The security log', () => {
  it('has each refusal for lack of a right, by code and ids', async () => {
    const { world, recorded, desk } = await listening();
    const id = await world.underReview();
    const unknown = 'CPOR-7F3K9Q' as ClaimId;
    await desk.execute(WHO.rita, id, { type: 'ApproveClaim' }, { kind: 'none' });
    await desk.execute(WHO.tomas, id, { type: 'AddComment', text: 'let me in' }, { kind: 'none' });
    await desk.look(WHO.dana, id);
    await desk.history(WHO.stefan, unknown);
    await desk.list(WHO.anna, 'queue', 5);
    await desk.enrol(WHO.rita, 'staff', {});
    await desk.enrolmentChoices(WHO.anna);
    await desk.useChannel(WHO.tomas, `mpn:${MPN.fabrikam}`, place('19:x@thread.tacv2', TENANTS.tailspin));
    await desk.createClaim(WHO.dana, 'form', {});
    await desk.journal(WHO.anna, { name: 'Anna' });
    await desk.readings(WHO.anna, id);
    expect(recorded).to.deep.equal([
      { what: 'refused', person: WHO.rita, asked: 'ApproveClaim', code: 'assigneeOrLeadOnly', claim: id },
      { what: 'refused', person: WHO.tomas, asked: 'AddComment', code: 'notFound', claim: id },
      { what: 'refused', person: WHO.dana, asked: 'look', code: 'notFound', claim: id },
      { what: 'refused', person: WHO.stefan, asked: 'history', code: 'notFound', claim: unknown },
      { what: 'refused', person: WHO.anna, asked: 'list.queue', code: 'notAllowed' },
      { what: 'refused', person: WHO.rita, asked: 'enrol.staff', code: 'notAllowed' },
      { what: 'refused', person: WHO.anna, asked: 'enrol', code: 'notAllowed' },
      { what: 'refused', person: WHO.tomas, asked: 'useChannel', code: 'notAllowed' },
      { what: 'refused', person: WHO.dana, asked: 'CreateClaim', code: 'partnerOnly' },
      { what: 'refused', person: WHO.anna, asked: 'journal', code: 'notAllowed' },
      { what: 'refused', person: WHO.anna, asked: 'readings', code: 'notAllowed', claim: id },
    ]);
  });

  it('has every refusal of every request for lack of a right, whoever asks and whatever became of the claim', async () => {
    const { world, recorded, desk } = await listening();
    const claims = [
      await world.file(),
      await world.submitted(),
      await world.underReview(),
      await world.asked(),
      await world.approved(),
      await world.rejected(),
      await world.disputed(),
    ];
    const objected = await world.approved();
    await world.must('dana', objected, { type: 'RecordObjection', text: SECRET });
    const met = new Set<string>();
    for (const id of [...claims, objected])
      for (const request of REQUESTS)
        for (const name of ASKING) {
          recorded.length = 0;
          const before = await world.bytes(id);
          const result = await desk.execute(WHO[name], id, request, { kind: 'none' });
          const code = result.kind === 'refused' ? result.refusal.code : result.kind;
          const isOfRights = (OF_RIGHTS as readonly string[]).includes(code);
          if (isOfRights) met.add(code);
          const expected = { what: 'refused', person: WHO[name], asked: request.type, code, claim: id };
          expect(recorded, `${request.type} by ${name}: ${code}`).to.deep.equal(isOfRights ? [expected] : []);
          expect(JSON.stringify(recorded)).to.not.contain(SECRET);
          // What is allowed is taken back, so that the next one asks of the same claim.
          if ((await world.bytes(id)) !== before) await restored(world, id, before);
        }
    expect([...met]).to.include.members(['notFound', 'partnerOnly', 'reviewerOnly', 'customerContactOnly']);
    expect([...met]).to.include.members(['assessorOnly', 'assigneeOrLeadOnly', 'objectionNotYours', 'ownRejection']);
  });

  it('has that a partner took the MPN id of another, or its own tenant for the customer', async () => {
    const { recorded, desk } = await listening();
    await desk.createClaim(WHO.anna, 'form-1', { mpnId: MPN.tailspin });
    await desk.createClaim(WHO.anna, 'form-2', { mpnId: MPN.fabrikam, customerTenantId: TENANTS.fabrikam });
    expect(recorded.map((event) => 'code' in event && event.code)).to.deep.equal(['notYourMpnId', 'ownTenant']);
  });

  it('has nothing of what is only wrong with a request or with the state of a claim', async () => {
    const { world, recorded, desk } = await listening();
    const id = await world.file();
    await desk.execute(WHO.anna, id, { type: 'ResubmitClaim' }, { kind: 'none' });
    await desk.execute(WHO.anna, id, { type: 'EditFields', fields: { customerDomain: '?' } }, { kind: 'none' });
    await desk.look(WHO.anna, id);
    await desk.list(WHO.stefan, 'claims', 5);
    expect(recorded).to.deep.equal([]);
  });

  it('has each link that is opened, once, or opens nothing, and each time that a document is read', async () => {
    const { world, recorded, desk } = await listening();
    const id = await world.submitted();
    const [poe] = (await world.claim(id)).poe;
    if (!poe) throw new Error('no proof');
    const token = (link: string): string => link.slice(link.lastIndexOf('/') + 1);
    const download = token(await desk.poe.downloadLink(id, WHO.rita, poe.id));
    await inBrowser(desk.poe).downloads.open(download);
    await inBrowser(desk.poe).downloads.open('forged');
    await inBrowser(desk.poe).downloads.open(token(await desk.poe.downloadLink(id, WHO.tomas, poe.id)));
    await inBrowser(desk.poe).uploads.open(token(await desk.poe.uploadLink(id, WHO.anna)));
    await inBrowser(desk.poe).downloads.open(download);
    world.clock.turn(86_400_000);
    await inBrowser(desk.poe).downloads.open(download);
    expect(recorded).to.deep.equal([
      { what: 'linkOpened', link: 'download', person: WHO.rita, claim: id },
      { what: 'documentRead', person: WHO.rita, claim: id, poe: poe.id },
      { what: 'linkRefused', link: 'download', code: 'altered' },
      { what: 'linkRefused', link: 'download', person: WHO.tomas, claim: id, code: 'foreign' },
      { what: 'linkOpened', link: 'upload', person: WHO.anna, claim: id },
      { what: 'documentRead', person: WHO.rita, claim: id, poe: poe.id },
      { what: 'linkRefused', link: 'download', person: WHO.rita, claim: id, code: 'used' },
    ]);
  });
});

describe('A line of the security log', () => {
  const lines = (isSilent: boolean) => {
    let text = '';
    const log = createSecurityLog({ isSilent, destination: { write: (line: string) => void (text += line) } });
    return { log, text: () => text };
  };

  it('is JSON that says which log it is of, and nothing is written of a silent desk', () => {
    const { log, text } = lines(false);
    log.record({ what: 'tokenRejected', code: 'badToken' });
    expect(JSON.parse(text())).to.deep.include({ log: 'security', what: 'tokenRejected', code: 'badToken' });
    const silent = lines(true);
    silent.log.record({ what: 'tokenRejected', code: 'badToken' });
    expect(silent.text()).to.equal('');
  });

  it('has ids alone: a text that gets into one of its fields is left out', () => {
    const { log, text } = lines(false);
    for (const smuggled of ['Anna Ivanova wrote this', 'x'.repeat(400), 'Привет', 'a\nb', { name: 'Anna' }])
      log.record({ what: 'refused', person: WHO.anna, asked: smuggled as string, code: 'notFound' });
    expect(text()).to.not.match(/Anna|wrote|xxx|Привет/);
    expect(text()).to.include(WHO.anna);
    for (const id of ['mpn:1234567', '19:reviews@thread.tacv2', 'partner:x', 'list.queue']) {
      const one = lines(false);
      one.log.record({ what: 'refused', person: WHO.anna, asked: id, code: 'notFound' });
      expect(one.text()).to.include(id);
    }
  });
});
