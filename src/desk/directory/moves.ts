/**
 * What follows when an MPN id goes from one organisation to another: the channel of the one before loses its purpose,
 * and both sides and the operators are told. Until that is done the move is noted in the organisation's document;
 * nothing appears in the channel in between, because a channel is a home only as long as its holder has the id (R6).
 */
import type { Announce } from '../ports/announcement.ts';
import type { MpnMove, Organisation, People } from './people.ts';

const AT_ONCE = 50;

/** Settles all moves that are noted; may be called by any number of instances, and again after a crash. */
export async function settleMoves(people: People, announce: Announce): Promise<void> {
  for (const organisation of await people.withMoves(AT_ONCE))
    for (const move of await people.movesOf(organisation.id)) {
      await (move.what === 'lost'
        ? settleLoss(people, announce, organisation, move)
        : settleGain(announce, organisation, move));
      await people.forgetMove(organisation.id, move);
    }
}

async function settleLoss(people: People, announce: Announce, one: Organisation, move: MpnMove): Promise<void> {
  const { mpnId } = move;
  const purpose = `mpn:${mpnId}`;
  const holder = await people.holderOf(purpose);
  let channel = false;
  if (holder !== one.id)
    await people.alterChannel(
      purpose,
      (known) => {
        const isTheirs = known !== undefined && (known.holder ?? one.id) === one.id;
        // Also where it is unset already, by an attempt that did not get as far as the announcement.
        channel = isTheirs;
        return isTheirs && !known.unset ? { ...known, holder: one.id, unset: true } : known;
      },
      move.by,
    );
  const what = { kind: 'mpnIdGone', mpnId, organisation: one.name, channel } as const;
  await announce(keyOf(one, move, 'organisation'), what, { kind: 'organisation', id: one.id });
  await announce(keyOf(one, move, 'operators'), what, { kind: 'operators' });
}

async function settleGain(announce: Announce, one: Organisation, move: MpnMove): Promise<void> {
  const what = { kind: 'mpnIdGained', mpnId: move.mpnId, organisation: one.name } as const;
  await announce(keyOf(one, move, 'organisation'), what, { kind: 'organisation', id: one.id });
  await announce(keyOf(one, move, 'operators'), what, { kind: 'operators' });
}

/** The same for each attempt, so that it is announced once. */
function keyOf({ id }: Organisation, { mpnId, what, at }: MpnMove, to: string): string {
  return `mpnMove/${id}/${mpnId}/${what}/${at}/${to}`;
}
