import { expect } from 'chai';
import type { LineLogged } from './observations.ts';
import { createCheckerRun } from './support/checkerRun.ts';
import { createLogsChecker } from './logs.ts';

const ODD = 'CPOR-0P0150';
const LINE: LineLogged = {
  at: 0,
  by: 'desk1#1',
  level: 'error',
  sentence: 'Could not process a due claim; the sweep continues',
  fields: {},
};

function said(line: Partial<LineLogged>): readonly string[] {
  const checkerRun = createCheckerRun([createLogsChecker], () => [], { isUncheckable: (claim) => claim === ODD });
  checkerRun.tell({ what: 'logged', logged: { ...LINE, ...line } });
  return checkerRun.problems;
}

const coded = (code: string): Error => Object.assign(new Error('no'), { code });

describe('The checker of logs', () => {
  it('finds an error that comes from nothing the simulation did', () => {
    expect(said({ fields: { claim: 'CPOR-7F3K9Q', error: new TypeError('no such thing') } }).join()).to.match(
      /CPOR-7F3K9Q.*Could not process a due claim.*TypeError: no such thing/,
    );
    expect(said({}).join()).to.match(/no error with it/);
    expect(said({ fields: { error: new Error('by itself', { cause: new Error('no better') }) } })).to.have.length(1);
  });

  it('passes over an error that the simulation made, however deep it lies', () => {
    expect(said({ fields: { error: new Error('simulated: the store does not answer') } })).to.deep.equal([]);
    expect(
      said({ fields: { error: new Error('not done', { cause: new Error('simulated: Teams answers 500') }) } }),
    ).to.deep.equal([]);
  });

  it('passes over a wrong clock, a newer version and a crowd of writers', () => {
    for (const code of [
      'clock.skewed',
      'document.unknownSchema',
      'claim.unknownEvent',
      'claim.unknownPolicy',
      'claim.contention',
    ])
      expect(said({ fields: { error: coded(code) } }), code).to.deep.equal([]);
    expect(said({ fields: { error: coded('outbox.leaseLost') } })).to.have.length(1);
  });

  it('passes over a claim that no one can read', () => {
    expect(said({ fields: { claim: ODD, error: new Error('a claim has at least one entry') } })).to.deep.equal([]);
  });

  it('asks nothing of remarks and warnings', () => {
    expect(said({ level: 'warn' })).to.deep.equal([]);
    expect(said({ level: 'info' })).to.deep.equal([]);
  });
});
