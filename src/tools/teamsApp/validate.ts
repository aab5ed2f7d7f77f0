/**
 * What a manifest and its languages have to keep: Microsoft's schema of version 1.25, which `@microsoft/app-manifest`
 * brings (nothing is fetched), and beside it what Teams refuses or cuts although the schema lets it pass.
 */
import { readFileSync } from 'node:fs';
import type { ValidateFunction } from 'ajv';
import draft04 from 'ajv-draft-04';
import formats from 'ajv-formats';
import type { JsonObject, Texts } from './manifest.ts';
import { listAt, textAt } from './manifest.ts';

type SchemaName = 'MicrosoftTeams' | 'MicrosoftTeams.Localization';

const compiled = new Map<SchemaName, ValidateFunction>();

function validator(name: SchemaName): ValidateFunction {
  const known = compiled.get(name);
  if (known) return known;
  const file = import.meta.resolve(`@microsoft/app-manifest/build/json-schemas/teams/v1.25/${name}.schema.json`);
  // The schemas use keywords that strict mode rejects, and patterns that are invalid with the unicode flag.
  const ajv = new draft04.default({ strict: false, unicodeRegExp: false, allErrors: true });
  formats.default(ajv);
  const validate = ajv.compile(JSON.parse(readFileSync(new URL(file), 'utf8')) as object);
  compiled.set(name, validate);
  return validate;
}

/** Violations of the schema: sentences with the place in the file. */
function schemaProblems(schema: SchemaName, file: string, json: unknown): readonly string[] {
  const validate = validator(schema);
  if (validate(json)) return [];
  return (validate.errors ?? []).map(({ instancePath, message, params }) => {
    const more =
      'additionalProperty' in params
        ? ` (${String(params['additionalProperty'])})`
        : 'allowedValues' in params
          ? ` (${String(params['allowedValues'])})`
          : '';
    return `${file}: ${instancePath || 'the whole file'} ${message ?? 'is not as the schema wants it'}${more}.`;
  });
}

/** The problems of the manifest in one language. */
export function manifestProblems(file: string, manifest: JsonObject): readonly string[] {
  return [
    ...schemaProblems('MicrosoftTeams', file, manifest),
    ...scopeProblems(file, manifest),
    ...commandProblems(file, manifest),
  ];
}

/** The problems of a file of sentences. Each language has to have exactly the keys of the default one. */
export function languageProblems(
  file: string,
  json: JsonObject,
  texts: Texts,
  standard: { readonly file: string; readonly texts: Texts },
): readonly string[] {
  const missing = Object.keys(standard.texts).filter((key) => !(key in texts));
  const foreign = Object.keys(texts).filter((key) => !(key in standard.texts));
  return [
    ...schemaProblems('MicrosoftTeams.Localization', file, json),
    // The schema allows the full name to be missing, but Teams then rejects the package.
    ...(texts['name.full'] === undefined
      ? [`${file}: name.full is missing, and Teams wants it in every language.`]
      : []),
    ...missing.map((key) => `${file}: ${key} is missing, which ${standard.file} has.`),
    ...foreign.map((key) => `${file}: ${key} is not in ${standard.file}.`),
    ...Object.entries(texts)
      .filter(([, text]) => text.trim() === '' || text.trim() !== text)
      .map(([key]) => `${file}: ${key} is empty or has spaces around it.`),
  ];
}

/** Each scope of the bot needs exactly one list of commands, and no list may be for another scope. */
function scopeProblems(file: string, manifest: JsonObject): readonly string[] {
  const scopes = listAt(manifest, 'bots', 0, 'scopes').map(String);
  const listed = listAt(manifest, 'bots', 0, 'commandLists').flatMap((list) => listAt(list, 'scopes').map(String));
  return [
    ...scopes
      .filter((scope) => listed.filter((other) => other === scope).length !== 1)
      .map((scope) => `${file}: the scope ${scope} has not exactly one list of commands.`),
    ...listed
      .filter((scope) => !scopes.includes(scope))
      .map((scope) => `${file}: there is a list of commands for ${scope}, which is no scope of the bot.`),
    ...(scopes.includes('team') && textAt(manifest, 'supportsChannelFeatures') !== 'tier1'
      ? [`${file}: with the scope team, Teams wants "supportsChannelFeatures": "tier1".`]
      : []),
  ];
}

/** The schema allows more than the menu of commands shows. */
const MAX_COMMANDS = 10;
const MAX_TITLE = 32;
const MAX_DESCRIPTION = 128;

function commandProblems(file: string, manifest: JsonObject): readonly string[] {
  return listAt(manifest, 'bots', 0, 'commandLists').flatMap((list, at) => {
    const commands = listAt(list, 'commands');
    const place = `${file}: /bots/0/commandLists/${at}/commands`;
    const titles = commands.map((command) => textAt(command, 'title') ?? '');
    return [
      ...(commands.length < 1 || commands.length > MAX_COMMANDS
        ? [`${place} has ${commands.length} commands; Teams shows 1 to ${MAX_COMMANDS}.`]
        : []),
      ...titles.flatMap((title, index) =>
        titles.indexOf(title) < index ? [`${place}/${index}/title says "${title}" again.`] : [],
      ),
      ...commands.flatMap((command, index) => [
        ...tooLong(`${place}/${index}/title`, textAt(command, 'title'), MAX_TITLE),
        ...tooLong(`${place}/${index}/description`, textAt(command, 'description'), MAX_DESCRIPTION),
      ]),
    ];
  });
}

function tooLong(place: string, text: string | undefined, most: number): readonly string[] {
  return text !== undefined && text.length > most ? [`${place} has ${text.length} letters; Teams shows ${most}.`] : [];
}
