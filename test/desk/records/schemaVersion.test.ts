import { expect } from 'chai';
import {
  isKnownSchema,
  requireKnownSchema,
  schemaOf,
  UnknownSchemaError,
} from '../../../src/desk/records/schemaVersion.ts';

describe('The schema of a document', () => {
  const kind = 'claim';
  const own = schemaOf(kind);

  it('is a number for each kind, 1 where none is stated', () => {
    expect(schemaOf('a kind that is not named')).to.equal(1);
    expect(own).to.be.at.least(1);
  });

  it('is known up to that which this version writes, and where there is none', () => {
    for (let schema = 1; schema <= own; schema += 1) expect(isKnownSchema(kind, { schema })).to.equal(true);
    expect(isKnownSchema(kind, {})).to.equal(true);
  });

  for (const schema of [own + 1, 0, -1, 1.5, Number.NaN, '1', null, undefined])
    it(`is unknown where it is ${JSON.stringify(schema)}`, () => {
      expect(isKnownSchema(kind, { schema })).to.equal(false);
      expect(() => requireKnownSchema(kind, 'CPOR-1', { schema })).to.throw(UnknownSchemaError, 'claim CPOR-1');
    });
});
