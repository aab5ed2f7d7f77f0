/** Channels with a purpose: set, seen, lost and found again (R4, R45, R47). */
import type { Claim } from '../../domain/claims/claim.ts';
import { isOperator } from '../../domain/claims/permission.ts';
import type { PersonId } from '../../domain/claims/values.ts';
import type { Instant } from '../../domain/calendar/calendar.ts';
import type { Announce, ChannelLoss } from '../ports/announcement.ts';
import type { Channel, People, Place } from './people.ts';
import { channelSet, reachable } from './people.ts';
import type { Language } from '../ports/system.ts';
import { partnerPurpose } from '../records/waitKeys.ts';
import type { Reader } from '../ports/reader.ts';
import type { SecurityEvent } from '../ports/securityLog.ts';
import type { World } from '../ports/world.ts';

/** What channels are used for, and whether they can be reached. */
export interface Channels {
  /**
   * As whom a channel may read a claim, and so what may be shown where others read along: only the claims that it is a
   * home of, for the organisation that has its MPN id now (R6, R47). Undefined where it may not.
   */
  readerAt(conversationId: string, claim: Claim): Promise<Extract<Reader, { kind: 'audience' }> | undefined>;
  /** What a channel is used for; empty for one without a purpose. */
  purposesAt(conversationId: string): Promise<readonly string[]>;
  /** A channel becomes the home of reviews (`review`) or of an MPN id (`mpn:…`), on behalf of a person (R4). */
  use(person: PersonId, purpose: string, place: Place, language?: Language): Promise<ChannelUse>;
  /**
   * A channel was seen: it is reachable again and its place is kept fresh. It stays in the tenant in which it was set,
   * from whichever tenant people write in it, and in its team, where an activity names none.
   */
  seen(place: Place): Promise<void>;
  /** A channel was lost; with its team, all of the team's channels. Operators are told, once for each loss. */
  lost(place: LostPlace, how?: ChannelLoss, at?: Instant): Promise<void>;
  /** A channel that was deleted is back. */
  restored(place: Pick<Place, 'conversationId' | 'tenantId'>, at?: Instant): Promise<void>;
  /**
   * The bot was installed in a team, or the team is back: all of its channels can be reached again, also those in which
   * no one has written since, but for those that were deleted themselves.
   */
  teamJoined(place: TeamPlace, at?: Instant): Promise<void>;
}

/**
 * What was lost, and in which tenant that was said. What is said from another tenant than that of the channel is not
 * believed: it changes nothing, and goes into the security log.
 */
export type LostPlace = Pick<Place, 'tenantId'> & Partial<Pick<Place, 'conversationId' | 'teamId'>>;

/** A team, and in which tenant something was said of it. */
export interface TeamPlace {
  readonly tenantId: string;
  readonly teamId: string;
}

/**
 * What came of giving a channel a purpose. `taken`: the channel is another organisation's already, whose claims its
 * readers would see (R6). `notAllowed`: only operators, and for its own MPN ids a partner, may do this. `mpnUnknown`:
 * no enrolled partner has the MPN id.
 */
export type ChannelUse = 'set' | 'taken' | 'notAllowed' | 'mpnUnknown';

/** `resumeAll` is called with the keys whose parked notices may be delivered again. */
export function createChannels(
  people: People,
  resumeAll: (keys: readonly string[]) => Promise<void>,
  { clock, announce, securityLog }: Pick<World, 'clock' | 'securityLog'> & { readonly announce: Announce },
): Channels {
  /**
   * Whether notices wait is read in the same write that makes the channel reachable: another instance may mark it at
   * any moment.
   */
  async function foundAgain(purpose: string, alter: (channel: Channel) => Channel): Promise<void> {
    let isAwaited = false;
    await people.alterChannel(purpose, (known) => {
      isAwaited = known?.unreachable !== undefined || known?.awaited === true;
      return known && alter(known);
    });
    if (isAwaited) await resumeAll([`channel:${purpose}`]);
  }

  /** Those of the channels that are of the tenant in which something was said of them. */
  function believed(found: readonly Channel[], said: SaidOfChannel, tenantId: string): readonly Channel[] {
    return found.filter(({ purpose, place }) => {
      if (place.tenantId.toLowerCase() === tenantId.toLowerCase()) return true;
      securityLog.record({ what: 'foreignTenant', purpose, said, tenant: tenantId });
      return false;
    });
  }

  return {
    async readerAt(conversationId, claim) {
      for (const channel of await people.channelsAt(conversationId)) {
        const { purpose } = channel;
        if (purpose === 'review' && claim.submittedAt !== undefined) return { kind: 'audience', audience: 'review' };
        if (purpose === partnerPurpose(claim) && (await people.readersOf(channel)) === claim.partner.id)
          return { kind: 'audience', audience: 'partner' };
      }
      return undefined;
    },
    async purposesAt(conversationId) {
      return (await people.channelsAt(conversationId)).map(({ purpose }) => purpose);
    },
    async use(person, purpose, place, language) {
      const mpnId = purpose.startsWith('mpn:') ? purpose.slice('mpn:'.length) : undefined;
      const member = await people.memberBy(person);
      const isOwn = member.memberships.some(
        ({ roles, mpnIds }) => mpnId !== undefined && roles.length > 0 && mpnIds.includes(mpnId),
      );
      if (!isOperator(member) && !isOwn) return 'notAllowed';
      if (mpnId !== undefined && !(await people.organisationOfMpn(mpnId))) return 'mpnUnknown';
      const holder = await people.holderOf(purpose);
      const here = await people.channelsAt(place.conversationId);
      const readers = await Promise.all(here.map(async (one) => one.holder ?? people.holderOf(one.purpose)));
      if (readers.some((reader) => reader !== holder)) return 'taken';
      await people.alterChannel(
        purpose,
        (known) => {
          const spoken = language ?? known?.language;
          return { ...channelSet(known, purpose, place, holder), ...(spoken && { language: spoken }) };
        },
        person,
      );
      await resumeAll([`channel:${purpose}`]);
      return 'set';
    },
    async seen(place) {
      for (const { purpose } of await people.channelsAt(place.conversationId)) {
        await foundAgain(purpose, (known) => ({
          ...reachable(known),
          place: { ...known.place, ...place, tenantId: known.place.tenantId },
        }));
      }
    },
    async lost({ conversationId, teamId, tenantId }, how = 'removed', at) {
      const named = [
        ...(conversationId === undefined ? [] : await people.channelsAt(conversationId)),
        ...(teamId === undefined ? [] : await people.channelsOfTeam(teamId)),
      ];
      const once = [...new Map(named.map((channel) => [channel.purpose, channel])).values()];
      const lost = believed(once, how, tenantId).map(({ purpose }) => purpose);
      for (const purpose of lost) {
        const channel = await people.alterChannel(purpose, (known) =>
          known && isLate(known, at) ? known : known && lostChannel(known, how, clock.now(), at),
        );
        // Told again after a crash, and where Teams says it again, under the same key: so it is told once.
        if (channel?.lostAt !== undefined)
          await announce(`channelLost/${purpose}/${channel.lostAt}`, { kind: 'channelLost', purpose, how }, OPERATORS);
      }
    },
    async restored({ conversationId, tenantId }, at) {
      for (const { purpose } of believed(await people.channelsAt(conversationId), 'channelRestored', tenantId))
        await foundAgain(purpose, (known) => (isLate(known, at) ? known : changed(reachable(known), at)));
    },
    async teamJoined({ teamId, tenantId }, at) {
      for (const { purpose } of believed(await people.channelsOfTeam(teamId), 'teamJoined', tenantId))
        await foundAgain(purpose, (known) =>
          isLate(known, at) || known.isDeleted ? known : changed(reachable(known), at),
        );
    },
  };
}

type SaidOfChannel = Extract<SecurityEvent, { what: 'foreignTenant' }>['said'];

const OPERATORS = { kind: 'operators' } as const;

/** Whether an event of `at` happened before another that the channel shows already. */
function isLate({ changedAt }: Channel, at: Instant | undefined): boolean {
  return at !== undefined && changedAt !== undefined && at < changedAt;
}

function changed(channel: Channel, at: Instant | undefined): Channel {
  return at === undefined ? channel : { ...channel, changedAt: at };
}

/** The channel as lost; one that was lost before keeps when that was. What only a delivery found is no loss yet. */
function lostChannel(known: Channel, how: ChannelLoss, now: Instant, at: Instant | undefined): Channel {
  const unreachable = how === 'removed' ? 'notInstalled' : 'conversationLost';
  const lostAt = known.unreachable === undefined ? now : (known.lostAt ?? now);
  return changed(
    {
      ...known,
      unreachable,
      ...(lostAt !== undefined && { lostAt }),
      ...(how === 'channelDeleted' && { isDeleted: true as const }),
    },
    at,
  );
}
