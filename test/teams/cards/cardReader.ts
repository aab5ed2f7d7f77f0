/**
 * Reads cards as clients do: what is shown where, which buttons there are, and what the renderer's parser objects to.
 */
import { createRequire } from 'node:module';
import type { Card } from '../../../src/teams/cards/templates.ts';

interface Context {
  readonly eventCount: number;
  getEventAt(index: number): { readonly message: string };
}
interface Renderer {
  readonly AdaptiveCard: new () => { parse(card: Card, context: Context): void };
  readonly SerializationContext: new () => Context;
}

const renderer = createRequire(import.meta.url)('adaptivecards/dist/adaptivecards.js') as Renderer;

/** What the parser objects to on a client that knows no Badge and so shows its fallback. */
export function objectionsTo(card: Card): readonly string[] {
  const context = new renderer.SerializationContext();
  // The parser takes a language only every other time: its pattern remembers where it stopped.
  const { lang: _, ...rest } = withoutBadges(card) as Card;
  new renderer.AdaptiveCard().parse(rest, context);
  return Array.from({ length: context.eventCount }, (_, index) => context.getEventAt(index).message);
}

function withoutBadges(part: unknown): unknown {
  if (Array.isArray(part)) return part.map(withoutBadges);
  if (part === null || typeof part !== 'object') return part;
  const element = part as Card;
  if (element['type'] === 'Badge') return element['fallback'];
  return Object.fromEntries(Object.entries(element).map(([name, value]) => [name, withoutBadges(value)]));
}

/** Every object of a card, the card itself first. */
export function partsOf(part: unknown): readonly Card[] {
  if (Array.isArray(part)) return part.flatMap(partsOf);
  if (part === null || typeof part !== 'object') return [];
  return [part as Card, ...Object.values(part).flatMap(partsOf)];
}

export function partsOfType(card: unknown, type: string): readonly Card[] {
  return partsOf(card).filter((part) => part['type'] === type);
}

/** Text that people typed is only in text runs, so these are all that a card shows of it. */
export function wordsOn(card: unknown): string {
  return partsOf(card)
    .flatMap((part) =>
      ['text', 'title', 'label', 'value'].map((name) => part[name]).filter((value) => typeof value === 'string'),
    )
    .join('\n');
}

/** The buttons below a card, in their order: the verb of each, that of its form where it opens one. */
export function verbsOf(card: Card): readonly unknown[] {
  const actions = card['actions'] as readonly Card[];
  return actions.map((action) =>
    action['type'] === 'Action.ShowCard' ? verbsOf(action['card'] as Card)[0] : action['verb'],
  );
}

export function inputsOn(card: unknown): readonly Card[] {
  return partsOf(card).filter((part) => String(part['type']).startsWith('Input.'));
}
