/** The two cookies of links: which browser it is, and what it exchanged a link for. */
import type { IncomingMessage } from 'node:http';
import type { LinkVisitor } from '../../desk/ports/proof.ts';

/** Longer values are none of the desk's. */
const MAX_VALUE_LENGTH = 500;
const VALUE = /^[\w-]+$/;

export interface LinkCookies {
  /** What a request brings, where it has the form of ours. */
  read(request: IncomingMessage): LinkVisitor;
  /** Gives the browser its id. */
  browser(id: string): string;
  /** Gives the browser its session; it is sent for this link alone. `folder`: of its pages, such as `poe`. */
  session(folder: string, link: string, value: string, seconds: number): string;
}

/**
 * `publicUrl` is read at each use, because with port 0 it is known only once the server listens. Behind https the
 * cookies are Secure, and their names bind browsers to that: no one on the line can set them, and the browser's id no
 * other host of the domain either. Neither is sent with a request that another site's page makes in the background.
 */
export function createLinkCookies(publicUrl: () => string): LinkCookies {
  const isSecure = (): boolean => publicUrl().startsWith('https:');
  const names = () =>
    isSecure()
      ? { browser: '__Host-desk-browser', session: '__Secure-desk-session' }
      : { browser: 'desk-browser', session: 'desk-session' };
  const attributes = (path: string): string => `; Path=${path}; HttpOnly; SameSite=Lax${isSecure() ? '; Secure' : ''}`;
  return {
    read({ headers }) {
      const [browser, session] = [names().browser, names().session].map((name) => valueOf(headers.cookie, name));
      return { ...(browser !== undefined && { browser }), ...(session !== undefined && { session }) };
    },
    browser: (id) => `${names().browser}=${id}${attributes('/')}`,
    session(folder, link, value, seconds) {
      const base = new URL(publicUrl()).pathname.replace(/\/$/, '');
      return `${names().session}=${value}; Max-Age=${seconds}${attributes(`${base}/${folder}/${link}`)}`;
    },
  };
}

/** The first value of a cookie: browsers send those of longer paths first. */
function valueOf(header: string | undefined, name: string): string | undefined {
  const pair = header?.split(';').find((one) => one.trimStart().startsWith(`${name}=`));
  const value = pair?.slice(pair.indexOf('=') + 1).trim();
  return value !== undefined && value.length <= MAX_VALUE_LENGTH && VALUE.test(value) ? value : undefined;
}
