/** What must not be done on a store that was put back to a former state, before an operator has looked at it. */
import { readFormerState } from '../desk/life/restore.ts';
import type { Act } from '../desk/life/operatorActs.ts';
import { recordAct } from '../desk/life/operatorActs.ts';
import type { CommandContext } from './command.ts';

const SENTENCE =
  'The store is in an older state than its anchors, so that what people did since is missing. Nothing was changed; ' +
  'see `npm run desk -- restored` first.';

/**
 * Whether the desk stands still, or will at its next start, by the newest anchors. Then it is said, and the act is
 * journaled as refused.
 */
export async function isRefusedForFormerState(
  { ports, operator, show }: Pick<CommandContext, 'ports' | 'operator' | 'show'>,
  act: Pick<Act, 'what' | 'about'>,
): Promise<boolean> {
  if (!(await readFormerState(ports))) return false;
  await recordAct(ports, operator, { ...act, outcome: 'refused', detail: 'formerState' });
  show(SENTENCE, { refused: 'formerState' });
  return true;
}
