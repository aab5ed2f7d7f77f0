/** Everything that is fuzzed, by name. */
import { planned } from './plan.ts';
import type { Plan } from './plan.ts';
import type { Target } from './target.ts';
import { directory } from './targets/directory.ts';
import { envelope } from './targets/envelope.ts';
import { environment } from './targets/environment.ts';
import { fields, forms } from './targets/forms.ts';
import { packages } from './targets/packages.ts';
import { scans } from './targets/scans.ts';
import { xfa } from './targets/xfa.ts';
import { presses } from './targets/presses.ts';
import { tokens } from './targets/tokens.ts';
import { activities } from './targets/activities.ts';
import { files, names, uploads } from './targets/upload.ts';
import { intents } from './targets/intents.ts';
import { messages } from './targets/messages.ts';

export const TARGETS: readonly Target[] = [
  intents,
  messages,
  envelope,
  activities,
  presses,
  fields,
  forms,
  directory,
  files,
  packages,
  xfa,
  scans,
  names,
  uploads,
  environment,
  tokens,
];

/** How many inputs each target of a run gets. */
export function planOf(inputs: number, only?: readonly string[]): readonly Plan[] {
  const strange = only?.find((name) => !TARGETS.some((target) => target.name === name));
  if (strange !== undefined)
    throw new Error(`there is no target ${strange}; there are ${TARGETS.map(({ name }) => name).join(', ')}`);
  return planned(
    TARGETS.filter(({ name }) => only?.includes(name) ?? true),
    inputs,
  );
}
