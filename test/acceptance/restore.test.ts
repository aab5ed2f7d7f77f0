/**
 * A former state of the store is put in its place: the desk that starts on it stands still until an operator has
 * looked, and no consent that was denied passes. In processes of their own: what a start does by itself is the danger.
 */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import type { ClaimId, PoeId } from '../../src/domain/claims/values.ts';
import { operatorActs } from '../../src/desk/life/operatorActs.ts';
import { everyDocument } from '../../src/desk/life/personalData.ts';
import type { Loss } from '../../src/desk/life/restore.ts';
import type { StoreFinding } from '../../src/desk/life/verifyStore.ts';
import { createFileIntents } from '../../src/desk/proof/fileIntents.ts';
import { poeKey } from '../../src/desk/proof/poeFiles.ts';
import { say } from '../../src/locales/say.ts';
import { keysIn } from './support/backend.ts';
import type { CrashScenario } from './support/crashScenario.ts';
import { startCrashScenario } from './support/crashScenario.ts';
import { approved, claimIn, drafted, submitted, underReview } from './support/filing.ts';
import type { FormerState } from './support/formerState.ts';
import { keepState } from './support/formerState.ts';
import { operate, operateJson } from './support/operator.ts';
import type { Json, ShownCard } from './support/shownCard.ts';
import { textOf } from './support/shownCard.ts';

/** Every open consent is due by then. */
const CONSENT_OVER = 12 * 86_400_000;
/** On the emulators a copy takes longer. */
const MAX_COMMENTS = 10;
const UNFINISHED = 'unfinished' as PoeId;

describe('a desk whose store is put back to a former state', function () {
  this.timeout(180_000);
  let scenario: CrashScenario;
  let outside: string;
  let former: FormerState;
  /** Of the former state: consent is open in two of them, of which the customer denies one afterwards. */
  let open: ClaimId;
  let denied: ClaimId;
  let reviewed: ClaimId;
  let draft: ClaimId;
  /** Filed afterwards. */
  let later: ClaimId;
  /** The card that asks the customer, as Teams shows it until it is edited. */
  let question: ShownCard;

  const env = () => scenario.backend.env;
  /** All documents and the keys of all files, but for what each start marks about itself. */
  async function stored(): Promise<readonly string[]> {
    const found: string[] = [];
    for await (const { kind, id, body } of everyDocument(scenario.storage))
      if (kind !== 'standstill' && kind !== 'migration') found.push(`${kind} ${id} ${JSON.stringify(body)}`);
    return [...found, ...(await keysIn(scenario.storage, ''))];
  }
  const acts = async () =>
    (await operatorActs(scenario.storage.documents)).map(({ what, outcome }) => `${what} ${outcome}`);

  before(async () => {
    outside = await mkdtemp(join(tmpdir(), 'restore-'));
    scenario = await startCrashScenario({ env: { ANCHORS_FILE: join(outside, 'anchors') } });
    open = await approved(scenario);
    denied = await approved(scenario);
    reviewed = await underReview(scenario);
    draft = claimIn((await drafted(scenario)).card);
    const { storage, clock } = scenario;
    const log = { info: () => undefined, warn: () => undefined, error: () => undefined };
    await createFileIntents({ ...storage, clock, log }).open(
      UNFINISHED,
      poeKey(draft, UNFINISHED),
      draft,
      scenario.anna.id as never,
    );
    await storage.files.put(poeKey(draft, UNFINISHED), bytes());
  });
  after(async () => {
    await scenario.stop();
    await rm(outside, { recursive: true, force: true });
  });

  it('keeps a state that is sound while people go on', async () => {
    let isKept = false;
    const keeping = keepState(scenario, join(outside, 'backup')).finally(() => (isKept = true));
    for (let number = 1; !isKept && number <= MAX_COMMENTS; number += 1)
      await scenario.arun.press(await scenario.home(reviewed, 'review'), 'comment', { comment: `Page ${number}.` });
    former = await keeping;

    const { arun, dana } = scenario;
    question = await scenario.home(denied, 'customer');
    await dana.press(question, 'deny', { reason: 'Not us.' });
    await arun.press(await scenario.home(reviewed, 'review'), 'approve');
    later = await submitted(scenario);
    const written = (await scenario.events(reviewed)).length;
    await former.restore();
    expect((await scenario.claim(denied)).status).to.equal('Approved');
    expect((await scenario.claim(reviewed)).status).to.equal('UnderReview');
    expect((await scenario.events(reviewed)).length).to.be.lessThan(written);
    const { findings } = (await operateJson(env(), 'verify')) as { findings: readonly StoreFinding[] };
    // What the anchors know is missing, and files that are newer than the store; nothing else.
    expect(new Set(findings.map(({ kind }) => kind))).to.deep.equal(new Set(['anchor', 'file']));
    expect(findings.every((finding) => finding.kind !== 'file' || !('claim' in finding))).to.equal(true);
  });

  it('sends, fires and removes nothing though clocks and intents are due, and says what is lost', async () => {
    const before = await stored();
    const sent = scenario.connector.calls.length;
    await scenario.restart(CONSENT_OVER);
    const report = await operate(env(), 'restored');
    expect(report.code).to.equal(1);
    expect(report.out).to.match(new RegExp(`${denied} is at version \\d+; lost:\\n.*ConsentDenied  by .*aaaaaaaa`));
    expect(report.out).to.match(new RegExp(`${reviewed} is at version \\d+; lost:\\n.*ClaimApproved`));
    expect(report.out).to.include(`${later} is not in the store`).and.to.include('The desk stands still.');
    expect(report.out).not.to.include(open);

    // What the start began has ended when the process has.
    await scenario.end();
    expect(scenario.connector.calls.length, 'sends nothing').to.equal(sent);
    expect(await stored()).to.deep.equal(before);
  });

  /** The mark of the list that an operator sees. */
  const listed = async (): Promise<string> =>
    /--shown (\w+)/.exec((await operate(env(), 'restored')).out)?.[1] ?? expect.fail('a list has a mark');

  it('goes on after --confirm: silence is no consent where one was denied, and what is due otherwise fires', async () => {
    const ended = await operate(env(), 'restored', '--confirm', '--yes', '--shown', await listed());
    expect(ended.code, ended.out + ended.problems).to.equal(0);
    expect(ended.out).to.include(`${later} is not in the store at all: its partner has to file it anew.`);
    expect(await acts()).to.include.members(['endStandstill begun', 'endStandstill done']);
    await scenario.restart();
    await scenario.idle();
    await scenario.restart(CONSENT_OVER);
    await scenario.idle();
    await scenario.end();
    expect(await scenario.events(open)).to.include('ConsentPassed');
    expect(await scenario.events(reviewed))
      .to.include('StateRestored')
      .and.not.to.include('ConsentPassed');
    expect(await scenario.events(denied))
      .to.include('StateRestored')
      .and.not.to.include('ConsentPassed');
    const keys = await keysIn(scenario.storage, 'poe/');
    expect(keys, 'an unfinished file ends').not.to.include(poeKey(draft, UNFINISHED));
    expect(
      keys.some((key) => key.includes(later)),
      'a file of a lost claim stays',
    ).to.equal(true);
    expect((await operate(env(), 'quarantine')).out).to.match(new RegExp(`^poe/${later}/.*: there is no such claim`));
  });

  it('takes no press meanwhile, and a denial again with --replay, where that state is restored once more', async () => {
    await former.restore();
    await scenario.restart();
    // Notices wait that the former state has, so no one waits for these.
    const { body } = await scenario.post(scenario.dana.pressOn(question, 'deny', { reason: 'Not us, again.' }));
    expect(textOf(body['value'] as Json)).to.equal(say('en', 'answer.standstill'));
    const ended = await operate(env(), 'restored', '--replay', '--yes', '--shown', await listed(), '--json');
    expect(ended.code, ended.out + ended.problems).to.equal(0);
    const { standstill, losses } = JSON.parse(ended.out) as { standstill: boolean; losses: readonly Loss[] };
    expect(standstill).to.equal(true);
    expect(losses.map(({ claim }) => claim)).to.have.members([open, denied, reviewed, later]);
    expect((await scenario.events(denied)).slice(-2)).to.deep.equal(['StateRestored', 'ConsentDenied']);
    await scenario.restart(CONSENT_OVER);
    await scenario.idle();
    await scenario.end();
    expect(await scenario.events(denied)).not.to.include('ConsentPassed');
    await scenario.historiesHold();
    const { findings } = (await operateJson(env(), 'verify')) as { findings: readonly StoreFinding[] };
    // Of what the anchors know only the claim is missing that is in no former state.
    expect(findings.map((one) => (one.kind === 'anchor' ? [one.claim, one.lacks] : one.kind))).to.deep.equal([
      'file',
      [later, 'claim'],
    ]);
  });
});

async function* bytes(): AsyncGenerator<Uint8Array> {
  yield Buffer.from('%PDF-1.7 half of a file');
}
