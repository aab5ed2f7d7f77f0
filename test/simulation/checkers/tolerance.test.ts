import { expect } from 'chai';
import { calendarOf } from '../../../src/domain/calendar/calendar.ts';
import type { CreateChecker, GroundTruth } from './observations.ts';
import { PLANTED } from './observations.ts';
import { createClocksChecker } from './clocks.ts';
import { createDuesChecker } from './dues.ts';
import { createLawChecker } from './law.ts';
import { createNoticesChecker } from './notices.ts';
import { createSweepsChecker } from './sweeps.ts';
import type { Tamper } from './support/tampering.ts';
import { events, recording, sweeps, taken, verdictOn, without, writes } from './support/tampering.ts';

const PASSED = 'a claim that is approved, passes, is assessed and denied too late';
const DISPUTED = 'a claim that is rejected, disputed, overturned, denied, disputed and upheld';

async function verdict(
  open: CreateChecker,
  tamper: Tamper,
  changes: Partial<GroundTruth> = {},
  history: typeof PASSED | typeof DISPUTED = PASSED,
): Promise<readonly string[]> {
  return verdictOn(await recording(history), open, tamper, changes);
}

describe('A document checker', () => {
  const illegal = events('ClaimApproved', ({ by }) => ({ by: { ...by, side: 'partner' } }));
  const leftUndone: Tamper = (told) => without('ConsentPassed')(without('ClockReminded')(told));

  it('leaves uncheckable claims alone', async () => {
    expect(await verdict(createLawChecker, illegal, { isUncheckable: () => true })).to.deep.equal([]);
    expect(await verdict(createSweepsChecker, leftUndone, { isUncheckable: () => true })).to.deep.equal([]);
  });

  it('does not check what the simulation itself put there', async () => {
    expect(await verdict(createLawChecker, (told) => writes(() => ({ by: PLANTED }))(illegal(told)))).to.deep.equal([]);
  });

  it('asks nothing of a sweep that was disturbed, told to stop, or broken off by what the simulation did', async () => {
    for (const trouble of [{ disturbed: true }, { isStopped: true }, { fault: new Error('simulated: gone') }]) {
      expect(await verdict(createSweepsChecker, (told) => sweeps(() => trouble)(leftUndone(told)))).to.deep.equal([]);
    }
  });

  it('asks nothing of a sweep about a claim that was hit, and does about the others', async () => {
    const hitting =
      (alter: (claim: string) => string): Tamper =>
      (told) => {
        const hit = new Set(
          told.flatMap((one) => (one.what === 'wrote' && one.wrote.kind === 'claim' ? [alter(one.wrote.id)] : [])),
        );
        return sweeps(() => ({ hit }))(leftUndone(told));
      };
    expect(
      await verdict(
        createSweepsChecker,
        hitting((claim) => claim),
      ),
    ).to.deep.equal([]);
    expect(
      (
        await verdict(
          createSweepsChecker,
          hitting((claim) => `${claim}2`),
        )
      ).join(),
    ).to.match(/consent was due at .* left it/);
  });

  it('asks nothing of a sweep whose clock had not come so far', async () => {
    const behind = sweeps(() => ({ off: -60 * 86_400_000 }));
    expect(await verdict(createSweepsChecker, (told) => behind(leftUndone(told)))).to.deep.equal([]);
  });

  it('takes a clock by the calendar as it was or as it was edited, and no other', async () => {
    const { holidays } = calendarOf('US-2026.1', 'America/Los_Angeles');
    const edited = new Set([...holidays, '2021-05-04']);
    expect(await verdict(createClocksChecker, (told) => told, { freeDays: () => [holidays, edited] })).to.deep.equal(
      [],
    );
    expect(await verdict(createClocksChecker, (told) => told, { freeDays: () => [edited, holidays] })).to.deep.equal(
      [],
    );
    expect((await verdict(createClocksChecker, (told) => told, { freeDays: () => [edited] })).join()).to.match(
      /must start reviewStart/,
    );
  });

  it('takes a clock that starts by the policy in force, or by both while it changes, and by no other', async () => {
    expect(await verdict(createClocksChecker, (told) => told, { policies: () => ['2020'] })).to.deep.equal([]);
    expect(await verdict(createClocksChecker, (told) => told, { policies: () => ['2020', 'shorter'] })).to.deep.equal(
      [],
    );
    expect((await verdict(createClocksChecker, (told) => told, { policies: () => ['shorter'] })).join()).to.match(
      /starts clocks by the policy 2020, which is not in force/,
    );
  });

  it('takes what a clock did that is wrong by less than is noticed, and no more', async () => {
    const ahead = (ms: number): Tamper => writes(({ at }) => ({ at: at - ms }));
    expect(await verdict(createDuesChecker, ahead(30_000))).to.deep.equal([]);
    expect(await verdict(createDuesChecker, ahead(32_000))).not.to.deep.equal([]);
  });

  it('asks for no message to who may not read the claim any more (R6)', async () => {
    const toLena = taken((one) => (one.conversation === 'chat-lena' ? undefined : one));
    expect((await verdict(createNoticesChecker, toLena, {}, DISPUTED)).join()).to.match(/counts as brought to person:/);
    expect(
      await verdict(
        createNoticesChecker,
        toLena,
        { everBetween: (person, _from, _to, had) => person.endsWith('13') && had({ staff: [] }) },
        DISPUTED,
      ),
    ).to.deep.equal([]);
  });
});
