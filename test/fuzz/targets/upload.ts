/** Uploads: the bytes of files, their names, the links that let them in and out, and the request that brings them. */
import { attachment, harmlessType } from '../../../src/web/proof/contentDisposition.ts';
import { extensionOf, safeFileName } from '../../../src/desk/proof/fileName.ts';
import type { AcceptedFile, InspectionProblem, RejectedFile } from '../../../src/desk/ports/inspection.ts';
import { MAX_CULPRIT_LENGTH } from '../../../src/desk/ports/inspection.ts';
import type { ClaimId, PersonId, PoeId } from '../../../src/domain/claims/values.ts';
import { POE_MARKS } from '../../../src/domain/claims/values.ts';
import { inspectFile } from '../../../src/files/inspection/inspect.ts';
import { segmentsOf } from '../../../src/files/fileKey.ts';
import { FilesError } from '../../../src/files/filesError.ts';
import { escapeHtml } from '../../../src/web/pages/html.ts';
import { isLink } from '../../../src/web/pages/linkPage.ts';
import { takeFile } from '../../../src/web/proof/uploads.ts';
import type { Chance } from '../../support/random.ts';
import { FilesFake, storedFile } from '../../desk/filesFake.ts';
import { pdf } from '../../files/samples.ts';
import { PERSONAS } from '../../acceptance/support/personas.ts';
import { altered } from '../bytes.ts';
import { claimsOfAct } from '../claimsOfAct.ts';
import { idOf, openDeskUnderFuzz } from '../deskUnderFuzz.ts';
import { filesToAlter } from '../filesToAlter.ts';
import { hostileText } from '../hostile.ts';
import { checkAction } from '../checkedAction.ts';
import { unpolluted } from '../pollution.ts';
import { readableText } from '../readable.ts';
import { alone, promise } from '../target.ts';
import type { Stage, Taken, Target } from '../target.ts';
import { AnswerKept, requestOf } from '../webRequest.ts';
import type { LinkUse } from '../../../src/desk/ports/proof.ts';
import { createLinkCookies } from '../../../src/web/proof/cookies.ts';
import { enterLink } from '../../support/inBrowser.ts';

/** A file's bytes, looked into. */
export const files: Target = { name: 'files', share: 6, act: 1, open: openFiles };
/** A file's name and a link, as texts. */
export const names: Target = { name: 'names', share: 8, act: 1, open: openNames };
/** A file sent through a link. */
export const uploads: Target = { name: 'uploads', share: 2, act: 10, open: openUploads };

const PROBLEMS: Readonly<Record<InspectionProblem, true>> = {
  empty: true,
  kindNotAccepted: true,
  nameDoesNotMatchKind: true,
  twoKinds: true,
  macros: true,
  active: true,
  external: true,
  encrypted: true,
  archiveBomb: true,
  tooManyPixels: true,
  cutOff: true,
  broken: true,
  nestedArchive: true,
  unknownPart: true,
  tooComplex: true,
};
const KINDS: readonly string[] = ['pdf', 'docx', 'xlsx', 'pptx', 'png', 'jpeg'];
const NAMES = [
  'proof.pdf',
  'proof.docx',
  'proof',
  'proof.PNG',
  'a.tar.gz',
  'договор.pdf',
  'sözleşme.xlsx',
  'CON.pdf',
  ' .pdf',
  'proof.pdf.',
  'x.jpeg',
] as const;

interface FileInput {
  readonly name: string;
  readonly base64: string;
}

async function openFiles(): Promise<Stage> {
  const samples = await filesToAlter();
  const make = (chance: Chance): FileInput => {
    const sample = chance.pick(samples);
    return {
      name: nameMade(chance),
      base64: (chance.happens(0.12) ? sample : altered(chance, sample)).toString('base64'),
    };
  };
  return alone(make, async ({ name, base64 }: FileInput): Promise<Taken> => {
    const kept = new FilesFake(() => 0);
    kept.open = async () => storedFile(Buffer.from(String(base64), 'base64'));
    const verdict = await inspectFile(kept, 'poe/x/y', String(name));
    promise(isVerdict(verdict), 'a file gets a verdict that is none', verdict);
    unpolluted();
    return verdict.ok ? 'accepted' : 'refused';
  });
}

/** Whether an inspection answered as its port promises. */
export function isVerdict(verdict: AcceptedFile | RejectedFile): boolean {
  return verdict.ok
    ? KINDS.includes(verdict.kind) && marksAreKnown(verdict.marks)
    : Object.hasOwn(PROBLEMS, verdict.problem) && isCulprit(verdict.culprit);
}

function marksAreKnown(marks: AcceptedFile['marks']): boolean {
  if (marks === undefined) return true;
  return marks.length > 0 && new Set(marks).size === marks.length && marks.every((mark) => POE_MARKS.includes(mark));
}

function isCulprit(culprit: string | undefined): boolean {
  if (culprit === undefined) return true;
  return (
    culprit.length <= MAX_CULPRIT_LENGTH && /^[^\p{Cc}\p{Cf}\p{Zl}\p{Zp}]+$/u.test(culprit) && culprit.isWellFormed()
  );
}

function nameMade(chance: Chance): string {
  return chance.weighed({ plain: 40, hostile: 30, both: 30 }) === 'plain'
    ? chance.pick(NAMES)
    : `${hostileText(chance)}${chance.happens(0.5) ? chance.pick(NAMES) : ''}`;
}

interface NameInput {
  readonly name: string;
  readonly link: string;
  readonly key: string;
}

const UNSAFE = /[\p{Cc}\p{Cf}\p{Cs}<>:"|?*/\\]|^[. ]|[. ]$/u;

async function openNames(): Promise<Stage> {
  const world = await openDeskUnderFuzz().then((fuzzed) => fuzzed.world);
  const facts = { claim: 'CPOR-7F3K9Q' as ClaimId, person: idOf(PERSONAS.anna) as PersonId, until: 1_800_000_000_000 };
  const genuine = [
    await world.links.seal({ kind: 'upload', ...facts, nonce: 'nonce' }),
    await world.links.seal({ kind: 'download', ...facts, nonce: 'nonce', poe: 'poe' as PoeId }),
  ];

  function make(chance: Chance): NameInput {
    const link = chance.pick(genuine);
    return {
      name: nameMade(chance),
      link: linkMade(chance, link, genuine),
      key: chance.happens(0.4) ? `poe/CPOR-7F3K9Q/${hostileText(chance)}` : hostileText(chance),
    };
  }
  async function take({ name, link, key }: NameInput): Promise<Taken> {
    const safe = safeFileName(name);
    promise(
      safe !== '' && safe.length <= 120 && !UNSAFE.test(safe) && safe.isWellFormed(),
      'a safe name is not safe',
      safe,
    );
    promise(safeFileName(safe) === safe, 'a safe name does not stay as it is', [safe, safeFileName(safe)]);
    promise(/^[a-z0-9]{0,16}$/.test(extensionOf(safe)), 'an extension is none', safe);
    for (const one of [name, safe])
      promise(
        /^attachment; filename=(?:"[A-Za-z0-9 ._-]+"|[A-Za-z0-9._-]+)(?:; filename\*=UTF-8''[\w.!~%$&+^`|#-]+)?$/.test(
          attachment(one),
        ),
        'a name comes out of its header',
        attachment(one),
      );
    promise(/^[\w/.+-]+$/.test(harmlessType(name)), 'a content type comes out of its header', name);
    promise(!/[<>"']/.test(escapeHtml(name)) && escapeHtml(name).isWellFormed(), 'a name comes out of its page', name);
    holdsKey(key);
    const known = (await world.links.unseal('upload', link)) ?? (await world.links.unseal('download', link));
    promise(known === undefined || genuine.includes(link), 'a link is believed that the desk did not make', link);
    promise(!isLink(link) || /^[\w.-]{1,1024}$/.test(link), 'a link is one that is none', link);
    unpolluted();
    return known === undefined ? 'refused' : 'accepted';
  }
  return alone(make, take);
}

function linkMade(chance: Chance, link: string, genuine: readonly string[]): string {
  const other = chance.pick(genuine);
  const at = chance.below(link.length);
  switch (chance.weighed({ genuine: 30, altered: 35, swapped: 10, hostile: 15, upper: 10 })) {
    case 'altered':
      return altered(chance, Buffer.from(link)).toString('latin1');
    case 'swapped':
      return chance.pick([
        `${link.slice(0, at)}${other.slice(at)}${chance.pick(['', '.', '=', ' '])}`,
        `${other.slice(0, 16)}${link.slice(16)}`,
        `${link.slice(0, -22)}${other.slice(-22)}`,
      ]);
    case 'hostile':
      return chance.pick([
        hostileText(chance),
        `${hostileText(chance)}${link}`,
        `${link}${hostileText(chance)}`,
        `${link.slice(0, at)}${hostileText(chance)}${link.slice(at)}`,
      ]);
    case 'upper':
      return link.toUpperCase();
    default:
      return link;
  }
}

/** A key leads nowhere but into its own folder, or is refused. */
function holdsKey(key: string): void {
  try {
    promise(
      segmentsOf(key).every((segment) => /^[\w.-]{1,200}$/.test(segment) && segment !== '.' && segment !== '..'),
      'a key leads elsewhere',
      key,
    );
  } catch (error) {
    if (!(error instanceof FilesError)) throw error;
  }
}

interface UploadInput extends FileInput {
  /** The header with the name. */
  readonly sentAs: string;
  /** The cookie's value. */
  readonly session: string;
  readonly link: string;
  readonly fromPage: boolean;
  readonly length?: string;
  readonly language: string;
}

const LANGUAGES = ['tr', 'ru-RU,ru;q=0.9', 'en;q=x', 'q=1;;;', '*', '', 'tr;q=-1,ru;q=1e308'] as const;

async function openUploads(): Promise<Stage> {
  const fuzzed = await openDeskUnderFuzz();
  const claims = await claimsOfAct(fuzzed);
  const samples = await filesToAlter();
  const uses: LinkUse[] = [];
  for (const person of [PERSONAS.anna, PERSONAS.nikita, PERSONAS.arun, PERSONAS.stefan])
    for (const claim of [claims.complete, claims.submitted, claims.asked, claims.approved, claims.foreign]) {
      const url = await fuzzed.desk.poe.uploadLink(claim, idOf(person) as PersonId);
      const link = url.split('/poe/')[1] ?? '';
      const use = await enterLink(fuzzed.desk.poe.uploads, link);
      uses.push(use.ok ? use : { link });
    }
  fuzzed.seal();
  const links = uses.map(({ link }) => link);
  const sessions = uses.flatMap(({ session }) => session ?? []);
  const cookies = createLinkCookies(() => 'https://desk.example');

  function make(chance: Chance): UploadInput {
    const sample = chance.pick(samples);
    const name = chance.happens(0.5) ? 'proof' : nameMade(chance);
    const { link, session = '' } = chance.happens(0.8) ? chance.pick(uses.slice(0, 3)) : chance.pick(uses);
    return {
      name,
      base64: (chance.happens(0.6) ? pdf(`/Info(${chance.below(100_000)})`) : altered(chance, sample)).toString(
        'base64',
      ),
      sentAs: chance.happens(0.85)
        ? encodeURIComponent(name.toWellFormed())
        : chance.pick(['', '%', '%ff%fe', '%00', 'a, b', '__proto__', 'a'.repeat(9_000)]),
      session: chance.happens(0.9)
        ? session
        : chance.pick([chance.pick(sessions), linkMade(chance, session, sessions), `${session}; ${session}`, '']),
      link: chance.happens(0.9) ? link : linkMade(chance, link, links),
      fromPage: chance.happens(0.97),
      language: chance.pick(LANGUAGES),
      ...(chance.happens(0.1) && { length: chance.pick(['-1', '0', 'x', '1e308', '999999999', '']) }),
    };
  }
  async function take({ link, sentAs, session, base64, fromPage, length, language }: UploadInput): Promise<Taken> {
    const answer = new AnswerKept();
    const request = requestOf({
      url: `/poe/${String(link)}/files`,
      body: Buffer.from(String(base64), 'base64'),
      headers: {
        ...(fromPage && { 'x-requested-with': 'desk' }),
        'x-file-name': String(sentAs),
        cookie: `a=b; __Secure-desk-session=${String(session)}`,
        ...(length !== undefined && { 'content-length': String(length) }),
        'accept-language': String(language),
      },
    });
    await checkAction(fuzzed, {
      by: idOf(PERSONAS.anna),
      async act() {
        const parts = {
          backend: { uploads: fuzzed.desk.poe.uploads, log: fuzzed.world.log },
          cookies,
          publicUrl: () => 'https://desk.example',
        };
        await takeFile(link, request, answer.asResponse(), parts, (ms, call) => fuzzed.world.timer.after(ms, call));
        const told = JSON.parse(answer.text) as { readonly ok: boolean; readonly sentence?: string };
        promise(
          told.ok === (answer.status === 201) && answer.status < 500,
          'an upload is answered with another status than it may',
          { status: answer.status, told },
        );
        if (told.ok) fuzzed.verdicts.push('done');
        readableText(told.sentence ?? '');
        return [];
      },
    });
    return answer.status === 201 ? 'accepted' : 'refused';
  }
  return { begin: () => fuzzed.rewind(), make, take: (input) => take(input as UploadInput) };
}
