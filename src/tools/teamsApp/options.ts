/** The options of `npm run package`, and the values that a package is made from. */
import { isGuid } from '../../domain/claims/fields.ts';
import type { Options, Program, Values } from '../commandLine.ts';

/** The values that fill the template of the manifest. */
export interface PackageOrder {
  /** Of the bot's registration in Microsoft Entra: a GUID in lower case, as all ids here. */
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
  /** Whether the app asks teams for the permission to read the messages of their channels. */
  readonly channelMessages: boolean;
}

const MAX_NAME = 32;
const PAGE = { kind: 'text', of: 'address', check: addressProblem } as const;
const EXAMPLE_ID = '3f0c3c0e-5a4b-4b0e-9a53-6f1d2c7b8e90';

/** The options of `npm run package`; the package has the version of the desk unless another is given. */
function optionsFor(deskVersion: string) {
  return {
    'app-id': {
      kind: 'text',
      of: 'guid',
      check: guidProblem,
      required: `give the application id of the bot's registration, such as --app-id ${EXAMPLE_ID}.`,
      help: "the application id of the bot's registration (MICROSOFT_APP_ID)",
    },
    domain: {
      kind: 'text',
      of: 'name',
      check: domainProblem,
      required: 'give the name under which the desk is reached, such as --domain desk.contoso.com.',
      help: 'the name under which the desk is reached, such as desk.contoso.com',
    },
    version: {
      kind: 'text',
      of: 'version',
      check: versionProblem,
      default: deskVersion,
      help: 'the version of the package, such as 1.2.0',
    },
    out: {
      kind: 'text',
      of: 'file',
      check: outProblem,
      help: 'the zip file to write; cpor-claims-desk-<version>.zip in this folder where it is not given',
    },
    'teams-app-id': {
      kind: 'text',
      of: 'guid',
      check: guidProblem,
      help: 'the id of the app in Teams; the application id where it is not given',
    },
    'developer-name': {
      kind: 'text',
      of: 'name',
      check: nameProblem,
      default: 'CPOR claims desk',
      help: `who offers the app, at most ${MAX_NAME} letters`,
    },
    website: {
      ...PAGE,
      help: 'a page about the app; https://<domain>/about, which the desk serves, where it is not given',
    },
    privacy: { ...PAGE, help: 'its privacy statement; #privacy of that page where it is not given' },
    terms: { ...PAGE, help: 'its terms of use; #terms of that page where it is not given' },
    'without-rsc': { kind: 'flag', help: 'do not ask teams for their channel messages: the desk hears mentions only' },
  } as const satisfies Options;
}

type PackageOptions = ReturnType<typeof optionsFor>;

/** The declaration of `npm run package`. */
export function packageProgram(deskVersion: string): Program<PackageOptions> {
  return {
    name: 'package',
    about: 'Makes the app package that an administrator uploads to Teams. Writes the whole zip or nothing.',
    fails: 'a file of the folder manifest is wrong or the zip cannot be written',
    options: optionsFor(deskVersion),
  };
}

/** The values of a package, with defaults derived from the domain and the version. */
export function orderOf(values: Values<PackageOptions>): PackageOrder {
  const appId = values['app-id'].toLowerCase();
  const domain = values.domain.toLowerCase();
  const about = `https://${domain}/about`;
  return {
    appId,
    teamsAppId: (values['teams-app-id'] ?? appId).toLowerCase(),
    domain,
    version: values.version,
    out: values.out ?? `cpor-claims-desk-${values.version}.zip`,
    developerName: values['developer-name'],
    website: values.website ?? about,
    privacy: values.privacy ?? `${about}#privacy`,
    terms: values.terms ?? `${about}#terms`,
    channelMessages: !values['without-rsc'],
  };
}

function guidProblem(text: string): string | undefined {
  if (!isGuid(text.toLowerCase()))
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

function nameProblem(text: string): string | undefined {
  if (text.length > MAX_NAME)
    return `this has ${text.length} letters, and Teams shows ${MAX_NAME}: give a shorter name.`;
  return /\p{C}/u.test(text) ? 'this has invisible characters: leave them out.' : undefined;
}

const MAX_ADDRESS = 2048;

function addressProblem(text: string): string | undefined {
  const address = URL.canParse(text) ? new URL(text) : undefined;
  if (
    address?.protocol !== 'https:' ||
    !/^https:\/\/[^/]/i.test(text) ||
    address.username !== '' ||
    address.password !== ''
  )
    return 'give a whole address that begins with https://, such as https://www.contoso.com/claims.';
  return text.length > MAX_ADDRESS ? `an address has at most ${MAX_ADDRESS} letters: give a shorter one.` : undefined;
}

function outProblem(text: string): string | undefined {
  return /[^/\\]\.zip$/i.test(text) ? undefined : 'Teams takes zip files only: give a path that ends in .zip.';
}
