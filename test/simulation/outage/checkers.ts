/** The judges of documents, as they sit here: all but that of the clocks' lengths, because the copies are moved by any number of milliseconds. */
import { inspect } from 'node:util';
import type { NewDocument } from '../../../src/desk/ports/documents.ts';
import type { ClaimBody } from '../../../src/desk/records/claimRecord.ts';
import type { Log } from '../../../src/desk/ports/system.ts';
import { openChain } from '../checkers/chain.ts';
import { openConsent } from '../checkers/consent.ts';
import { openDues } from '../checkers/dues.ts';
import { openFiles } from '../checkers/files.ts';
import { openLaw } from '../checkers/law.ts';
import { openNotices } from '../checkers/notices.ts';
import { openSweeps } from '../checkers/sweeps.ts';
import type { Timeline } from '../engine/scheduler.ts';
import type { Json, Judge, OpenJudge, Swept, Taken, Truth, Wrote } from '../checkers/observations.ts';
import { NOTHING, PLANTED } from '../checkers/observations.ts';

const JUDGES: readonly OpenJudge[] = [openLaw, openChain, openConsent, openDues, openNotices, openSweeps, openFiles];
const MOST_WRONGS = 50;

export type Watch = ReturnType<typeof openWatch>;

export function openWatch(timeline: Timeline, fileKeys: () => readonly string[]) {
  const wrongs: string[] = [];
  let claims: ReadonlyMap<string, ClaimBody> = new Map();
  const truth: Truth = {
    ...NOTHING,
    now: () => timeline.now(),
    *documents(kind) {
      if (kind === 'claim') for (const [id, body] of claims) yield { id, body: body as unknown as Json, keys: [] };
    },
    files: fileKeys,
  };
  const judges: readonly Judge[] = JUDGES.map((open) => open(truth));
  const heed = (said: (judge: Judge) => readonly string[] | undefined): void => {
    for (const judge of judges)
      for (const what of said(judge) ?? [])
        if (wrongs.length < MOST_WRONGS)
          wrongs.push(`${judge.name}: ${what} (${new Date(timeline.now()).toISOString()})`);
  };
  const wrote = (one: Wrote): void => heed((judge) => judge.wrote?.(one));

  return {
    wrongs,
    wrote,
    /** What lay there before is followed and not judged. */
    planted({ kind, id, body, keys }: NewDocument<unknown>): void {
      wrote({
        at: timeline.now(),
        by: PLANTED,
        off: 0,
        kind,
        id,
        before: undefined,
        after: body as Json,
        keys,
        readAt: timeline.now(),
      });
    },
    taken: (taken: Taken): void => heed((judge) => judge.taken?.(taken)),
    swept: (swept: Swept): void => {
      if (swept.fault !== undefined) wrongs.push(`a sweep of ${swept.by} broke off: ${inspect(swept.fault)}`);
      heed((judge) => judge.swept?.(swept));
    },
    /** How the claims lie there at the end. */
    end(after: ReadonlyMap<string, ClaimBody>): void {
      claims = after;
      heed((judge) => judge.ended?.());
    },
    logOf: (by: string): Log => ({
      info: () => undefined,
      warn: () => undefined,
      error: (fields, sentence) => {
        if (wrongs.length < MOST_WRONGS)
          wrongs.push(`${by} logged: ${sentence} ${inspect((fields as { readonly error?: unknown }).error)}`);
      },
    }),
  };
}
