/** Reads the Dockerfile, and says what is wrong with it. */
import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { validate } from 'dockerfile-utils';

export const PROJECT = fileURLToPath(new URL('../../', import.meta.url));

export interface Instruction {
  readonly keyword: string;
  readonly text: string;
}

/** Instructions from one FROM to the next. */
export type Stage = readonly Instruction[];

export interface Copied {
  /** The stage that it is copied from; absent: the project. */
  readonly from?: string;
  readonly sources: readonly string[];
  readonly target: string;
}

/** The stages of a Dockerfile, in order; the last one is the image. */
export function readStages(text: string): readonly Stage[] {
  const lines = text
    .split('\n')
    .filter((line) => !/^\s*(#|$)/.test(line))
    .join('\n')
    .replace(/\\\n\s*/g, '')
    .split('\n');
  const instructions = lines.map((line): Instruction => {
    const [keyword = '', ...words] = line.trim().split(' ');
    return { keyword: keyword.toUpperCase(), text: words.join(' ').trim() };
  });
  const starts = instructions.flatMap(({ keyword }, place) => (keyword === 'FROM' ? [place] : []));
  return starts.map((start, place) => instructions.slice(start, starts[place + 1]));
}

/** What a stage copies, in order. */
export function copiedBy(stage: Stage): readonly Copied[] {
  return textsOf(stage, 'COPY').map((text) => {
    const words = text.split(/\s+/);
    const from = words.find((word) => word.startsWith('--from='))?.slice('--from='.length);
    const paths = words.filter((word) => !word.startsWith('--'));
    return { ...(from !== undefined && { from }), sources: paths.slice(0, -1), target: paths.at(-1) ?? '' };
  });
}

/** The last word of an instruction in a stage, as `["node", "src/main.ts"]`; undefined where it is not in exec form. */
export function commandOf(stage: Stage, keyword: 'CMD' | 'HEALTHCHECK'): readonly string[] | undefined {
  const text = textsOf(stage, keyword).at(-1) ?? '';
  try {
    return JSON.parse(text.slice(text.indexOf('['))) as readonly string[];
  } catch {
    return undefined;
  }
}

/** The variables that a stage sets. */
export function variablesOf(stage: Stage): Readonly<Record<string, string>> {
  return Object.fromEntries(
    textsOf(stage, 'ENV').map((text): [string, string] => [
      text.slice(0, text.indexOf('=')),
      text.slice(text.indexOf('=') + 1),
    ]),
  );
}

function textsOf(stage: Stage, keyword: string): readonly string[] {
  return stage.filter((instruction) => instruction.keyword === keyword).map(({ text }) => text);
}

/** What is wrong with a Dockerfile of this project; nothing where it is sound. */
export function dockerfileFaults(text: string): readonly string[] {
  const grammar = validate(text).map(
    ({ message, range }) => `line ${range.start.line + 1}: ${typeof message === 'string' ? message : message.value}`,
  );
  const stages = readStages(text);
  const image = stages.at(-1) ?? [];
  const user = textsOf(image, 'USER').at(-1);
  const bases = stages.flatMap((stage) => textsOf(stage, 'FROM'));
  const digests = bases.map((base) => /@(sha256:[0-9a-f]{64})(?: |$)/.exec(base)?.[1]);
  const installs = stages
    .flatMap((stage) => textsOf(stage, 'RUN'))
    .filter((command) => /\bnpm (ci|i|install)\b/.test(command));
  const copied = stages
    .flatMap(copiedBy)
    .filter(({ from }) => from === undefined)
    .flatMap(({ sources }) => sources);
  const variables = variablesOf(image);
  const known = readFileSync(`${PROJECT}.env.example`, 'utf8');
  const faults: readonly (readonly [wrong: boolean, fault: string])[] = [
    [stages.length < 2, 'the image carries what it was built with'],
    [!bases.every(isTheTestedNode), 'a base is not the Node that the tests run under'],
    [digests.includes(undefined), 'a base has no digest, so that another image can take its place'],
    [new Set(digests).size > 1, 'packages are installed with another Node than the one that runs them'],
    [/^#\s*syntax=(?!.*@sha256:)/m.test(text), 'the build is read by a program that no digest names'],
    [user === undefined || /^(root|0)(:|$)/.test(user), 'the desk runs as root'],
    [user !== undefined && !/^[0-9]+(:[0-9]+)?$/.test(user), 'no one can see from outside that the user is not root'],
    [
      stages.some((stage) => stage.some(({ keyword }) => keyword === 'ADD')),
      'ADD fetches and unpacks; COPY does neither',
    ],
    [copied.includes('.'), 'everything is copied, whatever is in the folder'],
    [
      installs.length === 0 ||
        installs.some((command) => !command.includes('npm ci') || !command.includes('--omit=dev')),
      'packages for development come along',
    ],
    [
      commandOf(image, 'CMD')?.join(' ') !== 'node src/main.ts',
      'Node is not the first process, so nothing tells the desk to drain',
    ],
    [
      commandOf(image, 'HEALTHCHECK')?.some((word) => word.includes('/healthz')) !== true,
      'no one asks whether the desk is well',
    ],
    [
      variables['HOST'] !== '0.0.0.0' || variables['NODE_ENV'] !== 'production',
      'the desk listens to itself alone, or not as in production',
    ],
  ];
  return [
    ...grammar,
    ...faults.flatMap(([wrong, fault]) => (wrong ? [fault] : [])),
    ...copied
      .filter((source) => !existsSync(`${PROJECT}${source}`))
      .map((source) => `${source} is not there to be copied`),
    ...Object.keys(variables)
      .filter((name) => name !== 'NODE_ENV' && !known.includes(`\n${name}=`))
      .map((name) => `the desk does not read ${name}`),
  ];
}

function isTheTestedNode(base: string): boolean {
  const { devDependencies } = JSON.parse(readFileSync(`${PROJECT}package.json`, 'utf8')) as {
    readonly devDependencies: Readonly<Record<string, string>>;
  };
  return base.startsWith(`node:${devDependencies['node'] ?? ''}-`);
}
