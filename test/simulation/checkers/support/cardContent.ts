/** What a card or a text contains: its words, the claims it names, and its buttons. */
import { isObject, member, numberAt, textAt } from './looseJson.ts';

export interface ShownButton {
  readonly verb: string;
  readonly claim: string;
  readonly version: number | undefined;
}

const ID = /CPOR-[0-9A-Z]{6}/g;

/** The claim ids in a text, each once. */
export function idsIn(text: string): readonly string[] {
  return [...new Set(text.match(ID))];
}

/** Every text in it, shown or not, but for the names of members. */
export function textsIn(shown: unknown): readonly string[] {
  const found: string[] = [];
  const walk = (part: unknown): void => {
    if (typeof part === 'string') found.push(part);
    else if (Array.isArray(part)) part.forEach(walk);
    else if (isObject(part)) Object.values(part).forEach(walk);
  };
  walk(shown);
  return found;
}

/** The buttons that say something of a claim, those of forms and fallbacks included. */
export function buttonsIn(shown: unknown): readonly ShownButton[] {
  const found: ShownButton[] = [];
  const walk = (part: unknown): void => {
    if (Array.isArray(part)) return part.forEach(walk);
    if (!isObject(part)) return;
    const data = member(part, 'data');
    const claim = textAt(data, 'claim');
    if (claim !== '')
      found.push({ verb: textAt(part, 'verb') || textAt(data, 'verb'), claim, version: numberAt(data, 'version') });
    for (const name in part) if (name !== 'data') walk(part[name]);
  };
  walk(shown);
  return found;
}

const DISPLAYED: ReadonlySet<string> = new Set(['text', 'title', 'label', 'value']);
/** Who may be chosen depends on others than the claim. */
const NOT_COMPARED: ReadonlySet<string> = new Set(['data', 'fallback', 'choices', 'fallbackText']);

/** What a reader sees, one below the other, without what can be chosen. */
export function displayed(shown: unknown): string {
  if (Array.isArray(shown))
    return shown
      .map(displayed)
      .filter((text) => text !== '')
      .join('\n');
  if (!isObject(shown)) return '';
  return Object.entries(shown)
    .map(([name, value]) => {
      if (NOT_COMPARED.has(name)) return '';
      return typeof value === 'string' ? (DISPLAYED.has(name) ? value : '') : displayed(value);
    })
    .filter((text) => text !== '')
    .join('\n');
}
