/** Draws the two icons that Teams requires from one drawing, icons.svg. */
import { readFileSync } from 'node:fs';
import { Resvg } from '@resvg/resvg-js';
import { PNG } from 'pngjs';

const DRAWING = new URL('icons.svg', import.meta.url);
const COLOR_SIZE = 192;
const OUTLINE_SIZE = 32;

/** The bytes of both icons, the same whenever they are drawn. */
export function drawIcons(): { readonly color: Buffer; readonly outline: Buffer } {
  const drawn = PNG.sync.read(new Resvg(readFileSync(DRAWING, 'utf8')).render().asPng());
  return { color: cut(drawn, 0, COLOR_SIZE), outline: cut(drawn, COLOR_SIZE, OUTLINE_SIZE) };
}

/**
 * A square at the upper edge. Run-length packing, zlib's strategy 3, finds no matches by hash, so its bytes do not
 * depend on the machine.
 */
function cut(drawn: PNG, left: number, size: number): Buffer {
  const icon = new PNG({ width: size, height: size });
  PNG.bitblt(drawn, icon, left, 0, size, size);
  return PNG.sync.write(icon, { deflateLevel: 9, deflateStrategy: 3, filterType: 1 });
}
