/** The files of `deploy` as they are, and everything that the checks have against them. */
import { readdirSync, readFileSync } from 'node:fs';
import { alarmFaults } from './alerts.ts';
import { scanningFaults } from './defender.ts';
import { environmentFaults } from './environment.ts';
import { parameterFaults } from './parameters.ts';
import { registrationFaults } from './registration.ts';
import { retentionFaults } from './retention.ts';
import { rightsFaults } from './rights.ts';
import { safetyFaults } from './safety.ts';
import { readTemplates, templateFaults } from './templates.ts';
import type { Texts } from './templates.ts';

const FOLDER = new URL('../../deploy/', import.meta.url);

/** Every Bicep file, templates and parameters. */
export function deployTexts(): Texts {
  const paths = readdirSync(FOLDER, { recursive: true, encoding: 'utf8' }).map((path) => path.replaceAll('\\', '/'));
  return new Map(
    paths
      .filter((path) => /\.bicep(param)?$/.test(path))
      .map((path) => [path, readFileSync(new URL(path, FOLDER), 'utf8')]),
  );
}

/** What is wrong with the texts; nothing where they are sound. */
export function deployFaults(texts: Texts): readonly string[] {
  const files = readTemplates(texts);
  const unreadable = [...files.values()].flatMap((file) => file.syntaxFaults);
  if (unreadable.length > 0) return unreadable;
  return [
    ...templateFaults(files),
    ...safetyFaults(files),
    ...rightsFaults(files),
    ...alarmFaults(files),
    ...retentionFaults(files),
    ...scanningFaults(files),
    ...registrationFaults(files),
    ...parameterFaults(texts, files),
    ...environmentFaults(files),
  ];
}
