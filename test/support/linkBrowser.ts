/** A browser without scripts that follows links: it keeps cookies by their path, and sends the form of a page. */

interface Cookie {
  readonly name: string;
  readonly value: string;
  readonly path: string;
}

export interface LinkBrowser {
  /** Any request with the cookies of its address; redirects are not followed. */
  send(url: string, init?: RequestInit): Promise<Response>;
  /** Opens a link's page and presses its button; answers what came of the press. */
  enter(link: string): Promise<Response>;
  /** What is sent to an address. */
  cookies(url: string): string;
}

export function createLinkBrowser(): LinkBrowser {
  const kept = new Map<string, Cookie>();

  function cookies(url: string): string {
    const { pathname } = new URL(url);
    return [...kept.values()]
      .filter(({ path }) => path === '/' || pathname === path || pathname.startsWith(`${path}/`))
      .map(({ name, value }) => `${name}=${value}`)
      .join('; ');
  }

  async function send(url: string, init: RequestInit = {}): Promise<Response> {
    const headers = { connection: 'close', ...(init.headers as Record<string, string>), cookie: cookies(url) };
    const response = await fetch(url, { ...init, redirect: 'manual', headers });
    for (const set of response.headers.getSetCookie()) {
      const [pair = '', ...attributes] = set.split(';').map((part) => part.trim());
      const path = attributes.find((one) => one.startsWith('Path='))?.slice(5) ?? '/';
      const [name = '', value = ''] = pair.split('=');
      kept.set(`${name} ${path}`, { name, value, path });
    }
    return response;
  }

  return {
    send,
    cookies,
    async enter(link) {
      const page = await send(link);
      const form = formOn(await page.text());
      if (form === undefined) return page;
      return send(link, { method: 'POST', body: new URLSearchParams({ form }) });
    },
  };
}

/** The secret of a page's form; undefined where the page has none. */
export function formOn(page: string): string | undefined {
  return /name="form" value="([\w-]+)"/.exec(page)?.[1];
}

/** Follows a link to a document as far as the document. */
export async function readDocument(link: string, browser = createLinkBrowser()): Promise<Response> {
  const entered = await browser.enter(link);
  const location = entered.headers.get('location');
  return entered.status === 303 && location !== null ? browser.send(new URL(location, link).href) : entered;
}

/** Puts a file through an upload page that was entered. */
export function putFile(browser: LinkBrowser, link: string, name: string, bytes: Uint8Array): Promise<Response> {
  return browser.send(`${link}/files`, {
    method: 'PUT',
    headers: { 'x-requested-with': 'desk', 'x-file-name': encodeURIComponent(name) },
    body: new Uint8Array(bytes),
  });
}
