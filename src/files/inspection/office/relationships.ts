/** The relationships of a package: what its parts refer to, within it and elsewhere. */
import { partKey } from './contentTypes.ts';
import { readXml } from './xml.ts';
import type { NodeBudget, XmlOutcome } from './xml.ts';

const NAMESPACE = 'http://schemas.openxmlformats.org/package/2006/relationships';

/** What begins the types that Office acts on. Any other type is a vendor's own, and nothing to Office. */
const PREFIXES: readonly (readonly [prefix: string, short: string])[] = [
  ['http://schemas.openxmlformats.org/officedocument/2006/relationships/', ''],
  ['http://purl.oclc.org/ooxml/officedocument/relationships/', ''],
  ['http://schemas.openxmlformats.org/package/2006/relationships/', ''],
  ['http://schemas.openxmlformats.org/officedocument/2006/', ''],
];
const MICROSOFT = /^http:\/\/schemas\.microsoft\.com\/(?:office|package|visio|xps)\/(?:\d+\/)*(?:relationships\/)?/;
/** The last words of types by which vendors other than Microsoft refer to macros of their own. */
export const VENDORS_MACROS: readonly string[] = ['jsaproject', 'jdedata', 'jdeextension', 'vbaproject'];
const OFFICE = /^https?:\/\/(?:schemas\.openxmlformats\.org|purl\.oclc\.org|schemas\.microsoft\.com)(?:\/|$)/;

export interface Relationship {
  /** The part that refers, by its key; '' is the package itself. */
  readonly from: string;
  /**
   * What the target is to it: the last words of a type that Office acts on, in small letters, as `image` or
   * `externallinkpath/xlpathmissing`, or by which vendors refer to macros; undefined for any other type of a vendor.
   */
  readonly type: string | undefined;
  /** Whether the type is Microsoft's own, of which each version of Office brings new ones. */
  readonly isMicrosofts: boolean;
  /** As it is written. */
  readonly target: string;
  /** The key of a part of the package; undefined where the target is elsewhere. */
  readonly part: string | undefined;
}

/** Whether a part is a list of relationships. */
export function isRelationships(key: string): boolean {
  return /(?:^|\/)_rels\/[^/]*\.rels$/.test(key);
}

/** Reads the list of relationships with a key, or says how it is not one. */
export async function readRelationships(
  key: string,
  bytes: AsyncIterable<Buffer>,
  budget: NodeBudget,
): Promise<readonly Relationship[] | Exclude<XmlOutcome, 'read'>> {
  const relationships: Relationship[] = [];
  const folder = key.slice(0, key.lastIndexOf('_rels/'));
  const from = folder + key.slice(folder.length + '_rels/'.length, -'.rels'.length);
  const outcome = await readXml(
    bytes,
    {
      opened({ name, namespace, attributes }) {
        if (name !== 'Relationship' || namespace !== NAMESPACE) return;
        const target = (attributes.get('Target') ?? '').trim();
        // Some writers forget to say that an address is none of the package; others write it as a part.
        const isElsewhere = attributes.get('TargetMode')?.toLowerCase() === 'external' || isAddress(target);
        const part = isElsewhere ? undefined : resolved(target, folder);
        const type = (attributes.get('Type') ?? '').trim().toLowerCase();
        relationships.push({ from, type: shortType(type), isMicrosofts: MICROSOFT.test(type), target, part });
      },
    },
    budget,
    true,
  );
  return outcome === 'read' ? relationships : outcome;
}

function shortType(written: string): string | undefined {
  for (const [prefix, short] of PREFIXES) if (written.startsWith(prefix)) return short + written.slice(prefix.length);
  const microsoft = MICROSOFT.exec(written);
  if (microsoft) return written.slice(microsoft[0].length);
  if (OFFICE.test(written)) return written;
  const last = written.split(/[/#:]/).at(-1) ?? '';
  return VENDORS_MACROS.includes(last) ? last : undefined;
}

function resolved(target: string, folder: string): string {
  const path = partKey((target.split('#', 1)[0] ?? '').replaceAll('\\', '/'));
  const isAbsolute = /^[/\\]/.test(target);
  const segments: string[] = [];
  for (const segment of `${isAbsolute ? '' : folder}${path}`.split('/')) {
    if (segment === '..') segments.pop();
    else if (segment !== '.' && segment !== '') segments.push(segment);
  }
  return segments.join('/');
}

/** Whether a target has a scheme or names a server. One letter before a colon is a drive. */
function isAddress(target: string): boolean {
  return /^(?:[a-z][a-z\d+.-]+:|[/\\]{2})/i.test(target);
}

/**
 * Whether a target is on another machine: of a scheme that fetches, or a path of the network. A file's path, a
 * message's own attachment (`cid:`) and the content itself (`data:`) are not.
 */
export function isRemote(target: string): boolean {
  const plain = unescapedTwice(target)
    .replace(/[\p{C}\p{Z}]+/gu, '')
    .replaceAll('\\', '/')
    .toLowerCase();
  const file = /^file:(\/*)(.*)$/s.exec(plain);
  if (file) {
    const [, slashes = '', rest = ''] = file;
    // file:///C:/a is here, file://localhost/C:/a too; file://server/a and file:////server/a are not.
    return (
      slashes.length >= 4 || (slashes.length === 2 && !/^(?:localhost|127\.0\.0\.1)?(?:\/|$)|^[a-z][:|]/.test(rest))
    );
  }
  if (/^[a-z][a-z\d+.-]+:/.test(plain)) return !/^(?:cid|mid|data|about|mailto|tel):/.test(plain);
  return plain.startsWith('//');
}

function unescapedTwice(target: string): string {
  let plain = target;
  for (let round = 0; round < 2; round += 1) {
    try {
      plain = decodeURIComponent(plain);
    } catch {
      return plain;
    }
  }
  return plain;
}
