/** All that the desk says in Teams besides the labels of its cards, in one place for those who send it. */
export * from './happened.ts';
export * from './lines.ts';
export * from './names.ts';
export * from './refusals.ts';
export * from './standing.ts';
export type { Speech } from './format.ts';
