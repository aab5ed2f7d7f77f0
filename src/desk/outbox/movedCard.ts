/**
 * What replaces a claim's card where it was before, once it is elsewhere (R47): a small card that links to the new one
 * or, where the old one was deleted, a reply in what remains of its thread. Sent once, best effort: nothing waits for
 * it and nothing repeats it.
 */
import type { Claim } from '../../domain/claims/claim.ts';
import { mayRead } from '../../domain/claims/permission.ts';
import type { Home } from '../records/outboxEntry.ts';
import type { Delivery } from './lease.ts';
import type { Content, SendResult } from '../ports/messenger.ts';
import type { Recipient } from './recipients.ts';

/** A claim's card went from one message to another. `isGone`: the old one is known to be deleted. */
export interface Move {
  readonly claim: Claim;
  readonly from: Home;
  readonly to: Home;
  readonly recipient: Recipient;
  readonly isGone: boolean;
}

/** Points the old card to the new one. To be called when the new home is saved; never throws. */
export async function linkMovedCard(delivery: Delivery, move: Move): Promise<void> {
  const { ports, id } = delivery;
  const fields = { claim: id, home: move.recipient.home };
  try {
    const sent = await replaceOldCard(delivery, move);
    if (sent && sent.kind !== 'delivered')
      ports.log.info({ ...fields, outcome: sent.kind }, 'Could not point the old card of a claim to the new one');
  } catch (error) {
    ports.log.info({ ...fields, error }, 'Could not point the old card of a claim to the new one');
  }
}

async function replaceOldCard(
  delivery: Delivery,
  { claim, from, to, recipient, isGone }: Move,
): Promise<SendResult | undefined> {
  const { messenger } = delivery.ports;
  const { address } = from;
  const isSamePlace = from.place === to.place;
  // In the same chat the new card is the next thing that is found.
  if (!address || (isSamePlace && address.kind === 'personal')) return undefined;
  const mayKnow = isSamePlace || (await mayStillRead(delivery, recipient.home, from, claim));
  const content: Content = {
    kind: 'moved',
    id: claim.id,
    ...(mayKnow && { to: { address: recipient.address, message: to } }),
  };
  const edited = isGone ? undefined : await messenger.edit(address, from, content);
  if (edited && edited.kind !== 'gone') return edited;
  const isThread = from.conversationId !== from.place;
  return isThread && mayKnow ? messenger.reply(address, from, content) : undefined;
}

/** Whose the old place is now: that of a person who may read the claim, of its partner, or of the reviewers (R6). */
async function mayStillRead(
  { people }: Delivery,
  home: string,
  { place, person }: Home,
  claim: Claim,
): Promise<boolean> {
  if (person !== undefined) return mayRead(await people.memberOf(await people.personOf(person)), claim);
  const readers = await Promise.all((await people.channelsAt(place)).map((channel) => people.readersOf(channel)));
  return readers.includes(home === 'review' ? home : claim.partner.id);
}
