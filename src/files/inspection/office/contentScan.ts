/** Looks through the XML of a part for what acts by itself or reaches beyond the document (R9). */
import { Fields } from './fields.ts';
import type { Finding } from './finding.ts';
import { reject } from './finding.ts';
import { judgeFormula } from './formulas.ts';
import { isRemote } from './relationships.ts';
import { encodingOf } from './xml.ts';
import type { Element, XmlHandlers } from './xml.ts';

/** Elements of which the text is a formula of Excel. */
const FORMULAS = new Set([
  'f',
  'formula',
  'formula1',
  'formula2',
  'definedName',
  'calculatedColumnFormula',
  'totalsRowFormula',
]);
/** How long the text of one element is kept to be judged, in characters; the judges refuse longer ones. */
const MAX_KEPT = 128 * 1024;

/** Goes through the elements of one part and collects what it finds. */
export class ContentScan implements XmlHandlers {
  readonly findings: Finding[] = [];
  /** The name of the outermost element. */
  root: string | undefined;
  readonly #fields = new Fields((finding) => this.findings.push(finding));
  /** Of the elements that are open. */
  readonly #names: string[] = [];
  #text = '';
  /** Whether the pivot table of this part is counted anew when the workbook opens. */
  #isRefreshed = false;

  opened({ name, attributes }: Element): void {
    this.root ??= name;
    this.#names.push(name);
    this.#text = '';
    this.#word(name, attributes);
    this.#excel(name, attributes);
    this.#drawing(attributes);
    this.#script(name);
    if (this.root === 'customUI') this.#ribbon(attributes);
  }

  text(text: string): void {
    const name = this.#names.at(-1);
    if (name === 'instrText') this.#fields.instruction(text);
    else if (name === 't') this.#fields.text(text);
    else if (name !== undefined && FORMULAS.has(name)) this.#keep(text);
  }

  closed(name: string): void {
    this.#names.pop();
    if (this.#text === '') return;
    if (FORMULAS.has(name)) this.#found(judgeFormula(this.#text));
    this.#text = '';
  }

  /** To be called at the end of the part. */
  finish(): void {
    this.#fields.finish();
  }

  #word(name: string, attributes: Element['attributes']): void {
    if (name === 'fldSimple') this.#fields.simple(attributes.get('instr') ?? '');
    if (name === 'fldChar') {
      const type = attributes.get('fldCharType');
      if (type === 'begin') this.#fields.begin();
      if (type === 'separate') this.#fields.separate();
      if (type === 'end') this.#fields.end();
    }
    if (name === 'connectString') this.findings.push(judgeMergeSource(attributes.get('val') ?? ''));
    if (name === 'altChunk') this.findings.push(reject('active', 'altChunk'));
    // A key of the keyboard that starts a macro.
    if (name === 'macro' && this.root === 'tcg') this.findings.push(reject('macros', attributes.get('macroName')));
  }

  #excel(name: string, attributes: Element['attributes']): void {
    switch (name) {
      case 'ddeLink':
        return this.#found(reject('active', 'DDE'));
      case 'oleLink':
        return this.#found(reject('external', `OLE ${attributes.get('progId') ?? ''}`));
      case 'webPr':
        return this.#found(judgeQuery(attributes.get('url') ?? ''));
      case 'volType':
        return this.#found(attributes.get('type') === 'realTimeData' ? reject('active', 'RTD') : undefined);
      case 'queryTable':
        return this.#found(isOn(attributes.get('refreshOnLoad')) ? reject('external', 'queryTable') : undefined);
      case 'pivotCacheDefinition':
        this.#isRefreshed = isOn(attributes.get('refreshOnLoad'));
        return;
      case 'cacheSource':
        return this.#pivotSource(attributes.get('type') === 'external');
      case 'worksheetSource':
        return this.#pivotSource(attributes.has('id'));
      case 'connection':
        return this.#found(judgeConnection(attributes));
      default:
    }
  }

  /** A pivot table of the workbook's own sheets may be counted anew whenever it opens. */
  #pivotSource(isElsewhere: boolean): void {
    if (isElsewhere && this.#isRefreshed) this.findings.push(reject('external', 'pivotTable'));
  }

  #drawing(attributes: Element['attributes']): void {
    const action = attributes.get('action');
    // PowerPoint's buttons: to another slide is fine, to a program or a macro is not.
    if (action !== undefined && /^ppaction:\/\/(?:program|macro|ole)\b/i.test(action))
      this.findings.push(reject('active', action.split('?', 1)[0]));
    // A picture in VML, or one that fills a shape or draws its line.
    const source = attributes.get('src');
    if (source !== undefined && isRemote(source)) this.findings.push(reject('external', source));
  }

  #script(name: string): void {
    if (this.root === 'xml' && /^script/i.test(name)) this.findings.push(reject('active', name));
  }

  /** Buttons of a ribbon that call something; a ribbon may rearrange what Office has. */
  #ribbon(attributes: Element['attributes']): void {
    for (const name of attributes.keys())
      if (/^(?:on|get|load)[A-Z]/.test(name)) this.findings.push(reject('active', `customUI ${name}`));
  }

  #keep(text: string): void {
    if (this.#text.length < MAX_KEPT) this.#text += text;
  }

  #found(finding: Finding | undefined): void {
    if (finding) this.findings.push(finding);
  }
}

/** What VML that is no sound XML would run or fetch, judged by its text alone. */
export function judgeRoughVml(text: string): Finding | undefined {
  if (/<(?:\w+:)?script/i.test(text)) return reject('active', 'script');
  const sources = [...text.matchAll(/\bsrc\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s>]+))/gi)];
  const remote = sources.map(([, double, single, bare]) => double ?? single ?? bare ?? '').find(isRemote);
  return remote === undefined ? undefined : reject('external', remote);
}

function isOn(value: string | undefined): boolean {
  return ['1', 'true', 'on'].includes(value ?? '');
}

/** A letter that is merged with data asks for them when it opens: a server's are fetched, a file's are linked. */
function judgeMergeSource(connection: string): Finding {
  const places = [...connection.matchAll(/(?:data source|server|address|addr|url|dbq)\s*=\s*"?([^;"]*)/gi)];
  const isElsewhere = places.some(([, place = '']) => !/^[a-z]:[\\/]|^$|^[^\\/]+\.[a-z]{3,5}$/i.test(place.trim()));
  return isElsewhere ? reject('external', 'mailMerge') : { mark: 'linkedFiles' };
}

/** A query of the web fetches; one of a file of the own disk is how Excel keeps where its XML came from. */
function judgeQuery(url: string): Finding {
  return isRemote(url) ? reject('external', url) : { mark: 'dataConnections' };
}

/** What refreshes when the workbook opens fetches by itself; the rest waits for its reader. */
function judgeConnection(attributes: Element['attributes']): Finding {
  const name = attributes.get('name') ?? '';
  const isRefreshed = isOn(attributes.get('refreshOnLoad'));
  const files = [attributes.get('sourceFile') ?? '', attributes.get('odcFile') ?? ''];
  if (isRefreshed || files.some(isRemote)) return reject('external', name || 'connection');
  return { mark: 'dataConnections' };
}

/** Words without which no part has anything to find; those of elements cannot be written in any other way. */
const TRIGGERS = new RegExp(
  [
    '<!DOCTYPE|instrText|fldSimple|altChunk|ddeLink|oleLink|webPr|[<:]connection\\b|realTimeData|ppaction|customUI',
    'imagedata|refreshOnLoad|connectString|\\bsrc\\s*=|[<:]macro\\b|\\||&#',
    'WEBSERVICE|IMAGE\\s*\\(|RTD\\s*\\(|CALL\\s*\\(|REGISTER|EXEC\\s*\\(',
  ].join('|'),
  'i',
);
/** Longer than any trigger but for the spaces in it, which no writer puts there. */
const OVERLAP = 256;

/**
 * Whether a part has to be read as XML, told from its bytes as they go by: a sheet of a million rows without a trigger
 * has not. What is not UTF-8 always has.
 */
export class TriggerSearch {
  #end = '';
  #isOtherEncoding = false;
  #isFirst = true;
  found = false;

  next(bytes: Buffer): void {
    if (this.#isFirst) {
      this.#isOtherEncoding = encodingOf(bytes).toLowerCase() !== 'utf-8';
      this.#isFirst = bytes.length === 0;
    }
    if (this.found) return;
    const text = this.#end + bytes.toString('latin1');
    this.found = this.#isOtherEncoding || TRIGGERS.test(text);
    this.#end = text.slice(-OVERLAP);
  }
}
