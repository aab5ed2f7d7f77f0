import { expect } from 'chai';
import type { Finding } from './report.ts';
import { comparison, ofSimulator } from './report.ts';

const caught = { isCaught: true, how: 'seed 1', seconds: 1 };
const passed = { isCaught: false, how: 'passed', seconds: 1 };
const bug = (name: string, verdicts: Omit<Finding, 'mutant'>): Finding => ({
  mutant: { name, what: '', rule: '', file: '', find: '', put: '', tests: [] },
  ...verdicts,
});

describe('What came of the hunt for planted bugs', () => {
  const findings = [
    bug('seen', { tests: caught, simulator: caught }),
    bug('untold', { tests: caught, simulator: passed }),
    bug('rare', { tests: passed, simulator: caught }),
    bug('far', { tests: caught, simulator: { ...passed, isOutOfReach: true } }),
    bug('gone', { tests: passed, simulator: passed }),
  ];

  it('names what each net saw, and what neither did', () => {
    expect(comparison(findings)).to.equal(
      'by both: 1: seen\nby the tests alone: 2: untold, far\nby the simulator alone: 1: rare\nby neither: 1: gone',
    );
  });

  it('names what escaped the simulator apart from what it does not run, whatever the tests saw', () => {
    expect(ofSimulator(findings)).to.equal('escaped the simulator: 2: untold, gone\nnot run by the simulator: 1: far');
  });

  it('names nothing that the simulator was not asked', () => {
    expect(ofSimulator([bug('left', { tests: caught })])).to.equal(
      'escaped the simulator: 0\nnot run by the simulator: 0',
    );
  });
});
