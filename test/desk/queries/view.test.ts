import { expect } from 'chai';
import type { ClaimId } from '../../../src/domain/claims/values.ts';
import type { Stage } from '../../../src/domain/claims/claim.ts';
import { claimDocument } from '../../../src/desk/records/claimRecord.ts';
import type { NextActor } from '../../../src/desk/queries/view.ts';
import type { Reader } from '../../../src/desk/ports/reader.ts';
import { viewClaim } from '../../../src/desk/queries/view.ts';
import { DAY } from '../../domain/claims/scenario.ts';
import { dueOf } from '../../../src/domain/claims/clock.ts';
import type { DeskWorld, Name } from '../world.ts';
import { openWorld, WHO } from '../world.ts';

const STAGES: Readonly<Record<Exclude<Stage, 'Discarded'>, (world: DeskWorld) => Promise<ClaimId>>> = {
  Editing: async (world) => {
    const id = await world.file();
    await world.prove(id);
    return id;
  },
  Submitted: (world) => world.submitted(),
  UnderReview: (world) => world.underReview(),
  PartnerActionRequired: (world) => world.asked(),
  ConsentOpen: (world) => world.approved(),
  ConsentPassed: async (world) => {
    const id = await world.approved();
    await world.pass(9 * DAY);
    return id;
  },
  Disputable: (world) => world.rejected(),
  Disputed: (world) => world.disputed(),
  Upheld: async (world) => {
    const id = await world.disputed();
    await world.must('lena', id, { type: 'UpholdRejection', comment: 'It stands.' });
    return id;
  },
  FinallyDeclined: async (world) => {
    const id = await world.approved();
    await world.must('dana', id, { type: 'DenyConsent', reason: 'Not us.' });
    await world.must('anna', id, { type: 'OpenDispute', justification: 'You are.' });
    await world.must('lena', id, { type: 'OverturnRejection', comment: 'They are.' });
    await world.pass(9 * DAY);
    return id;
  },
  WindowClosed: async (world) => {
    const id = await world.rejected();
    await world.pass(40 * DAY);
    return id;
  },
};

/**
 * Claims are rejected by Rolf, assigned to Arun, filed by Anna; `-` sees nothing, and what is left out presses nothing.
 */
const TABLE: readonly [
  stage: keyof typeof STAGES,
  next: NextActor,
  itself: string | undefined,
  actions: Partial<Record<Name, string>>,
][] = [
  [
    'Editing',
    'partner',
    undefined,
    {
      anna: 'SubmitClaim EditFields AddPoe RemovePoe DiscardDraft',
      nikita: '',
      tomas: '-',
      arun: '-',
      lena: '-',
      dana: '-',
      olga: '-',
      asif: '-',
      otto: '-',
    },
  ],
  [
    'Submitted',
    'reviewers',
    undefined,
    {
      anna: 'EditFields AddPoe AddComment RequestRejection',
      nikita: '',
      tomas: '-',
      arun: 'StartReview AddComment',
      lena: 'StartReview AddComment ReassignClaim',
      dana: '-',
      olga: '',
      asif: '-',
    },
  ],
  [
    'UnderReview',
    'assignee',
    undefined,
    {
      anna: 'AddComment RequestRejection',
      arun: 'ApproveClaim RequestInformation RejectClaim AddComment ReassignClaim',
      rita: 'AddComment',
      lena: 'ApproveClaim RequestInformation RejectClaim AddComment ReassignClaim',
      dana: '-',
    },
  ],
  [
    'PartnerActionRequired',
    'partner',
    'autoReject',
    { anna: 'ResubmitClaim EditFields AddPoe AddComment RequestRejection', nikita: '', arun: 'AddComment', dana: '-' },
  ],
  [
    'ConsentOpen',
    'customer',
    'handOver',
    {
      anna: 'AddComment RequestRejection',
      arun: 'AddComment',
      dana: 'AgreeConsent DenyConsent',
      emil: 'AgreeConsent DenyConsent',
      asif: '-',
      tomas: '-',
    },
  ],
  [
    'ConsentPassed',
    'assessor',
    undefined,
    {
      anna: 'AddComment RequestRejection',
      arun: 'AddComment',
      lena: 'AddComment',
      asif: 'ReportAssessment',
      dana: '',
    },
  ],
  [
    'Disputable',
    'partner',
    'windowCloses',
    { anna: 'OpenDispute AddPoe AddComment', arun: 'AddComment', rolf: 'AddComment', dana: '-' },
  ],
  [
    'Disputed',
    'reviewers',
    undefined,
    {
      anna: 'AddComment',
      arun: 'OverturnRejection UpholdRejection AddComment ReassignClaim',
      rita: 'OverturnRejection UpholdRejection AddComment',
      rolf: 'AddComment ReassignClaim',
      dana: '-',
    },
  ],
  ['Upheld', 'nobody', undefined, { anna: '', arun: '', lena: '', dana: '-' }],
  ['FinallyDeclined', 'nobody', undefined, { anna: '', arun: '', lena: '', dana: '' }],
  ['WindowClosed', 'nobody', undefined, { anna: '', arun: '', lena: '', dana: '-' }],
];

describe('What someone sees of a claim (R6, R52)', () => {
  for (const [stage, next, itself, actions] of TABLE) {
    it(`${stage}: next is ${next}, by itself ${itself ?? 'nothing'}, and each may press what is theirs`, async () => {
      const world = await openWorld();
      const id = await STAGES[stage](world);
      for (const [name, expected] of Object.entries(actions)) {
        const seen = await world.desk.look(WHO[name as Name], id);
        expect(seen ? seen.view.actions.join(' ') : '-', name).to.equal(expected);
        if (!seen) continue;
        expect([seen.view.stage, seen.view.next, seen.view.byItself?.what], name).to.deep.equal([stage, next, itself]);
        expect(seen.view.side, name).to.equal(
          ['anna', 'nikita'].includes(name) ? 'partner' : ['dana', 'emil'].includes(name) ? 'customer' : 'review',
        );
      }
    });
  }

  it('says when what happens by itself will happen', async () => {
    const world = await openWorld();
    const id = await world.asked();
    const view = (await world.desk.look(WHO.anna, id))?.view;
    expect(view?.byItself?.at).to.equal(dueOf((await world.claim(id)).clocks.partnerResponse));
  });

  it('shows customers no PoE, no comment, and no clock but their own', async () => {
    const world = await openWorld();
    const id = await world.approved();
    await world.must('arun', id, { type: 'AddComment', text: 'Well done.' });
    const view = (await world.desk.look(WHO.dana, id))?.view;
    expect([view?.poe, view?.comments]).to.deep.equal([[], []]);
    expect(view?.clocks.map(({ name }) => name)).to.deep.equal(['consent']);
  });

  it('shows a clock as overdue from its due instant on', async () => {
    const world = await openWorld();
    const id = await world.submitted();
    const due = dueOf((await world.claim(id)).clocks.reviewStart) ?? 0;
    world.clock.turn(due - world.clock.now() - 1);
    const overdue = async () =>
      (await world.desk.look(WHO.arun, id))?.view.clocks.find(({ name }) => name === 'reviewStart')?.overdue;
    expect(await overdue()).to.equal(false);
    world.clock.turn(1);
    expect(await overdue()).to.equal(true);
  });

  for (const [audience, stage, actions] of [
    ['review', 'UnderReview', 'ApproveClaim RequestInformation RejectClaim AddComment ReassignClaim'],
    ['review', 'ConsentPassed', 'AddComment'],
    ['partner', 'PartnerActionRequired', 'ResubmitClaim EditFields AddPoe AddComment RequestRejection'],
    ['customer', 'ConsentOpen', 'AgreeConsent DenyConsent'],
    ['customer', 'Disputable', ''],
  ] as const) {
    it(`offers on the card that the ${audience} audience shares what any of them could press in ${stage}: ${actions || 'nothing'}`, async () => {
      const world = await openWorld();
      const claim = await world.claim(await STAGES[stage](world));
      const reader: Reader = { kind: 'audience', audience };
      const view = viewClaim(claim, reader, world.clock.now());
      expect([view.side, view.actions.join(' ')]).to.deep.equal([audience, actions]);
    });
  }
});

describe('The history as someone reads it (R55, R56)', () => {
  it('is whole for partner and reviewers, and of the consent only for the customer', async () => {
    const world = await openWorld();
    const id = await world.approved();
    await world.press('dana', id, { type: 'DenyConsent', reason: 'We did it ourselves.' });
    const types = async (name: Name) =>
      (await world.desk.history(WHO[name], id))?.entries.map(({ event }) => event.type);
    expect(await types('anna')).to.deep.equal(await world.types(id));
    expect(await types('rita')).to.deep.equal(await world.types(id));
    expect(await types('dana')).to.deep.equal(['ClaimApproved', 'ConsentDenied']);
    expect(await types('tomas')).to.equal(undefined);
    expect(await types('stefan')).to.equal(undefined);
  });

  it('tells the customer nothing that partner and reviewers wrote to each other (R6)', async () => {
    const world = await openWorld();
    const id = await world.disputed();
    await world.must('lena', id, { type: 'OverturnRejection', comment: 'Secret of the reviewers' });
    await world.must('anna', id, { type: 'RequestRejection', reason: 'other', comment: 'Secret of the partner' });
    const entries = (await world.desk.history(WHO.dana, id))?.entries ?? [];
    expect(entries.map(({ event }) => event.type)).to.deep.equal(['DisputeOverturned', 'RejectionRequested']);
    expect(JSON.stringify(entries)).to.not.contain('Secret');
  });

  it('begins for the customer with the first consent: what was before concerns them not, though it is of a kind that they see', async () => {
    const world = await openWorld();
    const id = await world.submitted();
    await world.must('anna', id, { type: 'RequestRejection', reason: 'incorrectActivity', comment: '' });
    await world.must('anna', id, { type: 'OpenDispute', justification: 'It was the right one.' });
    await world.must('rita', id, { type: 'OverturnRejection', comment: 'It was.' });
    expect((await world.desk.history(WHO.dana, id))?.entries.map(({ event }) => event.type)).to.deep.equal([
      'DisputeOverturned',
    ]);
  });

  it('tells the operator where it was changed outside of the desk (R55)', async () => {
    const world = await openWorld();
    const id = await world.approved();
    await world.desk.history(WHO.anna, id);
    expect(world.logged.filter(({ level }) => level === 'error')).to.deep.equal([]);
    const { claim, body, etag } = await world.record(id);
    const entries = body.entries.map((entry) =>
      entry.version === 3 ? { ...entry, recordedAt: entry.recordedAt + 1 } : entry,
    );
    await world.documents.inner.replace(claimDocument(world.world, claim, { ...body, entries }), etag);
    await rejected(world.desk.history(WHO.anna, id), 'claim.historyBroken');
    expect(world.logged.filter(({ level }) => level === 'error').map(({ fields }) => fields)).to.deep.equal([
      { claim: id, problem: 'entry', version: 3 },
    ]);
  });
});

async function rejected(work: Promise<unknown>, code: string): Promise<void> {
  const error = await work.then(
    () => undefined,
    (reason: unknown) => reason,
  );
  expect(error).to.have.property('code', code);
}

describe('Looking at a claim', () => {
  it('gives the view and the rights, and nothing of what is stored', async () => {
    const world = await openWorld();
    const seen = await world.desk.look(WHO.anna, await world.submitted());
    expect(seen).to.have.all.keys('view', 'member');
  });
});
