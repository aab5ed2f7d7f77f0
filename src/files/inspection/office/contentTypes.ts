/** The list of content types of a package: what each of its parts is. */
import { readXml } from './xml.ts';
import type { NodeBudget, XmlOutcome } from './xml.ts';

const NAMESPACE = 'http://schemas.openxmlformats.org/package/2006/content-types';

export interface ContentTypes {
  /**
   * Of the part with a key, in small letters; '' where the list has none. By the part's own line, else by its ending.
   */
  typeOf(key: string): string;
  /** The types that are declared for parts by name, by the parts' keys, whether or not a part is there. */
  readonly ofParts: ReadonlyMap<string, string>;
}

/** Reads the list, or says how it is not one. */
export async function readContentTypes(
  bytes: AsyncIterable<Buffer>,
  budget: NodeBudget,
): Promise<ContentTypes | Exclude<XmlOutcome, 'read'>> {
  const byPart = new Map<string, string>();
  const byEnding = new Map<string, string>();
  const outcome = await readXml(
    bytes,
    {
      opened({ name, namespace, attributes }) {
        if (namespace !== NAMESPACE) return;
        const type = mediaType(attributes.get('ContentType') ?? '');
        if (name === 'Default')
          byEnding.set((attributes.get('Extension') ?? '').toLowerCase().replace(/^\./, ''), type);
        if (name === 'Override') byPart.set(partKey(attributes.get('PartName') ?? ''), type);
      },
    },
    budget,
    true,
  );
  if (outcome !== 'read') return outcome;
  return {
    typeOf: (key) => byPart.get(key) ?? byEnding.get(endingOf(key)) ?? '',
    ofParts: byPart,
  };
}

/** How parts are found: in small letters, with slashes, none at the beginning, and without percent signs. */
export function partKey(name: string): string {
  return unescaped(name).replaceAll('\\', '/').replace(/^\/+/, '').toLowerCase();
}

/** A name that is no sound escape stays as it is. */
function unescaped(name: string): string {
  try {
    return decodeURIComponent(name);
  } catch {
    return name;
  }
}

function endingOf(name: string): string {
  const last = name.slice(name.lastIndexOf('/') + 1);
  return last.slice(last.lastIndexOf('.') + 1).toLowerCase();
}

function mediaType(text: string): string {
  return (text.split(';', 1)[0] ?? '').trim().toLowerCase();
}
