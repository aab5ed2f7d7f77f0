/** Domains and addresses of other scripts, shown in both forms: as typed, and as the net has it. */
import { domainToUnicode } from 'node:url';
import { normalDomain } from '../../domain/internetNames.ts';

/**
 * A domain or an e-mail address as it was typed, and its other form where it has one: the xn-- form of letters that are
 * not of a to z, which tells look-alikes apart, or the letters of an xn-- form.
 */
export function spellings(typed: string): readonly string[] {
  const at = typed.lastIndexOf('@') + 1;
  const domain = typed.slice(at).toLowerCase();
  const normal = normalDomain(domain) ?? domain;
  const other = normal === domain ? domainToUnicode(normal) || domain : normal;
  return other === domain ? [typed] : [typed, typed.slice(0, at) + other];
}
