/** Records what the desk decided on each request, as the caller was told. */
import type { Desk } from '../../src/desk/desk.ts';

/** `done`: something may have changed by right. */
export type Verdict = 'done' | 'known' | 'refused' | 'notFound';

/** The same desk, with its decisions recorded. */
export function overheard(desk: Desk, verdicts: Verdict[]): Desk {
  const kept = <Result>(result: Result, verdict: (result: Result) => Verdict): Result => {
    verdicts.push(verdict(result));
    return result;
  };
  const byKind = ({ kind }: { readonly kind: 'done' | 'repeated' | 'nothing' | 'refused' | 'notFound' }): Verdict =>
    kind === 'repeated' || kind === 'nothing' ? 'known' : kind;
  const byOk = ({ ok }: { readonly ok: boolean }): Verdict => (ok ? 'done' : 'refused');
  const found = (result: unknown): Verdict => (result === undefined ? 'notFound' : 'known');
  const { poe } = desk;
  return {
    ...desk,
    execute: async (...asked) => kept(await desk.execute(...asked), byKind),
    createClaim: async (...asked) => kept(await desk.createClaim(...asked), byKind),
    look: async (...asked) => kept(await desk.look(...asked), found),
    list: async (...asked) => kept(await desk.list(...asked), found),
    history: async (...asked) => kept(await desk.history(...asked), found),
    useChannel: async (...asked) =>
      kept(await desk.useChannel(...asked), (set) => (set === 'set' ? 'done' : 'refused')),
    enrol: async (...asked) =>
      kept(await desk.enrol(...asked), (enrolled) => (enrolled === 'notAllowed' ? 'refused' : byOk(enrolled))),
    poe: { ...poe, takeFile: async (...asked) => kept(await poe.takeFile(...asked), byOk) },
  };
}
