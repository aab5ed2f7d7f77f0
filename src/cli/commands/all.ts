/** The commands in the order in which `help` lists them. */
import type { Command } from '../command.ts';
import { backup } from './backup.ts';
import { doctor } from './doctor.ts';

export const COMMANDS: readonly Command[] = [doctor, backup];
