/** The keys that authenticate the newest head of a claim's history (R55). The desk alone has them. */

/** A code over a text (HMAC-SHA-256), and the id of the key that it was made with. */
export interface KeyedCode {
  readonly keyId: string;
  readonly mac: string;
}

/** Makes codes with the newest key, and checks those of older ones: an old key is kept for checking alone. */
export interface HistoryKeys {
  /** The code of a text, by the newest key. */
  authenticate(text: string): KeyedCode;
  /** `unknownKey`: the desk has no key of this id, so nothing can be said of the text. */
  check(text: string, code: KeyedCode): 'sound' | 'altered' | 'unknownKey';
}
