import { expect } from 'chai';
import { PNG } from 'pngjs';
import { drawIcons } from '../../src/tools/teamsApp/drawIcons.ts';
import { colorIconProblems, outlineIconProblems } from '../../src/tools/teamsApp/iconRules.ts';
import { asItIs, jsonOf } from './packageFolder.ts';

type Pixel = readonly [red: number, green: number, blue: number, alpha: number];

/** One of our icons with another pixel at a place. */
function dotted(name: string, x: number, y: number, pixel: Pixel): Buffer {
  const png = PNG.sync.read(asItIs(name) ?? Buffer.alloc(0));
  png.data.set(pixel, (y * png.width + x) * 4);
  return PNG.sync.write(png);
}

function plain(size: number, pixel: Pixel): Buffer {
  const png = new PNG({ width: size, height: size });
  for (let at = 0; at < size * size; at += 1) png.data.set(pixel, at * 4);
  return PNG.sync.write(png);
}

describe('The icons of the Teams app', () => {
  it('are byte for byte what comes of the drawing', () => {
    const { color, outline } = drawIcons();
    expect(color.equals(asItIs('color.png') ?? Buffer.alloc(0)), 'color.png').to.equal(true);
    expect(outline.equals(asItIs('outline.png') ?? Buffer.alloc(0)), 'outline.png').to.equal(true);
  });

  it('keep the rules of Teams', () => {
    const { color, outline } = drawIcons();
    expect([...colorIconProblems('color.png', color), ...outlineIconProblems('outline.png', outline)]).to.deep.equal(
      [],
    );
  });

  it('stand on the accent colour that the manifest names', () => {
    const png = PNG.sync.read(drawIcons().color);
    expect(`#${png.data.subarray(0, 3).toString('hex')}`).to.equal(jsonOf('manifest.json')['accentColor']);
  });

  const faults: readonly (readonly [string, () => readonly string[], RegExp])[] = [
    [
      'a colour icon of another size',
      () => colorIconProblems('c.png', plain(128, [1, 2, 3, 255])),
      /128 × 128 pixels; Teams wants 192 × 192/,
    ],
    [
      'a colour icon that is cut out of its square',
      () => colorIconProblems('c.png', dotted('color.png', 0, 191, [0, 0, 0, 0])),
      /lets something through/,
    ],
    [
      'a sign that Teams may cut off',
      () => colorIconProblems('c.png', dotted('color.png', 47, 96, [255, 255, 255, 255])),
      /outside the 96 × 96 pixels/,
    ],
    [
      'a colour icon with nothing on it',
      () => colorIconProblems('c.png', plain(192, [91, 95, 199, 255])),
      /nothing is drawn/,
    ],
    [
      'an outline of another size',
      () => outlineIconProblems('o.png', plain(192, [255, 255, 255, 0])),
      /Teams wants 32 × 32/,
    ],
    [
      'an outline that is not white',
      () => outlineIconProblems('o.png', dotted('outline.png', 4, 16, [254, 255, 255, 255])),
      /is not white/,
    ],
    [
      'an outline on a ground',
      () => outlineIconProblems('o.png', plain(32, [255, 255, 255, 255])),
      /transparent ground/,
    ],
    ['an outline of nothing', () => outlineIconProblems('o.png', plain(32, [255, 255, 255, 0])), /transparent ground/],
    ['an outline with space around it', () => outlineIconProblems('o.png', smallSign()), /space around the sign/],
    ['a file cut short', () => outlineIconProblems('o.png', drawIcons().outline.subarray(0, 100)), /no PNG picture/],
  ];
  for (const [fault, problems, sentence] of faults) {
    it(`are refused: ${fault}`, () => {
      expect(problems().join('\n')).to.match(sentence);
    });
  }

  function smallSign(): Buffer {
    const png = new PNG({ width: 32, height: 32 });
    for (let y = 8; y < 24; y += 1)
      for (let x = 8; x < 24; x += 1) png.data.set([255, 255, 255, 255], (y * 32 + x) * 4);
    return PNG.sync.write(png);
  }
});
