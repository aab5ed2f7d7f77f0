/** Something that whoever starts the local Teams can mend: the sentence says how. */

export class PlaygroundError extends Error {
  readonly code = 'playground';
}
