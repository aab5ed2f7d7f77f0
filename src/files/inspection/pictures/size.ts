/** How large a picture may be in pixels, whatever it takes in bytes. */
import type { InspectionProblem, RejectedFile } from '../../../desk/ports/inspection.ts';

/** The largest photos of phones have 200 million pixels; to show more takes memory that readers do not have. */
const MAX_PIXELS = 2 ** 28;
/** Most readers show nothing beyond. */
const MAX_SIDE = 65_535;

/** What is wrong with a picture of this many pixels; undefined where nothing is. */
export function sizeProblem(width: number, height: number): RejectedFile | undefined {
  if (width === 0 || height === 0) return brokenPicture('broken');
  if (width <= MAX_SIDE && height <= MAX_SIDE && width * height <= MAX_PIXELS) return undefined;
  return { ok: false, problem: 'tooManyPixels', culprit: `${width} × ${height}` };
}

export function brokenPicture(problem: Extract<InspectionProblem, 'broken' | 'cutOff'>): RejectedFile {
  return { ok: false, problem };
}
