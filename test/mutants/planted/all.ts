/** All planted bugs, by the room or theme that they lie in. */
import type { Mutant } from '../mutant.ts';
import { anchors } from './anchors.ts';
import { calendar } from './calendar.ts';
import { claims } from './claims.ts';
import { clocks } from './clocks.ts';
import { consent } from './consent.ts';
import { files } from './files.ts';
import { handling } from './handling.ts';
import { life } from './life.ts';
import { operators } from './operators.ts';
import { permission } from './permission.ts';
import { proof } from './proof.ts';
import { sides } from './sides.ts';
import { stores } from './stores.ts';
import { sweeping } from './sweeping.ts';
import { teams } from './teams.ts';
import { telling } from './telling.ts';
import { trouble } from './trouble.ts';
import { watching } from './watching.ts';
import { web } from './web.ts';

export const ROOMS: Readonly<Record<string, readonly Mutant[]>> = {
  calendar,
  clocks,
  claims,
  consent,
  permission,
  sides,
  handling,
  telling,
  sweeping,
  proof,
  stores,
  trouble,
  files,
  teams,
  watching,
  web,
  life,
  anchors,
  operators,
};

export const MUTANTS: readonly Mutant[] = Object.values(ROOMS).flat();
