/**
 * The manifest of the Teams app, built from the files of `manifest/`: a template with `{{placeholders}}` for the values
 * of an organisation, and the sentences of each language. The template has no sentences: those of the default language
 * are set where their keys point to, such as `bots[0].commandLists[0].commands[0].title`.
 */
import type { PackageOrder } from './options.ts';
import { isObject } from '../../shared/objects.ts';

/** Parsed JSON. */
export type Json = null | boolean | number | string | readonly Json[] | { readonly [name: string]: Json };
/** A parsed JSON object. */
export type JsonObject = { readonly [name: string]: Json };
/** The sentences of a language by their place in the manifest, without `$schema`. */
export type Texts = Readonly<Record<string, string>>;

type Places = Readonly<Record<string, string>>;

/** The template with its placeholders filled. Throws where one has no value. */
export function fillTemplate(template: JsonObject, order: PackageOrder): JsonObject {
  const { appId, teamsAppId, domain, version, developerName, website, privacy, terms } = order;
  const manifest = withPlaces(template, {
    appId,
    teamsAppId,
    domain,
    version,
    developerName,
    website,
    privacy,
    terms,
  }) as JsonObject;
  return order.channelMessages ? manifest : without(manifest, ['authorization', 'webApplicationInfo']);
}

function withPlaces(json: Json, places: Places): Json {
  if (typeof json === 'string') {
    return json.replace(/\{\{(.*?)\}\}/g, (_, name: string) => {
      const value = places[name];
      if (value === undefined) throw new Error(`manifest.json: nothing fills the place {{${name}}}`);
      return value;
    });
  }
  if (Array.isArray(json)) return json.map((item: Json) => withPlaces(item, places));
  return isObject(json)
    ? Object.fromEntries(Object.entries(json).map(([name, value]) => [name, withPlaces(value, places)]))
    : json;
}

function without(manifest: JsonObject, names: readonly string[]): JsonObject {
  return Object.fromEntries(Object.entries(manifest).filter(([name]) => !names.includes(name)));
}

/** The manifest with the sentences of a language. Missing objects and lists on the path of a key are created. */
export function localize(manifest: JsonObject, texts: Texts): JsonObject {
  return Object.entries(texts).reduce(
    (spoken: Json, [key, text]) => withText(spoken, stepsOf(key), text),
    manifest,
  ) as JsonObject;
}

type Step = string | number;

function stepsOf(key: string): readonly Step[] {
  return [...key.matchAll(/\[(\d+)\]|([^.[\]]+)/g)].map(([, index, name]) =>
    index === undefined ? (name ?? '') : Number(index),
  );
}

function withText(json: Json | undefined, [step, ...rest]: readonly Step[], text: string): Json {
  if (step === undefined) return text;
  if (typeof step === 'string') {
    const object = isObject(json) ? json : {};
    return { ...object, [step]: withText(object[step], rest, text) };
  }
  const items: readonly Json[] = Array.isArray(json) ? json : [];
  const padded = [...items, ...Array.from({ length: Math.max(0, step + 1 - items.length) }, () => ({}))];
  return padded.map((item, at) => (at === step ? withText(item, rest, text) : item));
}

/** The value at a path through objects and lists; undefined where there is none. */
export function at(json: Json | undefined, ...steps: readonly Step[]): Json | undefined {
  return steps.reduce(
    (here: Json | undefined, step) =>
      typeof step === 'number'
        ? Array.isArray(here)
          ? (here as readonly Json[])[step]
          : undefined
        : isObject(here)
          ? here[step]
          : undefined,
    json,
  );
}

/** The list at a path; empty where there is none. */
export function listAt(json: Json | undefined, ...steps: readonly Step[]): readonly Json[] {
  const found = at(json, ...steps);
  return Array.isArray(found) ? (found as readonly Json[]) : [];
}

/** The text at a path; undefined where there is none. */
export function textAt(json: Json | undefined, ...steps: readonly Step[]): string | undefined {
  const found = at(json, ...steps);
  return typeof found === 'string' ? found : undefined;
}
