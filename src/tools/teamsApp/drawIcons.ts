/**
 * The two icons that Teams asks for: the sign of the desk, a document with a tick, as on its web pages.
 *
 * `color.png` has 192 × 192 pixels: a square of one colour without rounded corners, which Teams cuts itself, into a hexagon
 * too. The sign therefore stays within the 96 × 96 pixels in the middle. `outline.png` has 32 × 32: the sign in white
 * lines on nothing, without space around it.
 */
import { PNG } from 'pngjs';
import { allOf, area, coverage, edgeOf, stroke, within } from './shapes.ts';
import type { Point, Shape } from './shapes.ts';

type Colour = readonly [red: number, green: number, blue: number];
interface Layer {
  readonly shape: Shape;
  readonly colour: Colour;
}

const BRAND: Colour = [0x5b, 0x5f, 0xc7];
const WHITE: Colour = [255, 255, 255];
/** The back of the folded corner. */
const FOLD: Colour = [0xc5, 0xc8, 0xf0];

/** `#rrggbb`: the colour behind the sign, which the manifest names as its accent. */
export const ACCENT = `#${BRAND.map((part) => part.toString(16).padStart(2, '0')).join('')}`;

/** The bytes of both icons, the same whenever they are drawn. */
export function drawIcons(): { readonly color: Buffer; readonly outline: Buffer } {
  return { color: png(colorIcon()), outline: png(outlineIcon()) };
}

function colorIcon(): PNG {
  const [left, top, right, bottom, fold, round] = [57, 48, 135, 144, 25, 7];
  const sheet = area(
    [
      [left + round, top + round],
      [right - fold - 2, top + round],
      [right - round, top + fold + 2],
      [right - round, bottom - round],
      [left + round, bottom - round],
    ],
    round,
  );
  const corner = within(
    sheet,
    area(
      [
        [right - fold + 4, top - fold],
        [right + fold, top - fold],
        [right + fold, top + fold - 4],
        [right - fold + 4, top + fold - 4],
      ],
      4,
    ),
  );
  const tick = stroke(
    [
      [77, 104],
      [90, 117],
      [115, 89],
    ],
    10,
  );
  return painted(192, BRAND, [
    { shape: sheet, colour: WHITE },
    { shape: corner, colour: FOLD },
    { shape: tick, colour: BRAND },
  ]);
}

function outlineIcon(): PNG {
  const width = 2;
  const [left, top, right, bottom, fold, round] = [4 + width / 2, width / 2, 28 - width / 2, 32 - width / 2, 8, 2.5];
  const sheet: readonly Point[] = [
    [left + round, top + round],
    [right - fold - 1, top + round],
    [right - round, top + fold + 1],
    [right - round, bottom - round],
    [left + round, bottom - round],
  ];
  const corner = stroke(
    [
      [right - fold, top + 0.5],
      [right - fold, top + fold],
      [right - 0.5, top + fold],
    ],
    width,
  );
  const tick = stroke(
    [
      [10.5, 19.5],
      [14.5, 23.5],
      [21.5, 15.75],
    ],
    2.5,
  );
  return painted(32, undefined, [{ shape: allOf(edgeOf(area(sheet, round), width), corner, tick), colour: WHITE }]);
}

/** A square picture: layers over a ground, or over nothing, where what is not drawn is white that nobody sees. */
function painted(size: number, ground: Colour | undefined, layers: readonly Layer[]): PNG {
  const picture = new PNG({ width: size, height: size });
  for (let at = 0; at < size * size; at += 1) {
    const [x, y] = [(at % size) + 0.5, Math.floor(at / size) + 0.5];
    let colour = ground ?? WHITE;
    let alpha = ground ? 1 : 0;
    for (const layer of layers) {
      const share = coverage(layer.shape, x, y);
      colour = mixed(colour, layer.colour, share);
      alpha = Math.max(alpha, share);
    }
    picture.data.set([...colour, alpha * 255].map(Math.round), at * 4);
  }
  return picture;
}

function mixed(under: Colour, over: Colour, share: number): Colour {
  const mix = (below: number, above: number): number => below + (above - below) * share;
  return [mix(under[0], over[0]), mix(under[1], over[1]), mix(under[2], over[2])];
}

/** Run-length packing (zlib's strategy 3) finds no matches by hash, so its bytes do not depend on the machine; filter 1 writes a run where the colour stays. */
function png(picture: PNG): Buffer {
  return PNG.sync.write(picture, { deflateLevel: 9, deflateStrategy: 3, filterType: 1 });
}
