/** Microsoft's clouds: who signs the activities there, and which services a bot of that cloud sends to. */
import { isLoopbackUrl } from '../../shared/loopback.ts';

/** Plain data, so that it can be handed to another process as JSON. */
export interface Cloud {
  /** The OpenID metadata document that names the channel's signing keys. */
  readonly metadataUrl: string;
  /** The exact issuer of the channel's tokens. */
  readonly issuer: string;
  /** The scope of a token for sending to the channel. */
  readonly scope: string;
  /** Where such tokens are issued, and the tenant for a multi-tenant bot. */
  readonly loginUrl: string;
  readonly sharedTenant: string;
  /** The hosts of Teams' own services, each in full: anyone can register a name under trafficmanager.net. */
  readonly services: readonly string[];
  /** How the host names end where people's files are stored. Only Microsoft can register names there. */
  readonly fileHosts: readonly string[];
  /**
   * Whether this machine counts as a service too, without https: for a local issuer in tests; false in both of
   * Microsoft's clouds.
   */
  readonly loopback: boolean;
}

/** The public cloud, GCC included: a bot for GCC is registered in public Azure and has a service of its own. */
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

/** Whether the URL is of one of Teams' services in this cloud. */
export function isServiceHost(cloud: Cloud, url: string): boolean {
  if (cloud.loopback && isLoopbackUrl(url)) return true;
  const host = hostOf(url);
  return host !== undefined && cloud.services.includes(host);
}

/** Whether the URL is of a host where Teams in this cloud stores people's files. */
export function isFileHost(cloud: Cloud, url: string): boolean {
  if (cloud.loopback && isLoopbackUrl(url)) return true;
  const host = hostOf(url);
  return host !== undefined && cloud.fileHosts.some((end) => host.endsWith(end) && host.length > end.length);
}

/** The host of a plain https URL; undefined for any other scheme, and with a port or a user. */
function hostOf(url: string): string | undefined {
  const parsed = URL.parse(url);
  const plain = parsed?.protocol === 'https:' && parsed.port === '' && parsed.username === '' && parsed.password === '';
  return plain ? parsed.hostname : undefined;
}
