import { linkSync, mkdirSync, mkdtempSync, realpathSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { expect } from 'chai';
import { readConfig } from '../../src/config/config.ts';
import { ConfigError } from '../../src/config/environment.ts';
import { openStorage } from '../../src/app/storage.ts';
import { startDesk } from '../../src/app/startDesk.ts';
import { requireAnchorsOutside } from '../../src/runtime/anchorsPlace.ts';

describe('The place of the anchors on one machine (R55)', () => {
  let folder: string;
  let data: string;
  const at = (...names: readonly string[]): string => join(folder, ...names);
  beforeEach(() => {
    folder = realpathSync(mkdtempSync(join(tmpdir(), 'anchors-place-')));
    data = at('data');
    for (const name of ['data/files', 'outside/deep', 'data-of-another', 'big'])
      mkdirSync(at(name), { recursive: true });
    writeFileSync(at('data', 'desk.sqlite'), '');
    writeFileSync(at('outside', 'there.jsonl'), '');
  });
  afterEach(() => rmSync(folder, { recursive: true }));

  const problem = (file: string, dataDir = data): string => {
    try {
      requireAnchorsOutside(file, dataDir);
      return 'none';
    } catch (error) {
      if (!(error instanceof ConfigError)) throw error;
      expect(error.problems.map(({ variable }) => variable)).to.deep.equal(['ANCHORS_FILE']);
      expect(error.message).to.match(/^ANCHORS_FILE is ".*\. (?:Name|Make) .*\.$/);
      return error.problems[0]?.kind ?? '';
    }
  };

  const INSIDE: Readonly<Record<string, () => string>> = {
    'a file in it': () => join(data, 'anchors.jsonl'),
    'a file in a folder of it': () => join(data, 'files', 'anchors.jsonl'),
    'a relative path': () => relative(process.cwd(), join(data, 'anchors.jsonl')),
    'a way out and in again': () => `${data}/../outside/../data/anchors.jsonl`,
    'a link to a file in it': () => {
      symlinkSync(join(data, 'desk.sqlite'), at('outside', 'link'));
      return at('outside', 'link');
    },
    'a link to a file that is not there yet': () => {
      symlinkSync(join(data, 'new.jsonl'), at('outside', 'link'));
      return at('outside', 'link');
    },
    'a link that is relative': () => {
      symlinkSync('../../data/new.jsonl', at('outside', 'deep', 'link'));
      return at('outside', 'deep', 'link');
    },
    'a link to a link': () => {
      symlinkSync(join(data, 'new.jsonl'), at('outside', 'one'));
      symlinkSync('one', at('outside', 'two'));
      return at('outside', 'two');
    },
    'a folder that is a link to it': () => {
      symlinkSync(data, at('outside', 'folder'));
      return at('outside', 'folder', 'anchors.jsonl');
    },
    'a folder that is a link into it': () => {
      symlinkSync(join(data, 'files'), at('outside', 'folder'));
      return at('outside', 'folder', 'anchors.jsonl');
    },
    // By its letters this is outside/anchors.jsonl; the system goes up from where the link leads.
    'a step up behind a link': () => {
      symlinkSync(join(data, 'files'), at('outside', 'folder'));
      return `${at('outside')}/folder/../anchors.jsonl`;
    },
    'the place of its files, which are elsewhere by a link': () => {
      rmSync(join(data, 'files'), { recursive: true });
      symlinkSync(at('big'), join(data, 'files'));
      return at('big', 'anchors.jsonl');
    },
  };
  for (const [what, make] of Object.entries(INSIDE))
    it(`is refused inside the data folder: ${what}`, () => {
      expect(problem(make())).to.equal('not-outside');
    });

  it('is refused where the data folder itself is given by a link', () => {
    symlinkSync(data, at('link-to-data'));
    expect(problem(join(data, 'anchors.jsonl'), at('link-to-data'))).to.equal('not-outside');
    expect(problem(at('link-to-data', 'anchors.jsonl'))).to.equal('not-outside');
  });

  const OUTSIDE: Readonly<Record<string, () => string>> = {
    'a file that is there': () => at('outside', 'there.jsonl'),
    'a file that is not there yet': () => at('outside', 'deep', 'new.jsonl'),
    'beside it': () => at('anchors.jsonl'),
    'a folder whose name begins as its own': () => at('data-of-another', 'anchors.jsonl'),
    'a name that begins with two dots': () => at('outside', '..anchors'),
    'a link from one place outside to another': () => {
      symlinkSync(at('big', 'anchors.jsonl'), at('outside', 'link'));
      return at('outside', 'link');
    },
    'a file of which a backup has another name': () => {
      linkSync(at('outside', 'there.jsonl'), at('big', 'copy.jsonl'));
      return at('outside', 'there.jsonl');
    },
  };
  for (const [what, make] of Object.entries(OUTSIDE))
    it(`is taken outside: ${what}`, () => {
      expect(problem(make())).to.equal('none');
    });

  it('is refused where nothing would be anchored: no folder, no file, links in a circle', () => {
    expect(problem(at('missing', 'anchors.jsonl'))).to.equal('not-a-folder');
    expect(problem(at('outside', 'there.jsonl', 'anchors.jsonl'))).to.equal('not-a-folder');
    expect(problem(at('outside', 'deep'))).to.equal('not-a-name');
    expect(problem('/dev/null')).to.equal('not-a-name');
    symlinkSync('two', at('outside', 'one'));
    symlinkSync('one', at('outside', 'two'));
    expect(problem(at('outside', 'one'))).to.equal('not-a-name');
  });

  it('is looked at when the desk starts and when a command opens it, and nothing is opened', async () => {
    symlinkSync(data, at('outside', 'folder'));
    const config = readConfig({
      DATA_DIR: at('data-of-another'),
      ANCHORS_FILE: at('outside', 'folder', 'anchors.jsonl'),
      LOG_LEVEL: 'silent',
    });
    const inside = { ...config, dataDir: data };
    for (const open of [() => openStorage(inside), () => startDesk(inside)]) {
      const error = await open().catch((fault: unknown) => fault);
      expect(error).to.be.instanceOf(ConfigError).with.property('message').that.includes('inside DATA_DIR');
    }
  });
});
