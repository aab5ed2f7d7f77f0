/** The template of an XFA form within a PDF: XML with scripts, of which some run without the reader. */
import { SaxesParser } from 'saxes';
import { encodingOf } from '../office/xml.ts';

/** What runs without the reader: calculations, and events by their activity. */
const AUTOMATIC = new Set([
  'calculate',
  ...['initialize', 'docReady', 'docClose', 'ready', 'preOpen', 'postOpen', 'indexChange'].map((on) => `event ${on}`),
]);
const SCRIPTS = new Set(['script', 'execute', 'submit']);
const MAYBE_SCRIPT = /script|execute|submit/;

/**
 * What the scripts of a form do: there are none, they wait for the reader, or some run by themselves. A form that is no
 * sound XML, or defines entities, hides what it does: its scripts count as those that run by themselves.
 */
export function scriptsOf(xfa: Buffer): 'none' | 'waiting' | 'automatic' {
  const text = textOf(xfa);
  // Packets of a form may come one after the other, each with a declaration of its own.
  const parser = new SaxesParser({ xmlns: false, position: false, fragment: true });
  const open: string[] = [];
  let found: 'none' | 'waiting' | 'automatic' = 'none';
  let isUnsound = false;
  parser.on('error', () => {
    isUnsound = true;
  });
  parser.on('doctype', () => {
    isUnsound = true;
  });
  parser.on('opentag', ({ name, attributes }) => {
    const plain = name.slice(name.indexOf(':') + 1);
    if (SCRIPTS.has(plain) && found !== 'automatic')
      found = open.some((around) => AUTOMATIC.has(around)) ? 'automatic' : 'waiting';
    open.push(plain === 'event' ? `event ${(attributes['activity'] ?? '').trim()}` : plain);
  });
  parser.on('closetag', () => open.pop());
  parser.write(text.replaceAll(/<\?xml\b[^>]*\?>/g, '').replaceAll(/^\ufeff/g, '')).close();
  return isUnsound && MAYBE_SCRIPT.test(text) ? 'automatic' : found;
}

/** Bytes that are none of their encoding are shown as such; only what is read in another way would be hidden. */
function textOf(xfa: Buffer): string {
  try {
    return new TextDecoder(encodingOf(xfa)).decode(xfa);
  } catch {
    return xfa.toString('latin1');
  }
}
