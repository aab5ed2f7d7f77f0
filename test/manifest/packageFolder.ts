/** The folder `manifest` for tests: as it is, or with a fault put into one of its files. */
import { readFileSync } from 'node:fs';
import type { ReadFile } from '../../src/tools/teamsApp/appPackage.ts';
import type { Json, JsonObject, Texts } from '../../src/tools/teamsApp/manifest.ts';
import { textAt } from '../../src/tools/teamsApp/manifest.ts';
import type { PackageOrder } from '../../src/tools/teamsApp/options.ts';

const FOLDER = new URL('../../manifest/', import.meta.url);

export const ORDER: PackageOrder = {
  appId: '3f0c3c0e-5a4b-4b0e-9a53-6f1d2c7b8e90',
  teamsAppId: '3f0c3c0e-5a4b-4b0e-9a53-6f1d2c7b8e90',
  domain: 'desk.contoso.com',
  version: '1.2.0',
  out: 'desk.zip',
  developerName: 'Contoso',
  website: 'https://desk.contoso.com/about',
  privacy: 'https://desk.contoso.com/about#privacy',
  terms: 'https://desk.contoso.com/about#terms',
  channelMessages: true,
};

export const asItIs: ReadFile = (name) => readFileSync(new URL(name, FOLDER));

export function jsonOf(name: string): JsonObject {
  return JSON.parse(asItIs(name)?.toString('utf8') ?? '') as JsonObject;
}

/** The sentences of a language file by their keys. */
export function textsOf(name: string): Texts {
  const json = jsonOf(name);
  return Object.fromEntries(
    Object.keys(json)
      .filter((key) => key !== '$schema')
      .map((key) => [key, textAt(json, key) ?? '']),
  );
}

/** The folder with other bytes in place of one file; undefined takes the file away. */
export function withFile(name: string, bytes: Buffer | string | undefined): ReadFile {
  return (asked) => (asked === name ? (bytes === undefined ? undefined : Buffer.from(bytes)) : asItIs(asked));
}

/** The folder with some properties of one JSON file replaced; undefined takes a property away. */
export function withJson(name: string, changed: Readonly<Record<string, Json | undefined>>): ReadFile {
  return withFile(name, JSON.stringify({ ...jsonOf(name), ...changed }));
}
