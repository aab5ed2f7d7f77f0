import { expect } from 'chai';
import { CATALOGUE } from '../../../src/domain/claims/catalogue.ts';
import { EMPTY_FIELDS, FIELD_NAMES, problemsOf, MAX_LISTED } from '../../../src/domain/claims/fields.ts';
import type { RefusalCode } from '../../../src/domain/claims/refusal.ts';
import { changeNote } from '../../../src/teams/text/outcomes.ts';
import { fieldLabel, fieldProblem, formProblem } from '../../../src/teams/text/labels.ts';
import { refusalNote } from '../../../src/teams/text/refusals.ts';
import { anna, arun } from '../../domain/claims/personas.ts';
import { approved, pacific, submitted } from '../../domain/claims/scenario.ts';
import {
  english,
  expectSentence,
  FIELD_PROBLEMS,
  FORM_PROBLEMS,
  REFUSALS,
  russian,
  SPEECHES,
  STAGES,
  viewOf,
} from '../wordingSamples.ts';

describe('What the desk says of refusals', () => {
  for (const speech of SPEECHES) {
    it(`gives a reason for every refusal in ${speech.language}, with the claim at hand and without`, () => {
      for (const code of Object.keys(REFUSALS) as RefusalCode[]) {
        for (const view of [undefined, ...Object.values(STAGES).map((story) => viewOf(story))])
          expectSentence(refusalNote(REFUSALS[code], view, speech), code);
      }
    });

    it(`says how to mend every field in ${speech.language}`, () => {
      for (const problem of Object.keys(FIELD_PROBLEMS) as (keyof typeof FIELD_PROBLEMS)[]) {
        const field = FIELD_PROBLEMS[problem];
        const said = fieldProblem({ field, problem }, speech);
        expectSentence(said, problem);
        expect(said)
          .to.include(fieldLabel(field, speech))
          .and.match(/for example|such as|like|instead of pasting|например|вида|[öÖ]rneğin|biçiminde/);
      }
      for (const problem of Object.keys(FORM_PROBLEMS) as (keyof typeof FORM_PROBLEMS)[])
        expectSentence(formProblem(problem, FORM_PROBLEMS[problem], speech), problem);
    });
  }

  it('names state, who may act, and what can be done instead (R32)', () => {
    const story = approved();
    expect(refusalNote({ code: 'wrongStage', stage: 'ConsentOpen', changes: [] }, viewOf(story), english)).to.equal(
      'This cannot be done now. Status: Approved, the customer can still deny consent. The customer can deny ' +
        'consent; if the customer does nothing, the association ' +
        'stands. What you can do now: add a comment or withdraw the claim.',
    );
    expect(refusalNote({ code: 'reviewerOnly' }, viewOf(submitted()), english)).to.match(
      /^Only reviewers can do this\. Status: Submitted\. Next: a reviewer starts the review\. What you can do now: /,
    );
  });

  it('says what changed since the card, by whom and when (R57)', () => {
    const bob = { side: 'review', id: arun.id, name: 'Bob' } as const;
    const at = pacific('2021-05-04', '09:30');
    const changes = [
      { kind: 'poe', event: 'PoeAdded', version: 7, by: { side: 'partner', id: anna.id, name: 'Anna' }, at },
      { kind: 'status', event: 'ClaimApproved', version: 8, by: bob, at },
    ] as const;
    expect(changeNote(changes, english)).to.equal(
      'Since you last saw this claim: Proof of execution added by Anna on 4 May 2021 at 09:30 (PDT). ' +
        'Approved by Bob on 4 May 2021 at 09:30 (PDT).',
    );
    expect(changeNote([], english)).to.equal('');
    expect(refusalNote({ code: 'stale', changes }, viewOf(approved()), english))
      .to.include('Approved by Bob')
      .and.include('select the button again');
  });

  it('shows both values of a field that someone else changed (R57)', () => {
    const said = refusalNote(REFUSALS.editConflict, undefined, english);
    expect(said).to.include('Anna wrote “Power BI, Power Apps”').and.include('you wrote “(empty)”');
    expect(said).to.include('Partner contact name: Anna wrote “Kim” on 3 May 2021 at 10:00 (PDT), you wrote “Lee”.');
  });

  it('counts missing fields by the rules of each language', () => {
    const missing = (count: number): string =>
      refusalNote({ code: 'fieldsMissing', fields: FIELD_NAMES.slice(0, count) }, undefined, russian);
    expect(missing(1)).to.match(/^Осталось 1 незаполненное поле: Идентификатор MPN\./);
    expect(missing(3)).to.match(/^Осталось 3 незаполненных поля:/);
    expect(missing(5)).to.match(/^Осталось 5 незаполненных полей:/);
  });

  it('names as many values as the form really takes', () => {
    const ids = Array.from(
      { length: MAX_LISTED + 1 },
      (_, index) => `00000000-0000-4000-8000-${String(index).padStart(12, '0')}`,
    );
    expect(problemsOf({ subscriptionIds: ids }, EMPTY_FIELDS, CATALOGUE, { mpnIds: [], tenantIds: [] })).to.deep.equal([
      { field: 'subscriptionIds', problem: 'tooMany' },
    ]);
    expect(
      problemsOf({ subscriptionIds: ids.slice(1) }, EMPTY_FIELDS, CATALOGUE, { mpnIds: [], tenantIds: [] }),
    ).to.deep.equal([]);
  });
});
