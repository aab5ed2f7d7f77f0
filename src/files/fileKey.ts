import { ASSESSMENTS } from '../desk/ports/files.ts';
import { FilesError } from './filesError.ts';

const SEGMENT = /^[A-Za-z0-9._-]{1,200}$/;
const MAX_KEY_LENGTH = 1_000;

/**
 * The segments of a key. Refuses (`files.badKey`) everything that could lead elsewhere: an empty segment, `.` and `..`,
 * every character but `A-Z a-z 0-9 . _ -`, a segment of more than 200 characters and a key of more than 1,000.
 */
export function segmentsOf(key: string): string[] {
  const segments = key.split('/');
  if (key.length > MAX_KEY_LENGTH || !segments.every(isSegment)) throw badKey(key);
  return segments;
}

/**
 * The segments of a key that may be removed. Refuses (`files.kept`) a hand-over for assessment, which is never removed
 * (R53).
 */
export function segmentsToRemove(key: string): string[] {
  const segments = segmentsOf(key);
  if (key.startsWith(ASSESSMENTS))
    throw new FilesError('files.kept', `A hand-over for assessment is not removed: ${key}`);
  return segments;
}

/** The segments of a prefix. The last one, after the last slash, may be a part of a segment, or empty. */
export function segmentsOfPrefix(prefix: string): string[] {
  const segments = prefix.split('/');
  const whole = segments.slice(0, -1);
  const part = segments.at(-1) ?? '';
  if (prefix.length > MAX_KEY_LENGTH || !whole.every(isSegment) || !(part === '' || SEGMENT.test(part)))
    throw badKey(prefix);
  return segments;
}

function isSegment(segment: string): boolean {
  return SEGMENT.test(segment) && segment !== '.' && segment !== '..';
}

function badKey(key: string): FilesError {
  return new FilesError('files.badKey', `Not a key of a file: ${JSON.stringify(key.slice(0, 100))}`);
}
