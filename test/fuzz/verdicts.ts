/** What the desk decided on what it was asked, as whoever asked it heard. */
import type { Desk } from '../../src/desk/desk.ts';

/** `done`: something may have changed by right. */
export type Verdict = 'done' | 'known' | 'refused' | 'notFound';

/** The same desk, with its decisions written down. */
export function overheard(desk: Desk, verdicts: Verdict[]): Desk {
  const kept = <Result>(result: Result, verdict: (result: Result) => Verdict): Result => {
    verdicts.push(verdict(result));
    return result;
  };
  const byKind = ({ kind }: { readonly kind: 'done' | 'repeated' | 'nothing' | 'refused' | 'notFound' }): Verdict =>
    kind === 'repeated' || kind === 'nothing' ? 'known' : kind;
  const byOk = ({ ok }: { readonly ok: boolean }): Verdict => (ok ? 'done' : 'refused');
  const found = (result: unknown): Verdict => (result === undefined ? 'notFound' : 'known');
  const { enrol, poe } = desk;
  return {
    ...desk,
    press: async (...asked) => kept(await desk.press(...asked), byKind),
    create: async (...asked) => kept(await desk.create(...asked), byKind),
    look: async (...asked) => kept(await desk.look(...asked), found),
    list: async (...asked) => kept(await desk.list(...asked), found),
    history: async (...asked) => kept(await desk.history(...asked), found),
    useChannel: async (...asked) =>
      kept(await desk.useChannel(...asked), (set) => (set === 'set' ? 'done' : 'refused')),
    enrol: {
      partner: async (form) => kept(await enrol.partner(form), byOk),
      customer: async (form) => kept(await enrol.customer(form), byOk),
      member: async (form) => kept(await enrol.member(form), byOk),
      staff: async (form) => kept(await enrol.staff(form), byOk),
      contact: async (form) => kept(await enrol.contact(form), byOk),
    },
    poe: { ...poe, takeFile: async (...asked) => kept(await poe.takeFile(...asked), byOk) },
  };
}
