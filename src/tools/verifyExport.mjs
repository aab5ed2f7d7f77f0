/**
 * Checks an export of a claims desk, offline: its signature, the history of its claim, its files.
 *
 *   node verifyExport.mjs export.json [--key PUBLIC_KEY]
 *
 * This file is all that is needed, with Node.js 18 or newer. It shares no code with the desk on purpose: it is a second
 * statement of how histories are chained and exports are signed. Ends with 0 where all holds, with 1 where something
 * does not, with 2 where there is nothing that it could check.
 */
import { createHash, createPublicKey, verify } from 'node:crypto';
import { existsSync, readFileSync, realpathSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const USAGE = 'Usage: node verifyExport.mjs export.json [--key PUBLIC_KEY]';
const HEX = /^[0-9a-f]{64}$/;

/** There is nothing that could be checked. */
class NotCheckable extends Error {}

/** JSON with its keys in order, so that the same content always is the same text. */
export function canonical(value) {
  if (Array.isArray(value)) return `[${value.map((item) => canonical(item)).join(',')}]`;
  if (!isObject(value)) return JSON.stringify(value ?? null);
  const members = Object.keys(value)
    .filter((key) => value[key] !== undefined)
    .sort();
  return `{${members.map((key) => `${JSON.stringify(key)}:${canonical(value[key])}`).join(',')}}`;
}

const sha256 = (data) => createHash('sha256').update(data).digest('hex');
const isObject = (value) => value !== null && typeof value === 'object' && !Array.isArray(value);
const instant = (ms) => new Date(ms).toISOString();

/** The first version at which a history is broken, with the reason; undefined where it holds. */
export function firstBroken(entries) {
  const isOld = isObject(entries[0]) && entries[0].salts === undefined;
  let previous = '';
  for (const [index, entry] of entries.entries()) {
    const why = problemOf(entry, index + 1, previous, isOld);
    if (why !== undefined) return { version: index + 1, why };
    previous = entry.hash;
  }
  return isOld ? undefined : (unfoundedErasure(entries) ?? wrongSeal(entries));
}

function problemOf(entry, version, previous, isOld) {
  if (!isObject(entry) || !isObject(entry.event)) return 'it is no entry';
  if (entry.version !== version) return `it says that it is version ${JSON.stringify(entry.version)}`;
  if (entry.previous !== previous) return 'it does not follow from the entry before';
  if ((entry.salts === undefined) !== isOld) return 'its words are committed otherwise than those of the first entry';
  const { hash, ...content } = entry;
  const covered = isOld ? content : committed(content);
  if (covered === undefined) return 'its words, salts and commitments do not belong together';
  return sha256(canonical(covered)) === hash ? undefined : 'its content does not have its hash';
}

/** What the hash covers: the commitment in the place of each word that has a salt or was erased. */
function committed({ salts, erased = {}, ...content }) {
  if (!isObject(salts) || !isObject(erased) || hasBareCommitment(content)) return undefined;
  const copy = JSON.parse(JSON.stringify(content));
  const paths = [...Object.keys(salts), ...Object.keys(erased)];
  if (new Set(paths).size !== paths.length) return undefined;
  for (const path of paths) {
    const names = path === 'press' ? [path] : path.split('.');
    const last = names.pop();
    let holder = path === 'press' ? copy : copy.event;
    for (const name of names) holder = isObject(holder) && Object.hasOwn(holder, name) ? holder[name] : undefined;
    if (!isObject(holder) || !Object.hasOwn(holder, last) || typeof holder[last] !== 'string') return undefined;
    const word = holder[last];
    if (Object.hasOwn(erased, path)) {
      if (word !== '' || !HEX.test(erased[path])) return undefined;
      holder[last] = { sha256: erased[path] };
    } else {
      if (word === '' || typeof salts[path] !== 'string') return undefined;
      holder[last] = { sha256: sha256(canonical([salts[path], word])) };
    }
  }
  return copy;
}

/** Whether something looks like a commitment already: then a word was taken out without a trace. */
function hasBareCommitment(value) {
  if (value === null || typeof value !== 'object') return false;
  if (isObject(value) && Object.keys(value).join() === 'sha256') return true;
  return Object.values(value).some(hasBareCommitment);
}

/** A word counts as erased only where a later entry says so. */
function unfoundedErasure(entries) {
  const founded = new Set();
  let first;
  for (const { version, event, erased = {} } of [...entries].reverse()) {
    if (Object.keys(erased).some((path) => !founded.has(`${version} ${path}`)))
      first = { version, why: 'a word is missing, and no later entry says that it was erased' };
    if (event.type === 'WordsErased' && Array.isArray(event.words))
      for (const words of event.words) for (const path of words.paths) founded.add(`${words.version} ${path}`);
  }
  return first;
}

/** Entries of an old desk were chained anew; over their words they still lead to the head that they had then. */
function wrongSeal(entries) {
  const sealed = entries.find(({ event }) => event.type === 'HistorySealed');
  if (!sealed || sealed.event.oldHead === '') return undefined;
  let previous = '';
  for (const { salts: _, erased: __, hash: ___, ...content } of entries.slice(0, sealed.version - 1))
    previous = sha256(canonical({ ...content, previous }));
  return previous === sealed.event.oldHead
    ? undefined
    : { version: sealed.version, why: 'the entries before it do not lead to the old head that it keeps' };
}

/** What is wrong with the signature, or the key that made it. */
function checkSignature(document, given) {
  const { signature, keys, exportedAt } = document;
  if (!isObject(signature)) return { problem: 'the export is not signed' };
  if (signature.algorithm !== 'Ed25519') return { problem: 'the signature is of another kind than Ed25519' };
  const key = Array.isArray(keys) ? keys.find((one) => isObject(one) && one.id === signature.keyId) : undefined;
  const bytes = bytesOf(key?.publicKey, 32);
  if (!bytes) return { problem: `the export does not have the key ${JSON.stringify(signature.keyId)} that it names` };
  if (sha256(bytes).slice(0, 12) !== key.id) return { problem: `the key ${key.id} has another id than it should` };
  if (given !== undefined && given !== key.publicKey)
    return { problem: `signed with the key ${key.publicKey}, not with the one that you gave` };
  const value = bytesOf(signature.value, 64);
  const { signature: _, ...content } = document;
  const text = Buffer.from(`cpor-export\n${canonical(content)}`);
  const publicKey = createPublicKey({
    key: { kty: 'OKP', crv: 'Ed25519', x: bytes.toString('base64url') },
    format: 'jwk',
  });
  if (!value || !verify(null, text, publicKey, value))
    return { problem: 'the export was changed after it was signed, or was signed with another key' };
  if (!(key.from <= exportedAt) || (key.until !== undefined && !(exportedAt < key.until)))
    return { problem: `the export was made outside the period of the key ${key.publicKey}` };
  return { key };
}

/** The bytes of a base64 text, if it is exactly so many; undefined else. */
function bytesOf(text, length) {
  if (typeof text !== 'string') return undefined;
  const bytes = Buffer.from(text, 'base64');
  return bytes.length === length && bytes.toString('base64') === text ? bytes : undefined;
}

/** The files that the history names, and those of them that are beside the export. */
function checkFiles({ entries, files }, folder) {
  const named = entries.filter((entry) => entry?.event?.type === 'PoeAdded').map(({ event }) => event.poe);
  if (!Array.isArray(files) || files.length !== named.length) return { problem: 'other files than the history names' };
  let beside = 0;
  for (const [index, { file, state, ...poe }] of files.entries()) {
    if (canonical(poe) !== canonical(named[index]) || file !== `${poe.id}.${poe.kind}`)
      return { problem: `the file ${JSON.stringify(file)} is not as the history names it` };
    if (state !== 'stored' || /[/\\]/.test(file) || !existsSync(join(folder, file))) continue;
    beside += 1;
    if (sha256(readFileSync(join(folder, file))) !== poe.sha256)
      return { problem: `the file ${file} beside the export has other bytes than the history names` };
  }
  return { text: `${files.length} as the history names them; the bytes of ${beside} beside the export are right` };
}

/** An object of a JSON text. Refuses a name that is there twice: people and programs might read another of the two. */
function parse(text) {
  const document = JSON.parse(text);
  if (!isObject(document)) throw new NotCheckable('The file has no export of a claims desk.');
  const names = [...text.matchAll(/"(?:[^"\\]|\\.)*"(\s*:)?/g)].filter((match) => match[1] !== undefined).length;
  if (names !== namesIn(document)) throw new NotCheckable('The file has a name twice in one object.');
  return document;
}

function namesIn(value) {
  if (value === null || typeof value !== 'object') return 0;
  const own = Array.isArray(value) ? 0 : Object.keys(value).length;
  return Object.values(value).reduce((sum, inner) => sum + namesIn(inner), own);
}

/** Checks an export; says each result, and answers with the exit code. */
function check(text, given, folder, say) {
  const document = parse(text);
  const { format, formatVersion, exportedAt, id } = document;
  if (format !== 'cpor-claim' && format !== 'cpor-person')
    throw new NotCheckable('The file has no export of a claims desk.');
  if (formatVersion !== 1)
    throw new NotCheckable(`The export is of format version ${JSON.stringify(formatVersion)}; this program knows 1.`);
  if (!Number.isSafeInteger(exportedAt) || Math.abs(exportedAt) > 8.64e15 || typeof id !== 'string')
    throw new NotCheckable('The export does not say of what, or when, it was made.');
  let isSound = true;
  const tell = (what, problem, well) => {
    isSound &&= problem === undefined;
    say(problem === undefined ? `holds   ${what}: ${well}` : `BROKEN  ${what}: ${problem}`);
  };
  say(`Export of ${format === 'cpor-claim' ? 'claim' : 'person'} ${JSON.stringify(id)}, made ${instant(exportedAt)}`);
  const { problem, key } = checkSignature(document, given);
  tell('signature', problem, `Ed25519, by the key ${key?.publicKey}`);
  if (format === 'cpor-claim') checkClaim(document, folder, tell);
  else say('-       history: an export of a person has parts of histories, which the signature alone covers');
  if (key) for (const line of trustIn(key, given)) say(line);
  say(isSound ? 'Everything holds.' : 'NOT everything holds.');
  return isSound ? 0 : 1;
}

function checkClaim(document, folder, tell) {
  const { entries, claim, id } = document;
  if (!Array.isArray(entries) || entries.length === 0) return tell('history', 'there is none');
  const broken = firstBroken(entries);
  const erased = entries.reduce((sum, entry) => sum + Object.keys(entry?.erased ?? {}).length, 0);
  tell(
    'history',
    broken && `entry ${broken.version} is the first broken one: ${broken.why}`,
    `${entries.length} entries, each follows from the one before; ${erased} words were erased`,
  );
  const count = entries.length;
  const isOfIt = isObject(claim) && claim.id === id && claim.version === count;
  tell('versions', isOfIt ? undefined : 'the claim is of another id or version than its history', `1 to ${count}`);
  const files = checkFiles(document, folder);
  tell('files', files.problem, files.text);
}

function trustIn(key, given) {
  return [
    given === undefined
      ? `Trust   The key came with the export, so it proves nothing by itself: compare ${key.publicKey} with the page /about of the desk, or give that one with --key.`
      : 'Trust   The key is the one that you gave. It is worth what you know of where it is from: the page /about of the desk, by an address that you did not get with the export.',
    '        A signature says that the desk of this key made this export. It does not say that the claim did not go on after it, or that the desk told the truth.',
  ];
}

function main(args, say, complain) {
  const [path, option, given, ...more] = args;
  const isUsed = path !== undefined && !path.startsWith('--') && more.length === 0;
  if (!isUsed || (option !== undefined && (option !== '--key' || !bytesOf(given, 32)))) {
    complain(isUsed ? `${USAGE}\nThe key is 44 characters of base64, as on the page /about.` : USAGE);
    return 2;
  }
  try {
    return check(readFileSync(path, 'utf8'), given, dirname(path), say);
  } catch (error) {
    complain(
      error instanceof NotCheckable
        ? error.message
        : `The file cannot be read as an export: ${error?.message ?? error}`,
    );
    return 2;
  }
}

if (process.argv[1] !== undefined && realpathSync(process.argv[1]) === fileURLToPath(import.meta.url))
  process.exitCode = main(process.argv.slice(2), console.log, console.error);
