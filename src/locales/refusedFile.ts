/** Which sentence says why a file was not taken, and how to send what is in it. */
import type { SentenceArguments, SentenceKey } from './say.ts';
import { sentenceKey } from './say.ts';

/** Of what opens a file of another kind, and as which kind it can be saved there. */
const SAVED_AS: ReadonlyMap<string, readonly [program: string, kind: string]> = new Map(
  (
    [
      ['Word', 'docx', ['doc', 'docm', 'dot', 'dotx', 'dotm', 'rtf', 'odt', 'wordXml']],
      ['Excel', 'xlsx', ['xls', 'xlsb', 'xlsm', 'xlt', 'xltx', 'xltm', 'ods', 'csv', 'excelXml', 'excelPage']],
      ['PowerPoint', 'pptx', ['ppt', 'pptm', 'pps', 'ppsx', 'ppsm', 'pot', 'potx', 'potm', 'odp', 'powerPointXml']],
      ['LibreOffice', 'docx', ['fodt']],
      ['LibreOffice', 'xlsx', ['fods']],
      ['LibreOffice', 'pptx', ['fodp']],
    ] as const
  ).flatMap(([program, kind, endings]) => endings.map((ending) => [ending, [program, kind] as const] as const)),
);
/** What kinds are called that have no ending of their own. */
const SHOWN_AS: ReadonlyMap<string, string> = new Map([
  ['wordXml', 'xml'],
  ['excelXml', 'xml'],
  ['powerPointXml', 'xml'],
  ['excelPage', 'html'],
]);
const ARCHIVES = ['zip', 'jar', 'apk', 'archive'];
/** Kinds that only their own program opens, with the endings that people see. */
const EXPORTED: ReadonlyMap<string, string> = new Map([
  ['iwork', 'pages, .numbers, .key'],
  ['vsdx', 'vsdx'],
  ['vsdm', 'vsdm'],
  ['vsd', 'vsd'],
  ['epub', 'epub'],
  ['one', 'one'],
  ['pub', 'pub'],
  ['hwp', 'hwp'],
  ['xps', 'xps'],
  ['postscript', 'ps, .eps'],
  ['odf', 'odf'],
  ['xlam', 'xlam'],
  ['ppam', 'ppam'],
]);
/** The ending of a kind's names; by itself but for JPEG. */
const ENDINGS: ReadonlyMap<string, string> = new Map([['jpeg', 'jpg']]);

/** A sentence and its values, those of the caller included. */
export interface RefusalWords {
  readonly key: SentenceKey | undefined;
  readonly values: SentenceArguments;
}

/**
 * The words for a file that was not taken: `place` begins their key, `culprit` is what the inspection blames,
 * `accepted` are the kinds that are taken. No one is told to save a file as a kind that is not taken. The key is
 * undefined where there is no such problem.
 */
export function refusalWords(
  place: 'file' | 'answer.file',
  { problem, culprit = '' }: { readonly problem: string; readonly culprit?: string | undefined },
  accepted: readonly string[],
): RefusalWords {
  const words = (rest: string, more?: string): SentenceKey | undefined => {
    if (more === undefined) return sentenceKey(place === 'file' ? `file.${rest}` : `answer.file.${rest}`);
    return sentenceKey(place === 'file' ? `file.${rest}.${more}` : `answer.file.${rest}.${more}`);
  };
  const general = words(problem);
  if (problem === 'nameDoesNotMatchKind')
    return { key: general, values: { culprit: culprit.toUpperCase(), ending: ENDINGS.get(culprit) ?? culprit } };
  if (problem !== 'kindNotAccepted') return { key: words(problem, culprit) ?? general, values: { culprit } };
  const [program, kind] = SAVED_AS.get(culprit) ?? [];
  if (program !== undefined && kind !== undefined && accepted.includes(kind))
    return {
      key: words('kindNotAccepted', 'saveAs'),
      values: { culprit: SHOWN_AS.get(culprit) ?? culprit, program, ending: kind },
    };
  if (ARCHIVES.includes(culprit)) return { key: words('kindNotAccepted', 'archive'), values: { culprit } };
  const exported = EXPORTED.get(culprit);
  if (exported !== undefined && accepted.includes('pdf'))
    return { key: words('kindNotAccepted', 'exportPdf'), values: { culprit: exported } };
  const own = canBeFollowed(culprit, accepted) ? words('kindNotAccepted', culprit) : undefined;
  return { key: own ?? general, values: { culprit } };
}

/** The advice on these names the kinds to save them as. */
const ADVISED: ReadonlyMap<string, readonly string[]> = new Map([
  ['heic', ['jpeg']],
  ['picture', ['png', 'jpeg']],
  ['webPage', ['pdf']],
  ['email', ['pdf']],
  ['text', ['pdf']],
  ['shortcut', []],
]);

function canBeFollowed(culprit: string, accepted: readonly string[]): boolean {
  return ADVISED.get(culprit)?.every((kind) => accepted.includes(kind)) ?? false;
}
