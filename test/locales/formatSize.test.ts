import { expect } from 'chai';
import { formatSize } from '../../src/locales/formatSize.ts';

describe('Sizes as people read them', () => {
  it('count in steps of 1024', () => {
    expect(formatSize(900, 'en')).to.equal('900 bytes');
    expect(formatSize(831_488, 'en')).to.equal('812 kB');
    expect(formatSize(1024 * 1024 * 2.5, 'tr')).to.match(/^2,5\sMB$/);
    expect(formatSize(1024 * 1024 * 25, 'ru')).to.match(/^25\sМБ$/);
  });
});
