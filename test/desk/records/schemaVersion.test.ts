import { expect } from 'chai';
import {
  DOCUMENT_KINDS,
  isKnownSchema,
  requireKnownSchema,
  schemaOf,
  UnknownSchemaError,
} from '../../../src/desk/records/schemaVersion.ts';

describe('The schema of a document', () => {
  const kind = 'claim';
  const own = schemaOf(kind);

  it('is a number for each kind', () => {
    for (const one of DOCUMENT_KINDS) expect(schemaOf(one), one).to.be.at.least(1);
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
