/** What a package is, by the type of its main part. */
import type { ContentTypes } from './contentTypes.ts';

export type OfficeKind = 'docx' | 'xlsx' | 'pptx';

const OPEN_XML = 'application/vnd.openxmlformats-officedocument.';

/** The types of main parts, and the endings under which people know them. Taken are the first three. */
const BY_TYPE: ReadonlyMap<string, string> = new Map(
  Object.entries({
    [`${OPEN_XML}wordprocessingml.document.main+xml`]: 'docx',
    [`${OPEN_XML}spreadsheetml.sheet.main+xml`]: 'xlsx',
    [`${OPEN_XML}presentationml.presentation.main+xml`]: 'pptx',
    [`${OPEN_XML}wordprocessingml.template.main+xml`]: 'dotx',
    [`${OPEN_XML}spreadsheetml.template.main+xml`]: 'xltx',
    [`${OPEN_XML}presentationml.template.main+xml`]: 'potx',
    [`${OPEN_XML}presentationml.slideshow.main+xml`]: 'ppsx',
    'application/vnd.ms-word.document.macroenabled.main+xml': 'docm',
    'application/vnd.ms-word.template.macroenabledtemplate.main+xml': 'dotm',
    'application/vnd.ms-excel.sheet.macroenabled.main+xml': 'xlsm',
    'application/vnd.ms-excel.template.macroenabled.main+xml': 'xltm',
    'application/vnd.ms-excel.addin.macroenabled.main+xml': 'xlam',
    'application/vnd.ms-excel.sheet.binary.macroenabled.main': 'xlsb',
    'application/vnd.ms-powerpoint.presentation.macroenabled.main+xml': 'pptm',
    'application/vnd.ms-powerpoint.template.macroenabled.main+xml': 'potm',
    'application/vnd.ms-powerpoint.slideshow.macroenabled.main+xml': 'ppsm',
    'application/vnd.ms-powerpoint.addin.macroenabled.main+xml': 'ppam',
    'application/vnd.ms-visio.drawing.main+xml': 'vsdx',
    'application/vnd.ms-visio.drawing.macroenabled.main+xml': 'vsdm',
  }),
);

/** The outermost element of each main part. */
export const ROOTS: Readonly<Record<OfficeKind, string>> = {
  docx: 'document',
  xlsx: 'workbook',
  pptx: 'presentation',
};

/** The kind of a package by the key of its main part; undefined for one that is none of Office's. */
export function kindOfMain(types: ContentTypes, part: string): string | undefined {
  return BY_TYPE.get(types.typeOf(part));
}

export function isTaken(kind: string | undefined): kind is OfficeKind {
  return kind !== undefined && Object.hasOwn(ROOTS, kind);
}

const MACRO_TYPES =
  /vbaproject|vbadata|jsaproject|jdedata|macrosheet|dialogsheet|\.activex|attachedtoolbars|webextension/;
const MACRO_KIND = /macroenabled(?:template)?\.main/;

/** Whether a part of this type acts by itself: macros, controls, add-ins. */
export function isActiveType(type: string): boolean {
  return MACRO_TYPES.test(type);
}

/** Whether this is the type of a main part that may have macros. */
export function isMacroEnabled(type: string): boolean {
  return MACRO_KIND.test(type);
}

const READ_AS_XML = /[/+]xml$/;

/**
 * Whether Office reads a part as XML. A picture of vectors is drawn, and what a `customXml` part says is the writer's.
 */
export function isReadAsXml(type: string): boolean {
  return READ_AS_XML.test(type) && type !== 'image/svg+xml';
}

/** Whether a part is a drawing in VML, whose type does not say that it is XML. */
export function isVml(type: string): boolean {
  return /[.-]vmldrawing$/.test(type);
}

/** Archives of other programs, by a part that only they have. */
const OTHER_ARCHIVES: readonly (readonly [part: RegExp, kind: string])[] = [
  [/^meta-inf\/manifest\.mf$/, 'jar'],
  [/^index\/.*\.iwa$|(?:^|\/)index\.zip$|^(?:index|presentation)\.(?:xml|apxl)(?:\.gz)?$/, 'iwork'],
  [/\.fdseq$/, 'xps'],
  [/^androidmanifest\.xml$/, 'apk'],
];

const OPEN_DOCUMENT: readonly (readonly [type: string, kind: string])[] = [
  ['application/vnd.oasis.opendocument.text', 'odt'],
  ['application/vnd.oasis.opendocument.spreadsheet', 'ods'],
  ['application/vnd.oasis.opendocument.presentation', 'odp'],
  ['application/vnd.oasis.opendocument.', 'odf'],
  ['application/epub+zip', 'epub'],
];

/** What an archive without a list of content types is. `mimetype` is what its part of this name says. */
export function otherArchive(keys: Iterable<string>, mimetype: string): string {
  const declared = OPEN_DOCUMENT.find(([type]) => mimetype.startsWith(type))?.[1];
  if (declared !== undefined) return declared;
  for (const key of keys) {
    const known = OTHER_ARCHIVES.find(([part]) => part.test(key));
    if (known) return known[1];
  }
  return 'zip';
}
