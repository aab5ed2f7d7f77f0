/** The name under which a browser saves a download. */

/**
 * A Content-Disposition that offers a file under its own name (RFC 6266, RFC 5987): a plain stand-in for old clients and the
 * real name in UTF-8. Line breaks, quotes and paths in a name cannot leave it.
 */

export function attachment(name: string): string {
  const shown =
    name
      .toWellFormed()
      .replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}/\\]/gu, '_')
      .slice(0, 200)
      .toWellFormed() || 'file';
  const plain = shown.replace(/[^A-Za-z0-9 ._-]/g, '_');
  const encoded = encodeURIComponent(shown).replace(
    /['()*]/g,
    (sign) => `%${sign.charCodeAt(0).toString(16).toUpperCase()}`,
  );
  return `attachment; filename="${plain}"; filename*=UTF-8''${encoded}`;
}

/** A content type that may stand in a header; anything else is bytes. */
export function harmlessType(contentType: string): string {
  return /^[a-z]+\/[a-z0-9.+-]+$/i.test(contentType) ? contentType : 'application/octet-stream';
}
