/** The headers of a download that are made of what the uploader sent. */
import { create } from 'content-disposition';

/**
 * A Content-Disposition that saves a file under its own name, with a plain name for clients that read no UTF-8 (RFC
 * 6266). Control and format characters and path separators in the name become underscores.
 */
export function attachment(name: string): string {
  const shown =
    name
      .toWellFormed()
      .replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}/\\]/gu, '_')
      .slice(0, 200)
      .toWellFormed() || 'file';
  return create(shown, { fallback: shown.replace(/[^A-Za-z0-9 ._-]/g, '_') });
}

/** A content type that is safe in a header; anything else is `application/octet-stream`. */
export function harmlessType(contentType: string): string {
  return /^[a-z]+\/[a-z0-9.+-]+$/i.test(contentType) ? contentType : 'application/octet-stream';
}
