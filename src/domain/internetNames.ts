/**
 * Domains and e-mail addresses of every script. They are kept as they were typed, and compared by their normal form,
 * which the net itself uses: `почта.рф` is `xn--80a1acny.xn--p1ai`, and whoever types either means the same.
 */

const MAX_EMAIL = 254;
/** In the normal form: labels of letters, digits and hyphens, of which the last begins with a letter. */
const DOMAIN = /^(?=.{4,253}$)([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z][a-z0-9-]{0,61}[a-z0-9]$/;
/** As typed: letters, marks and digits of any script, hyphens and full stops, also those of Japanese and Chinese. */
const TYPED_DOMAIN = /^[\p{L}\p{M}\p{N}.\u3002\uff0e\uff61-]+$/u;
/** A hyphen where a label begins or ends. The normal form of a label of other letters would hide it. */
const LOOSE_HYPHEN = /(?:^|[.\u3002\uff0e\uff61])-|-(?:[.\u3002\uff0e\uff61]|$)/u;
const LOCAL_PART = /^[^\s@"<>()[\]\\,;:\p{C}]{1,64}$/u;

/** The normal form of a domain (IDNA, in small letters); undefined where the text is none. */
export function normalDomain(domain: string): string | undefined {
  const typed = domain.trim().toLowerCase();
  if (!TYPED_DOMAIN.test(typed) || LOOSE_HYPHEN.test(typed)) return undefined;
  const host = URL.parse(`https://${typed}/`)?.hostname ?? '';
  return DOMAIN.test(host) ? host : undefined;
}

/**
 * The normal form of an e-mail address: the domain's, and what stands before it in small letters, as mail systems
 * compare it. A text that is no address comes back in small letters.
 */
export function normalEmail(email: string): string {
  const typed = email.trim().normalize('NFC').toLowerCase();
  const at = typed.lastIndexOf('@') + 1;
  return typed.slice(0, at) + (normalDomain(typed.slice(at)) ?? typed.slice(at));
}

/** Whether a text is a domain, of whatever script. */
export function isDomain(text: string): boolean {
  return normalDomain(text) !== undefined;
}

/** Whether a text is an e-mail address; both its parts may be of any script (RFC 6531). */
export function isEmail(text: string): boolean {
  const at = text.lastIndexOf('@');
  return (
    at > 0 &&
    Math.max(text.length, normalEmail(text).length) <= MAX_EMAIL &&
    LOCAL_PART.test(text.slice(0, at)) &&
    isDomain(text.slice(at + 1))
  );
}
