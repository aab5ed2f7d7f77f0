/** Declared here because the package ships no types: the part of its interface that is used. */
declare module 'negotiator' {
  import type { IncomingHttpHeaders } from 'node:http';

  export default class Negotiator {
    constructor(request: { readonly headers: IncomingHttpHeaders });
    /** The locales of Accept-Language with a quality above 0, best first; `*` where there is no such header. */
    languages(): readonly string[];
  }
}
