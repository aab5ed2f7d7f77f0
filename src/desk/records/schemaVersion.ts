/**
 * Documents of another version of the desk. While a new version takes the place of an old one both write the same
 * documents: each carries its schema, and what is of a newer one is left alone. A field that is not known stays where
 * it is, so a version may add some; one that adds an event, a policy, or a key to find by, or changes what something
 * means, writes a new schema or what the old version cannot take for its own.
 */
import { DeskError } from '../../domain/deskError.ts';
import { UnknownEventError } from '../../domain/claims/evolve.ts';
import { UnknownPolicyError } from '../../domain/claims/policy.ts';

/**
 * What this version writes of each kind of document; every kind there is. It reads every schema up to its own. A
 * document without a schema was written before there were any, as 1. What a kind can hold of a person is said in
 * `src/desk/life/personalData.ts`, which the compiler asks for.
 */
const SCHEMAS = {
  // 2: entries in committed form, and an authenticated head. 3: files that wait for their virus scan count as no proof.
  claim: 3,
  // 2: a journal. 3: an authenticated head.
  person: 3,
  organisation: 3,
  channel: 3,
  journalPage: 1,
  sideChange: 1,
  announcement: 1,
  reading: 1,
  fileIntent: 1,
  uploadSlots: 1,
  waitingFiles: 1,
  quarantine: 1,
  endedFile: 1,
  usedLink: 1,
  pair: 1,
  legalHold: 1,
  operatorAct: 1,
  standstill: 1,
  heard: 1,
  migration: 1,
  sealed: 1,
} as const satisfies Readonly<Record<string, number>>;

/** A kind of document that the desk stores. */
export type DocumentKind = keyof typeof SCHEMAS;
/** All of them. */
export const DOCUMENT_KINDS = Object.keys(SCHEMAS) as readonly DocumentKind[];

/** The schema that this version writes a kind of document with. */
export function schemaOf(kind: DocumentKind): number {
  return SCHEMAS[kind];
}

/** A document of a schema that this version does not know; it is left alone. */
export class UnknownSchemaError extends DeskError<'document.unknownSchema'> {
  constructor(message: string, options?: ErrorOptions) {
    super('document.unknownSchema', message, options);
  }
}

/**
 * Whether something was not done because a newer version of the desk wrote what it is about. That version can do it.
 */
export function isOfNewerVersion(error: unknown): boolean {
  return (
    error instanceof UnknownSchemaError || error instanceof UnknownEventError || error instanceof UnknownPolicyError
  );
}

/** Whether this version may read a body of this kind and write over it. */
export function isKnownSchema(kind: DocumentKind, body: object): boolean {
  if (!('schema' in body)) return true;
  const { schema } = body;
  return typeof schema === 'number' && Number.isInteger(schema) && schema >= 1 && schema <= schemaOf(kind);
}

/** The body, if it is of a schema that this version knows. Throws UnknownSchemaError otherwise. */
export function requireKnownSchema<Body extends object>(kind: DocumentKind, id: string, body: Body): Body {
  if (isKnownSchema(kind, body)) return body;
  throw new UnknownSchemaError(
    `${kind} ${id} was written by a newer version of the desk (schema ${String('schema' in body && body.schema)}, ` +
      `this one knows ${schemaOf(kind)}); run that version`,
  );
}
