/** The relationships that are allowed, and what each that is not allowed does (R9). What is not listed is refused. */
import type { Finding } from './finding.ts';
import { reject } from './finding.ts';
import type { Relationship } from './relationships.ts';
import { isRemote, VENDORS_MACROS } from './relationships.ts';

/** Parts that hold text, numbers, looks and settings, and do nothing. */
const PASSIVE = new Set(
  [
    // Of every package.
    'officedocument extendedproperties extended-properties custom-properties customproperties',
    'metadata/core-properties meatadata/core-properties core-properties docpropsapp docpropscore docpropscustom',
    'metadata/thumbnail thumbnail metadata/extended-properties',
    'digital-signature/origin digital-signature/signature digital-signature/certificate',
    'customxml customxmlprops customxmldata theme themeoverride styles fonttable font tags bibliography',
    'classificationlabels metadata/labelinfo labelinfo featurepropertybag featurepropertybags',
    // Drawings and charts.
    'drawing vmldrawing chart chartex charts chartsheet chartstyle chartcolorstyle chartusershapes chartdrawing',
    'diagramdata diagramlayout diagramquickstyle diagramcolors diagramdrawing legacydiagramtext legacydoctextinfo',
    'ink inkxml model3d hdphoto svgimage',
    // Word.
    'settings websettings numbering header footer footnotes endnotes comments commentsextended commentsids',
    'commentsextensible people glossarydocument stylewitheffects styleswitheffects styleswithteffects txbx',
    'keymapcustomizations documenttasks textbox intelligence recovery attachedschema',
    // Excel.
    'worksheet sharedstrings calcchain table tablesinglecells pivottable pivotcachedefinition pivotcacherecords',
    'sheetmetadata printersettings customproperty ctrlprop querytable connections xmlmaps revisionheaders revisionlog',
    'usernames volatiledependencies externallink externalreference powerpivotdata model slicer slicercache timeline',
    'timelinecache person threadedcomment rdarray rdrichvalue rdrichvaluestructure rdrichvaluetypes richstyles',
    'richvaluerel rdrichvaluewebimage rdsupportingpropertybag rdsupportingpropertybagstructure rdpropertybag',
    'namedsheetview namedsheetviews python survey shapepreview customdata customdataprops xlbinaryindex',
    'pivotdatasource cellimages richdata workbookmetadata metadata worksheetcomments worksheetsortmap wssortmap',
    'xlcalcchain xlprintersettings xlsharedstrings xlstyles xlvolatiledependencies xlworksheet',
    // PowerPoint.
    'slide slidelayout slidemaster notesslide notesmaster handoutmaster presprops viewprops tablestyles commentauthors',
    'authors comment changesinfo revisioninfo moderncomment section slidesyncdata slideupdateinfo captions',
    'commentsections taskhistory',
  ].flatMap((line) => line.split(' ')),
);

/** Content that a program fetches by itself where it is not in the package. */
const FETCHED = new Set([
  'image',
  'frame',
  'subdocument',
  'transform',
  'mailmergesource',
  'mailmergeheadersource',
  'mailmergerecipientdata',
  'recipientdata',
  'movie',
  'slideupdateurl',
]);

/** Content that is fetched when the reader plays it, or follows it. */
const FOLLOWED = new Set(['hyperlink', 'audio', 'video', 'media', 'captions']);

const LINKED_WORKBOOKS = new Set([
  'externallinkpath',
  'externallinkpath/xlpathmissing',
  'externallinkpath/xlstartup',
  'externallinkpath/xlalternatestartup',
  'externallinkpath/xllibrary',
  'xlexternallinkpath/xlpathmissing',
  'xlexternallinkpath/xlstartup',
  'xlexternallinkpath/xlalternatestartup',
  'xlexternallinkpath/xllibrary',
  'externallinklongpath',
  'xlexternallinkpath/xlexternallinklongpath',
]);

const MACROS = new Set([
  ...VENDORS_MACROS,
  'vbaprojectsignature',
  'vbaprojectsignatureagile',
  'vbaprojectsignaturev3',
  'wordvbadata',
  'xlmacrosheet',
  'xlintlmacrosheet',
  'dialogsheet',
]);

/** What acts by itself, with the name under which a person knows it. */
const ACTIVE: ReadonlyMap<string, string> = new Map([
  ['control', 'ActiveX'],
  ['activexcontrol', 'ActiveX'],
  ['activexcontrolbinary', 'ActiveX'],
  ['afchunk', 'altChunk'],
  ['webextension', 'Office add-in'],
  ['webextensiontaskpanes', 'Office add-in'],
  ['ui/extensibility', 'customUI'],
  ['ui/usercustomization', 'customUI'],
  ['attachedtoolbars', 'toolbar'],
]);

/** Only what its content says is judged of these: a ribbon may merely rearrange what Office has. */
const JUDGED_BY_CONTENT = new Set(['ui/extensibility', 'ui/usercustomization']);

/** Links of a program that leaves data where it is: a chart's workbook is asked for only when the reader updates it. */
const CHART = /(?:^|\/)charts?(?:ex)?\//;

/** Whether a relationship, or a part of the same name, holds text, numbers, looks or settings. */
export function isPassive(type: string): boolean {
  return PASSIVE.has(type);
}

/**
 * Whether a relationship is a new one of Microsoft's that leads to a part. Such a part is taken where it is XML, and
 * nothing in it acts: each version of Office keeps something more in its documents.
 */
export function isUnjudged({ type, isMicrosofts, part }: Relationship): boolean {
  return isMicrosofts && part !== undefined && type !== undefined && !isListed(type);
}

function isListed(type: string): boolean {
  return (
    PASSIVE.has(type) ||
    FETCHED.has(type) ||
    FOLLOWED.has(type) ||
    LINKED_WORKBOOKS.has(type) ||
    MACROS.has(type) ||
    ACTIVE.has(type) ||
    ['oleobject', 'package', 'attachedtemplate'].includes(type)
  );
}

/** What a relationship tells of the package, if anything; `isThere` knows the parts. */
export function judgeRelationship(relationship: Relationship, isThere: (part: string) => boolean): Finding | undefined {
  const { type, part, target, from } = relationship;
  if (type === undefined) return part === undefined ? elsewhere(target) : undefined;
  if (MACROS.has(type)) return reject('macros', part ?? target);
  const active = ACTIVE.get(type);
  if (active !== undefined)
    return part !== undefined && JUDGED_BY_CONTENT.has(type) ? undefined : reject('active', active);
  if (type === 'oleobject' || type === 'package') {
    if (part !== undefined)
      return isThere(part) ? { mark: type === 'package' ? 'embeddedDocuments' : 'oleObjects' } : undefined;
    return CHART.test(from) ? { mark: 'linkedFiles' } : reject('external', `OLE ${target}`);
  }
  if (type === 'attachedtemplate') return isRemote(target) ? reject('external', target) : { mark: 'templatePath' };
  if (FOLLOWED.has(type)) return isPlayed(type) && isOnShare(target) ? reject('external', target) : undefined;
  if (LINKED_WORKBOOKS.has(type)) return { mark: 'linkedFiles' };
  if (FETCHED.has(type)) return part === undefined ? elsewhere(target) : undefined;
  if (isUnjudged(relationship) && part !== undefined && isThere(part)) return undefined;
  if (!PASSIVE.has(type)) return reject('unknownPart', type);
  return part === undefined ? reject('external', target) : undefined;
}

/** Content with a preview, which a program may ask for before the reader does. */
function isPlayed(type: string): boolean {
  return type !== 'hyperlink';
}

/** A share of the network is told who reads; a site of the web is asked once the reader plays it. */
function isOnShare(target: string): boolean {
  return isRemote(target) && !/^https?:/i.test(target.trim());
}

/** A path of the sender's own machine leads nowhere on the reader's; `NULL` is how PowerPoint writes a lost picture. */
function elsewhere(target: string): Finding | undefined {
  if (isRemote(target)) return reject('external', target);
  return /^(?:null|about:blank)?$/i.test(target) ? undefined : { mark: 'linkedFiles' };
}

/** Whether a part is a ribbon, which is judged by its content. */
export function isRibbon(type: string | undefined): boolean {
  return type !== undefined && JUDGED_BY_CONTENT.has(type);
}
