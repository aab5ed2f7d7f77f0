/** Microsoft's clouds: who signs what a bot hears there, and with whom a bot of that cloud may speak. */
import { isLoopbackUrl } from '../../shared/loopback.ts';

/** Plain data, so that it can be handed to another process as JSON. */
export interface Cloud {
  /** Where the channel says with which keys it signs: an OpenID metadata document. */
  readonly metadataUrl: string;
  /** Who issues the channel's tokens, to the letter. */
  readonly issuer: string;
  /** What a token for speaking to the channel is asked for. */
  readonly scope: string;
  /** Where such tokens are to be had, and the tenant that a bot of many tenants asks there. */
  readonly loginUrl: string;
  readonly sharedTenant: string;
  /** The hosts of Teams' own services, each in full: under trafficmanager.net anybody can have a name. */
  readonly services: readonly string[];
  /** How the names of the hosts end that keep people's files. Nobody but Microsoft can have a name there. */
  readonly fileHosts: readonly string[];
  /** This machine counts as a service too, and needs no https: for a local issuer in tests, in neither of Microsoft's clouds. */
  readonly loopback: boolean;
}

/** The public cloud, GCC included: a bot for GCC is registered in public Azure and hears from a service of its own. */
const PUBLIC: Cloud = {
  metadataUrl: 'https://login.botframework.com/v1/.well-known/openidconfiguration',
  issuer: 'https://api.botframework.com',
  scope: 'https://api.botframework.com',
  loginUrl: 'https://login.microsoftonline.com',
  sharedTenant: 'botframework.com',
  services: ['smba.trafficmanager.net', 'smba.infra.gcc.teams.microsoft.com'],
  fileHosts: ['.sharepoint.com'],
  loopback: false,
};

/** Azure Government: GCC High and DoD. */
const US_GOVERNMENT: Cloud = {
  metadataUrl: 'https://login.botframework.azure.us/v1/.well-known/openidconfiguration',
  issuer: 'https://api.botframework.us',
  scope: 'https://api.botframework.us',
  loginUrl: 'https://login.microsoftonline.us',
  sharedTenant: 'MicrosoftServices.onmicrosoft.us',
  services: ['smba.infra.gov.teams.microsoft.us', 'smba.infra.dod.teams.microsoft.us'],
  fileHosts: ['.sharepoint.us', '.sharepoint-mil.us'],
  loopback: false,
};

export const CLOUDS = { public: PUBLIC, usGovernment: US_GOVERNMENT } as const satisfies Readonly<
  Record<string, Cloud>
>;

/** Whether a service of Teams in this cloud answers there. */
export function isServiceHost(cloud: Cloud, url: string): boolean {
  if (cloud.loopback && isLoopbackUrl(url)) return true;
  const host = hostOf(url);
  return host !== undefined && cloud.services.includes(host);
}

/** Whether Teams in this cloud keeps people's files there. */
export function isFileHost(cloud: Cloud, url: string): boolean {
  if (cloud.loopback && isLoopbackUrl(url)) return true;
  const host = hostOf(url);
  return host !== undefined && cloud.fileHosts.some((end) => host.endsWith(end) && host.length > end.length);
}

/** The host of a plain https address; undefined for any other scheme, and where a port or a user is named. */
function hostOf(url: string): string | undefined {
  const parsed = URL.parse(url);
  const plain = parsed?.protocol === 'https:' && parsed.port === '' && parsed.username === '' && parsed.password === '';
  return plain ? parsed.hostname : undefined;
}
