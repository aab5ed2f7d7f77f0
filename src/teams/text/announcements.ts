/** The words of messages that belong to no claim. They contain typed names unescaped: send them as plain text. */
import type { Announcement } from '../../desk/ports/announcement.ts';
import { say } from '../../locales/say.ts';
import type { Speech } from './format.ts';
import { idPart } from './labels.ts';

/** An announcement in its reader's language. */
export function announcementText(what: Announcement, { language }: Speech): string {
  switch (what.kind) {
    case 'mpnIdGone':
      return say(language, what.channel ? 'announcement.mpnIdGoneWithChannel' : 'announcement.mpnIdGone', {
        mpnId: what.mpnId,
        organisation: what.organisation,
      });
    case 'mpnIdGained':
      return say(language, 'announcement.mpnIdGained', { mpnId: what.mpnId, organisation: what.organisation });
    case 'staffOutside':
      return [
        say(language, 'announcement.staffOutside', { people: what.people.map(idPart).join(', ') }),
        ...(what.more ? [say(language, 'announcement.staffOutsideMore')] : []),
      ].join(' ');
    case 'historyBroken':
      return say(language, 'announcement.historyBroken', { claim: what.claim, version: what.version });
    case 'rightsBroken':
      return say(language, `announcement.rightsBroken.${what.of}`, {
        id: what.of === 'person' ? idPart(what.id) : what.id,
      });
    case 'anchorsDoubtful':
      return say(language, 'announcement.anchorsDoubtful', { anchors: what.anchors });
    case 'channelLost': {
      const mpnId = what.purpose.slice('mpn:'.length);
      const lost = say(language, `announcement.channelLost.${what.how}`);
      return what.purpose === 'review'
        ? say(language, 'announcement.channelLost.review', { lost })
        : say(language, 'announcement.channelLost.mpn', { lost, mpnId });
    }
  }
}
