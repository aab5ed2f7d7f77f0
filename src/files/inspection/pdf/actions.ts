/** What in a PDF acts without being asked, and what a reviewer should know of: judged object by object. */
import { PdfArray, PdfDict, PdfName, PdfRef, PdfStream } from '@libpdf/core';
import type { PdfObject } from '@libpdf/core';
import type { PoeMark } from '../../../domain/claims/values.ts';
import type { InspectionProblem } from '../../../desk/ports/inspection.ts';
import { scriptsOf } from './xfa.ts';

/** What was found in the objects of a PDF: a reason to refuse it, and marks. */
export interface PdfFindings {
  readonly refusal?: { readonly problem: InspectionProblem; readonly culprit: string };
  readonly marks: ReadonlySet<PoeMark>;
}

export type Resolve = (ref: PdfRef) => PdfObject | null;

/** What a document may do when it is opened or turned over: show a place in itself, or how it looks there. */
const HARMLESS_ACTIONS = ['GoTo', 'GoToDp', 'GoTo3DView', 'Hide', 'SetOCGState', 'Trans', 'NOP', 'ResetForm'];
const HARMLESS_NAMED = ['NextPage', 'PrevPage', 'FirstPage', 'LastPage', 'Print', 'FullScreen'];
/** The names that a refusal may show: a file could spell anything as the name of an action. */
const KNOWN_ACTIONS = [
  ...['JavaScript', 'Launch', 'URI', 'SubmitForm', 'ImportData', 'GoToR', 'GoToE', 'Thread', 'Named', 'Sound', 'Movie'],
  ...['Rendition', 'RichMediaExecute'],
];
/** Refused even where a reader has to select them: they start programs, read files, or play what no reviewer needs. */
const FORBIDDEN_ACTIONS = ['Launch', 'ImportData', 'Rendition', 'Movie', 'RichMediaExecute'];
const FORBIDDEN_ANNOTATIONS = ['RichMedia', 'Movie'];
/** Keystroke, format, validate and calculate: what a form does with what is typed into it. */
const FIELD_EVENTS = ['K', 'F', 'V', 'C'];
/** The mouse button goes down or up on it, or the mouse or the cursor comes to it or leaves it. */
const PRESSES = ['D', 'U'];
const APPROACHES = ['E', 'X', 'Fo', 'Bl'];
const MAX_XFA_BYTES = 16 * 1024 * 1024;

/** Judges objects one after the other; `findings` is what came of all of them. */
export class PdfActions {
  readonly #resolve: Resolve;
  readonly #marks = new Set<PoeMark>();
  #refusal: PdfFindings['refusal'];

  constructor(resolve: Resolve) {
    this.#resolve = resolve;
  }

  get findings(): PdfFindings {
    return { marks: this.#marks, ...(this.#refusal && { refusal: this.#refusal }) };
  }

  /** Judges one dictionary. What it leads to is judged for itself, unless what it means depends on this one. */
  judge(dict: PdfDict): void {
    this.#judgeAction(dict);
    if (dict.has('OpenAction')) this.#judgeAutomatic(dict.get('OpenAction'), 'OpenAction');
    this.#judgeEvents(dict);
    if (dict.has('JavaScript') && !this.#isEmptyTree(dict.get('JavaScript'))) this.#refuse('active', 'JavaScript');
    if (dict.has('OnInstantiate')) this.#refuse('active', '3D: JavaScript');
    const subtype = this.#name(dict, 'Subtype');
    if (FORBIDDEN_ANNOTATIONS.includes(subtype)) this.#refuse('active', subtype);
    // The data of a stream, or a whole page, that is to be read from another file.
    if (dict instanceof PdfStream && dict.has('F')) this.#refuse('external', 'F');
    if (subtype === 'Form' && dict.has('Ref')) this.#refuse('external', 'Ref');
    if (dict.has('EF') || dict.has('EmbeddedFiles')) this.#marks.add('attachments');
    if (dict.has('XFA')) this.#judgeXfa(dict.get('XFA'));
  }

  #refuse(problem: InspectionProblem, culprit: string): void {
    this.#refusal ??= { problem, culprit };
  }

  #judgeAction(dict: PdfDict): void {
    const action = this.#name(dict, 'S');
    if (FORBIDDEN_ACTIONS.includes(action)) this.#refuse('active', action);
    if (action === 'JavaScript' || action === 'SubmitForm') this.#marks.add('formScripts');
  }

  #judgeEvents(dict: PdfDict): void {
    const events = this.#value(dict.get('AA'));
    if (!(events instanceof PdfDict)) return;
    const isField =
      !this.#isPage(dict) && (dict.has('FT') || dict.has('T') || this.#name(dict, 'Subtype') === 'Widget');
    for (const [event, action] of events) {
      if (isField && PRESSES.includes(event.value)) continue;
      const mayScript = isField && (FIELD_EVENTS.includes(event.value) || APPROACHES.includes(event.value));
      this.#judgeAutomatic(action, `AA/${/^[A-Z][A-Za-z]{0,2}$/.test(event.value) ? event.value : '?'}`, mayScript);
    }
  }

  /** Readers take what the tree of pages leads to for a page, also where it does not say so. */
  #isPage(dict: PdfDict): boolean {
    if (this.#name(dict, 'Type') === 'Page' || dict.has('MediaBox') || dict.has('CropBox')) return true;
    return this.#name(dict, 'Subtype') === '' && (dict.has('Contents') || dict.has('Resources'));
  }

  /** An action that no reader selects, and all that follow it. Anything but a dictionary is a place in the document. */
  #judgeAutomatic(first: PdfObject | undefined, trigger: string, mayScript = false): void {
    const seen = new Set<PdfObject>();
    const open = [this.#value(first)];
    for (let action = open.pop(); open.length > 0 || action; action = open.pop()) {
      if (!action || seen.has(action)) continue;
      seen.add(action);
      // The first value is a destination where it is an array; in `Next` an array holds actions.
      if (action instanceof PdfArray && seen.size > 1) open.push(...[...action].map((one) => this.#value(one)));
      if (!(action instanceof PdfDict)) continue;
      if (!this.#isHarmless(action, mayScript)) {
        const name = this.#name(action, 'S');
        this.#refuse('active', `${trigger}: ${KNOWN_ACTIONS.includes(name) ? name : '?'}`);
      }
      open.push(this.#value(action.get('Next')));
    }
  }

  #isHarmless(action: PdfDict, mayScript: boolean): boolean {
    const name = this.#name(action, 'S');
    if (name === 'Named') return HARMLESS_NAMED.includes(this.#name(action, 'N'));
    if (name === 'Thread') return !action.has('F');
    if (name === 'JavaScript') return mayScript;
    // Without a name it is no action, but a destination in a dictionary.
    return name === '' || HARMLESS_ACTIONS.includes(name);
  }

  /** Whether a tree of names is one that holds none. */
  #isEmptyTree(value: PdfObject | undefined): boolean {
    const tree = this.#value(value);
    if (!(tree instanceof PdfDict)) return true;
    return ['Names', 'Kids'].every((key) => {
      const list = this.#value(tree.get(key));
      return !(list instanceof PdfArray) || list.length === 0;
    });
  }

  #judgeXfa(value: PdfObject | undefined): void {
    const found = this.#value(value);
    const parts = found instanceof PdfArray ? [...found].map((one) => this.#value(one)) : [found];
    const scripts = scriptsOf(Buffer.concat(parts.filter((part) => part instanceof PdfStream).map(decoded)));
    if (scripts === 'none') return;
    this.#marks.add('formScripts');
    if (scripts === 'automatic') this.#refuse('active', 'XFA');
  }

  #value(value: PdfObject | null | undefined): PdfObject | undefined {
    // One step is all the format allows, but readers follow more; a circle ends.
    for (let steps = 0; steps < 8; steps += 1) {
      if (!(value instanceof PdfRef)) return value ?? undefined;
      value = this.#resolve(value);
    }
    return undefined;
  }

  #name(dict: PdfDict, key: string): string {
    const value = this.#value(dict.get(key));
    return value instanceof PdfName ? value.value : '';
  }
}

/** The bytes of a stream, as far as they can be decoded. */
function decoded(stream: PdfStream): Buffer {
  try {
    return Buffer.from(stream.getDecodedData().subarray(0, MAX_XFA_BYTES));
  } catch {
    return Buffer.alloc(0);
  }
}
