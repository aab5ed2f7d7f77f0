/** The thread in which PDFs are examined: it is sent the bytes of one after the other and answers with each verdict. */
import { registerHooks } from 'node:module';
import { parentPort } from 'node:worker_threads';
import type { RejectedFile } from '../../../desk/ports/inspection.ts';
import { bufferOf } from '../buffers.ts';

const TOO_COMPLEX: RejectedFile = { ok: false, problem: 'tooComplex' };

/**
 * In version 0.4.2 of the parser a closing parenthesis or brace that closes nothing is read as a word of no length,
 * again and again without end. Here it is passed over. Throws where another version reads otherwise.
 */
function withEnd(parser: string): string {
  const word = 'readKeyword(position) {\n\t\tconst start = this.scanner.position;\n';
  if (parser.split(word).length !== 2) throw new Error('The parser of PDFs is another than this was written for');
  return parser.replace(word, `${word}\t\tif (!isRegularChar(this.scanner.peek())) this.scanner.advance();\n`);
}

registerHooks({
  load(url, context, next) {
    const loaded = next(url, context);
    if (!/\/@libpdf\/core\/dist\/index\.mjs$/.test(url) || !loaded.source) return loaded;
    const { source } = loaded;
    return {
      ...loaded,
      source: withEnd(typeof source === 'string' ? source : Buffer.from(source as Uint8Array).toString()),
    };
  },
});
const { examinePdf } = await import('./examinePdf.ts');

// The parser warns of what it repairs; that is no news for the desk's log.
console.warn = () => undefined;

parentPort?.on('message', (bytes: Uint8Array) => {
  // What makes even the examination fail is nested or linked beyond what it was made for.
  void examinePdf(bufferOf(bytes))
    .catch(() => TOO_COMPLEX)
    .then((verdict) => parentPort?.postMessage(verdict));
});
