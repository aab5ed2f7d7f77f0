/** Every sentence that src logs: fixed, said in one place, and in the form that operators search for. */
import { readdirSync, readFileSync } from 'node:fs';
import { expect } from 'chai';
import ts from 'typescript';

const SRC = new URL('../../src/', import.meta.url);
const DEPLOY = new URL('../../deploy/', import.meta.url);
/** Hands on the sentences of others. */
const THROTTLE = 'runtime/logThrottle.ts';
const LEVELS: readonly string[] = ['info', 'warn', 'error'];
const STILTED =
  /\b(somebody|anybody|nobody|whoever|whatever|so many|in hand|comes? again|turned away|be had|be it|let in|lies|stands)\b/i;

interface Sentence {
  /** The file and line of the call. */
  readonly place: string;
  readonly file: string;
  /** Undefined where the call names no fixed sentence. */
  readonly text: string | undefined;
}

/** All sentences of a file: of each call of `log.info`, `log.warn` and `log.error` those that it may say. */
function sentencesIn(file: string, code: string): readonly Sentence[] {
  const source = ts.createSourceFile(file, code, ts.ScriptTarget.Latest, true);
  const all = nodesOf(source);
  return all.filter(isLogCall).flatMap((call) => {
    const place = `${file}:${source.getLineAndCharacterOfPosition(call.getStart()).line + 1}`;
    return textsOf(call.arguments[1], all).map((text) => ({ place, file, text }));
  });
}

function nodesOf(root: ts.Node): readonly ts.Node[] {
  const nodes: ts.Node[] = [];
  const visit = (node: ts.Node): void => {
    nodes.push(node);
    ts.forEachChild(node, visit);
  };
  visit(root);
  return nodes;
}

function isLogCall(node: ts.Node): node is ts.CallExpression {
  return (
    ts.isCallExpression(node) &&
    ts.isPropertyAccessExpression(node.expression) &&
    LEVELS.includes(node.expression.name.text) &&
    /\blog$/i.test(node.expression.expression.getText())
  );
}

/**
 * The texts of an expression: of a literal, of either branch, of a table of literals, or of what callers give for a
 * parameter.
 */
function textsOf(node: ts.Expression | undefined, all: readonly ts.Node[]): readonly (string | undefined)[] {
  if (node && ts.isStringLiteralLike(node)) return [node.text];
  if (node && ts.isConditionalExpression(node))
    return [...textsOf(node.whenTrue, all), ...textsOf(node.whenFalse, all)];
  if (node && ts.isElementAccessExpression(node)) return textsOfTable(node.expression.getText(), all);
  if (node && ts.isIdentifier(node)) return textsOfParameter(node, all);
  return [undefined];
}

function textsOfTable(name: string, all: readonly ts.Node[]): readonly (string | undefined)[] {
  const table = all.filter(ts.isVariableDeclaration).find((one) => one.name.getText() === name)?.initializer;
  if (!table || !ts.isObjectLiteralExpression(table)) return [undefined];
  return table.properties.flatMap((one) =>
    ts.isPropertyAssignment(one) ? textsOf(one.initializer, all) : [undefined],
  );
}

function textsOfParameter(node: ts.Identifier, all: readonly ts.Node[]): readonly (string | undefined)[] {
  const told = ts.findAncestor(node, ts.isFunctionDeclaration);
  const index = told?.parameters.findIndex((one) => one.name.getText() === node.text) ?? -1;
  if (index < 0) return [undefined];
  return all
    .filter(ts.isCallExpression)
    .filter((call) => call.expression.getText() === told?.name?.text)
    .flatMap((call) => textsOf(call.arguments[index], all));
}

const SENTENCES = readdirSync(SRC, { recursive: true, encoding: 'utf8' })
  .filter((file) => file.endsWith('.ts') && file !== THROTTLE)
  .flatMap((file) => sentencesIn(file, readFileSync(new URL(file, SRC), 'utf8')));

/** What is wrong with a sentence; empty where it is good. */
function faultsOf(text: string | undefined): readonly string[] {
  if (text === undefined) return ['is no fixed sentence'];
  return [
    ...(/^[A-Z]/.test(text) ? [] : ['does not begin with a capital letter']),
    ...(/^(An?|The) /.test(text) ? ['begins with an article, in place of the verb or the noun'] : []),
    ...(/[.!\s]$/.test(text) ? ['ends with a full stop'] : []),
    ...(text.length > 100 ? ['is longer than 100 characters'] : []),
    ...(STILTED.test(text) ? [`says "${STILTED.exec(text)?.[0] ?? ''}"`] : []),
  ];
}

/** What the pages for operators quote of the log. */
function quotedIn(page: string): readonly string[] {
  return [...page.matchAll(/\blog\b[^.|*]{0,60}\*([^*]+)\*|\*([^*]+)\* in its log\b/g)].map(
    ([, after, before]) => after ?? before ?? '',
  );
}

describe('The sentences of the log', () => {
  it('are found, wherever they are kept', () => {
    expect(SENTENCES.length).to.be.greaterThan(35);
    const found = (code: string) => sentencesIn('x.ts', code).map(({ text }) => text);
    expect(found("doors.log.info({}, 'Done')")).to.deep.equal(['Done']);
    expect(found("log.info({}, late ? 'Late' : 'Early')")).to.deep.equal(['Late', 'Early']);
    expect(found("const WHY = { a: 'One', b: 'Two' }; this.#log.warn({}, WHY[reason]);")).to.deep.equal(['One', 'Two']);
    expect(found("function fail(text: string) { log.error({}, text); } fail('Failed'); fail('Broken');")).to.deep.equal(
      ['Failed', 'Broken'],
    );
    expect(found('log.warn({}, `About ${claim}`); log.warn({}); log.warn({}, text);')).to.deep.equal([
      undefined,
      undefined,
      undefined,
    ]);
  });

  it('are refused where they are written otherwise', () => {
    for (const text of [undefined, 'done', 'A claim waits', 'Done.', 'Left for whoever comes', `X${'x'.repeat(100)}`])
      expect(faultsOf(text), text).to.have.length(1);
    expect(faultsOf('Could not delete a file; will retry')).to.be.empty;
  });

  it('are fixed, begin with the verb or the noun, have no full stop, and say it plainly', () => {
    const faults = SENTENCES.flatMap(({ place, text }) =>
      faultsOf(text).map((fault) => `${place}: "${text ?? ''}" ${fault}`),
    );
    expect(faults).to.deep.equal([]);
  });

  it('are said in one file each, so that a sentence tells where it comes from', () => {
    const files = Map.groupBy(SENTENCES, ({ text }) => text);
    const shared = [...files].filter(([, places]) => new Set(places.map(({ file }) => file)).size > 1);
    expect(shared.map(([text]) => text)).to.deep.equal([]);
  });

  it('are those that the pages for operators quote', () => {
    const pages = readdirSync(DEPLOY).filter((name) => name.endsWith('.md'));
    const quoted = pages.flatMap((name) => quotedIn(readFileSync(new URL(name, DEPLOY), 'utf8')));
    expect(quoted).to.include('Could not get a token for sending').and.to.include('Could not delete a rejected file');
    const unknown = quoted.filter((quote) => !SENTENCES.some(({ text }) => text?.startsWith(quote)));
    expect(unknown).to.deep.equal([]);
  });
});
