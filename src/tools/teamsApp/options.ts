/** What an app package is ordered with: the options of `npm run package`, read and judged as a whole. */

export interface PackageOrder {
  /** Of the bot's registration in Microsoft Entra: a GUID in small letters, as all ids here. */
  readonly appId: string;
  /** Of the app in Teams; the same as the bot's unless it is given. */
  readonly teamsAppId: string;
  /** The name of the desk's web server, without a scheme or a port. */
  readonly domain: string;
  /** `major.minor.patch`. */
  readonly version: string;
  /** The path of the zip file to write. */
  readonly out: string;
  readonly developerName: string;
  readonly website: string;
  readonly privacy: string;
  readonly terms: string;
  /** Whether teams are asked to let the desk hear the messages of their channels. */
  readonly channelMessages: boolean;
}

export const USAGE = `npm run package -- --app-id <guid> --domain <name> [options]

  --app-id          the application id of the bot's registration (MICROSOFT_APP_ID)
  --domain          the name under which the desk is reached, such as desk.contoso.com
  --version         the version of the package, such as 1.2.0; default: that of the desk
  --out             the zip file to write; default: cpor-claims-desk-<version>.zip in this folder
  --teams-app-id    the id of the app in Teams; default: the application id
  --developer-name  who offers the app, at most 32 letters; default: CPOR claims desk
  --website, --privacy, --terms
                    pages about the app; default: https://<domain>/about, which the desk serves
  --without-rsc     do not ask teams for their channel messages: the desk hears mentions only
  --help            print this`;

const TEXTS = [
  'app-id',
  'domain',
  'version',
  'out',
  'teams-app-id',
  'developer-name',
  'website',
  'privacy',
  'terms',
] as const;
const FLAGS = ['without-rsc', 'help'] as const;
type TextOption = (typeof TEXTS)[number];
type FlagOption = (typeof FLAGS)[number];

interface Given {
  /** Undefined for an option without its value. */
  readonly texts: ReadonlyMap<TextOption, string | undefined>;
  readonly flags: ReadonlySet<FlagOption>;
}

/** The order, or what is wrong with it: sentences that each name an option and the fix. */
export type OrderRead =
  | { readonly order: PackageOrder }
  | { readonly help: true }
  | { readonly problems: readonly string[] };

/** Reads the options after `npm run package --`. Sees every problem at once. */
export function readOrder(args: readonly string[], deskVersion: string): OrderRead {
  const problems: string[] = [];
  const { texts, flags } = given(args, problems);
  if (flags.has('help')) return { help: true };

  /** The value of an option where it is good, what stands for it where it is not given, and `''` beside a problem. */
  const read = (option: TextOption, judge: (text: string) => string | undefined, otherwise?: string): string => {
    const text = texts.get(option) ?? otherwise;
    if (texts.has(option) && texts.get(option) === undefined) return '';
    const problem = text === undefined ? NEEDED[option] : judge(text);
    if (problem !== undefined)
      problems.push(text === undefined ? `--${option} is missing: ${problem}` : `--${option} ${text}: ${problem}`);
    return problem === undefined && text !== undefined ? text : '';
  };

  const appId = read('app-id', guidProblem).toLowerCase();
  const domain = read('domain', domainProblem).toLowerCase();
  const version = read('version', versionProblem, deskVersion);
  const teamsAppId = read('teams-app-id', guidProblem, appId || EXAMPLE_ID).toLowerCase();
  const developerName = read('developer-name', nameProblem, 'CPOR claims desk');
  const about = `https://${domain || 'desk.contoso.com'}/about`;
  const website = read('website', addressProblem, about);
  const privacy = read('privacy', addressProblem, `${about}#privacy`);
  const terms = read('terms', addressProblem, `${about}#terms`);
  const out = read('out', outProblem, `cpor-claims-desk-${version}.zip`);
  if (problems.length > 0) return { problems };
  return {
    order: {
      appId,
      teamsAppId,
      domain,
      version,
      out,
      developerName,
      website,
      privacy,
      terms,
      channelMessages: !flags.has('without-rsc'),
    },
  };
}

const EXAMPLE_ID = '3f0c3c0e-5a4b-4b0e-9a53-6f1d2c7b8e90';

const NEEDED: Partial<Record<TextOption, string>> = {
  'app-id': `give the application id of the bot's registration, such as --app-id ${EXAMPLE_ID}.`,
  domain: 'give the name under which the desk is reached, such as --domain desk.contoso.com.',
};

/** The options as they were typed; what is none of ours, given twice or without its value is a problem. */
function given(args: readonly string[], problems: string[]): Given {
  const texts = new Map<TextOption, string | undefined>();
  const flags = new Set<FlagOption>();
  for (let at = 0; at < args.length; at += 1) {
    const arg = args[at] ?? '';
    const [name = '', ...inline] = arg.split('=');
    const text = TEXTS.find((option) => `--${option}` === name);
    const flag = FLAGS.find((option) => `--${option}` === name);
    const next = args[at + 1];
    const follows =
      name.startsWith('--') && !flag && inline.length === 0 && next !== undefined && !next.startsWith('--');
    if (follows) at += 1;
    const value = (follows ? next : inline.join('=')).trim();
    if (!name.startsWith('--'))
      problems.push(`"${arg}" belongs to no option: write --option value, and put a value with spaces in quotes.`);
    else if (flag && inline.length > 0) problems.push(`${name} takes no value: leave "${value}" out.`);
    else if (flag) flags.add(flag);
    else if (!text)
      problems.push(
        `${name} is not known: the options are ${[...TEXTS, ...FLAGS].map((option) => `--${option}`).join(', ')}.`,
      );
    else if (texts.has(text)) problems.push(`${name} is given twice: give it once.`);
    else {
      texts.set(text, value === '' ? undefined : value);
      if (value === '') problems.push(`${name} has no value: write it after the option, such as ${name} <value>.`);
    }
  }
  return { texts, flags };
}

function guidProblem(text: string): string | undefined {
  if (!/^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i.test(text))
    return `an id has the form ${EXAMPLE_ID}: copy the application (client) id from the bot's registration.`;
  return /^[0-]*$/.test(text)
    ? "this is the empty id: copy the application (client) id from the bot's registration."
    : undefined;
}

const LABEL = /^[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?$/i;

function domainProblem(text: string): string | undefined {
  if (text.includes('://')) return 'leave out the scheme, and give only the name, such as desk.contoso.com.';
  if (/[/?#@\\]/.test(text)) return 'leave out everything but the name, such as desk.contoso.com.';
  if (/^(?:\d+\.){3}\d+$|\[|:.*:/.test(text))
    return 'an IP address is no domain: give the name under which the desk is reached.';
  if (text.includes(':')) return 'leave out the port: Teams reaches the desk on 443.';
  if (text.includes('*')) return 'give the one name of the desk, without a wildcard.';
  if (text.includes('_')) return 'a host name has no underscore: give the name under which the desk is reached.';
  if (/[^\p{ASCII}]/u.test(text)) return 'write a name with other letters than a to z in its xn-- form.';
  if (/^(?:.+\.)?localhost$/i.test(text)) return 'Teams cannot reach localhost: give the public name of the desk.';
  const labels = text.split('.');
  if (
    text.length > 253 ||
    labels.length < 2 ||
    !labels.every((label) => LABEL.test(label)) ||
    /^\d+$/.test(labels.at(-1) ?? '')
  )
    return 'this is no full host name: give one such as desk.contoso.com.';
  return undefined;
}

function versionProblem(text: string): string | undefined {
  return /^(?:0|[1-9]\d{0,8})(?:\.(?:0|[1-9]\d{0,8})){2}$/.test(text)
    ? undefined
    : 'Teams takes three whole numbers with dots, such as 1.2.0, and nothing after them.';
}

const LONGEST_NAME = 32;

function nameProblem(text: string): string | undefined {
  if (text.length > LONGEST_NAME)
    return `this has ${text.length} letters, and Teams shows ${LONGEST_NAME}: give a shorter name.`;
  return /\p{C}/u.test(text) ? 'this has characters that nobody sees: leave them out.' : undefined;
}

const LONGEST_ADDRESS = 2048;

function addressProblem(text: string): string | undefined {
  const address = URL.canParse(text) ? new URL(text) : undefined;
  if (
    address?.protocol !== 'https:' ||
    !/^https:\/\/[^/]/i.test(text) ||
    address.username !== '' ||
    address.password !== ''
  )
    return 'give a whole address that begins with https://, such as https://www.contoso.com/claims.';
  return text.length > LONGEST_ADDRESS
    ? `an address has at most ${LONGEST_ADDRESS} letters: give a shorter one.`
    : undefined;
}

function outProblem(text: string): string | undefined {
  return /[^/\\]\.zip$/i.test(text) ? undefined : 'Teams takes zip files only: give a path that ends in .zip.';
}
