/**
 * What the list of content types may say of parts (R9): each pair of relationship and type that Office, LibreOffice and
 * Google write is taken, an unknown one is refused where a part that is used has it.
 */
import { expect } from 'chai';
import { contentTypes, MAIN, MAIN_PART, png, relationships } from '../../samples.ts';
import { outcomeOf } from '../inspectBytes.ts';
import { embeddedWorkbook, MICROSOFT, packageOf } from './packages.ts';
import { rawZip } from './rawZip.ts';

type Kind = keyof typeof MAIN;

const OPEN_XML = 'vnd.openxmlformats-officedocument';
const PACKAGE = 'http://schemas.openxmlformats.org/package/2006/relationships';

/** Of the standard: the relationships whose types are called the same, in each family of types. */
const SAME_NAMES: Readonly<Record<string, readonly [kind: Kind, names: string]>> = {
  wordprocessingml: [
    'docx',
    'comments endnotes fontTable footer footnotes header numbering settings styles webSettings commentsExtended commentsIds commentsExtensible people',
  ],
  spreadsheetml: [
    'xlsx',
    'calcChain chartsheet comments connections externalLink pivotCacheDefinition pivotCacheRecords pivotTable queryTable revisionHeaders revisionLog sharedStrings sheetMetadata styles table tableSingleCells usernames volatileDependencies worksheet',
  ],
  presentationml: [
    'pptx',
    'commentAuthors comments handoutMaster notesMaster notesSlide presProps slide slideLayout slideMaster slideUpdateInfo tableStyles tags viewProps',
  ],
  drawingml: ['pptx', 'chart diagramColors diagramData diagramLayout'],
};

/** The other pairs: relationship, type below `application/` or in full, and the ending where it matters. */
const OTHERS: readonly (readonly [kind: Kind, relation: string, type: string, ending?: string])[] = [
  ['docx', 'glossaryDocument', `${OPEN_XML}.wordprocessingml.document.glossary+xml`],
  ['docx', 'theme', `${OPEN_XML}.theme+xml`],
  ['docx', 'themeOverride', `${OPEN_XML}.themeOverride+xml`],
  ['docx', 'customXml', 'xml'],
  ['docx', 'customXmlProps', `${OPEN_XML}.customXmlProperties+xml`],
  ['docx', 'font', `${OPEN_XML}.obfuscatedFont`, 'odttf'],
  ['docx', 'font', 'x-font-ttf', 'ttf'],
  ['pptx', 'font', 'x-fontdata', 'fntdata'],
  ['docx', 'recipientData', `${OPEN_XML}.wordprocessingml.mailMergeRecipientData+xml`],
  ['docx', 'printerSettings', `${OPEN_XML}.wordprocessingml.printerSettings`, 'bin'],
  ['xlsx', 'printerSettings', `${OPEN_XML}.spreadsheetml.printerSettings`, 'bin'],
  ['xlsx', 'customProperty', `${OPEN_XML}.spreadsheetml.customProperty`, 'bin'],
  ['docx', `${MICROSOFT}/2007/relationships/stylesWithEffects`, 'vnd.ms-word.stylesWithEffects+xml'],
  ['docx', `${MICROSOFT}/2019/05/relationships/documenttasks`, 'vnd.ms-office.documenttasks+xml'],
  ['docx', `${MICROSOFT}/2006/relationships/keyMapCustomizations`, 'vnd.ms-word.keyMapCustomizations+xml'],
  ['docx', `${MICROSOFT}/2020/02/relationships/classificationlabels`, 'vnd.ms-office.classificationlabels+xml'],
  ['docx', `${PACKAGE}/metadata/core-properties`, 'vnd.openxmlformats-package.core-properties+xml'],
  ['docx', 'extended-properties', `${OPEN_XML}.extended-properties+xml`],
  ['docx', 'custom-properties', `${OPEN_XML}.custom-properties+xml`],
  ['docx', `${PACKAGE}/digital-signature/origin`, 'vnd.openxmlformats-package.digital-signature-origin', 'sigs'],
  ['docx', `${PACKAGE}/digital-signature/signature`, 'vnd.openxmlformats-package.digital-signature-xmlsignature+xml'],
  ['docx', `${PACKAGE}/digital-signature/certificate`, 'vnd.openxmlformats-package.digital-signature-certificate'],
  ['docx', `${PACKAGE}/metadata/thumbnail`, 'image/x-wmf', 'wmf'],
  ['xlsx', 'drawing', `${OPEN_XML}.drawing+xml`],
  ['xlsx', 'vmlDrawing', `${OPEN_XML}.vmlDrawing`, 'vml'],
  ['xlsx', 'chartUserShapes', `${OPEN_XML}.drawingml.chartshapes+xml`],
  ['pptx', 'diagramQuickStyle', `${OPEN_XML}.drawingml.diagramStyle+xml`],
  ['pptx', `${MICROSOFT}/2007/relationships/diagramDrawing`, 'vnd.ms-office.drawingml.diagramDrawing+xml'],
  ['xlsx', `${MICROSOFT}/2014/relationships/chartEx`, 'vnd.ms-office.chartex+xml'],
  ['xlsx', `${MICROSOFT}/2011/relationships/chartStyle`, 'vnd.ms-office.chartstyle+xml'],
  ['xlsx', `${MICROSOFT}/2011/relationships/chartColorStyle`, 'vnd.ms-office.chartcolorstyle+xml'],
  ['xlsx', 'xmlMaps', 'xml'],
  ['xlsx', 'ctrlProp', 'vnd.ms-excel.controlproperties+xml'],
  ['xlsx', `${MICROSOFT}/2007/relationships/customData`, 'binary', 'bin'],
  ['xlsx', `${MICROSOFT}/2007/relationships/customDataProps`, 'vnd.ms-excel.customDataProperties+xml'],
  ['xlsx', `${MICROSOFT}/2022/11/relationships/FeaturePropertyBag`, 'vnd.ms-excel.featurepropertybag+xml'],
  ['xlsx', `${MICROSOFT}/2019/04/relationships/namedSheetView`, 'vnd.ms-excel.namedsheetviews+xml'],
  ['xlsx', `${MICROSOFT}/2017/06/relationships/rdArray`, 'vnd.ms-excel.rdarray+xml'],
  ['xlsx', `${MICROSOFT}/2017/06/relationships/rdRichValue`, 'vnd.ms-excel.rdrichvalue+xml'],
  ['xlsx', `${MICROSOFT}/2017/06/relationships/rdRichValueStructure`, 'vnd.ms-excel.rdrichvaluestructure+xml'],
  ['xlsx', `${MICROSOFT}/2017/06/relationships/rdRichValueTypes`, 'vnd.ms-excel.rdrichvaluetypes+xml'],
  ['xlsx', `${MICROSOFT}/2022/10/relationships/richValueRel`, 'vnd.ms-excel.richvaluerel+xml'],
  ['xlsx', `${MICROSOFT}/2017/06/relationships/richStyles`, 'vnd.ms-excel.richstyles+xml'],
  ['xlsx', `${MICROSOFT}/2007/relationships/slicer`, 'vnd.ms-excel.slicer+xml'],
  ['xlsx', `${MICROSOFT}/2007/relationships/slicerCache`, 'vnd.ms-excel.slicerCache+xml'],
  ['xlsx', `${MICROSOFT}/2011/relationships/timeline`, 'vnd.ms-excel.timeline+xml'],
  ['xlsx', `${MICROSOFT}/2011/relationships/timelineCache`, 'vnd.ms-excel.timelineCache+xml'],
  ['xlsx', `${MICROSOFT}/2017/10/relationships/person`, 'vnd.ms-excel.person+xml'],
  ['xlsx', `${MICROSOFT}/2017/10/relationships/threadedComment`, 'vnd.ms-excel.threadedcomments+xml'],
  ['xlsx', `${MICROSOFT}/2006/relationships/wsSortMap`, 'vnd.ms-excel.wsSortMap+xml'],
  ['xlsx', 'powerPivotData', `${OPEN_XML}.model+data`, 'data'],
  ['pptx', `${MICROSOFT}/2018/10/relationships/authors`, 'vnd.ms-powerpoint.authors+xml'],
  ['pptx', `${MICROSOFT}/2018/10/relationships/comments`, 'vnd.ms-powerpoint.comments+xml'],
  ['pptx', `${MICROSOFT}/2016/11/relationships/changesInfo`, 'vnd.ms-powerpoint.changesinfo+xml'],
  ['pptx', `${MICROSOFT}/2015/10/relationships/revisionInfo`, 'vnd.ms-powerpoint.revisioninfo+xml'],
  ['pptx', `${MICROSOFT}/2006/relationships/legacyDiagramText`, 'vnd.ms-office.legacyDiagramText', 'bin'],
  ['pptx', `${MICROSOFT}/2017/06/relationships/model3d`, 'model/gltf-binary', 'glb'],
  ['pptx', 'customXml', 'inkml+xml'],
  ['pptx', 'image', 'image/svg+xml', 'svg'],
  ['pptx', 'image', 'image/x-emf', 'emf'],
  ['pptx', 'image', 'image/x-wmf', 'wmf'],
  ['pptx', 'image', 'image/tiff', 'tiff'],
  ['pptx', `${MICROSOFT}/2007/relationships/hdphoto`, 'image/vnd.ms-photo', 'wdp'],
  ['pptx', 'image', 'pdf', 'pdf'],
  ['pptx', 'audio', 'audio/mpeg', 'mp3'],
  ['pptx', 'video', 'video/mp4', 'mp4'],
  ['pptx', `${MICROSOFT}/2007/relationships/media`, 'video/quicktime', 'mov'],
];

const standard = Object.entries(SAME_NAMES).flatMap(([family, [kind, names]]) =>
  names.split(' ').map((name) => [kind, name, `${OPEN_XML}.${family}.${name}+xml`] as const),
);

/** A document with one part more, to which its main part refers. */
function withPart(kind: Kind, relation: string, type: string, ending = 'xml'): Buffer {
  const name = `${MAIN_PART[kind].split('/', 1)[0] ?? ''}/more.${ending}`;
  return packageOf(kind, {
    relations: [[relation, `more.${ending}`]],
    types: [[name, inFull(type)]],
    parts: { [name]: ending === 'xml' || ending === 'vml' ? '<xml/>' : png() },
  });
}

const inFull = (type: string): string => (type.includes('/') ? type : `application/${type}`);

/** A document with one part more, whose type is that of its ending. */
function withEnding(ending: string, type: string, relation: string | undefined): Buffer {
  const types = contentTypes([MAIN_PART.xlsx, MAIN.xlsx]).replace(
    '<Override',
    `<Default Extension="${ending}" ContentType="${type}"/><Override`,
  );
  return rawZip([
    { name: '[Content_Types].xml', content: types },
    { name: '_rels/.rels', content: relationships(['officeDocument', MAIN_PART.xlsx]) },
    {
      name: 'xl/_rels/workbook.xml.rels',
      content: relationships(...(relation ? [[relation, `a.${ending}`] as const] : [])),
    },
    { name: MAIN_PART.xlsx, content: '<workbook/>' },
    { name: `xl/a.${ending}`, content: 'x' },
  ]);
}

describe('The type of a part of an Office document', () => {
  it('is taken of every pair of relationship and type that Office, LibreOffice and Google write', async () => {
    const wrong: string[] = [];
    for (const [kind, relation, type, ending] of [...standard, ...OTHERS]) {
      const outcome = await outcomeOf(withPart(kind, relation, type, ending));
      if (outcome !== kind) wrong.push(`${relation} ${type}: ${outcome}`);
    }
    expect(wrong).to.deep.equal([]);
    expect(standard.length + OTHERS.length).to.be.at.least(100);
  });

  for (const [what, type, shown] of [
    ['of Office', 'application/vnd.ms-office.robot+xml', 'vnd.ms-office.robot+xml'],
    ['of the standard', `application/${OPEN_XML}.wordprocessingml.robot+xml`, `${OPEN_XML}.wordprocessingml.robot+xml`],
    ['of another program', 'application/x-shockwave-flash', 'x-shockwave-flash'],
    ['of a foreign text', 'text/html', 'html'],
    ['of a program', 'application/x-msdownload', 'x-msdownload'],
    ['of a page with scripts', 'application/hta', 'hta'],
    ['that only begins like one of Office', 'application/vnd.ms-excelx.worksheet', 'vnd.ms-excelx.worksheet'],
  ] as const)
    it(`is refused where it is unknown: ${what}`, async () => {
      expect(await outcomeOf(withPart('docx', 'header', type))).to.equal(`unknownPart: ${shown}`);
      expect(await outcomeOf(withPart('docx', 'image', type, 'png'))).to.equal(`unknownPart: ${shown}`);
    });

  for (const [what, type, outcome] of [
    ['macros', 'application/vnd.ms-office.vbaProject', 'macros: vnd.ms-office.vbaproject'],
    [
      'a dialog of macros',
      `application/${OPEN_XML}.spreadsheetml.dialogsheet+xml`,
      `macros: ${OPEN_XML}.spreadsheetml.dialogsheet+xml`,
    ],
    ['an ActiveX control', 'application/vnd.ms-office.activeX+xml', 'active: vnd.ms-office.activex+xml'],
    ['an add-in', 'application/vnd.ms-office.webextension+xml', 'active: vnd.ms-office.webextension+xml'],
    ['a toolbar', 'application/vnd.ms-excel.attachedToolbars', 'macros: vnd.ms-excel.attachedtoolbars'],
  ] as const)
    it(`is refused where it is that of ${what}, whatever refers to it, or nothing`, async () => {
      expect(await outcomeOf(withPart('xlsx', 'image', type, 'png'))).to.equal(outcome);
      expect(await outcomeOf(withPart('xlsx', 'http://vendor.example/own', type, 'png'))).to.equal(outcome);
      const unused = packageOf('xlsx', { types: [['xl/more.bin', type]], parts: { 'xl/more.bin': 'x' } });
      expect(await outcomeOf(unused)).to.equal(outcome);
    });

  it('does no harm where there is no such part, where nothing refers to it, or only its writer does', async () => {
    const absent = packageOf('xlsx', {
      relations: [['image', 'gone.png']],
      types: [
        ['xl/gone.png', 'application/x-robot'],
        ['xl/vbaProject.bin', 'application/vnd.ms-office.vbaProject'],
      ],
    });
    const unused = packageOf('xlsx', { types: [['xl/a.robot', 'application/x-robot']], parts: { 'xl/a.robot': 'x' } });
    const own = withPart(
      'xlsx',
      'http://www.wps.cn/officeDocument/2020/cellImage',
      'vnd.wps-officedocument.cellimage+xml',
    );
    for (const taken of [absent, unused, own]) expect(await outcomeOf(taken)).to.equal('xlsx');
  });

  it('of an ending is that of each part in use: an unknown one is refused, a macro type says nothing', async () => {
    expect(await outcomeOf(withEnding('robot', 'application/x-robot', 'image'))).to.equal('unknownPart: x-robot');
    expect(await outcomeOf(withEnding('robot', 'application/x-robot', undefined))).to.equal('xlsx');
    const workbook = 'application/vnd.ms-excel.sheet.binary.macroEnabled.main';
    for (const type of [workbook, 'application/vnd.ms-office.vbaProject'])
      expect(await outcomeOf(withEnding('bin', type, 'printerSettings'))).to.equal('xlsx');
  });

  it('is its writer’s choice for what is embedded, which is judged by its content', async () => {
    for (const type of ['application/vnd.ms-excel.sheet.macroEnabled.12', 'application/msword', 'application/x-robot'])
      expect(await outcomeOf(embeddedWorkbook(type))).to.equal('docx embeddedDocuments');
  });
});
