/** Files sent to the bot in a personal chat become PoE of a claim (R12). */
import type { ClaimId } from '../../domain/claims/values.ts';
import { claimIdsIn } from '../../domain/claims/claimId.ts';
import type { Desk } from '../../desk/desk.ts';
import type { RefusedFile } from '../../desk/ports/proof.ts';
import { safeFileName } from '../../desk/proof/fileName.ts';
import { kindsText } from '../../locales/kindsText.ts';
import { refusalWords } from '../../locales/refusedFile.ts';
import { say } from '../../locales/say.ts';
import type { AttachedFile, FetchFile } from '../files/attachments.ts';
import type { Caller } from './caller.ts';
import type { ClaimReplies } from './claimReplies.ts';
import type { Cards } from '../cards/cards.ts';
import type { CommandReply } from './commandReply.ts';
import { formatSize } from '../../locales/formatSize.ts';

const MAX_LISTED = 10;
/** For all files of a message together: bounds the turn, however slowly they arrive. */
const ALL_FILES_MS = 40_000;

/** The claim that the files are for: the one named in the message, else the user's only claim that takes PoE now. */
async function claimFor(desk: Desk, text: string, { person }: Caller): Promise<ClaimId | undefined> {
  const named = claimIdsIn(text)[0];
  if (named) return named;
  const list = await desk.list(person.id, 'claims', MAX_LISTED);
  const [taker, another] = (list?.views ?? []).filter(({ actions }) => actions.includes('AddPoe'));
  return another ? undefined : taker?.claim.id;
}

/** What uploads in a chat need. */
export interface FileUploadParts {
  readonly desk: Desk;
  readonly cards: Cards;
  readonly replies: ClaimReplies;
  readonly fetchFile: FetchFile;
}

/** Adds each file to the claim as PoE, one after the other, and answers with a line for each on the card (R12). */
export async function takeFiles(
  { desk, cards, replies, fetchFile }: FileUploadParts,
  files: readonly AttachedFile[],
  text: string,
  caller: Caller,
): Promise<CommandReply> {
  const { person, speech } = caller;
  const claim = await claimFor(desk, text, caller);
  if (!claim)
    return { card: cards.message(say(speech.language, 'answer.whichClaim'), { ...speech, tone: 'attention' }) };
  // Nothing is fetched for a claim that the user may not see.
  if (!(await desk.look(person.id, claim))) return { card: replies.notFound(claim, speech) };
  const lines: string[] = [];
  const end = AbortSignal.timeout(ALL_FILES_MS);
  for (const file of files) {
    const bytes = await fetchFile(file, end);
    const taken = bytes
      ? await desk.poe.takeFile(person.id, claim, file.name, bytes)
      : ({ ok: false, problem: 'interrupted' } satisfies RefusedFile);
    if (taken.ok)
      lines.push(
        say(speech.language, 'answer.fileTaken', { name: taken.name, size: formatSize(taken.size, speech.language) }),
      );
    else {
      const { maxPoeBytes, maxPoe, poeKinds } = desk.settings;
      const { key, values } = refusalWords('answer.file', taken, poeKinds);
      lines.push(
        say(speech.language, key ?? 'answer.fault', {
          ...values,
          name: safeFileName(file.name),
          kinds: kindsText(speech.language, poeKinds),
          size: formatSize(maxPoeBytes, speech.language),
          most: maxPoe,
        }),
      );
    }
  }
  const seen = await desk.look(person.id, claim);
  if (!seen) return { card: replies.notFound(claim, speech) };
  return {
    card: await replies.card(seen, true, caller, {
      note: { tone: 'plain', text: lines.join('\n') },
    }),
  };
}
