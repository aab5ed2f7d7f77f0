import { expect } from 'chai';
import type { Announcement } from '../../../src/desk/ports/announcement.ts';
import type { ClaimId, PersonId } from '../../../src/domain/claims/values.ts';
import { LANGUAGES } from '../../../src/locales/say.ts';
import { announcementText } from '../../../src/teams/text/announcements.ts';

const PERSON = '11111111-1111-4111-8111-111111111111/00000000-0000-4000-8000-00000000abcd' as PersonId;
const ALL: readonly Announcement[] = [
  { kind: 'mpnIdGone', mpnId: '1234567', organisation: 'Fabrikam', channel: true },
  { kind: 'mpnIdGone', mpnId: '1234567', organisation: 'Fabrikam', channel: false },
  { kind: 'mpnIdGained', mpnId: '1234567', organisation: 'Fabrikam' },
  { kind: 'staffOutside', people: [PERSON], more: true },
  { kind: 'historyBroken', claim: 'CPOR-7F3K9Q' as ClaimId, version: 3 },
  { kind: 'rightsBroken', of: 'person', id: 'aaaaaaaa-1111/bbbbbbbb-2222' },
  { kind: 'rightsBroken', of: 'organisation', id: 'partner:aaaaaaaa-1111' },
  { kind: 'rightsBroken', of: 'channel', id: 'mpn:1234567' },
  { kind: 'anchorsDoubtful', anchors: 1 },
  { kind: 'anchorsDoubtful', anchors: 5 },
  { kind: 'channelLost', purpose: 'review', how: 'removed' },
  { kind: 'channelLost', purpose: 'review', how: 'channelDeleted' },
  { kind: 'channelLost', purpose: 'mpn:1234567', how: 'teamDeleted' },
  { kind: 'channelLost', purpose: 'mpn:1234567', how: 'teamArchived' },
];

describe('The words of an announcement', () => {
  for (const language of LANGUAGES)
    for (const what of ALL)
      it(`are whole sentences in ${language} for ${what.kind}, with all that it names`, () => {
        const text = announcementText(what, { language, zone: 'UTC' });
        expect(text)
          .to.match(/[.»”]$/u)
          .and.not.match(/[{}]|undefined/);
        if ('organisation' in what) expect(text).to.contain('Fabrikam');
        if ('mpnId' in what || ('purpose' in what && what.purpose !== 'review')) expect(text).to.contain('1234567');
        if (what.kind === 'staffOutside')
          expect(text).to.contain('11111111…/…0000abcd').and.contain('PROGRAMME_TENANTS');
        if (what.kind === 'historyBroken') expect(text).to.contain('CPOR-7F3K9Q').and.contain('3');
      });
});
