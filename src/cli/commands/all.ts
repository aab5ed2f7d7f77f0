/** The commands in the order in which `help` lists them. */
import type { Command } from '../command.ts';
import { backup } from './backup.ts';
import { dead } from './dead.ts';
import { doctor } from './doctor.ts';
import { erasePersonCommand } from './erasePerson.ts';
import { exportClaimCommand } from './exportClaim.ts';
import { exportPersonCommand } from './exportPerson.ts';
import { hold, release } from './hold.ts';
import { pair } from './pair.ts';
import { quarantine } from './quarantine.ts';
import { restored } from './restored.ts';
import { retention } from './retention.ts';
import { scans } from './scans.ts';
import { verify } from './verify.ts';

export const COMMANDS: readonly Command[] = [
  doctor,
  dead,
  verify,
  // What is kept, and for how long.
  exportClaimCommand,
  exportPersonCommand,
  erasePersonCommand,
  retention,
  hold,
  release,
  // What the desk stands on.
  backup,
  pair,
  quarantine,
  scans,
  restored,
];
