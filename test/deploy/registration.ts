/**
 * Who the bot is. Either the desk's identity, or an application of Entra, whose secret the desk takes from the vault;
 * what is registered, what the desk is told and what the app package is made with have to be the same one.
 */
import { propertiesOf } from './bicep.ts';
import type { BicepFile, Resource } from './bicep.ts';
import { readingsOf } from './readings.ts';
import type { Json, Taken } from './readings.ts';
import { at, listAt, textAt } from './safety.ts';

const ASKED = 'empty(appId)';
const TENANT = '[tenant().tenantId]';
const PASSWORD = "['${vaultUri}secrets/app-password']";

/**
 * By whether there is no application: what is registered, and what the desk is told. An empty text: it must not be
 * there.
 */
const REGISTERED = new Map([
  [
    true,
    {
      msaAppType: 'UserAssignedMSI',
      msaAppId: '[clientId]',
      msaAppMSIResourceId: '[identityId]',
      msaAppTenantId: TENANT,
    },
  ],
  [false, { msaAppType: 'SingleTenant', msaAppId: '[appId]', msaAppMSIResourceId: '', msaAppTenantId: TENANT }],
]);
const TOLD = new Map([
  [
    true,
    {
      MICROSOFT_APP_TYPE: 'UserAssignedMSI',
      MICROSOFT_APP_ID: '[clientId]',
      MICROSOFT_APP_PASSWORD: '',
      MICROSOFT_APP_TENANT_ID: TENANT,
      AZURE_CLIENT_ID: '[clientId]',
    },
  ],
  [
    false,
    {
      MICROSOFT_APP_TYPE: 'SingleTenant',
      MICROSOFT_APP_ID: '[appId]',
      MICROSOFT_APP_PASSWORD: PASSWORD,
      MICROSOFT_APP_TENANT_ID: TENANT,
      AZURE_CLIENT_ID: '[clientId]',
    },
  ],
]);

/** Expects files whose syntax is sound. */
export function registrationFaults(files: ReadonlyMap<string, BicepFile>): readonly string[] {
  const all = [...files.values()];
  const bodies = (type: string): readonly Found[] =>
    all.flatMap((file) =>
      file.resources.filter((resource) => resource.type === type).flatMap((resource) => foundIn(resource, file)),
    );
  const apps = bodies('Microsoft.App/containerApps');
  const faults = [
    ...bodies('Microsoft.BotService/botServices').flatMap((bot) =>
      against(bot, REGISTERED, (name) => textAt(bot.body, `properties.${name}`)),
    ),
    ...apps.flatMap((app) => against(app, TOLD, (name) => told(app.body, name))),
    ...apps.flatMap((app) => vaultFaults(app, all)),
    ...handedFaults(files),
  ];
  return [...new Set(faults)];
}

interface Found {
  readonly place: string;
  readonly body: Json;
  readonly taken: Taken;
}

function foundIn(resource: Resource, file: BicepFile): readonly Found[] {
  return readingsOf(resource.body, file).map(({ value, taken }) => ({
    place: `${file.path}:${resource.line}`,
    body: value,
    taken,
  }));
}

function against(
  { place, taken }: Found,
  forms: ReadonlyMap<Json, Readonly<Record<string, string>>>,
  is: (name: string) => string,
): readonly string[] {
  const form = forms.get(taken.get(ASKED) ?? null);
  if (!form) return [`${place} does not ask whether there is an application`];
  const who = taken.get(ASKED) === true ? 'the identity' : 'an application';
  return Object.entries(form)
    .filter(([name, value]) => is(name) !== value)
    .map(
      ([name, value]) => `${place} with ${who} as bot ${name} is ${is(name) || 'missing'}, not ${value || 'missing'}`,
    );
}

/** The value of a variable; of one that is a secret, where in the vault it is. */
function told(app: Json, name: string): string {
  const variable = listAt(app, 'properties.template.containers.0.env').find(
    (candidate) => textAt(candidate, 'name') === name,
  );
  if (variable === undefined) return '';
  const secret = listAt(app, 'properties.configuration.secrets').find(
    (candidate) => textAt(candidate, 'name') === textAt(variable, 'secretRef'),
  );
  return secret === undefined ? textAt(variable, 'value') : textAt(secret, 'keyVaultUrl');
}

/** What is taken from the vault is stored in it, and the desk's identity may read it. */
function vaultFaults({ place, body }: Found, all: readonly BicepFile[]): readonly string[] {
  const kept = all
    .flatMap((file) =>
      file.resources
        .filter(({ type }) => type === 'Microsoft.KeyVault/vaults/secrets')
        .flatMap((resource) => foundIn(resource, file)),
    )
    .map((secret) => textAt(secret.body, 'name'));
  return listAt(body, 'properties.configuration.secrets')
    .filter((secret) => at(secret, 'keyVaultUrl') !== undefined)
    .flatMap((secret) => {
      const name = textAt(secret, 'name');
      return [
        ...(kept.some((known) => textAt(secret, 'keyVaultUrl') === `['\${vaultUri}secrets/${known}']`)
          ? []
          : [`${place} the vault has nothing where ${name} is looked for`]),
        ...(textAt(secret, 'identity') === '[identityId]'
          ? []
          : [`${place} ${name} is not read by the desk's identity`]),
      ];
    });
}

/** The bot, the desk and the tool that makes the app package are given the same application. */
function handedFaults(files: ReadonlyMap<string, BicepFile>): readonly string[] {
  const main = files.get('main.bicep');
  if (!main) return ['there is no main.bicep'];
  const shown = main.outputs.find(({ name }) => name === 'appId')?.value.text;
  const handed = ['bot', 'desk'].filter((name) => {
    const module = main.modules.find((candidate) => candidate.name === name);
    const params = module && propertiesOf(module.body).get('params');
    return params && propertiesOf(params).get('appId')?.text !== 'application';
  });
  const known = main.variables.find(({ name }) => name === 'application')?.value.text;
  return [
    ...(known === "appId == 'identity' ? '' : appId"
      ? []
      : ['main.bicep the bot is the identity where no parameter says so, or not where one does']),
    ...handed.map((name) => `main.bicep the module ${name} is not given the application`),
    ...(shown === 'empty(application) ? identity.properties.clientId : application'
      ? []
      : ['main.bicep the output appId is not who the bot is']),
  ];
}
