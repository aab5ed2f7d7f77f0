/** Random numbers from a seed. */

export interface Chance {
  /** From 0 to 1, without 1. */
  next(): number;
  below(count: number): number;
  /** True with this probability. */
  happens(share: number): boolean;
  pick<One>(all: readonly One[]): One;
  /** One of the names, each as often as its weight says. */
  weighed<Name extends string>(weights: Readonly<Partial<Record<Name, number>>>): Name | undefined;
}

/** Mulberry32. */
export function chanceOf(seed: number): Chance {
  let state = seed >>> 0;
  const self: Chance = {
    next() {
      state = (state + 0x6d2b79f5) >>> 0;
      let mixed = Math.imul(state ^ (state >>> 15), state | 1);
      mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
      return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
    },
    below: (count) => Math.floor(self.next() * count),
    happens: (share) => self.next() < share,
    pick(all) {
      const one = all[self.below(all.length)];
      if (one === undefined) throw new Error('there is nothing to pick from');
      return one;
    },
    weighed<Name extends string>(weights: Readonly<Partial<Record<Name, number>>>) {
      const all = Object.entries<number | undefined>(weights) as [Name, number][];
      let lot = self.next() * all.reduce((sum, [, weight]) => sum + weight, 0);
      for (const [name, weight] of all) {
        lot -= weight;
        if (lot < 0) return name;
      }
      return undefined;
    },
  };
  return self;
}
