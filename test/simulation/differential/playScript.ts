/** A world without faults in which a script is played: its instances live, stop and sweep as its conditions say. */
import { createHash } from 'node:crypto';
import type { ClaimId } from '../../../src/domain/claims/values.ts';
import type { Rules } from '../../../src/domain/claims/decision.ts';
import type { CommandResult } from '../../../src/desk/desk.ts';
import { importDirectory } from '../../../src/desk/directory/importDirectory.ts';
import { readIncoming } from '../../../src/teams/activity.ts';
import type { Cards } from '../../../src/teams/cards/cards.ts';
import { chanceOf } from '../../support/random.ts';
import type { Chance } from '../../support/random.ts';
import { activitiesOf, personalChat } from '../../acceptance/activities.ts';
import { CAST, CHANNELS, EVERYBODY } from '../world/personas.ts';
import type { CastName, Somebody } from '../world/personas.ts';
import { openFaults } from '../world/faults.ts';
import type { Folder } from '../world/simulatedFiles.ts';
import { uploaded } from '../world/simulatedFiles.ts';
import type { Life, Surroundings } from '../world/instance.ts';
import { startLife } from '../world/instance.ts';
import { openRooms } from '../world/conversations.ts';
import { openTeams } from '../world/teams.ts';
import { openTimeline } from '../engine/scheduler.ts';
import { directory } from '../world/groundTruth.ts';
import { openVault } from '../world/simulatedStore.ts';
import type { Vault } from '../world/simulatedStore.ts';
import type { Conditions } from './conditions.ts';
import type { Asked, Deed, Script } from './script.ts';
import { openSweeper } from './sweepSchedule.ts';

const WEEK = 7 * 86_400_000;
const MINUTE = 60_000;
const ROUNDS = 20;

export type Answer =
  | CommandResult
  | Awaited<ReturnType<Life['desk']['create']>>
  | { readonly kind: 'file'; readonly problem?: string }
  | { readonly kind: 'arrived' };
export type Stage = ReturnType<typeof openStage>;

interface Instance {
  readonly name: string;
  life: Life | undefined;
  lives: number;
}

export function openStage(
  seed: number,
  cards: Cards,
  rules: Rules,
  conditions: Conditions,
  { start: from, away }: Pick<Script, 'start' | 'away'>,
) {
  const start = from + conditions.weeks * WEEK;
  const timeline = openTimeline(start);
  const rooms = openRooms();
  const folder: Folder = new Map();
  const activities = activitiesOf('https://teams.example/');
  const chanceFor = (name: string): Chance =>
    chanceOf(createHash('sha256').update(`${seed}/${conditions.latency}/${name}`).digest().readUInt32LE());
  const choosing = chanceFor('instances');
  const answers = new Map<string, Answer>();
  const ids = new Map<number, ClaimId>();
  /** What became of each notice, by claim: a claim keeps the newest only. */
  const told = new Map<string, Map<string, string>>();
  const plans: (() => void)[] = [];

  const vault: Vault = openVault(
    () => timeline.now(),
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
  const faults = openFaults(chanceFor, new Set());
  faults.end();
  const around: Surroundings = {
    timeline,
    vault,
    folder,
    faults,
    cards,
    chanceFor,
    tellSwept: () => undefined,
    heard: () => undefined,
    teams: openTeams({ rooms, faults, now: () => timeline.now(), tell: () => undefined }),
  };

  const instances = Array.from(
    { length: conditions.instances },
    (_, index): Instance => ({ name: `desk${index + 1}`, life: undefined, lives: 0 }),
  );
  function begin(instance: Instance): void {
    instance.lives += 1;
    instance.life = startLife(around, `${instance.name}#${instance.lives}`, { off: () => 0 }, rules, () => 0);
  }
  async function stop(instance: Instance): Promise<void> {
    const { life } = instance;
    instance.life = undefined;
    life?.desk.close();
    await life?.desk.idle();
    life?.die();
  }
  function anyone(): Life {
    return choosing.pick(instances.flatMap(({ life }) => life ?? []));
  }

  const castAs = (name: CastName): Somebody => CAST[conditions.parts[name] ?? name];
  const inTime = (at: number): Promise<void> =>
    new Promise((resolve) => {
      timeline.after(start + at - timeline.now(), resolve);
    });
  const standing = (id: ClaimId): number => (vault.read('claim', id)?.body['entries'] as readonly unknown[]).length;

  async function perform({ claim, at, by, does }: Deed): Promise<Answer> {
    const who = castAs(by);
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
        const form = rooms.post(personalChat(who), { card: { type: 'AdaptiveCard' } });
        const created = await anyone().desk.create(person, `${conditions.forms}-${does.form}`, does.fields, {
          conversationId: form.conversation,
          messageId: form.id,
          personal: true,
        });
        if (created.kind !== 'refused') ids.set(claim, created.view.claim.id);
        return created;
      }
      case 'prove': {
        const link = anyone().desk.poe.uploadLink(idOf(claim), person);
        const taken = await anyone().desk.poe.uploads.take(
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
      const request = asked.type === 'ReassignClaim' ? { ...asked, to: castAs(asked.to).id as never } : asked;
      return anyone().desk.press(person, idOf(claim), request, { seen });
    }
  }

  function idOf(claim: number): ClaimId {
    const id = ids.get(claim);
    if (id === undefined) throw new Error(`claim ${claim} was not filed`);
    return id;
  }

  async function arrived({ desk }: Life, who: Somebody): Promise<void> {
    rooms.setOpen(personalChat(who), true);
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
    while (!isOver) await timeline.runTo(timeline.now() + 1_000);
    await over;
  }

  async function enrol(life: Life): Promise<void> {
    await importDirectory(life.desk.people, directory());
    for (const { channel, team, purpose, members } of Object.values(CHANNELS)) {
      const seen = readIncoming(activities.message(CAST[members[0]], 'here', { in: { channel, team } }));
      if ('place' in seen) await life.desk.useChannel(purpose, seen.place);
    }
    const missing = new Set<Somebody>(away.map(castAs));
    for (const who of EVERYBODY) if (!missing.has(who)) await arrived(life, who);
  }

  return {
    start,
    vault,
    folder,
    rules,
    answers,
    ids,
    told,
    castAs,
    elapsed: () => timeline.now() - start,
    steps: () => timeline.steps(),
    /** Everybody enrolled, the instances up, their sweeps and stops planned. */
    async begin(): Promise<void> {
      for (const instance of instances) begin(instance);
      await settledIn(enrol(anyone()));
      const sweepers = conditions.sweepers === 'one' ? instances.slice(0, 1) : instances;
      for (const instance of sweepers) {
        const phase = conditions.together ? 0 : chanceFor(`sweeps of ${instance.name}`).below(conditions.rhythm);
        const sweep = (): void => {
          for (let time = 0; time < (conditions.together ? 2 : 1); time += 1)
            instance.life?.sweep().catch(() => undefined);
        };
        plans.push(openSweeper({ timeline, rhythm: conditions.rhythm, phase, dueAt: () => earliest(vault), sweep }));
      }
      for (const { from: begins, to, all } of conditions.stops) {
        for (const instance of all ? instances : instances.slice(1)) {
          timeline.after(start + begins - timeline.now(), () => {
            stop(instance).catch(() => undefined);
          });
          timeline.after(start + to - timeline.now(), () => {
            begin(instance);
          });
        }
      }
    },
    /** Done at its time; ends with its answer. */
    async perform(deed: Deed): Promise<void> {
      answers.set(deed.name, await perform(deed));
    },
    /** Goes on until everything has happened that is due by then. */
    async runTo(ends: number): Promise<void> {
      await timeline.runTo(start + ends);
      for (let round = 0; round < ROUNDS && (earliest(vault) ?? Infinity) <= timeline.now(); round += 1) {
        await settledIn(anyone().sweep());
        await timeline.runTo(timeline.now() + MINUTE);
      }
    },
  };
}

function earliest(vault: Vault): number | undefined {
  let due: number | undefined;
  for (const { keys } of vault.all('claim')) {
    const at = keys.find(({ name }) => name === 'wake')?.sort;
    if (at !== undefined && (due === undefined || at < due)) due = at;
  }
  return due;
}
