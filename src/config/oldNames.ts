/** Settings that have a new name. The old one is read for one release, with a warning: then its line here goes. */
import type { Environment } from './environment.ts';

/** The new name of each, by the old one. */
const RENAMED: Readonly<Record<string, string>> = {
  MOST_TURNS: 'MAX_CONCURRENT_ACTIVITIES',
};

export interface OldName {
  readonly variable: string;
  /** What to set instead. */
  readonly use: string;
  /** Whether the new name is set too: then the old one counts for nothing. */
  readonly isIgnored: boolean;
}

/** The old names that are set, so that the log can warn of them. */
export function oldNamesIn(env: Environment): readonly OldName[] {
  return Object.entries(RENAMED).flatMap(([variable, use]) =>
    isSet(env, variable) ? [{ variable, use, isIgnored: isSet(env, use) }] : [],
  );
}

/** The name under which a setting is given: an old one only where the new one is not set. */
export function nameInUse(env: Environment, variable: string): string {
  return oldNamesIn(env).find(({ use, isIgnored }) => use === variable && !isIgnored)?.variable ?? variable;
}

function isSet(env: Environment, variable: string): boolean {
  return (env[variable]?.trim() ?? '') !== '';
}
