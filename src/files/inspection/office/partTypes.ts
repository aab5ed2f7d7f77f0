/**
 * What the list of content types may say of a part that is used (R9). What is not listed is refused; what is said of
 * parts that are not there, or that nothing refers to, does no harm: writers list all they know.
 */
import type { ContentTypes } from './contentTypes.ts';
import type { Finding } from './finding.ts';
import { reject } from './finding.ts';
import { isActiveType, isMacroEnabled } from './kinds.ts';
import { isPassive, isUnjudged } from './relationshipRules.ts';
import type { Relationship } from './relationships.ts';

/** Types of Office and its standard. Their last word is mostly that of the relationship that leads to such a part. */
const OFFICE_TYPE =
  /^application\/vnd\.(?:openxmlformats-(?:officedocument|package)|ms-(?:office|word|excel|powerpoint))\.(?:\w+\.)*([\w-]+)(?:\+xml)?$/;

/** The last words of types that have another name than their relationships. */
const OTHER_NAMES = new Set(
  [
    'glossary chartshapes diagramstyle controlproperties customdataproperties customxmlproperties threadedcomments',
    'digital-signature-origin digital-signature-xmlsignature digital-signature-certificate',
    'mailmergerecipientdata obfuscatedfont binindexws intelligence2',
  ].flatMap((line) => line.split(' ')),
);

/** Pictures, sound, films, fonts and solids: they are shown or played by what they are, not by their type. */
const SHOWN = /^(?:image|audio|video|font|model)\/|^application\/(?:x-font|font-)/;

/** XML that Office knows by its relationship alone, plain bytes, and media that have no class of their own. */
const PLAIN = new Set([
  '',
  'application/xml',
  'text/xml',
  'application/octet-stream',
  'application/binary',
  'application/inkml+xml',
  'application/pdf',
  'application/postscript',
  'application/x-msmetafile',
  'application/mp4',
  'application/ogg',
  'application/ttml+xml',
  'application/vnd.ms-asf',
  'application/vnd.ms-opentype',
  'application/vnd.openxmlformats-officedocument.model+data',
  'text/vtt',
]);

/** Targets whose type is their writer's choice: they are judged by their bytes, or no part of the document. */
const OF_ANY_TYPE = new Set(['officedocument', 'package', 'oleobject', 'customxml', 'hyperlink']);

/** What the types of parts tell of a package, if anything; `isThere` knows the parts. */
export function judgeTypes(
  types: ContentTypes,
  relationships: readonly Relationship[],
  main: string | undefined,
  isThere: (part: string) => boolean,
): readonly Finding[] {
  const own = main === undefined ? '' : types.typeOf(main);
  // A package without a document says by its types alone what it is.
  const declared = [...types.ofParts].filter(([part]) => main === undefined || isThere(part));
  const active = declared
    .filter(([, type]) => isActiveType(type) || (isMacroEnabled(type) && type !== own))
    .map(([, type]) => reject(/activex|webextension/.test(type) ? 'active' : 'macros', lastWord(type)));
  const used = relationships.filter(({ type }) => type !== undefined && !OF_ANY_TYPE.has(type));
  const parts = new Set(used.flatMap(({ part }) => (part !== undefined && part !== main && isThere(part) ? part : [])));
  const unjudged = new Set(used.filter(isUnjudged).map(({ part }) => part));
  const listed = new Set(used.filter((one) => !isUnjudged(one)).map(({ part }) => part));
  const unknown = [...parts]
    .filter((part) => !(unjudged.has(part) && !listed.has(part) && isOffices(types.typeOf(part))))
    .map((part) => types.typeOf(part))
    .filter((type) => !isKnown(type))
    .map((type) => reject('unknownPart', lastWord(type)));
  return [...active, ...unknown];
}

/** A macro type that is declared for an ending only says nothing of a part with that ending. */
function isKnown(type: string): boolean {
  if (PLAIN.has(type) || SHOWN.test(type) || isActiveType(type) || isMacroEnabled(type)) return true;
  const word = OFFICE_TYPE.exec(type)?.[1];
  return word !== undefined && (isPassive(word) || OTHER_NAMES.has(word));
}

/** Whether a type is of Office or its standard, known or not. */
export function isOffices(type: string): boolean {
  return OFFICE_TYPE.test(type);
}

function lastWord(type: string): string {
  return type.slice(type.lastIndexOf('/') + 1);
}
