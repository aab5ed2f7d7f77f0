import { createHash } from 'node:crypto';
import type { StoreFinding } from '../../desk/life/verifyStore.ts';
import { verifyStore } from '../../desk/life/verifyStore.ts';
import type { MissingHead } from '../../desk/records/anchoring.ts';
import { firstBrokenAct, operatorActs } from '../../desk/life/operatorActs.ts';
import type { FileBytes } from '../../desk/ports/files.ts';
import { command } from '../command.ts';
import { count } from '../wording.ts';

/** Checks every history, key, file and anchor of the store. */
export const verify = command({
  name: 'verify',
  summary: 'checks every history, index key, file of proof and anchor of the store',
  about: [
    'Reads every claim and every file of proof, and compares them with their hashes, the keyed heads, the keys that',
    'claims are found by, and the anchors. Names the first entry that is not sound. Changes nothing. What the desk writes',
    'meanwhile may be reported by mistake: run it again, or while the desk is stopped.',
  ].join('\n'),
  fails: 'something is not as the desk wrote it',
  effect: 'reads',
  options: {},
  async run({ ports, show }) {
    const report = await verifyStore({ ...ports, hashBytes });
    const brokenAct = firstBrokenAct(await operatorActs(ports.documents), ports.digest);
    const lines = [
      ...report.findings.map(findingText),
      ...(brokenAct === undefined ? [] : [`The journal of operators' acts is broken at act ${brokenAct}.`]),
    ];
    const looked =
      `${count(report.claims, 'claim')}, ${count(report.rights, 'journal of rights', 'journals of rights')}, ` +
      `${count(report.files, 'file')} and ` +
      `${ports.anchors ? count(report.anchors, 'anchor') : 'no anchors (none are configured)'} were checked.` +
      (report.unsignedAnchors > 0
        ? ` ${count(report.unsignedAnchors, 'anchor')} of before the desk had a signing key: without a signature they prove nothing.`
        : '');
    show(
      [
        looked,
        ...lines,
        lines.length === 0 ? 'All is as the desk wrote it.' : `${count(lines.length, 'finding')}.`,
      ].join('\n'),
      {
        ...report,
        ...(brokenAct !== undefined && { brokenAct }),
      },
    );
    return lines.length === 0 ? 'done' : 'failed';
  },
});

async function hashBytes(bytes: FileBytes): Promise<string> {
  const hash = createHash('sha256');
  for await (const chunk of bytes) hash.update(chunk);
  return hash.digest('hex');
}

function findingText(finding: StoreFinding): string {
  switch (finding.kind) {
    case 'history':
      return historyText(finding);
    case 'rights':
      return rightsText(finding);
    case 'rightsKey':
      return finding.is === 'missing'
        ? `The ${finding.of} ${finding.id} is not found by its key ${finding.name}.`
        : `The ${finding.of} ${finding.id} is found by a key ${finding.name} that is none of its own.`;
    case 'sealMark':
      return finding.missing === 'inDatabase'
        ? 'The mark that every document has a keyed head is among the files, and not in the database.'
        : 'The mark that every document has a keyed head is in the database, and not among the files.';
    case 'newerVersion':
      return `${finding.claim}: a newer version of the desk wrote it; verify with that version.`;
    case 'indexKey':
      return finding.is === 'missing'
        ? `${finding.claim}: it is not found by its key ${finding.name}.`
        : `${finding.claim}: it is found by a key ${finding.name} that is none of its own.`;
    case 'file':
      return 'claim' in finding
        ? `${finding.claim}: the file ${finding.key} is ${finding.is}.`
        : `The file ${finding.key} is of no claim.`;
    case 'anchor':
      return finding.lacks === 'anchor'
        ? `${finding.claim}: the head of version ${finding.version} was anchored, and its anchor is missing.`
        : anchorText(finding);
    case 'anchorProof':
      return proofText(finding);
    case 'anchorDamaged':
      return `The anchors, ${finding.where}: it cannot be read as an anchor.`;
  }
}

function rightsText({ of, id, problem, entry, keyId }: Extract<StoreFinding, { kind: 'rights' }>): string {
  switch (problem) {
    case 'entry':
      return `The ${of} ${id}: entry ${String(entry)} of the journal is the first that is not as it was chained.`;
    case 'head':
      return `The ${of} ${id}: the keyed head does not fit the document.`;
    case 'unknownKey':
      return `The ${of} ${id}: its head was made with the key ${String(keyId)}, which HISTORY_KEYS does not have.`;
    case 'unsealed':
      return `The ${of} ${id}: as an earlier version of the desk wrote it, although all of these had been sealed.`;
  }
}

function historyText({ claim, problem, version, keyId }: Extract<StoreFinding, { kind: 'history' }>): string {
  switch (problem) {
    case 'entry':
      return `${claim}: entry ${version} is the first that is not as it was chained.`;
    case 'head':
      return `${claim}: the keyed head does not fit the history at version ${version}.`;
    case 'unknownKey':
      return `${claim}: its head was made with the key ${String(keyId)}, which HISTORY_KEYS does not have.`;
    case 'otherClaim':
      return `${claim}: from entry ${version} on it is the history of another claim.`;
    case 'unsealed':
      return `${claim}: as an earlier version of the desk wrote it, at version ${version}, although all of these had been sealed.`;
    case 'sealedOther':
      return `${claim}: what was sealed is not what an earlier version of the desk wrote (entry ${version}).`;
  }
}

function proofText({ claim, where, anchor, proof }: Extract<StoreFinding, { kind: 'anchorProof' }>): string {
  const what = `${claim}: the anchor of ${anchor.event} at version ${anchor.version} (${where})`;
  switch (proof) {
    case 'unsigned':
      return `${what} has no signature, although the desk signed every anchor by then.`;
    case 'forged':
      return `${what} was changed after it was signed, or another than the desk signed it.`;
    case 'unknownKey':
      return `${what} was signed with a key that SIGNING_KEYS does not have.`;
  }
}

function anchorText({ claim, lacks, anchor, version }: MissingHead & { readonly claim: string }): string {
  const what = `${anchor.event} at version ${anchor.version}`;
  switch (lacks) {
    case 'claim':
      return `${claim}: the whole claim is missing; its anchor knows ${what}.`;
    case 'version':
      return `${claim}: an older state, at version ${String(version)}; its anchor knows ${what}.`;
    case 'hash':
      return `${claim}: entry ${anchor.version} is another than its anchor knows (${what}).`;
  }
}
