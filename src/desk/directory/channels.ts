/** Channels with a purpose: set, seen, lost and found again (R4, R45, R47). */
import type { Claim } from '../../domain/claims/claim.ts';
import type { Channel, People, Place } from './people.ts';
import { reachable } from './people.ts';
import type { Language } from '../ports/system.ts';
import { partnerPurpose } from '../records/waitKeys.ts';
import type { Reader } from '../ports/reader.ts';

/** `resumeAll` is told whose claims may go on. */
export function createChannels(people: People, resumeAll: (names: readonly string[]) => Promise<void>) {
  /** What was in the way is looked at as it is taken away: another instance may mark the channel at any moment. */
  async function foundAgain(purpose: string, alter: (channel: Channel) => Channel): Promise<void> {
    let isAwaited = false;
    await people.alterChannel(purpose, (known) => {
      isAwaited = known?.unreachable !== undefined || known?.awaited === true;
      return known && alter(known);
    });
    if (isAwaited) await resumeAll([`channel:${purpose}`]);
  }

  return {
    /**
     * As whom a channel may read a claim, and so what may be shown where others read along: only the claims that it is a
     * home of, for whoever has its MPN id now (R6, R47). Undefined where it may not.
     */
    async channelReader(
      conversationId: string,
      claim: Claim,
    ): Promise<Extract<Reader, { kind: 'audience' }> | undefined> {
      for (const { purpose } of await people.channelsAt(conversationId)) {
        if (purpose === 'review' && claim.submittedAt !== undefined) return { kind: 'audience', audience: 'review' };
        if (purpose === partnerPurpose(claim) && (await people.holderOf(purpose)) === claim.partner.id)
          return { kind: 'audience', audience: 'partner' };
      }
      return undefined;
    },
    /**
     * A channel becomes the home of reviews (`review`) or of an MPN id (`mpn:…`); R4. One that reviewers or another partner
     * have already is `taken`: whoever reads there would see claims that are none of theirs (R6). It is spoken to in the
     * language given, from then on.
     */
    async useChannel(purpose: string, place: Place, language?: Language): Promise<'set' | 'taken'> {
      const here = await people.channelsAt(place.conversationId);
      const holders = await Promise.all(
        [...here.map((channel) => channel.purpose), purpose].map((one) => people.holderOf(one)),
      );
      if (new Set(holders).size > 1) return 'taken';
      await people.alterChannel(purpose, (known) => {
        const spoken = language ?? known?.language;
        return { ...(known && reachable(known)), ...(spoken && { language: spoken }), purpose, place };
      });
      await resumeAll([`channel:${purpose}`]);
      return 'set';
    },
    /**
     * A channel was seen again: its purposes follow. It stays of the tenant in which it was set, whosever people are heard in
     * it, and of its team, where an activity says nothing of one.
     */
    async channelSeen(place: Place): Promise<void> {
      for (const { purpose } of await people.channelsAt(place.conversationId)) {
        await foundAgain(purpose, (known) => ({
          ...reachable(known),
          place: { ...known.place, ...place, tenantId: known.place.tenantId },
        }));
      }
    },
    /** The bot was taken out of a channel; with its team, out of all of the team's. */
    async channelLost({ conversationId, teamId }: Pick<Place, 'conversationId' | 'teamId'>): Promise<void> {
      const lost = [
        ...(await people.channelsAt(conversationId)),
        ...(teamId === undefined ? [] : await people.channelsOfTeam(teamId)),
      ];
      for (const { purpose } of lost)
        await people.alterChannel(purpose, (known) => known && { ...known, unreachable: 'notInstalled' });
    },
    /** The bot was installed in a team: all of its channels are reached again, those too where nobody has written since. */
    async teamJoined(teamId: string): Promise<void> {
      for (const { purpose } of await people.channelsOfTeam(teamId)) await foundAgain(purpose, reachable);
    },
  };
}
