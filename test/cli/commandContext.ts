/** What a command of the operator's command line gets, on a desk with stores in memory. */
import type { CommandContext } from '../../src/cli/command.ts';
import { readConfig } from '../../src/config/config.ts';
import { SIGNER } from '../support/signer.ts';
import type { DeskWorld } from '../desk/world.ts';

/** With the settings of one machine, an operator who has no name, and a no to every question, but for `changes`. */
export function contextOf(
  world: DeskWorld,
  changes: Partial<CommandContext> & Pick<CommandContext, 'show'>,
): CommandContext {
  return {
    config: readConfig({}),
    ports: { ...world.world, signer: SIGNER },
    scrub: () => Promise.resolve('scrubbed'),
    people: world.people,
    operator: { user: 'root' },
    confirm: () => Promise.resolve(false),
    ...changes,
  };
}
