/** The links on a card that lead to an upload or a download of proof. */
import { isObject, objectsAt, textAt } from './looseJson.ts';

export interface LinkOn {
  readonly url: string;
  readonly kind: 'upload' | 'download';
  /** Its text: the name of the file. */
  readonly name: string;
}

const PAGES = [
  ['upload', '/poe/'],
  ['download', '/poe-file/'],
] as const;

export function linksOn(shown: unknown): readonly LinkOn[] {
  const found: LinkOn[] = [];
  const walk = (part: unknown, name: string): void => {
    if (Array.isArray(part)) for (const one of part) walk(one, name);
    if (!isObject(part)) return;
    const own = nameInRow(part) || textAt(part, 'text') || textAt(part, 'title') || name;
    const url = textAt(part, 'url');
    const kind = PAGES.find(([, page]) => url.includes(page))?.[0];
    // In a line of its own the size stands behind the name.
    if (kind) found.push({ url, kind, name: own.replace(/ \([^()]*\)$/, '') });
    for (const each of Object.values(part)) if (typeof each === 'object') walk(each, own);
  };
  walk(shown, '');
  return found;
}

/** What a tap on a row opens is named in its second column, behind the kind. */
function nameInRow(part: unknown): string {
  const [, column] = objectsAt(part, 'columns');
  const [item] = objectsAt(column, 'items');
  const [run] = objectsAt(item, 'inlines');
  return textAt(run, 'text');
}
