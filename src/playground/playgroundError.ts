/** Something that whoever starts the local Teams can mend: the sentence says how. */

export class PlaygroundFault extends Error {
  readonly code = 'playground';
}
