/** The app package: fills and checks the files of `manifest/` and zips them reproducibly. */
import JSZip from 'jszip';
import { colorIconProblems, outlineIconProblems } from './iconRules.ts';
import { fillTemplate, listAt, localize, textAt } from './manifest.ts';
import { isObject } from '../../shared/objects.ts';
import type { Json, JsonObject, Texts } from './manifest.ts';
import type { PackageOrder } from './options.ts';
import { languageProblems, manifestProblems } from './validate.ts';

/** Reads a file of the folder `manifest` by its name; undefined where there is none. */
export type ReadFile = (name: string) => Buffer | undefined;

/** The files of the package in order, or the problems: sentences that name the file and the place. */
export type PackageMade = { readonly files: ReadonlyMap<string, Buffer> } | { readonly problems: readonly string[] };

/** Fills the template and checks all files of the package, including each language. */
export function makePackage(read: ReadFile, order: PackageOrder): PackageMade {
  const template = readObject(read, 'manifest.json');
  if ('problems' in template) return template;
  const bare = fillTemplate(template.json, order);
  const standard = readLanguage(read, textAt(bare, 'localizationInfo', 'defaultLanguageFile') ?? 'en.json');
  if ('problems' in standard) return standard;

  const manifest = localize(bare, standard.texts);
  const files = new Map([['manifest.json', jsonFile(manifest)]]);
  const problems = [...manifestProblems('manifest.json', manifest)];
  const addIcon = (name: string, judge: (file: string, bytes: Buffer) => readonly string[]): void => {
    const bytes = read(name);
    problems.push(...(bytes ? judge(name, bytes) : [`${name}: there is no such file; make it with: npm run icons.`]));
    if (bytes) files.set(name, bytes);
  };
  addIcon(textAt(manifest, 'icons', 'color') ?? 'color.png', colorIconProblems);
  addIcon(textAt(manifest, 'icons', 'outline') ?? 'outline.png', outlineIconProblems);

  const others = listAt(manifest, 'localizationInfo', 'additionalLanguages').map((language) =>
    readLanguage(read, textAt(language, 'file') ?? ''),
  );
  for (const language of [standard, ...others]) {
    if ('problems' in language) problems.push(...language.problems);
    else {
      const { file, json, texts } = language;
      problems.push(...languageProblems(file, json, texts, standard));
      if (file !== standard.file)
        problems.push(...manifestProblems(`manifest.json with ${file}`, localize(bare, texts)));
      files.set(file, jsonFile(json));
    }
  }
  return problems.length > 0 ? { problems } : { files };
}

type ObjectRead = { readonly json: JsonObject } | { readonly problems: readonly string[] };

function readObject(read: ReadFile, name: string): ObjectRead {
  const bytes = read(name);
  if (!bytes) return { problems: [`${name}: there is no such file in the folder manifest.`] };
  try {
    const json = JSON.parse(bytes.toString('utf8')) as Json;
    return isObject(json) ? { json } : { problems: [`${name}: it has to be one JSON object.`] };
  } catch (error) {
    return {
      problems: [`${name}: it is not written in JSON (${error instanceof Error ? error.message : String(error)}).`],
    };
  }
}

interface Language {
  readonly file: string;
  readonly json: JsonObject;
  readonly texts: Texts;
}

function readLanguage(read: ReadFile, file: string): Language | { readonly problems: readonly string[] } {
  const found = readObject(read, file);
  if ('problems' in found) return found;
  const texts = Object.entries(found.json).filter(
    (entry): entry is [string, string] => entry[0] !== '$schema' && typeof entry[1] === 'string',
  );
  return { file, json: found.json, texts: Object.fromEntries(texts) };
}

function jsonFile(json: Json): Buffer {
  return Buffer.from(`${JSON.stringify(json, null, 2)}\n`, 'utf8');
}

/** The first day that a zip file can name, so that the same files always give the same bytes. */
const FIRST_DAY = new Date(Date.UTC(1980, 0, 1));

/** The bytes of the zip: the files at its root, in the order given. */
export async function zipFiles(files: ReadonlyMap<string, Buffer>): Promise<Buffer> {
  const zip = new JSZip();
  for (const [name, bytes] of files) zip.file(name, bytes, { date: FIRST_DAY, createFolders: false });
  return zip.generateAsync({
    type: 'nodebuffer',
    compression: 'DEFLATE',
    compressionOptions: { level: 9 },
    platform: 'DOS',
  });
}
