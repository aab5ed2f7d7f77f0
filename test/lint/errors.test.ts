/**
 * Every class of error in src: one base, one code each or a union of codes, the cause kept, and nothing of a person in
 * the log.
 */
import { readdirSync, readFileSync } from 'node:fs';
import { expect } from 'chai';
import ts from 'typescript';
import { DirectoryError } from '../../src/desk/directory/importDirectory.ts';
import { NoFreeIdError } from '../../src/desk/commands/createClaim.ts';
import { ContentionError } from '../../src/desk/commands/handle.ts';
import { LeaseLostError } from '../../src/desk/outbox/lease.ts';
import { ExpiredIntentError } from '../../src/desk/proof/fileIntents.ts';
import { FileTooLargeError } from '../../src/desk/proof/limitBytes.ts';
import { StalledError } from '../../src/desk/proof/pace.ts';
import { NotFetchedError } from '../../src/teams/files/attachments.ts';
import { PairError } from '../../src/desk/proof/pair.ts';
import { UnknownSchemaError } from '../../src/desk/records/schemaVersion.ts';
import { BackupError } from '../../src/app/backUp.ts';
import { CalendarError } from '../../src/domain/calendar/calendarError.ts';
import { UnknownEventError } from '../../src/domain/claims/evolve.ts';
import { UnknownPolicyError } from '../../src/domain/claims/policy.ts';
import { StandstillError } from '../../src/desk/life/standstill.ts';
import { DeskError } from '../../src/domain/deskError.ts';
import { ConfigError } from '../../src/config/environment.ts';
import { FilesError } from '../../src/files/filesError.ts';
import { UnknownSubjectError } from '../../src/cli/unknownSubjectError.ts';
import { ExportFolderError } from '../../src/cli/exportFolderError.ts';
import { NotScrubbedError } from '../../src/cli/notScrubbedError.ts';
import { NoTerminalError } from '../../src/cli/noTerminalError.ts';
import { PlaygroundError } from '../../src/playground/playgroundError.ts';
import { IdentityError } from '../../src/runtime/azureIdentity.ts';
import { loggedError } from '../../src/runtime/redact.ts';
import type { ClaimId } from '../../src/domain/claims/values.ts';
import { RightsBrokenError } from '../../src/desk/directory/rightsCheck.ts';
import { HistoryBrokenError } from '../../src/desk/records/historyCheck.ts';
import { SignerError } from '../../src/runtime/signer.ts';
import { HistoryKeyError, LinkKeyError } from '../../src/runtime/signingKey.ts';
import { ClockError } from '../../src/stores/cosmos/clockCheck.ts';
import { StoreError } from '../../src/stores/storeError.ts';
import { AuthError } from '../../src/teams/auth/authError.ts';
import { NoSigningKeysError } from '../../src/teams/auth/channelToken.ts';
import { CardError } from '../../src/teams/cards/templates.ts';
import { AddressError } from '../../src/teams/files/ssrfGuard.ts';

const SRC = new URL('../../src/', import.meta.url);
const PERSONAL = 'anna.ivanova@fabrikam.example';
const TOKEN = `eyJ${'hbGciOiJSUzI1NiJ9'}.eyJhdWQiOiJkZXNrIn0.c2lnbmF0dXJl`;
const MESSAGE = `could not read what ${PERSONAL} sent with Bearer ${TOKEN}`;

interface Declared {
  readonly name: string;
  readonly base: string;
  readonly codes: readonly string[];
}

/** The classes of a file that extend something with `Error` in its name, and the codes that their types allow. */
function errorsIn(file: string): readonly Declared[] {
  const source = ts.createSourceFile(file, readFileSync(new URL(file, SRC), 'utf8'), ts.ScriptTarget.Latest, true);
  const aliases = new Map<string, ts.TypeNode>();
  const found: Declared[] = [];
  const visit = (node: ts.Node): void => {
    if (ts.isTypeAliasDeclaration(node)) aliases.set(node.name.text, node.type);
    if (ts.isClassLike(node)) {
      const [base] = node.heritageClauses?.find(({ token }) => token === ts.SyntaxKind.ExtendsKeyword)?.types ?? [];
      if (base?.expression.getText().includes('Error'))
        found.push({
          name: node.name?.text ?? '(no name)',
          base: base.expression.getText(),
          codes: codesOf(base.typeArguments?.[0], aliases),
        });
    }
    ts.forEachChild(node, visit);
  };
  visit(source);
  return found;
}

function codesOf(type: ts.TypeNode | undefined, aliases: ReadonlyMap<string, ts.TypeNode>): readonly string[] {
  if (type === undefined) return [];
  if (ts.isUnionTypeNode(type)) return type.types.flatMap((one) => codesOf(one, aliases));
  if (ts.isTypeReferenceNode(type)) return codesOf(aliases.get(type.typeName.getText()), aliases);
  return ts.isLiteralTypeNode(type) && ts.isStringLiteral(type.literal) ? [type.literal.text] : [];
}

const DECLARED = readdirSync(SRC, { recursive: true, encoding: 'utf8' })
  .filter((file) => file.endsWith('.ts'))
  .sort()
  .flatMap(errorsIn);

type Make = (options: ErrorOptions) => DeskError;

/** An error of each class, with a message that holds what no log may show wherever the class takes a message. */
const MADE: Readonly<Record<string, Make>> = {
  AddressError: (options) => new AddressError('address.notPublic', MESSAGE, options),
  AuthError: (options) => new AuthError('auth.badKeys', MESSAGE, options),
  BackupError: (options) => new BackupError('backup.failed', MESSAGE, options),
  CalendarError: (options) => new CalendarError('calendar.badDate', MESSAGE, options),
  CardError: (options) => new CardError('card.missingValue', MESSAGE, options),
  ConfigError: (options) => new ConfigError([{ variable: 'PORT', kind: 'not-a-number', sentence: MESSAGE }], options),
  ContentionError: (options) => new ContentionError(MESSAGE, options),
  DirectoryError: (options) => new DirectoryError('directory.invalid', MESSAGE, options),
  ExportFolderError: (options) => new ExportFolderError(MESSAGE, options),
  FilesError: (options) => new FilesError('files.missing', MESSAGE, options),
  SignerError: (options) => new SignerError('signer.noKeyYet', MESSAGE, options),
  HistoryKeyError: (options) => new HistoryKeyError(MESSAGE, options),
  IdentityError: ({ cause }) => new IdentityError('identity.noToken', cause),
  LeaseLostError: (options) => new LeaseLostError(MESSAGE, options),
  LinkKeyError: (options) => new LinkKeyError(MESSAGE, options),
  NoFreeIdError: (options) => new NoFreeIdError(MESSAGE, options),
  NoTerminalError: (options) => new NoTerminalError(options),
  NotScrubbedError: (options) => new NotScrubbedError('3 removed', 'retention --remove', options),
  PlaygroundError: (options) => new PlaygroundError('playground.badClock', MESSAGE, options),
  StandstillError: (options) => new StandstillError(options),
  StoreError: (options) => new StoreError('store.failed', MESSAGE, options),
  UnknownEventError: (options) => new UnknownEventError(MESSAGE, options),
  UnknownPolicyError: (options) => new UnknownPolicyError(MESSAGE, options),
  UnknownSubjectError: (options) => new UnknownSubjectError(MESSAGE, options),
  UnknownSchemaError: (options) => new UnknownSchemaError(MESSAGE, options),
};
/** These are thrown by a check of the desk's own, and wrap nothing. */
const MADE_WITHOUT_CAUSE: Readonly<Record<string, () => DeskError>> = {
  ClockError: () => new ClockError(60_000),
  ExpiredIntentError: () => new ExpiredIntentError('poe/CPOR-7F3K9Q/01J'),
  FileTooLargeError: () => new FileTooLargeError(1),
  HistoryBrokenError: () => new HistoryBrokenError('CPOR-7F3K9Q' as ClaimId, { problem: 'entry', version: 3 }),
  NoSigningKeysError: () => new NoSigningKeysError(),
  NotFetchedError: () => new NotFetchedError(),
  PairError: () => new PairError(),
  StalledError: () => new StalledError(),
  RightsBrokenError: () => new RightsBrokenError('person', 'tenant/user', { problem: 'head' }),
};

describe('The errors of src', () => {
  it('extend DeskError, which alone extends Error', () => {
    expect(DECLARED.filter(({ base }) => base === 'Error').map(({ name }) => name)).to.deep.equal(['DeskError']);
    expect(DECLARED.filter(({ base }) => base !== 'Error' && base !== 'DeskError')).to.deep.equal([]);
  });

  it('are all made here', () => {
    const names = DECLARED.map(({ name }) => name).filter((name) => name !== 'DeskError');
    expect([...Object.keys(MADE), ...Object.keys(MADE_WITHOUT_CAUSE)].sort()).to.deep.equal(names.sort());
  });

  it('have codes of an area and a problem, each of one class alone', () => {
    const codes = DECLARED.flatMap((one) => one.codes);
    for (const { name, codes: own } of DECLARED) if (name !== 'DeskError') expect(own, name).not.to.be.empty;
    for (const code of codes) expect(code).to.match(/^[a-z][A-Za-z]*\.[a-z][A-Za-z]*$/);
    expect(codes).to.have.length(new Set(codes).size);
  });

  for (const [name, make] of Object.entries({ ...MADE, ...MADE_WITHOUT_CAUSE }))
    it(`${name} has its name and a code that its type allows, and the log shows both and nothing of a person`, () => {
      const cause = Object.assign(new Error(`${PERSONAL} wrote`), { response: { headers: { authorization: TOKEN } } });
      const error = make({ cause });
      expect(error).to.be.instanceOf(DeskError);
      expect(error.name).to.equal(name);
      expect(error.code).to.be.oneOf([...(DECLARED.find((one) => one.name === name)?.codes ?? [])]);
      if (name in MADE) expect(error.cause).to.equal(cause);
      const logged = loggedError(error);
      expect(logged).to.include({ type: name, code: error.code });
      expect(logged.message).to.be.a('string').that.is.not.empty;
      expect(JSON.stringify(logged)).not.to.match(/anna|fabrikam|eyJ|c2lnbmF0dXJl/);
    });
});
