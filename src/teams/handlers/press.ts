/** A press on a card, read from what the client sent. */
import type { PostedMessage } from '../../desk/ports/messenger.ts';
import { parseClaimId } from '../../domain/claims/claimId.ts';
import type { ClaimId } from '../../domain/claims/values.ts';
import { isObject } from '../../shared/objects.ts';
import { textOf } from '../activity.ts';
import { inputsOf } from '../cards/inputIds.ts';
import type { Inputs } from '../cards/verbs.ts';

/**
 * `message` and `personal` come from the authenticated activity; the rest is the card's data, which anyone can forge.
 */
export interface Press {
  readonly verb: string;
  readonly claim?: ClaimId;
  readonly version?: number;
  readonly inputs: Inputs;
  /** The message that was pressed. */
  readonly message: PostedMessage;
  readonly personal: boolean;
}

const MAX_VERB = 40;
const RESERVED = new Set(['verb', 'claim', 'version', 'msteams']);
/** The forms in which the claim is chosen. */
const CHOOSE_CLAIM: ReadonlySet<string> = new Set(['commentOn', 'fileFor']);

/** Reads a press; undefined where it has no verb. Fields that claim to say who pressed are ignored. */
export function readPress(verb: unknown, data: unknown, message: PostedMessage, personal: boolean): Press | undefined {
  const facts = isObject(data) ? data : {};
  const name = textOf(verb) || textOf(Object.hasOwn(facts, 'verb') ? facts['verb'] : undefined);
  if (name === '' || name.length > MAX_VERB) return undefined;
  const claim = parseClaimId(facts['claim']);
  const { version } = facts;
  const isInput = (key: string): boolean => !RESERVED.has(key) || (key === 'claim' && CHOOSE_CLAIM.has(name));
  return {
    verb: name,
    inputs: inputsOf(name, Object.fromEntries(Object.entries(facts).filter(([key]) => isInput(key)))),
    message,
    personal,
    ...(claim && { claim }),
    ...(typeof version === 'number' && Number.isSafeInteger(version) && version > 0 && { version }),
  };
}
