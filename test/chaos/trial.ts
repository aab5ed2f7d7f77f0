/** One trouble, from a sound desk to its end, and what did not hold. */
import { chown, mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { setTimeout as pause } from 'node:timers/promises';
import type { ChaosDesk, Pressed } from './chaosDesk.ts';
import { startChaosDesk } from './chaosDesk.ts';
import type { Place, Trouble } from './troubles.ts';

export interface Trial {
  readonly name: string;
  /** Why it could not be tried here. */
  readonly skipped?: string;
  readonly presses: number;
  readonly acknowledged: number;
  readonly told: number;
  /** Of those that were acknowledged, also before and after the trouble: how many are in the database at the end. */
  readonly kept: number;
  readonly slowestHealthMs: number;
  readonly exitCode: number | 'killed' | null;
  readonly wrong: readonly string[];
}

/** A loop that is not blocked answers at once; a busy machine may take its time. */
const MAX_HEALTH_MS = 1_500;
const READY_MS = 8_000;
const SOUND_PRESSES = 3;

export async function tryTrouble(trouble: Trouble, presses: number): Promise<Trial> {
  const root = await mkdtemp(join(tmpdir(), 'chaos-'));
  const place: Place = { dataDir: join(root, 'data'), aside: join(root, 'aside') };
  const uid = trouble.uid?.();
  for (const folder of [place.dataDir, place.aside]) await mkdir(folder);
  const nothing = { name: trouble.name, presses: 0, acknowledged: 0, told: 0, kept: 0, slowestHealthMs: 0 };
  const skipped = await trouble.lacks?.(place);
  try {
    if (skipped !== undefined) return { ...nothing, skipped, exitCode: null, wrong: [] };
    // The folders belong to whoever the desk runs as.
    if (uid !== undefined) for (const folder of [root, place.dataDir, place.aside]) await chown(folder, uid, uid);
    const desk = await startChaosDesk({
      ...place,
      stdout: trouble.stdout?.() ?? 'pipe',
      ...(uid !== undefined && { uid }),
    });
    try {
      return await play(trouble, place, desk, presses);
    } finally {
      await desk.end();
    }
  } finally {
    if (skipped === undefined) await trouble.clear?.(place);
    await rm(root, { recursive: true, force: true });
  }
}

async function play(trouble: Trouble, place: Place, desk: ChaosDesk, presses: number): Promise<Trial> {
  const wrong: string[] = [];
  const claims: string[] = [];
  const press = async (count: number): Promise<readonly Pressed[]> => {
    const all = await Promise.all(Array.from({ length: count }, () => desk.press()));
    for (const pressed of all) if (typeof pressed === 'object') claims.push(pressed.acknowledged);
    return all;
  };
  const mustAll = (when: string, all: readonly Pressed[]): void => {
    const failed = all.filter((pressed) => typeof pressed !== 'object').length;
    if (failed > 0) wrong.push(`${failed} of ${all.length} presses ${when} were not acknowledged`);
  };

  mustAll('before', await press(SOUND_PRESSES));
  const stopProbe = desk.probe();
  await trouble.begin(place, desk);
  const ready = await becomes(desk, trouble.isReady);
  if (!ready) wrong.push(trouble.isReady ? 'not ready meanwhile' : 'ready meanwhile');
  const meanwhile = await press(presses);
  const acknowledged = meanwhile.filter((pressed) => typeof pressed === 'object').length;
  const silent = meanwhile.filter((pressed) => pressed === 'silent').length;
  if (silent > 0) wrong.push(`${silent} presses were not answered`);
  if (trouble.acknowledges === 'all') mustAll('meanwhile', meanwhile);
  if (trouble.acknowledges === 'none' && acknowledged > 0) wrong.push(`${acknowledged} presses were acknowledged`);
  const slowestHealthMs = Math.round(await stopProbe());
  if (slowestHealthMs > MAX_HEALTH_MS) wrong.push(`/healthz took ${slowestHealthMs} ms`);
  if (trouble.end) {
    await trouble.end(place);
    if (!(await becomes(desk, true))) wrong.push('not ready afterwards');
    mustAll('afterwards', await press(SOUND_PRESSES));
  }
  const exitCode = await desk.stop();
  if (exitCode !== 0) wrong.push(`ended with ${exitCode}`);
  const database = trouble.kept(place);
  const stored = database === undefined ? new Set(claims) : claimsIn(database);
  const lost = claims.filter((claim) => !stored.has(claim)).length;
  if (lost > 0) wrong.push(`${lost} claims were acknowledged and are lost`);
  return {
    name: trouble.name,
    presses,
    acknowledged,
    told: meanwhile.length - acknowledged - silent,
    kept: claims.length - lost,
    slowestHealthMs,
    exitCode,
    wrong,
  };
}

/** Its readiness is asked for at most once a second. */
async function becomes(desk: ChaosDesk, isReady: boolean): Promise<boolean> {
  const late = AbortSignal.timeout(READY_MS);
  while ((await desk.status('/readyz')) !== (isReady ? 200 : 503)) {
    if (late.aborted) return false;
    await pause(100);
  }
  return true;
}

function claimsIn(file: string): ReadonlySet<string> {
  const database = new DatabaseSync(file);
  try {
    return new Set(
      database
        .prepare("SELECT id FROM documents WHERE kind = 'claim'")
        .all()
        .map(({ id }) => String(id)),
    );
  } finally {
    database.close();
  }
}

/** The figures of a trial in one line. */
export function lineOf({
  name,
  skipped,
  presses,
  acknowledged,
  told,
  kept,
  slowestHealthMs,
  exitCode,
  wrong,
}: Trial): string {
  if (skipped !== undefined) return `${name}: skipped, because ${skipped}`;
  return (
    `${name}: ${presses} presses, ${acknowledged} acknowledged, ${told} told of a fault; all in all ${kept} kept; ` +
    `/healthz within ${slowestHealthMs} ms; ended with ${exitCode}${wrong.map((one) => `\n  wrong: ${one}`).join('')}`
  );
}
