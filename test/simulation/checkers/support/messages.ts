/** What Teams took of each claim: its cards with the version that they show, and the lines about it. */
import type { Json, MessageTaken } from '../observations.ts';

interface Card {
  readonly at: number;
  readonly how: MessageTaken['how'];
  readonly version: number;
}

interface Line {
  readonly at: number;
  /** It has been taken for the line of a notice. */
  isCounted: boolean;
}

interface Said {
  readonly cards: Card[];
  readonly lines: Line[];
}

const CLAIM = /CPOR-[0-9A-Z]{6}/;

/** All that was said about claims, by conversation. */
export class Messages {
  readonly #said = new Map<string, Said>();

  take({ at, how, conversation, text, card }: MessageTaken): void {
    if (card) {
      const shown = shownBy(card);
      if (shown) this.#of(shown.claim, conversation).cards.push({ at, how, version: shown.version });
    } else {
      const claim = how === 'post' && text !== undefined ? CLAIM.exec(text)?.[0] : undefined;
      if (claim !== undefined) this.#of(claim, conversation).lines.push({ at, isCounted: false });
    }
  }

  /** Whether a card of the claim was taken there since an instant that shows at least a version. */
  hasCard(claim: string, conversation: string, version: number, since: number, how?: MessageTaken['how']): boolean {
    return this.#of(claim, conversation).cards.some(
      (card) => card.version >= version && card.at >= since && (how === undefined || card.how === how),
    );
  }

  /** Whether a line about the claim was taken there since an instant; each is the line of one notice. */
  countLine(claim: string, conversation: string, since: number): boolean {
    const line = this.#of(claim, conversation).lines.find(({ at, isCounted }) => !isCounted && at >= since);
    if (line) line.isCounted = true;
    return line !== undefined;
  }

  #of(claim: string, conversation: string): Said {
    const name = `${claim}\n${conversation}`;
    const known = this.#said.get(name) ?? { cards: [], lines: [] };
    this.#said.set(name, known);
    return known;
  }
}

/**
 * Which claim a card shows and in which version, as its buttons say; a card of several claims, or of none, shows no
 * claim.
 */
function shownBy(card: Json): { readonly claim: string; readonly version: number } | undefined {
  const found = new Map<string, number>();
  const look = (value: unknown): void => {
    if (Array.isArray(value)) value.forEach(look);
    else if (typeof value === 'object' && value !== null) {
      const { claim, version } = value as { readonly claim?: unknown; readonly version?: unknown };
      if (typeof claim === 'string' && typeof version === 'number')
        found.set(claim, Math.max(version, found.get(claim) ?? 0));
      Object.values(value).forEach(look);
    }
  };
  look(card);
  const [only, ...more] = found;
  return only && more.length === 0 ? { claim: only[0], version: only[1] } : undefined;
}
