/** The directory file: imported as a whole, or refused in one sentence with nothing written. */
import { DirectoryError } from '../../../src/desk/directory/importDirectory.ts';
import type { Chance } from '../../support/random.ts';
import { PERSONAS, DIRECTORY, OTHER_MPN, VENDOR_TENANT } from '../../acceptance/support/personas.ts';
import { BOT } from '../../acceptance/support/activities.ts';
import { openDeskUnderFuzz, SERVICE } from '../deskUnderFuzz.ts';
import { hostileText } from '../hostile.ts';
import { isRecord } from '../json.ts';
import type { Json } from '../json.ts';
import { mutated } from '../mutate.ts';
import { unpolluted } from '../pollution.ts';
import { textMade } from '../presses.ts';
import { promise } from '../target.ts';
import type { Stage, Taken, Target } from '../target.ts';

export const directory: Target = { name: 'directory', share: 3, act: 1, open };

const FAULT = /^(?:the directory |partners|customers|members|staff|contacts|channels)/;
/** The kinds of documents that an import writes; the last says that a person came to another side. */
const WRITTEN: readonly string[] = ['person', 'organisation', 'channel', 'sideChange'];
const channel = (purpose: string, conversationId: string) => ({
  purpose,
  conversationId,
  serviceUrl: SERVICE,
  tenantId: VENDOR_TENANT,
  botId: BOT.id,
});

async function open(): Promise<Stage> {
  const fuzzed = await openDeskUnderFuzz();
  fuzzed.seal();
  return {
    begin: () => fuzzed.rewind(),
    make,
    async take(input): Promise<Taken> {
      const told: unknown = JSON.parse(JSON.stringify(input ?? null));
      const { desk, documents } = fuzzed;
      try {
        await desk.importDirectory(told);
      } catch (error) {
        if (!(error instanceof DirectoryError)) throw error;
        promise(
          FAULT.test(error.message) && error.message.isWellFormed(),
          'a directory is refused without saying where',
          error.message,
        );
        promise(documents.writes.length === 0, 'a directory that is refused was written in part', documents.writes);
        return 'refused';
      }
      const writes = documents.writes.length;
      for (const { kind, after } of documents.writes)
        promise(isRecord(after) && WRITTEN.includes(kind), 'a directory wrote what it does not know of', kind);
      await desk.importDirectory(told);
      promise(
        documents.writes.length === writes || isContrary(told),
        'a directory that is imported again is written again',
        documents.writes.slice(writes),
      );
      unpolluted();
      return 'accepted';
    },
  };
}

function make(chance: Chance): unknown {
  const example = {
    ...DIRECTORY,
    partners: [
      ...DIRECTORY.partners,
      {
        name: textMade(chance, 'Northwind'),
        tenantId: '66666666-6666-4666-8666-666666666666',
        mpnIds: chance.pick<unknown>([
          ['6660001'],
          ['6660001'],
          '6660001 6660002',
          ['6660001', '6660001'],
          [],
          ['x'],
          [OTHER_MPN],
        ]),
      },
    ],
    staff: [
      ...DIRECTORY.staff,
      {
        tenantId: VENDOR_TENANT,
        objectId: PERSONAS.otto.objectId,
        name: textMade(chance, 'Otto Oz'),
        email: chance.pick(['otto@vendor.example', '', '', hostileText(chance)]),
        roles: chance.pick<unknown>(['operator', ['operator', 'lead'], [], 'lead', 'king', ['__proto__']]),
      },
    ],
    channels: [
      channel('review', '19:reviews@thread.tacv2'),
      ...(chance.happens(0.5)
        ? [
            channel(
              `mpn:${OTHER_MPN}`,
              chance.pick([
                '19:tailspin@thread.tacv2',
                '19:tailspin@thread.tacv2',
                '19:reviews@thread.tacv2',
                hostileText(chance),
              ]),
            ),
          ]
        : []),
    ],
  };
  return mutated(
    chance,
    Object.fromEntries(
      Object.entries(example).filter(([name]) => name === 'partners' || name === 'customers' || chance.happens(0.8)),
    ),
  );
}

/** Whether a person or thing is named twice: the last one counts, and the first is overwritten. */
function isContrary(told: unknown): boolean {
  const lines = Object.entries(isRecord(told) ? told : {}).flatMap(([list, all]) =>
    (Array.isArray(all) ? (all as readonly unknown[]) : []).filter(isRecord).map((line) => nameOf(list, line)),
  );
  return new Set(lines).size < lines.length;
}

/** What a line of the directory is of. */
function nameOf(list: string, { tenantId, objectId, purpose, person }: Json): string {
  const text = (value: unknown): string => (typeof value === 'string' ? value.trim().toLowerCase() : '');
  if (list === 'partners' || list === 'customers') return `${list} ${text(tenantId)}`;
  if (list === 'channels') return text(purpose);
  return text(person) || `${text(tenantId)}/${text(objectId)}`;
}
