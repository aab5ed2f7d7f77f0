import { expect } from 'chai';
import fc from 'fast-check';
import { DESK } from '../../../src/domain/claims/permission.ts';
import type { PoeId } from '../../../src/domain/claims/values.ts';
import { countsAsProof } from '../../../src/domain/claims/values.ts';
import { anna, arun, lena, rita } from './personas.ts';
import type { Ask, Story } from './scenario.ts';
import {
  asked,
  comment,
  created,
  disputed,
  draft,
  poe,
  refuses,
  rejected,
  submitted,
  thenHappened,
  thenNothing,
  underReview,
  waitingPoe,
} from './scenario.ts';

const scan = (id: string, verdict: 'clean' | 'malicious' | 'tooLarge' | 'unscanned' = 'clean'): Ask => ({
  type: 'RecordScan',
  by: DESK,
  poe: id as PoeId,
  verdict,
});
const submit: Ask = { type: 'SubmitClaim', by: anna };
const resubmit: Ask = { type: 'ResubmitClaim', by: anna };
const dispute: Ask = { type: 'OpenDispute', by: anna, justification: '' };

describe('A file whose virus scan is to come (R9)', () => {
  it('is no proof with which to submit, and is once it is clean (R15)', () => {
    const story = created().given(waitingPoe('one')).given(waitingPoe('two'));
    expect(refuses(story, submit, 'poeWaits')).to.deep.include({ names: ['one.pdf', 'two.pdf'] });
    thenHappened(story.given(scan('two')).when(submit), 'ClaimSubmitted');
    refuses(story.given(scan('one', 'malicious')).given(scan('two', 'malicious')), submit, 'poeMissing');
  });

  it('answers no request, and does once it is clean (R19)', () => {
    const story = asked().given(waitingPoe('more'));
    refuses(story, resubmit, 'poeWaits');
    thenHappened(story.given(scan('more')).when(resubmit), 'ClaimResubmitted');
    thenHappened(story.given(comment(anna, 'It is on its way.')).when(resubmit), 'ClaimResubmitted');
  });

  it('answers the request no more where it was the only answer and is found bad', () => {
    const story = asked().given(poe('more')).given(scan('more', 'malicious'));
    refuses(story, resubmit, 'nothingAdded');
    thenHappened(story.given(poe('other')).when(resubmit), 'ClaimResubmitted');
    thenHappened(
      asked().given(poe('more')).given(comment(anna, 'See there.')).given(scan('more', 'malicious')).when(resubmit),
      'ClaimResubmitted',
    );
  });

  it('does not answer a request with proof from before it that is found bad', () => {
    refuses(asked().given(scan('proof', 'malicious')), resubmit, 'nothingAdded');
  });

  it('is no new proof for a dispute before it is clean (R26)', () => {
    const story = rejected().given(waitingPoe('more'));
    refuses(story, dispute, 'justificationNeeded');
    thenHappened(story.given(scan('more')).when(dispute), 'DisputeOpened');
    refuses(rejected().given(poe('more')).given(scan('more', 'malicious')), dispute, 'justificationNeeded');
  });

  it('counts without a scan where an operator lets it, and is withdrawn all the same where a virus is found later', () => {
    const story = asked().given(waitingPoe('more')).given(scan('more', 'unscanned'));
    thenHappened(story.when(resubmit), 'ClaimResubmitted');
    thenNothing(story.when(scan('more')));
    refuses(story.given(scan('more', 'malicious')), resubmit, 'nothingAdded');
  });

  it('of one that no scan was asked for can be let go without it, which answers no request and is not said twice', () => {
    const story = asked().given(scan('proof', 'unscanned'));
    refuses(story, resubmit, 'nothingAdded');
    thenNothing(story.when(scan('proof', 'unscanned')));
    thenNothing(story.when(scan('proof', 'tooLarge')));
    thenHappened(draft().given(scan('proof', 'unscanned')).when(submit), 'ClaimSubmitted');
  });

  it('is withdrawn where it is too large for its scanner, and what counts already is not', () => {
    const story = created().given(waitingPoe('one')).given(scan('one', 'tooLarge'));
    refuses(story, submit, 'poeMissing');
    for (const verdict of ['clean', 'unscanned', 'malicious', 'tooLarge'] as const)
      thenNothing(story.when(scan('one', verdict)));
    thenNothing(draft().when(scan('proof', 'tooLarge')));
  });

  it('stays withdrawn once it was found bad, and clean news of what was never waited for is none', () => {
    const bad = draft().given(scan('proof', 'malicious'));
    thenNothing(bad.when(scan('proof')));
    thenNothing(bad.when(scan('proof', 'malicious')));
    thenNothing(draft().when(scan('proof')));
    thenNothing(draft().when(scan('unknown', 'malicious')));
    thenNothing(created().given(waitingPoe('one')).given(scan('one')).when(scan('one')));
  });

  it('is never taken again where a virus was found in it, under whatever name, and also after it was removed', () => {
    const bad = draft().given(scan('proof', 'malicious'));
    const same: Ask = poe('again', anna, 'proof');
    refuses(bad, same, 'poeInfected');
    thenHappened(bad.when(poe('other')), 'PoeAdded');
    const removed = bad.given({ type: 'RemovePoe', by: anna, id: 'proof' as PoeId });
    refuses(removed, same, 'poeInfected');
    refuses(removed.given(poe('other')), same, 'poeInfected');
    thenNothing(bad.when(poe('proof')));
  });

  it('is taken again where it was only too large for its scanner, or was clean and removed', () => {
    const large = created().given(waitingPoe('one')).given(scan('one', 'tooLarge'));
    thenHappened(large.when(poe('again', anna, 'one')), 'PoeAdded');
    const clean = created().given(waitingPoe('one')).given(scan('one'));
    refuses(clean, poe('again', anna, 'one'), 'poeDuplicate');
    thenHappened(
      clean.given({ type: 'RemovePoe', by: anna, id: 'one' as PoeId }).when(poe('again', anna, 'one')),
      'PoeAdded',
    );
  });

  it('is reported by the desk alone, and in whatever state the claim is', () => {
    for (const by of [anna, rita, arun]) refuses(draft(), { ...scan('proof', 'malicious'), by }, 'notFound');
    thenHappened(underReview().when(scan('proof', 'malicious')), 'PoeScanned');
    thenHappened(rejected().when(scan('proof', 'malicious')), 'PoeScanned');
  });

  it('makes decisions on an older card count for nothing (R57)', () => {
    const story = underReview();
    const seen = story.claim.version;
    refuses(story.given(scan('proof', 'malicious')), { type: 'ApproveClaim', by: arun, seen }, 'stale');
  });

  it('is no proof with which a claim is approved, nor a rejection overturned (R20, R28)', () => {
    const approve: Ask = { type: 'ApproveClaim', by: arun };
    const overturn: Ask = { type: 'OverturnRejection', by: lena, comment: 'Yes.' };
    const again = submitted().given(waitingPoe('more')).given({ type: 'StartReview', by: arun });
    refuses(again.given(scan('proof', 'malicious')), approve, 'poeWithdrawn');
    thenHappened(again.given(scan('proof', 'malicious')).given(scan('more')).when(approve), 'ClaimApproved');
    thenHappened(again.when(approve), 'ClaimApproved');
    refuses(underReview().given(scan('proof', 'malicious')), approve, 'poeWithdrawn');
    refuses(disputed().given(scan('proof', 'malicious')), overturn, 'poeWithdrawn');
    thenHappened(
      disputed().given(scan('proof', 'malicious')).when({ type: 'UpholdRejection', by: lena, comment: 'No.' }),
      'DisputeUpheld',
    );
  });

  it('is never submitted, nor answers, before a scanner said so: in any order', () => {
    const acts = fc.array(
      fc.record({ id: fc.constantFrom('a', 'b', 'c'), act: fc.constantFrom('add', 'wait', 'clean', 'bad', 'remove') }),
      { maxLength: 14 },
    );
    fc.assert(
      fc.property(acts, (all) => {
        let story: Story = created();
        const state = new Map<string, string>();
        for (const { id, act } of all) {
          if (act === 'add' && !state.has(id)) {
            story = story.given(poe(id));
            state.set(id, 'counts');
          } else if (act === 'wait' && !state.has(id)) {
            story = story.given(waitingPoe(id));
            state.set(id, 'waits');
          } else if (act === 'clean' && state.get(id) === 'waits') {
            story = story.given(scan(id));
            state.set(id, 'counts');
          } else if (act === 'bad' && state.has(id) && state.get(id) !== 'bad') {
            story = story.given(scan(id, 'malicious'));
            state.set(id, 'bad');
          } else if (act === 'remove' && state.has(id)) {
            story = story.given({ type: 'RemovePoe', by: anna, id: id as PoeId });
            state.delete(id);
          }
        }
        const counting = [...state].filter(([, is]) => is === 'counts').map(([id]) => id);
        expect(
          story.claim.poe
            .filter(countsAsProof)
            .map(({ id }) => String(id))
            .sort(),
        ).to.deep.equal(counting.sort());
        expect(Object.keys(story.claim.proofSince).sort()).to.deep.equal(counting);
        const waits = [...state.values()].includes('waits');
        if (counting.length > 0) thenHappened(story.when(submit), 'ClaimSubmitted');
        else refuses(story, submit, waits ? 'poeWaits' : 'poeMissing');
      }),
    );
  });
});
