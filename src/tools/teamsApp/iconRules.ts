/** Checks whether Teams accepts an icon. */
import { PNG } from 'pngjs';

const WHITE = 255;
/** The safe area of the colour icon, which Teams never crops: 96 × 96 pixels in the middle. */
const SAFE_FROM = 48;
const SAFE_TO = 144;

interface Picture {
  readonly width: number;
  readonly height: number;
  pixel(x: number, y: number): readonly [red: number, green: number, blue: number, alpha: number];
}

/** The problems of the colour icon. It has to be 192 × 192, with one opaque colour around the safe area. */
export function colorIconProblems(file: string, bytes: Buffer): readonly string[] {
  return checkIcon(file, bytes, 192, (picture) => {
    const ground = picture.pixel(0, 0);
    const problems: string[] = [];
    const pixels = allPixels(picture);
    if (pixels.some(([x, y]) => picture.pixel(x, y)[3] !== 255))
      problems.push(`${file}: a pixel lets something through; the icon has to be a full square.`);
    const outside = pixels.filter(([x, y]) => x < SAFE_FROM || x >= SAFE_TO || y < SAFE_FROM || y >= SAFE_TO);
    if (outside.some(([x, y]) => picture.pixel(x, y).join() !== ground.join()))
      problems.push(
        `${file}: something is drawn outside the 96 × 96 pixels in the middle, where Teams may cut it off.`,
      );
    if (pixels.every(([x, y]) => picture.pixel(x, y).join() === ground.join()))
      problems.push(`${file}: nothing is drawn on it.`);
    return problems;
  });
}

/** The problems of the outline icon. It has to be 32 × 32, white on transparent, without padding. */
export function outlineIconProblems(file: string, bytes: Buffer): readonly string[] {
  return checkIcon(file, bytes, 32, (picture) => {
    const drawn = allPixels(picture).filter(([x, y]) => picture.pixel(x, y)[3] > 0);
    const problems: string[] = [];
    if (
      drawn.some(([x, y]) =>
        picture
          .pixel(x, y)
          .slice(0, 3)
          .some((part) => part !== WHITE),
      )
    )
      problems.push(`${file}: a pixel is not white; the outline has no other colour.`);
    if (drawn.length === 0 || drawn.length === picture.width * picture.height)
      problems.push(`${file}: the outline has to be white on a transparent ground.`);
    else if (!reachesOppositeEdges(drawn, picture))
      problems.push(`${file}: there is space around the sign; it has to reach two opposite edges.`);
    return problems;
  });
}

function checkIcon(
  file: string,
  bytes: Buffer,
  size: number,
  judge: (picture: Picture) => readonly string[],
): readonly string[] {
  let png: PNG;
  try {
    png = PNG.sync.read(bytes);
  } catch (error) {
    return [`${file}: it is no PNG picture (${String(error)}); make it with: npm run icons.`];
  }
  const { width, height, data } = png;
  if (width !== size || height !== size)
    return [`${file}: it has ${width} × ${height} pixels; Teams wants ${size} × ${size}.`];
  return judge({
    width,
    height,
    pixel: (x, y) =>
      [...data.subarray((y * width + x) * 4, (y * width + x) * 4 + 4)] as unknown as readonly [
        number,
        number,
        number,
        number,
      ],
  });
}

function allPixels({ width, height }: Picture): readonly (readonly [x: number, y: number])[] {
  return Array.from({ length: width * height }, (_, at) => [at % width, Math.floor(at / width)] as const);
}

function reachesOppositeEdges(drawn: readonly (readonly [number, number])[], { width, height }: Picture): boolean {
  const columns = drawn.map(([x]) => x);
  const rows = drawn.map(([, y]) => y);
  return (columns.includes(0) && columns.includes(width - 1)) || (rows.includes(0) && rows.includes(height - 1));
}
