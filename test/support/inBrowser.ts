/** The desk's links as one browser follows them: exchanged by their page's button, then used with the session. */
import type {
  DownloadDesk,
  LinkDoor,
  LinkProblem,
  LinkUse,
  OpenDownload,
  OpenUpload,
  RefusedFile,
  RefusedLink,
  TakenFile,
  UploadDesk,
  WithheldFile,
} from '../../src/desk/ports/proof.ts';

/** The id of a browser, as the desk gives them. */
export const BROWSER = 'browser-of-this-reader';

/** Exchanges a link: looks at its page, and presses its button. */
export async function enterLink(
  door: LinkDoor,
  link: string,
  browser = BROWSER,
): Promise<RefusedLink | ({ readonly ok: true } & Required<LinkUse>)> {
  const offer = await door.show(link, { browser });
  if (!offer.ok) return offer;
  const entered = await door.enter(link, { browser, form: offer.form });
  return entered.ok ? { ok: true, link, session: entered.session } : entered;
}

interface LinkDesks {
  readonly uploads: UploadDesk;
  readonly downloads: DownloadDesk;
}

export interface InBrowser {
  readonly uploads: {
    open(link: string): Promise<OpenUpload | RefusedLink>;
    take(link: string, name: string, bytes: AsyncIterable<Uint8Array>): Promise<TakenFile | RefusedFile>;
    finish(link: string): Promise<{ readonly ok: true } | { readonly ok: false; readonly problem: LinkProblem }>;
  };
  readonly downloads: { open(link: string): Promise<OpenDownload | RefusedLink<LinkProblem | WithheldFile>> };
}

const browsers = new WeakMap<LinkDesks, InBrowser>();

/** The same browser for the same desk; it keeps its sessions. */
export function inBrowser(desks: LinkDesks): InBrowser {
  const known = browsers.get(desks);
  if (known) return known;
  const sessions = new Map<string, ReturnType<typeof enterLink>>();
  /** One exchange for all that is asked of a link at the same time; one that failed is tried again. */
  const used = async (door: LinkDoor, link: string): Promise<LinkUse | RefusedLink> => {
    const entering = sessions.get(link) ?? enterLink(door, link);
    sessions.set(link, entering);
    const entered = await entering;
    if (!entered.ok) sessions.delete(link);
    return entered;
  };
  const { uploads, downloads } = desks;
  const made: InBrowser = {
    uploads: {
      async open(link) {
        const use = await used(uploads, link);
        return 'problem' in use ? use : uploads.open(use);
      },
      async take(link, name, bytes) {
        const use = await used(uploads, link);
        return 'problem' in use ? { ok: false, problem: use.problem } : uploads.take(use, name, bytes);
      },
      async finish(link) {
        const use = await used(uploads, link);
        return 'problem' in use ? { ok: false, problem: use.problem } : uploads.finish(use);
      },
    },
    downloads: {
      async open(link) {
        const use = await used(downloads, link);
        return 'problem' in use ? use : downloads.open(use);
      },
    },
  };
  browsers.set(desks, made);
  return made;
}
