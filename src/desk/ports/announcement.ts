/** Announcements: messages to people that belong to no claim. */
import type { ClaimId, OrganisationId, PersonId } from '../../domain/claims/values.ts';

/** What an announcement says. It has ids and names of organisations, never a name of a person or what one wrote. */
export type Announcement =
  /**
   * To the organisation that had an MPN id, and to operators: it is theirs no more. `channel`: their claims with this
   * id had a channel, which has no purpose any more.
   */
  | {
      readonly kind: 'mpnIdGone';
      readonly mpnId: string;
      readonly organisation: string;
      readonly channel: boolean;
    }
  /** To the organisation that has an MPN id now which another had before, and to operators. */
  | { readonly kind: 'mpnIdGained'; readonly mpnId: string; readonly organisation: string }
  /** To operators: people whose roles do not count, because they are of none of the programme's tenants. */
  | { readonly kind: 'staffOutside'; readonly people: readonly PersonId[]; readonly more: boolean }
  /** To operators: the history of a claim does not match its hashes, so that the claim decides nothing. */
  | { readonly kind: 'historyBroken'; readonly claim: ClaimId; readonly version: number }
  /** To operators: a document of rights does not match what the desk wrote, so that no right follows from it. */
  | { readonly kind: 'rightsBroken'; readonly of: 'person' | 'organisation' | 'channel'; readonly id: string }
  /** To operators: so many of the newest anchors were not signed by the desk, or cannot be read. */
  | { readonly kind: 'anchorsDoubtful'; readonly anchors: number }
  /**
   * To operators: a channel with a purpose (`review`, or `mpn:<id>`) was lost, so its notices wait or go elsewhere.
   */
  | {
      readonly kind: 'channelLost';
      readonly purpose: string;
      readonly how: ChannelLoss;
    };

/** How a channel was lost: the bot was removed from it, it or its team was deleted, or its team archived. */
export type ChannelLoss = 'removed' | 'channelDeleted' | 'teamDeleted' | 'teamArchived';

/** Whom an announcement is for: whoever they are when it is delivered. */
export type AnnouncementAudience =
  | { readonly kind: 'operators' }
  /** The members of a partner organisation. */
  | { readonly kind: 'organisation'; readonly id: OrganisationId }
  | { readonly kind: 'person'; readonly id: PersonId };

/**
 * Stores an announcement, which is then delivered at least once. `key` names it: one that is there already is not
 * stored again.
 */
export type Announce = (key: string, what: Announcement, to: AnnouncementAudience) => Promise<void>;
