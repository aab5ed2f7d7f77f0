/** Where a clamd listens: a unix socket, or a host and a port. */
export type ClamdAddress = { readonly path: string } | { readonly host: string; readonly port: number };

/** Reads `/run/clamav/clamd.ctl`, `unix:/…`, `host:3310` or `[::1]:3310`; undefined where it is none of these. */
export function parseClamdAddress(text: string): ClamdAddress | undefined {
  const path = text.startsWith('unix:') ? text.slice('unix:'.length) : text;
  if (path.startsWith('/')) return path.length > 1 && !path.includes('\0') ? { path } : undefined;
  const found = /^(?:\[([\da-f:.]+)\]|([\w.-]+)):(\d{1,5})$/i.exec(text);
  const host = found?.[1] ?? found?.[2];
  const port = Number(found?.[3]);
  return host !== undefined && port >= 1 && port <= 65_535 ? { host, port } : undefined;
}
