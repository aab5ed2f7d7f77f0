/** Forms of XML within PDFs: whether scripts run by themselves, as a second reading of the same tree has it. */
import { scriptsOf } from '../../../src/files/inspection/pdf/xfa.ts';
import type { Chance } from '../../support/random.ts';
import { altered } from '../bytes.ts';
import { hostileText } from '../hostile.ts';
import { unpolluted } from '../pollution.ts';
import { alone, promise } from '../target.ts';
import type { Stage, Taken, Target } from '../target.ts';

/** A form that is built, written in one of many ways, and mostly left whole. */
export const xfa: Target = { name: 'xfa', share: 2, act: 1, open };

type Scripts = ReturnType<typeof scriptsOf>;

interface FormInput {
  readonly base64: string;
  /** What its scripts do; absent where the bytes were altered. */
  readonly scripts?: Scripts;
}

/** What is open around an element: whether a script in it would run by itself. */
interface Built {
  readonly text: string;
  readonly scripts: Scripts;
}

const BY_THEMSELVES = ['initialize', 'docReady', 'docClose', 'ready', 'preOpen', 'postOpen', 'indexChange'] as const;
const BY_THE_READER = ['click', 'enter', 'exit', 'change', 'mouseDown', '', 'Initialize', 'initialize2'] as const;
const SCRIPTS = ['script', 'execute', 'submit'] as const;
const PLAIN = ['subform', 'field', 'draw', 'value', 'text', 'bind', 'validate', 'scripts', 'Script', 'events'] as const;
const RANK: readonly Scripts[] = ['none', 'waiting', 'automatic'];

async function open(): Promise<Stage> {
  return alone(make, take);
}

function make(chance: Chance): FormInput {
  const packets = Array.from({ length: 1 + chance.below(3) }, () => element(chance, false, 4));
  const text = packets.map((one) => `${declaration(chance)}${one.text}`).join(chance.pick(['', '\n', '<!-- a -->']));
  const scripts = gravest(packets);
  const written = encoded(chance, text);
  if (chance.happens(0.7)) return { base64: written.toString('base64'), scripts };
  const spoilt = chance.happens(0.7)
    ? altered(chance, written)
    : Buffer.concat([written.subarray(0, chance.below(written.length + 1)), Buffer.from(hostileText(chance)), written]);
  return { base64: spoilt.toString('base64') };
}

const gravest = (all: readonly Built[]): Scripts =>
  all.reduce<Scripts>((most, { scripts }) => (RANK.indexOf(scripts) > RANK.indexOf(most) ? scripts : most), 'none');

function declaration(chance: Chance): string {
  return chance.happens(0.5) ? '<?xml version="1.0"?>' : '';
}

function encoded(chance: Chance, text: string): Buffer {
  switch (chance.weighed({ utf8: 60, marked: 15, utf16: 15, bare: 10 })) {
    case 'marked':
      return Buffer.from(`\ufeff${text}`);
    case 'utf16':
      return Buffer.from(`\ufeff${text}`, 'utf16le');
    case 'bare':
      return Buffer.from(text, 'utf16le');
    default:
      return Buffer.from(text);
  }
}

/** An element with what is in it; `runs` where a script in it runs by itself. */
function element(chance: Chance, runs: boolean, depth: number): Built {
  const prefix = chance.happens(0.3) ? chance.pick(['t:', 'xfa:', 'x-1:']) : '';
  const kind = chance.weighed({ plain: 45, event: 25, calculate: 8, script: 22 }) ?? 'plain';
  const isOwn = kind === 'calculate' || kind === 'event';
  const activity = chance.happens(0.4) ? chance.pick(BY_THEMSELVES) : chance.pick(BY_THE_READER);
  const isAutomatic =
    runs || kind === 'calculate' || (kind === 'event' && BY_THEMSELVES.some((one) => one === activity));
  const name = `${prefix}${isOwn ? kind : chance.pick(kind === 'script' ? SCRIPTS : PLAIN)}`;
  const inner =
    depth === 0 ? [] : Array.from({ length: chance.below(4) }, () => element(chance, isAutomatic, depth - 1));
  const own: Built[] = kind === 'script' ? [{ text: '', scripts: runs ? 'automatic' : 'waiting' }] : [];
  const attributes = [
    ...(kind === 'event' ? [` activity${chance.pick(['=', ' = ', '\n='])}${quoted(chance, activity)}`] : []),
    ...(chance.happens(0.2) ? [' name="initialize"'] : []),
  ].join('');
  const content = [noise(chance), ...inner.map(({ text }) => text), noise(chance)].join('');
  return {
    text:
      content === '' && chance.happens(0.5) ? `<${name}${attributes}/>` : `<${name}${attributes}>${content}</${name}>`,
    scripts: gravest([...own, ...inner]),
  };
}

function quoted(chance: Chance, activity: string): string {
  const mark = chance.pick(['"', "'"]);
  const blank = chance.pick(['', ' ', '\n']);
  const letters = [...activity].map((letter) => {
    if (!chance.happens(0.15)) return letter;
    return chance.pick([`&#${letter.charCodeAt(0)};`, `&#x${letter.charCodeAt(0).toString(16)};`]);
  });
  return `${mark}${blank}${letters.join('')}${blank}${mark}`;
}

/** What is no element, though it may look like one. */
function noise(chance: Chance): string {
  return chance.pick([
    ...[
      '',
      '',
      '',
      '',
      'text',
      '&lt;script&gt;',
      'activity="initialize"',
      '<!-- <script/> -->',
      '<![CDATA[<script>]]>',
    ],
    '<?execute initialize?>',
  ]);
}

function take({ base64, scripts }: FormInput): Taken {
  const bytes = Buffer.from(String(base64), 'base64');
  const found = scriptsOf(bytes);
  promise(RANK.includes(found), 'a form does what there is not', found);
  if (scripts !== undefined) promise(found === scripts, `a form is ${scripts}, and read as ${found}`, bytes.toString());
  const speaks = /script|execute|submit/.test(bytes.toString('latin1').replaceAll('\0', ''));
  promise(speaks || found === 'none' || bytes.includes('&'), 'a form runs what it does not name', bytes.toString());
  unpolluted();
  return found === 'automatic' ? 'refused' : 'accepted';
}
