/** What a virus scanner answers over the line: whole, in pieces, too early, cut off, without end, or not at all. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { MAX_THREAT_LENGTH } from '../../../src/desk/ports/scanner.ts';
import type { ScanAnswer } from '../../../src/desk/ports/scanner.ts';
import { createClamd } from '../../../src/files/scan/clamd.ts';
import { storedFile } from '../../desk/filesFake.ts';
import { startClamdServer } from '../../files/scan/clamdServer.ts';
import type { Behaviour } from '../../files/scan/clamdServer.ts';
import type { Chance } from '../../support/random.ts';
import { altered } from '../bytes.ts';
import { hostileText } from '../hostile.ts';
import { unpolluted } from '../pollution.ts';
import { alone, promise } from '../target.ts';
import type { Stage, Taken, Target } from '../target.ts';

/** An answer of clamd, to a file of some bytes. */
export const scans: Target = { name: 'scans', share: 2, act: 1, open };

interface ScanInput {
  /** Absent only where a fault is made smaller. */
  readonly behaviour?: Behaviour;
  /** Of the file, in bytes. */
  readonly size: number;
}

const ANSWERS = [
  'stream: OK\0',
  'stream: Win.Test.EICAR_HDB-1 FOUND\0',
  'INSTREAM size limit exceeded. ERROR\0',
  'stream: Can’t allocate memory ERROR\0',
] as const;
/** The longest answer of which the outcome does not depend on how it is cut on the way. */
const MAX_TEXT = 4_000;

async function open(): Promise<Stage> {
  const folder = mkdtempSync(join(tmpdir(), 'scans-'));
  process.once('exit', () => rmSync(folder, { recursive: true, force: true }));
  const server = await startClamdServer(join(folder, 'clamd'));
  server.unref();
  return alone(make, async ({ behaviour, size }: ScanInput): Promise<Taken> => {
    server.behave(behaviour ?? { kind: 'answer', text: '' });
    server.files.length = 0;
    const files = { open: async () => storedFile(Buffer.alloc(Number(size) || 0, 'x')) };
    const answer = await createClamd({ address: server.address, files }).look('poe/x/y');
    promise(isAnswer(answer), 'a scan has an outcome that is none', answer);
    if (behaviour) holds(behaviour, answer);
    unpolluted();
    return answer.kind === 'clean' || answer.kind === 'malicious' ? 'accepted' : 'refused';
  });
}

function make(chance: Chance): ScanInput {
  const text = answerMade(chance);
  // In time or not is a matter of luck, unless the file is long: what comes early says what no file gets.
  const early = text.replaceAll('OK', 'KO');
  const size = chance.pick([0, 1, 700, 65_536, 65_537, 200_000]);
  switch (chance.weighed({ answer: 55, halting: 20, cuts: 12, hasty: 10, endless: 3 })) {
    case 'halting':
      return { behaviour: { kind: 'halting', text, first: chance.below(text.length + 1) }, size };
    case 'cuts': {
      const words = chance.happens(0.7) ? { text: early } : {};
      return { behaviour: { kind: 'cuts', after: chance.below(size + 14), ...words }, size };
    }
    case 'hasty':
      return { behaviour: { kind: 'hasty', text: `${early}\0` }, size };
    case 'endless':
      return { behaviour: { kind: 'endless', bytes: 5_000 + chance.below(100_000) }, size };
    default:
      return { behaviour: { kind: 'answer', text }, size };
  }
}

function answerMade(chance: Chance): string {
  const text = chance.pick(ANSWERS);
  switch (chance.weighed({ plain: 30, altered: 30, threat: 20, hostile: 10, joined: 10 })) {
    case 'altered':
      return altered(chance, Buffer.from(text)).toString('latin1').slice(0, MAX_TEXT);
    case 'threat':
      return `stream: ${hostileText(chance).slice(0, MAX_TEXT / 4)} FOUND\0`;
    case 'hostile':
      return hostileText(chance).slice(0, MAX_TEXT / 4);
    case 'joined':
      return `${text}${chance.pick(ANSWERS)}`;
    default:
      return text;
  }
}

function isAnswer(answer: ScanAnswer): boolean {
  if (answer.kind === 'clean') return true;
  if (answer.kind === 'unknown')
    return ['pending', 'missing', 'unreachable', 'stalled', 'garbled', 'tooLarge'].includes(answer.problem);
  const { threat } = answer;
  return threat === undefined || (/^[\x20-\x7e]+$/.test(threat) && threat.length <= MAX_THREAT_LENGTH);
}

/** Clean is only what was called so after all of it had come, in those words and no others; found is what was found. */
function holds(behaviour: Behaviour, { kind }: ScanAnswer): void {
  const said = 'text' in behaviour ? Buffer.from(behaviour.text ?? '').toString('latin1') : '';
  const end = said.indexOf('\0');
  const words = end < 0 ? undefined : said.slice(0, end);
  const isFound = words !== undefined && words.length > 14 && words.startsWith('stream: ') && words.endsWith(' FOUND');
  const isAfterAll = behaviour.kind === 'answer' || behaviour.kind === 'halting';
  promise(kind !== 'clean' || (isAfterAll && words === 'stream: OK'), 'a file is clean of which no one said so', said);
  promise(kind !== 'malicious' || isFound, 'a virus is found that no one spoke of', said);
  if (!isAfterAll) return;
  promise(words !== 'stream: OK' || kind === 'clean', 'a clean file is not', [said, kind]);
  promise(!isFound || kind === 'malicious', 'a virus that was found is not told', [said, kind]);
}
