/** Files sent to the bot in a personal chat become PoE of a claim, once it is sure of which (R12). */
import type { Claim } from '../../domain/claims/claim.ts';
import { parseClaimId } from '../../domain/claims/claimId.ts';
import type { ClaimId } from '../../domain/claims/values.ts';
import type { Desk } from '../../desk/desk.ts';
import type { RefusedFile } from '../../desk/ports/proof.ts';
import { safeFileName } from '../../desk/proof/fileName.ts';
import { formatSize } from '../../locales/formatSize.ts';
import { kindsText } from '../../locales/kindsText.ts';
import { refusalWords } from '../../locales/refusedFile.ts';
import { say } from '../../locales/say.ts';
import { textOf } from '../activity.ts';
import type { Cards } from '../cards/cards.ts';
import type { Card } from '../cards/templates.ts';
import type { AttachedFile, FetchFile } from '../files/attachments.ts';
import { NotFetchedError } from '../files/attachments.ts';
import { namedClaim, saysMore } from '../intents/namedClaim.ts';
import type { Caller } from './caller.ts';
import type { ClaimReplies } from './claimReplies.ts';
import type { Press } from './press.ts';

const MAX_KNOWN = 50;
const MAX_OFFERED = 10;
/** For all files of a message together: bounds the turn, however slowly they arrive. */
const ALL_FILES_MS = 40_000;

/** What uploads in a chat need. */
export interface FileUploadParts {
  readonly desk: Desk;
  readonly cards: Cards;
  readonly replies: ClaimReplies;
  readonly fetchFile: FetchFile;
}

/** What came of files: the answer, and the claim that got them, where words beside them still wait for one. */
export interface SentFiles {
  readonly card: Card;
  readonly wordsFor?: ClaimId;
}

/** Takes files that people send in their own chat. */
export interface FileUploads {
  /**
   * Adds the files to the claim that the message means, or asks which one that is. `areWordsTaken`: its words have
   * their own answer.
   */
  sent(files: readonly AttachedFile[], text: string, areWordsTaken: boolean, caller: Caller): Promise<SentFiles>;
  /** Adds files that waited to the claim that their sender chose. */
  chosen(press: Press, caller: Caller): Promise<Card>;
}

/** Nothing is fetched before it is sure for which claim, and that the sender may see it. */
export function createFileUploads({ desk, cards, replies, fetchFile }: FileUploadParts): FileUploads {
  async function sent(
    files: readonly AttachedFile[],
    text: string,
    areWordsTaken: boolean,
    caller: Caller,
  ): Promise<SentFiles> {
    const { person, speech } = caller;
    const list = await desk.list(person.id, 'claims', MAX_KNOWN);
    const known = (list?.views ?? []).filter(({ side }) => side === 'partner');
    const takers = known.filter(({ actions }) => actions.includes('AddPoe')).map(({ claim }) => claim);
    const [first, second] = takers;
    const only = first && !second && !list?.more ? first.id : undefined;
    const meant = namedClaim(
      text,
      files.map(({ name }) => name),
      known.map(({ claim }) => ({ id: claim.id, customer: claim.fields.customerName })),
      only,
    );
    const hasWords =
      !areWordsTaken &&
      saysMore(
        text,
        known.map(({ claim }) => claim.fields.customerName),
      );
    const added = async (claim: ClaimId): Promise<SentFiles> => ({
      card: await add(files, claim, caller),
      ...(hasWords && { wordsFor: claim }),
    });
    const named = meant.kind === 'named' ? meant.claim : undefined;
    if (named && (await desk.look(person.id, named))) return added(named);
    if (meant.kind === 'onlyOne' && only) return added(only);
    if (takers.length === 0)
      return {
        card: named
          ? replies.notFound(named, speech)
          : cards.message(await whyNoClaim(caller, list?.more ?? false), { ...speech, tone: 'attention' }),
      };
    const why = named
      ? say(speech.language, 'answer.notFound', { claim: named })
      : say(speech.language, 'answer.whichOfYours');
    const told = hasWords ? `${why} ${say(speech.language, 'answer.wordsNotTaken')}` : why;
    return { card: await ask(files, told, takers, caller) };
  }

  /** Only partners send proof; whoever else sends a file reads where what they want belongs. */
  async function whyNoClaim({ person, speech: { language } }: Caller, areMore: boolean): Promise<string> {
    const { memberships, contactOf } = await desk.member(person.id);
    if (memberships.some(({ roles }) => roles.length > 0))
      return say(language, areMore ? 'answer.whichClaim' : 'answer.noClaimTakesFiles');
    return say(language, contactOf.length > 0 ? 'answer.filesOfCustomer' : 'answer.filesOfOthers');
  }

  async function ask(
    files: readonly AttachedFile[],
    why: string,
    claims: readonly Claim[],
    { person, speech }: Caller,
  ): Promise<Card> {
    const id = await desk.poe.waiting.keep(person.id, files);
    const names = files.map(({ name }) => safeFileName(name));
    return cards.fileOffer({ files: id, names, why, claims: claims.slice(0, MAX_OFFERED) }, speech);
  }

  /** Adds each file to the claim as PoE, one after the other, and answers with a line for each on the card (R12). */
  async function add(files: readonly AttachedFile[], claim: ClaimId, caller: Caller): Promise<Card> {
    const { person, speech } = caller;
    const lines: string[] = [];
    const end = AbortSignal.timeout(ALL_FILES_MS);
    for (const file of files) {
      const taken = await desk.poe.takeFile(person.id, claim, file.name, fetched(file, end));
      if (taken.ok) {
        const size = formatSize(taken.size, speech.language);
        lines.push(
          say(speech.language, taken.waits ? 'answer.fileTakenWaiting' : 'answer.fileTaken', {
            name: taken.name,
            size,
          }),
        );
      } else lines.push(refusedLine(file, taken, caller));
    }
    const seen = await desk.look(person.id, claim);
    if (!seen) return replies.notFound(claim, speech);
    return replies.card(seen, true, caller, { note: { tone: 'plain', text: lines.join('\n') } });
  }

  /** Fetched when it is first read: not before there is room for it. */
  async function* fetched(file: AttachedFile, end: AbortSignal): AsyncGenerator<Uint8Array> {
    const bytes = await fetchFile(file, end);
    if (!bytes) throw new NotFetchedError();
    yield* bytes;
  }

  function refusedLine({ name }: AttachedFile, refused: RefusedFile, { speech }: Caller): string {
    const { maxPoeBytes, maxPoe, poeKinds } = desk.settings;
    const { key, values } = refusalWords('answer.file', refused, poeKinds);
    return say(speech.language, key ?? 'answer.fault', {
      ...values,
      name: safeFileName(name),
      kinds: kindsText(speech.language, poeKinds),
      size: formatSize(maxPoeBytes, speech.language),
      most: maxPoe,
    });
  }

  return {
    sent,
    async chosen({ inputs }, caller) {
      const { person, speech } = caller;
      const answer = (text: string): Card => cards.message(text, { ...speech, tone: 'attention' });
      const claim = parseClaimId(inputs['claim']);
      if (!claim) return answer(say(speech.language, 'answer.chooseClaimForFiles'));
      // The choice is not spent on a claim that the sender may not see.
      if (!(await desk.look(person.id, claim))) return replies.notFound(claim, speech);
      const chosen = await desk.poe.waiting.choose(person.id, textOf(inputs['files']), claim);
      switch (chosen.kind) {
        case 'gone':
          return answer(say(speech.language, 'answer.filesGone'));
        case 'otherClaim':
          return answer(say(speech.language, 'answer.filesOfOther', { claim: chosen.claim }));
        case 'chosen':
          return add(chosen.files, claim, caller);
      }
    },
  };
}
