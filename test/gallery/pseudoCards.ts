/**
 * The cards of the catalogue in the pseudo-locale. The sentences of the desk are read once for a whole process, so the
 * longer ones need a thread of their own, in which they take the place of English before anything else is loaded.
 */
import { isMainThread, parentPort, Worker } from 'node:worker_threads';
import en from '../../src/locales/en.json' with { type: 'json' };
import { lengthened } from '../support/pseudoLocale.ts';
import type { DrawnCard } from './cardPage.ts';
import type { CardKind } from '../teams/cards/catalogue.ts';

/** A card in the pseudo-locale, and what it is for. */
export interface PseudoCard extends DrawnCard {
  readonly kind: CardKind;
}

/** The cards of the gallery in the pseudo-locale. */
export function pseudoCards(): Promise<readonly PseudoCard[]> {
  return new Promise((resolve, reject) => {
    const worker = new Worker(new URL(import.meta.url));
    worker.once('message', resolve).once('error', reject);
  });
}

if (!isMainThread && parentPort) {
  const sentences: Record<string, string> = en;
  for (const [key, message] of Object.entries(sentences)) sentences[key] = lengthened(message);
  const { CATALOGUE } = await import('../teams/cards/catalogue.ts');
  const made: readonly PseudoCard[] = CATALOGUE.filter(({ inGallery }) => inGallery).map(({ name, kind, make }) => ({
    name,
    kind,
    card: make({ language: 'en' }),
  }));
  parentPort.postMessage(made);
}
