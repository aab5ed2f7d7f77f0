import { existsSync, readFileSync } from 'node:fs';
import type { Config } from '../../config/config.ts';
import { erasePerson, planErasure } from '../../desk/life/erasePerson.ts';
import type { Erasure, ErasurePlan } from '../../desk/life/erasePerson.ts';
import type { Obstacle } from '../../desk/life/needs.ts';
import { recordAct } from '../../desk/life/operatorActs.ts';
import type { Act } from '../../desk/life/operatorActs.ts';
import { command } from '../command.ts';
import { isRefusedForFormerState } from '../formerState.ts';
import { NotScrubbedError } from '../notScrubbedError.ts';
import { PERSON_WORD, personOf } from '../subject.ts';
import { count, instant } from '../wording.ts';

/** Erases one person. */
export const erasePersonCommand = command({
  name: 'erase-person',
  summary: "erases a person's names and words, and the files that only they sent",
  about: [
    'Erases what the desk stores of one person: their names, addresses and words in claims, their entry of the directory with',
    "all their rights, and the files of proof that they sent; in others' words every text with their full name or address in",
    'it. Histories still verify: a commitment stays in the place of each word. Cards that can still be edited are sent again by',
    'the running desk. What is left, and where, is in the answer. It is refused while a running clock needs the person, under',
    'a legal hold, or where a hand-over for assessment names them. --plan says what would be done, and does nothing.',
  ].join('\n'),
  fails: 'it is refused, or not confirmed, or something is left',
  effect: 'destroys',
  options: {
    person: PERSON_WORD,
    plan: { kind: 'flag', help: 'says what would be erased, or why it is refused' },
  },
  async run(context, { person: text, plan: isPlanOnly }) {
    const { config, ports, people, operator, show } = context;
    const person = await personOf(context, text);
    const planned = await planErasure(ports, people, person);
    const journal = (outcome: Act['outcome'], detail?: string): Promise<unknown> =>
      recordAct(ports, operator, {
        what: 'erasePerson',
        about: person.id,
        outcome,
        ...(detail !== undefined && { detail }),
      });
    if (isPlanOnly) {
      show([...planLines(planned), ...obstacleLines(planned)].join('\n'), planned);
      return planned.obstacles.length === 0 ? 'done' : 'failed';
    }
    if (await isRefusedForFormerState(context, { what: 'erasePerson', about: person.id })) return 'failed';
    if (planned.obstacles.length > 0) {
      await journal('refused', reasonsOf(planned));
      show(obstacleLines(planned).join('\n'), planned);
      return 'failed';
    }
    if (!(await context.confirm([...planLines(planned), 'This cannot be undone.'].join('\n')))) {
      await journal('declined');
      show('Nothing was erased.', planned);
      return 'failed';
    }
    await journal('begun');
    const erased = await erasePerson(ports, people, person);
    if (!('left' in erased)) {
      await journal('refused', reasonsOf(erased));
      show(obstacleLines(erased).join('\n'), erased);
      return 'failed';
    }
    const scrubbed = await context.scrub().catch(async (cause: unknown) => {
      await journal('failed', 'notScrubbed');
      throw new NotScrubbedError(`${person.id} is erased`, `erase-person ${person.id}`, { cause });
    });
    await journal('done', `${erased.claims.length} claims, ${erased.files.length} files`);
    const settings = settingsNaming(config, person.id);
    show(answerLines(erased, scrubbed, settings).join('\n'), { ...erased, scrubbed, settings });
    return erased.left.length === 0 && settings.length === 0 ? 'done' : 'failed';
  },
});

function planLines({ person, claims, files, filesToCheck }: ErasurePlan): readonly string[] {
  const mentions = claims.reduce((sum, claim) => sum + claim.mentions, 0);
  const words = claims.reduce((sum, claim) => sum + claim.words, 0);
  return [
    `Of ${person}:`,
    `- ${count(words, 'word or text', 'words and texts')} in ${count(claims.length, 'claim')}, of which ${mentions} by others`,
    `- ${count(files.length, 'file')} of proof that they sent`,
    '- their entry of the directory, with all their rights',
    ...filesToCheck.map(({ claim, poe }) => `- kept, look into it: the file ${poe} of ${claim}, sent by another`),
  ];
}

function obstacleLines({ person, obstacles }: ErasurePlan): readonly string[] {
  return obstacles.length === 0
    ? []
    : [`${person} is not erased:`, ...obstacles.map((one) => `- ${obstacleLine(one)}`)];
}

const NEEDS = {
  filer: 'they filed the claim',
  assignee: 'they are assigned to it; reassign it',
  contact: 'they are the contact that it names',
  proof: 'its proof was sent by them',
  lastMember: 'they are the last member of the partner who may act',
  lastContact: "they are the customer's last enrolled contact",
} as const;

function obstacleLine(obstacle: Obstacle): string {
  switch (obstacle.kind) {
    case 'clock': {
      const { claim, clock, need, until } = obstacle;
      const due = until === undefined ? 'and has no due instant yet' : `until ${instant(until)}`;
      return `${claim}: the clock ${clock} runs ${due}; ${NEEDS[need]}`;
    }
    case 'hold': {
      const { claim, since, reason } = obstacle;
      return `a legal hold is on ${claim ?? 'the person'} since ${instant(since)}: ${reason}`;
    }
    case 'record':
      return `${obstacle.claim}: the hand-over for assessment names them and cannot be changed`;
    case 'unread':
      return `${obstacle.claim} cannot be read, so that no one knows whom it names; \`doctor\` and \`verify\` say more`;
  }
}

/** For the journal: kinds alone. */
function reasonsOf({ obstacles }: ErasurePlan): string {
  return [...new Set(obstacles.map(({ kind }) => kind))].join(', ');
}

function answerLines(
  { person, claims, files, filesToCheck, left }: Erasure,
  scrubbed: 'scrubbed' | 'inBackups',
  settings: readonly string[],
): readonly string[] {
  return [
    `${person} is erased from ${count(claims.length, 'claim')} and the directory; ${count(files.length, 'file')} of proof removed.`,
    ...left.map(({ kind, id }) => `Left: the document ${kind} ${id} still names them.`),
    ...settings.map((setting) => `Left: ${setting} names them; take them out, or the next start enrols them again.`),
    ...filesToCheck.map(({ claim, poe }) => `Look into it: the file ${poe} of ${claim}, sent by another.`),
    scrubbed === 'scrubbed'
      ? 'The database and its log of writes were written anew.'
      : 'Cosmos DB keeps former states in its backups until their retention ends; so does Blob Storage for removed files.',
    'The id stays, as do instants and codes: by it claims know who acted.',
    'Cards are sent again by the running desk. What was said in Teams in lines of its own stays there: delete it there.',
    'Earlier exports and backups have what they had. The log of the desk has ids alone.',
  ];
}

/** The settings that would bring the person back, or keep an id of theirs. */
function settingsNaming({ operators, directoryFile }: Config, id: string): readonly string[] {
  const objectId = id.slice(id.indexOf('/') + 1);
  const file = directoryFile !== undefined && existsSync(directoryFile) ? readFileSync(directoryFile, 'utf8') : '';
  return [
    ...(operators.some((operator) => operator === id) ? ['OPERATORS'] : []),
    ...(file.toLowerCase().includes(objectId) ? ['DIRECTORY_FILE'] : []),
  ];
}
