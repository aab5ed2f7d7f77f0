import { expect } from 'chai';
import type { Json } from './observations.ts';
import { PLANTED } from './observations.ts';
import { createSchemasChecker } from './schemas.ts';

function verdict(before: Json | undefined, after: Json, by = 'desk1#1'): readonly string[] | undefined {
  return createSchemasChecker().wrote?.({
    at: 0,
    by,
    off: 0,
    kind: 'claim',
    id: 'CPOR-7F3K9Q',
    before,
    after,
    keys: [],
    readAt: 0,
  });
}

describe('The checker of schemas', () => {
  it('says nothing of documents of this version, new or written over, with their schema or from before there were any', () => {
    expect(verdict(undefined, { schema: 1 })).to.deep.equal([]);
    expect(verdict({ schema: 1 }, { schema: 1 })).to.deep.equal([]);
    expect(verdict({}, { schema: 1 })).to.deep.equal([]);
  });

  it('finds a document of a newer version that is written over, whatever is made of its schema', () => {
    expect(verdict({ schema: 99 }, { schema: 99 })).to.have.length(1);
    expect(verdict({ schema: 99 }, { schema: 1 })).to.have.length(1);
  });

  it("finds a document written with a schema that is not this version's", () => {
    expect(verdict({ schema: 1 }, { schema: 4 })).to.have.length(1);
  });

  it('lets the simulation itself put it there', () => {
    expect(verdict({ schema: 1 }, { schema: 99 }, PLANTED)).to.deep.equal([]);
  });
});
