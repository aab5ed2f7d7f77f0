import { createHash } from 'node:crypto';
import { expect } from 'chai';
import { activitiesOf } from '../../acceptance/support/activities.ts';
import type { PersonaName } from '../world/personas.ts';
import { PERSONAS } from '../world/personas.ts';
import type { LinkAnswered, LinkFollowed, Json, GroundTruth } from './observations.ts';
import { createDocumentsReadChecker } from './documentsRead.ts';
import { answerOf, CLAIM, MINUTE, createScenario } from './support/checkerScenario.ts';

const HOUR = 60 * MINUTE;
const UPLOAD = 'https://desk.example/poe/up.signed';
const DOWNLOAD = 'https://desk.example/poe-file/down.signed';
const FILE = { name: 'proof-1.pdf', sha256: 'abc' };

/** A claim of Anna's in a draft; links are given and followed in it. */
function openDesk() {
  const groundTruths: GroundTruth[] = [];
  const scenario = createScenario((groundTruth) => {
    groundTruths.push(groundTruth);
    return createDocumentsReadChecker(groundTruth);
  });
  let number = 0;
  /** Which links each has opened. */
  const sessions = new Set<string>();
  const { checker } = scenario;
  const now = (): number => groundTruths[0]?.now() ?? 0;

  const desk = {
    scenario,
    /** Presses, and is answered with a link. */
    given(who: PersonaName, url: string, shown: Json = { text: FILE.name }): void {
      const verb = url === UPLOAD ? 'addPoe' : 'documents';
      scenario.answers(scenario.presses(who, verb), {
        body: answerOf({ body: [{ ...shown, selectAction: { type: 'Action.OpenUrl', url } }] }),
      });
    },
    begins(
      how: LinkFollowed['how'],
      link: string,
      who: PersonaName = 'anna',
      file?: LinkFollowed['file'],
    ): LinkFollowed {
      number += 1;
      const followed: LinkFollowed = {
        number,
        at: now(),
        by: 'desk1#1',
        how,
        link,
        person: PERSONAS[who].id,
        browser: who,
        hasSession: sessions.has(`${link} ${PERSONAS[who].id}`),
        ...(file && { file }),
      };
      scenario.problems.push(...(checker.followed?.(followed) ?? []));
      return followed;
    },
    ends(followed: LinkFollowed, came: Omit<LinkAnswered, 'followed' | 'at'> = {}): void {
      scenario.passes(100);
      if (came.problem === undefined && came.fault === undefined) sessions.add(`${followed.link} ${followed.person}`);
      scenario.problems.push(...(checker.fetched?.({ followed, at: now(), ...came }) ?? []));
    },
    follows(
      how: LinkFollowed['how'],
      link: string,
      came: Omit<LinkAnswered, 'followed' | 'at'> = {},
      who: PersonaName = 'anna',
    ): void {
      desk.ends(desk.begins(how, link, who), came);
    },
    /** A file is sent by the upload link, and stored. */
    adds(file = FILE, stored = file, by: PersonaName = 'anna', link = UPLOAD): void {
      const followed = desk.begins('add', link, 'anna', file);
      scenario.happens('PoeAdded', by, { poe: { id: `id-${stored.name}`, ...stored } });
      desk.ends(followed);
    },
  };
  return desk;
}

function withProof(): ReturnType<typeof openDesk> {
  const desk = openDesk();
  desk.scenario.created();
  desk.given('anna', UPLOAD);
  desk.adds();
  return desk;
}

describe('The checker of who gets which document', () => {
  it('is silent where a user adds a file and gets it again, also by a link that was passed on', () => {
    const desk = withProof();
    desk.given('anna', DOWNLOAD);
    desk.follows('download', DOWNLOAD, { file: FILE });
    desk.given('anna', `${DOWNLOAD}2`);
    desk.follows('download', `${DOWNLOAD}2`, { file: FILE }, 'stefan');
    desk.follows('download', DOWNLOAD, { problem: 'used' }, 'stefan');
    desk.follows('look', UPLOAD, { page: { claim: CLAIM, names: [FILE.name] } });
    desk.follows('finish', UPLOAD);
    desk.scenario.passes(MINUTE);
    desk.follows('add', UPLOAD, { problem: 'used' });
    desk.scenario.passes(2 * HOUR);
    desk.follows('download', DOWNLOAD, { problem: 'used' });
    desk.follows('download', `${DOWNLOAD}x`, { problem: 'altered' });
    expect(desk.scenario.problems).to.deep.equal([]);
  });

  it('finds a file that was handed over for one claim and stands in another, under another name, or altered (R12)', () => {
    const url = `https://contoso.sharepoint.com/${CLAIM}/w1x.pdf`;
    const sha256 = createHash('sha256').update(`%PDF ${url}`).digest('hex');
    const landed = (claim: string, who: PersonaName, hash = sha256): string => {
      const { scenario } = openDesk();
      scenario.created();
      scenario.created({ claim: 'CPOR-8Q2WXY' });
      scenario.checker.asked?.({
        number: 1,
        at: 0,
        by: 'desk1#1',
        person: PERSONAS.anna.id,
        activity: activitiesOf('https://teams.example/').file(
          PERSONAS.anna,
          { name: 'p.pdf', downloadUrl: url },
          CLAIM,
        ),
      });
      scenario.happens('PoeAdded', who, { poe: { id: 'p', name: 'p.pdf', sha256: hash } }, { claim });
      return scenario.problems.join();
    };
    expect(landed(CLAIM, 'anna')).to.equal('');
    expect(landed('CPOR-8Q2WXY', 'anna')).to.match(/was handed over for CPOR-7F3K9Q/);
    expect(landed(CLAIM, 'boris')).to.match(/stands under/);
    expect(landed(CLAIM, 'anna', 'abc')).to.match(/not what was handed over/);
  });

  it('finds who may not read any more (R6), but not while the revocation is on its way', () => {
    const desk = withProof();
    desk.given('anna', DOWNLOAD);
    const early = desk.begins('download', DOWNLOAD);
    desk.scenario.has('anna', { staff: [] });
    desk.ends(early, { file: FILE });
    expect(desk.scenario.problems).to.deep.equal([]);
    desk.scenario.passes(MINUTE);
    desk.follows('download', DOWNLOAD, { problem: 'foreign' });
    expect(desk.scenario.problems).to.deep.equal([]);
    desk.follows('download', DOWNLOAD, { file: FILE });
    expect(desk.scenario.problems.join()).to.include('may not read').and.include('R6');
  });

  it('lets a replica know a change of rights some seconds later', () => {
    const desk = withProof();
    desk.given('anna', DOWNLOAD);
    desk.scenario.passes(MINUTE);
    desk.scenario.has('anna', { staff: [] });
    desk.follows('download', DOWNLOAD, { file: FILE });
    desk.scenario.passes(MINUTE);
    desk.scenario.has('anna', PERSONAS.anna.rights);
    desk.follows('download', DOWNLOAD, { problem: 'foreign' });
    expect(desk.scenario.problems).to.deep.equal([]);
    desk.scenario.passes(MINUTE);
    desk.follows('download', DOWNLOAD, { problem: 'foreign' });
    expect(desk.scenario.problems).to.have.length(1);
  });

  it('finds a link that opens although it has run out, whatever the clocks', () => {
    const desk = withProof();
    desk.given('anna', DOWNLOAD);
    desk.given('anna', `${DOWNLOAD}2`);
    desk.scenario.passes(HOUR + MINUTE);
    desk.follows('download', DOWNLOAD, { file: FILE });
    expect(desk.scenario.problems).to.deep.equal([]);
    desk.scenario.passes(2 * MINUTE);
    desk.follows('download', DOWNLOAD, { file: FILE });
    expect(desk.scenario.problems, 'its session goes on').to.deep.equal([]);
    desk.follows('download', `${DOWNLOAD}2`, { file: FILE });
    expect(desk.scenario.problems.join()).to.include('the link had run out');
  });

  it('finds a link that opens in a second browser, one that opens after its session, and one that is closed before', () => {
    const desk = withProof();
    desk.given('anna', DOWNLOAD);
    desk.follows('download', DOWNLOAD, { file: FILE });
    desk.follows('download', DOWNLOAD, { file: FILE }, 'stefan');
    expect(desk.scenario.problems.join()).to.include('the link opened in two browsers');
    desk.follows('download', DOWNLOAD, { problem: 'used' });
    expect(desk.scenario.problems.join()).to.include('told that it is used');
    desk.follows('download', DOWNLOAD, { problem: 'expired' });
    expect(desk.scenario.problems.join()).to.include('expired too early');
    desk.scenario.passes(20 * MINUTE);
    desk.follows('download', DOWNLOAD, { problem: 'used' });
    expect(desk.scenario.problems).to.have.length(3);
    desk.follows('download', DOWNLOAD, { file: FILE });
    expect(desk.scenario.problems.join()).to.include('the session had run out');
  });

  for (const [what, file, words] of [
    ['another file of the claim', { name: 'proof-2.pdf', sha256: 'def' }, 'came by the link to proof-1.pdf'],
    ['what is in another file', { ...FILE, sha256: 'def' }, 'is not what is in proof-1.pdf'],
  ] as const) {
    it(`finds a link that opens ${what}`, () => {
      const desk = withProof();
      desk.adds({ name: 'proof-2.pdf', sha256: 'def' });
      desk.given('anna', DOWNLOAD);
      desk.follows('download', DOWNLOAD, { file });
      expect(desk.scenario.problems.join()).to.include(words);
    });
  }

  it('finds a file of another claim, and one that was removed (R13)', () => {
    const desk = withProof();
    desk.given('anna', DOWNLOAD);
    desk.scenario.happens('PoeRemoved', 'anna', { poeId: 'id-proof-1.pdf' });
    desk.follows('download', DOWNLOAD, { file: FILE });
    expect(desk.scenario.problems).to.deep.equal([]);
    desk.scenario.passes(MINUTE);
    desk.follows('download', DOWNLOAD, { file: FILE });
    desk.given('anna', `${DOWNLOAD}2`, { text: 'proof-9.pdf' });
    desk.follows('download', `${DOWNLOAD}2`, { file: { ...FILE, name: 'proof-9.pdf' } });
    expect(desk.scenario.problems).to.have.length(2);
    expect(desk.scenario.problems.join()).to.include('was removed').and.include('is no proof of');
  });

  it('finds an altered link that opens, and one for another use', () => {
    const desk = withProof();
    desk.follows('download', `${DOWNLOAD}x`, { file: FILE });
    desk.follows('download', UPLOAD, { file: FILE });
    expect(desk.scenario.problems).to.have.length(2);
    expect(desk.scenario.problems.join())
      .to.include('no one was given')
      .and.include('a link to upload was taken (download)');
  });

  it('finds an upload by a link that was used, and one when the claim takes no proof (R12)', () => {
    const desk = withProof();
    desk.scenario.happens('ClaimSubmitted', 'anna');
    desk.scenario.happens('ReviewStarted', 'arun', { assignee: { id: PERSONAS.arun.id } });
    desk.follows('look', UPLOAD, { page: { claim: CLAIM, names: [] } });
    expect(desk.scenario.problems).to.deep.equal([]);
    desk.scenario.passes(MINUTE);
    desk.follows('look', UPLOAD, { problem: 'closed' });
    desk.follows('look', UPLOAD, { page: { claim: CLAIM, names: [] } });
    desk.follows('finish', UPLOAD);
    desk.scenario.passes(MINUTE);
    desk.follows('add', UPLOAD);
    expect(desk.scenario.problems.join()).to.include('takes no PoE in UnderReview').and.include('the link was used');
  });

  it('finds who may not add (R12)', () => {
    const desk = withProof();
    desk.scenario.has('anna', { staff: [], member: { of: 'fabrikam', roles: [] } });
    desk.scenario.passes(MINUTE);
    desk.follows('look', UPLOAD, { page: { claim: CLAIM, names: [FILE.name] } });
    expect(desk.scenario.problems.join()).to.include('may not add');
  });

  it('finds a proof that no one sent, that another user sent, or that is not what was sent', () => {
    const desk = withProof();
    desk.scenario.happens('PoeAdded', 'anna', { poe: { id: 'n', name: 'proof-5.pdf', sha256: 'x' } });
    desk.adds({ name: 'proof-6.pdf', sha256: 'x' }, { name: 'proof-6.pdf', sha256: 'x' }, 'boris');
    desk.adds({ name: 'proof-7.pdf', sha256: 'x' }, { name: 'proof-7.pdf', sha256: 'half' });
    expect(desk.scenario.problems).to.have.length(3);
    expect(desk.scenario.problems.join())
      .to.include('sent by no one')
      .and.include('stands under the name')
      .and.include('not what was sent');
  });

  it('finds a file that is there although it was refused, or is not there although it was taken', () => {
    const desk = withProof();
    const refused = desk.begins('add', UPLOAD, 'anna', { name: 'proof-8.pdf', sha256: 'x' });
    desk.scenario.happens('PoeAdded', 'anna', { poe: { id: 'n', name: 'proof-8.pdf', sha256: 'x' } });
    desk.ends(refused, { problem: 'interrupted' });
    desk.ends(desk.begins('add', UPLOAD, 'anna', { name: 'proof-9.pdf', sha256: 'x' }));
    expect(desk.scenario.problems.join())
      .to.include('was refused (interrupted), but is there')
      .and.include('was taken, but is not in');
  });

  it('lets a link be used that the same browser follows a second time before it is answered, and is faster with', () => {
    for (const isTwice of [true, false]) {
      const desk = withProof();
      desk.given('anna', `${UPLOAD}2`);
      const slow = desk.begins('add', `${UPLOAD}2`, 'anna', { name: 'proof-2.pdf', sha256: 'x' });
      desk.scenario.passes(1_000);
      if (isTwice) desk.begins('add', `${UPLOAD}2`, 'anna', { name: 'proof-3.pdf', sha256: 'y' });
      desk.ends(slow, { problem: 'used' });
      expect(desk.scenario.problems).to.have.length(isTwice ? 0 : 1);
    }
  });

  it('lets it be used also where the second visit is answered first, and not where the browser had opened it before', () => {
    for (const hadOpened of [false, true]) {
      const desk = withProof();
      desk.given('anna', `${UPLOAD}2`);
      if (hadOpened) desk.follows('look', `${UPLOAD}2`, { page: { claim: CLAIM, names: [] } });
      const slow = desk.begins('add', `${UPLOAD}2`, 'anna', { name: 'proof-2.pdf', sha256: 'x' });
      desk.scenario.passes(1_000);
      desk.adds({ name: 'proof-3.pdf', sha256: 'y' }, undefined, 'anna', `${UPLOAD}2`);
      desk.ends(slow, { problem: 'used' });
      expect(desk.scenario.problems).to.have.length(hadOpened ? 1 : 0);
    }
  });

  it('finds a good link that is refused, and lets one be refused that may be wrong', () => {
    const desk = withProof();
    desk.given('anna', DOWNLOAD);
    desk.scenario.passes(MINUTE);
    for (const problem of ['altered', 'expired', 'foreign']) desk.follows('download', DOWNLOAD, { problem });
    desk.follows('add', UPLOAD, { problem: 'used' });
    expect(desk.scenario.problems).to.have.length(4);
    desk.scenario.uncheckable();
    desk.follows('download', DOWNLOAD, { problem: 'foreign' });
    desk.follows('download', DOWNLOAD, { fault: new Error('simulated') });
    expect(desk.scenario.problems).to.have.length(4);
  });

  it('finds a link that stands where others read it', () => {
    const desk = withProof();
    desk.scenario.shows(
      { card: { body: [{ text: FILE.name, selectAction: { type: 'Action.OpenUrl', url: DOWNLOAD } }] } },
      { channel: 'fabrikam' },
    );
    expect(desk.scenario.problems.join()).to.include('a link for one person');
  });
});
