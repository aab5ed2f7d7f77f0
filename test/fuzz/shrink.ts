/** Makes a failing input smaller, as long as it fails in the same way. */
import { isRecord, withMember } from './json.ts';

const MOST_TRIES = 120;

/** The smallest input found within a number of tries. What is not JSON stays as it is. */
export async function shrunk(input: unknown, fails: (candidate: unknown) => Promise<boolean>): Promise<unknown> {
  let smallest = input;
  let tries = 0;
  for (let found = true; found; ) {
    found = false;
    for (const candidate of smaller(smallest)) {
      if (tries >= MOST_TRIES) return smallest;
      tries += 1;
      if (!(await fails(candidate))) continue;
      smallest = candidate;
      found = true;
      break;
    }
  }
  return smallest;
}

/** Everything that is one step smaller: a member less, half of a text. The largest steps come first. */
function* smaller(value: unknown): Generator {
  if (typeof value === 'string' && value.length > 1) {
    const middle = Math.floor(value.length / 2);
    yield value.slice(0, middle);
    yield value.slice(middle);
    if (value.length <= 12) for (let at = 0; at < value.length; at += 1) yield value.slice(0, at) + value.slice(at + 1);
  } else if (Array.isArray(value)) {
    const items: readonly unknown[] = value;
    for (const index of items.keys()) yield items.filter((_, at) => at !== index);
    for (const [index, item] of items.entries())
      for (const less of smaller(item)) yield items.map((one, at) => (at === index ? less : one));
  } else if (isRecord(value)) {
    for (const name of Object.keys(value))
      yield Object.fromEntries(Object.entries(value).filter(([other]) => other !== name));
    for (const [name, member] of Object.entries(value))
      for (const less of smaller(member)) yield withMember(value, name, less);
  }
}
