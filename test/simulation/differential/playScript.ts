/** A world without faults in which a script is played; its instances start, stop and sweep as its conditions say. */
import type { PersonId } from '../../../src/domain/claims/values.ts';
import { createHash } from 'node:crypto';
import type { ClaimId } from '../../../src/domain/claims/values.ts';
import type { Rules } from '../../../src/domain/claims/decision.ts';
import type { CommandResult } from '../../../src/desk/commands/request.ts';
import { readIncoming } from '../../../src/teams/activity.ts';
import type { Cards } from '../../../src/teams/cards/cards.ts';
import { chanceOf } from '../../support/random.ts';
import type { Chance } from '../../support/random.ts';
import { activitiesOf, personalChat } from '../../acceptance/support/activities.ts';
import { PERSONAS, CHANNELS, ALL_PERSONAS } from '../world/personas.ts';
import type { PersonaName, SimulatedPersona } from '../world/personas.ts';
import { createFaults } from '../world/faults.ts';
import type { StoredFiles } from '../world/simulatedFiles.ts';
import { uploaded } from '../world/simulatedFiles.ts';
import type { DeskProcess, SharedWorld } from '../world/instance.ts';
import { startProcess } from '../world/instance.ts';
import { createConversations } from '../world/conversations.ts';
import { createTeams } from '../world/teams.ts';
import { createTokenIssuer, SERVICE } from '../world/tokenIssuer.ts';
import { createScheduler } from '../engine/scheduler.ts';
import { directory } from '../world/groundTruth.ts';
import { PLAIN_SETTINGS } from '../world/worldSettings.ts';
import { createSimulatedStore } from '../world/simulatedStore.ts';
import type { SimulatedStore } from '../world/simulatedStore.ts';
import type { Conditions } from './conditions.ts';
import type { Asked, ScriptedAction, Script } from './script.ts';
import { createSweepSchedule } from './sweepSchedule.ts';
import { inBrowser } from '../../support/inBrowser.ts';

const WEEK = 7 * 86_400_000;
const MINUTE = 60_000;
const ROUNDS = 20;

export type Answer =
  | CommandResult
  | Awaited<ReturnType<DeskProcess['desk']['createClaim']>>
  | { readonly kind: 'file'; readonly problem?: string }
  | { readonly kind: 'arrived' };
export type ScriptWorld = ReturnType<typeof createScriptWorld>;

interface Instance {
  readonly name: string;
  deskProcess: DeskProcess | undefined;
  starts: number;
}

export function createScriptWorld(
  seed: number,
  cards: Cards,
  rules: Rules,
  conditions: Conditions,
  { start: from, away }: Pick<Script, 'start' | 'away'>,
) {
  const start = from + conditions.weeks * WEEK;
  const scheduler = createScheduler(start);
  const conversations = createConversations();
  const storedFiles: StoredFiles = new Map();
  const activities = activitiesOf(SERVICE);
  const chanceFor = (name: string): Chance =>
    chanceOf(createHash('sha256').update(`${seed}/${conditions.latency}/${name}`).digest().readUInt32LE());
  const choosing = chanceFor('instances');
  const answers = new Map<string, Answer>();
  const ids = new Map<number, ClaimId>();
  /** What became of each notice, by claim: a claim keeps the newest only. */
  const told = new Map<string, Map<string, string>>();
  const plans: (() => void)[] = [];

  const store: SimulatedStore = createSimulatedStore(
    () => scheduler.now(),
    ({ kind, id, after }) => {
      if (kind !== 'claim') return;
      const ends = told.get(id) ?? new Map<string, string>();
      told.set(id, ends);
      for (const end of after['told'] as readonly {
        readonly id: string;
        readonly outcome: string;
        readonly reason?: string;
      }[])
        ends.set(end.id, end.reason ?? end.outcome);
      for (const plan of plans) plan();
    },
  );
  const faults = createFaults(chanceFor, new Set());
  faults.end();
  const shared: SharedWorld = {
    scheduler,
    settings: PLAIN_SETTINGS,
    keptAnchors: [],
    store,
    storedFiles,
    faults,
    cards,
    chanceFor,
    onReached: () => undefined,
    onJudged: () => undefined,
    onKeysFetched: () => undefined,
    issuer: createTokenIssuer({ faults, now: () => scheduler.now(), chance: chanceFor('tokens') }),
    onSwept: () => undefined,
    onFileRemoved: () => undefined,
    heard: () => undefined,
    printed: () => undefined,
    teams: createTeams({ conversations, faults, now: () => scheduler.now(), tell: () => undefined }),
  };

  const instances = Array.from(
    { length: conditions.instances },
    (_, index): Instance => ({ name: `desk${index + 1}`, deskProcess: undefined, starts: 0 }),
  );
  function begin(instance: Instance): void {
    instance.starts += 1;
    instance.deskProcess = startProcess(
      shared,
      `${instance.name}#${instance.starts}`,
      { off: () => 0 },
      rules,
      () => 0,
    );
  }
  async function stop(instance: Instance): Promise<void> {
    const { deskProcess } = instance;
    instance.deskProcess = undefined;
    deskProcess?.desk.close();
    await deskProcess?.desk.idle();
    deskProcess?.die();
  }
  function anyone(): DeskProcess {
    return choosing.pick(instances.flatMap(({ deskProcess }) => deskProcess ?? []));
  }

  const personasAs = (name: PersonaName): SimulatedPersona => PERSONAS[conditions.parts[name] ?? name];
  const inTime = (at: number): Promise<void> =>
    new Promise((resolve) => {
      scheduler.after(start + at - scheduler.now(), resolve);
    });
  const standing = (id: ClaimId): number => (store.read('claim', id)?.body['entries'] as readonly unknown[]).length;

  async function perform({ claim, at, by, does }: ScriptedAction): Promise<Answer> {
    const who = personasAs(by);
    const person = who.id as never;
    if (does.kind === 'press' && does.lookedBefore !== undefined) {
      await inTime(at - does.lookedBefore);
      const looked = await anyone().desk.look(person, idOf(claim));
      await inTime(at);
      return press(does.asked, looked?.view.claim.version);
    }
    await inTime(at);
    switch (does.kind) {
      case 'file': {
        const form = conversations.post(personalChat(who), { card: { type: 'AdaptiveCard' } });
        const created = await anyone().desk.createClaim(person, `${conditions.forms}-${does.form}`, does.fields, {
          conversationId: form.conversation,
          messageId: form.id,
          personal: true,
        });
        if (created.kind !== 'refused') ids.set(claim, created.view.claim.id);
        return created;
      }
      case 'prove': {
        const link = await anyone().desk.poe.uploadLink(idOf(claim), person);
        const taken = await inBrowser(anyone().desk.poe).uploads.take(
          link.slice(link.lastIndexOf('/') + 1),
          `${does.text}.pdf`,
          uploaded(`%PDF ${does.text}`, false),
        );
        return { kind: 'file', ...(!taken.ok && { problem: taken.problem }) };
      }
      case 'press':
        return press(does.asked, undefined);
      case 'arrive': {
        await arrived(anyone(), who);
        return { kind: 'arrived' };
      }
    }

    function press(asked: Asked, seen = standing(idOf(claim))): Promise<Answer> {
      const request = asked.type === 'ReassignClaim' ? { ...asked, to: personasAs(asked.to).id as never } : asked;
      return anyone().desk.execute(person, idOf(claim), request, { kind: 'card', version: seen });
    }
  }

  function idOf(claim: number): ClaimId {
    const id = ids.get(claim);
    if (id === undefined) throw new Error(`claim ${claim} was not filed`);
    return id;
  }

  async function arrived({ desk }: DeskProcess, who: SimulatedPersona): Promise<void> {
    conversations.setOpen(personalChat(who), true);
    const seen = readIncoming(activities.installed(who));
    if ('place' in seen && seen.from.person)
      await desk.greet({
        id: seen.from.person,
        name: who.name,
        ...(seen.locale && { locale: seen.locale }),
        chat: seen.place,
      });
  }

  async function settledIn(work: Promise<unknown>): Promise<void> {
    let isOver = false;
    const over = work.finally(() => {
      isOver = true;
    });
    while (!isOver) await scheduler.runTo(scheduler.now() + 1_000);
    await over;
  }

  async function enrol(deskProcess: DeskProcess): Promise<void> {
    await deskProcess.desk.importDirectory(directory(PLAIN_SETTINGS));
    for (const { channel, team, purpose, members } of Object.values(CHANNELS)) {
      const seen = readIncoming(activities.message(PERSONAS[members[0]], 'here', { in: { channel, team } }));
      if ('place' in seen) await deskProcess.desk.useChannel(PERSONAS.otto.id as PersonId, purpose, seen.place);
    }
    const missing = new Set<SimulatedPersona>(away.map(personasAs));
    for (const who of ALL_PERSONAS) if (!missing.has(who)) await arrived(deskProcess, who);
  }

  return {
    start,
    store,
    storedFiles,
    rules,
    answers,
    ids,
    told,
    personasAs,
    elapsed: () => scheduler.now() - start,
    steps: () => scheduler.steps(),
    /** Everyone enrolled, the instances up, their sweeps and stops planned. */
    async begin(): Promise<void> {
      for (const instance of instances) begin(instance);
      await settledIn(enrol(anyone()));
      const sweepers = conditions.sweepers === 'one' ? instances.slice(0, 1) : instances;
      for (const instance of sweepers) {
        const phase = conditions.together ? 0 : chanceFor(`sweeps of ${instance.name}`).below(conditions.rhythm);
        const sweep = (): void => {
          for (let time = 0; time < (conditions.together ? 2 : 1); time += 1)
            instance.deskProcess?.sweep().catch(() => undefined);
        };
        plans.push(
          createSweepSchedule({ scheduler, rhythm: conditions.rhythm, phase, dueAt: () => earliest(store), sweep }),
        );
      }
      for (const { from: begins, to, all } of conditions.stops) {
        for (const instance of all ? instances : instances.slice(1)) {
          scheduler.after(start + begins - scheduler.now(), () => {
            stop(instance).catch(() => undefined);
          });
          scheduler.after(start + to - scheduler.now(), () => {
            begin(instance);
          });
        }
      }
    },
    /** Done at its time; ends with its answer. */
    async perform(action: ScriptedAction): Promise<void> {
      answers.set(action.name, await perform(action));
    },
    /** Goes on until everything has happened that is due by then. */
    async runTo(ends: number): Promise<void> {
      await scheduler.runTo(start + ends);
      for (let round = 0; round < ROUNDS && (earliest(store) ?? Infinity) <= scheduler.now(); round += 1) {
        await settledIn(anyone().sweep());
        await scheduler.runTo(scheduler.now() + MINUTE);
      }
    },
  };
}

function earliest(store: SimulatedStore): number | undefined {
  let due: number | undefined;
  for (const { keys } of store.all('claim')) {
    const at = keys.find(({ name }) => name === 'wake')?.sort;
    if (at !== undefined && (due === undefined || at < due)) due = at;
  }
  return due;
}
