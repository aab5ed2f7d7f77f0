/** Reads the claims in the store, and the messages about them in Teams. */
import { expect } from 'chai';
import type { Claim } from '../../../src/domain/claims/claim.ts';
import type { ClaimId } from '../../../src/domain/claims/values.ts';
import { firstBrokenEntry } from '../../../src/domain/claims/history.ts';
import type { ClaimBody, ClaimRecord } from '../../../src/desk/records/claimRecord.ts';
import { asRecord, CLAIM } from '../../../src/desk/records/claimRecord.ts';
import type { Documents } from '../../../src/desk/ports/documents.ts';
import { sha256 } from '../../../src/runtime/random.ts';
import { OTHER_PARTNER_TENANT, PARTNER_TENANT } from './personas.ts';
import type { Connector } from './connector.ts';
import type { Message } from './conversations.ts';
import type { ShownCard } from './shownCard.ts';
import { textOf } from './shownCard.ts';

const ALL = 1_000;

export type ClaimReader = ReturnType<typeof createClaimReader>;

export function createClaimReader(documents: Documents, connector: Connector) {
  const self = {
    async record(id: ClaimId): Promise<ClaimRecord> {
      const stored = await documents.read<ClaimBody>(CLAIM, id);
      if (!stored) throw new Error(`there is no claim ${id}`);
      return asRecord(stored.id, stored.body, stored.etag);
    },
    claim: async (id: ClaimId): Promise<Claim> => (await self.record(id)).claim,
    /** The types of all that happened to a claim, oldest first. */
    events: async (id: ClaimId): Promise<readonly string[]> =>
      (await self.record(id)).body.entries.map((entry) => entry.event.type),
    count: async (id: ClaimId, type: string): Promise<number> =>
      (await self.events(id)).filter((one) => one === type).length,

    /** Every claim that is in someone's list. */
    async claims(): Promise<readonly ClaimRecord[]> {
      const records: ClaimRecord[] = [];
      for (const tenant of [PARTNER_TENANT, OTHER_PARTNER_TENANT]) {
        const page = await documents.find({ kind: CLAIM, name: 'partner', value: `partner:${tenant}`, limit: ALL });
        for (const { id } of page.documents) records.push(await self.record(id as ClaimId));
      }
      return records;
    },
    /** The first entry of each claim's history that does not follow from the one before (R55). */
    async historiesHold(): Promise<void> {
      for (const { claim, body } of await self.claims())
        expect(firstBrokenEntry(body.entries, sha256), claim.id).to.equal(undefined);
    },

    /** The claim's card in one of its homes, as it is now. */
    async home(id: ClaimId, home: string): Promise<ShownCard> {
      const lies = (await self.record(id)).body.homes[home];
      if (!lies) throw new Error(`claim ${id} has no card for ${home}`);
      const message = connector.messages(lies.conversationId).find((one) => one.id === lies.messageId);
      if (!message?.card) throw new Error(`the card of ${id} for ${home} is not in ${lies.conversationId}`);
      return { conversationId: lies.conversationId, messageId: message.id, card: message.card };
    },
    /** The lines about a claim where it has a home, in a thread below its card. */
    async lines(id: ClaimId, home: string): Promise<readonly string[]> {
      const lies = (await self.record(id)).body.homes[home];
      if (!lies) return [];
      return connector
        .messages(lies.conversationId)
        .flatMap((message) => (message.text?.includes(id) ? [message.text] : []));
    },
    /** The texts of the messages in a conversation: lines as they are, cards by all that they show. */
    said: (conversationId: string): readonly string[] => connector.messages(conversationId).map(wordsOf),
  };
  return self;
}

function wordsOf(message: Message): string {
  return message.card ? textOf(message.card) : (message.text ?? '');
}
