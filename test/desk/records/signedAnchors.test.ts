import { expect } from 'chai';
import fc from 'fast-check';
import type { Anchor, FoundAnchor } from '../../../src/desk/ports/anchors.ts';
import { signedAnchors } from '../../../src/desk/records/signedAnchors.ts';
import type { ClaimId } from '../../../src/domain/claims/values.ts';
import { createSigner } from '../../../src/runtime/signer.ts';
import { memoryAnchorStore } from '../../support/memoryAnchors.ts';

const AT = 1_620_000_000_000;
const YEAR = 365 * 86_400_000;
const seed = (letter: string): string => Buffer.from(letter.repeat(32)).toString('base64');
const ANCHOR: Anchor = {
  claim: 'CPOR-7F3K9Q' as ClaimId,
  version: 7,
  hash: 'a'.repeat(64),
  event: 'ConsentDenied',
  at: AT,
  by: 'desk',
  period: 2,
};

/** Anchors of a desk with these keys, and the lines that are stored. */
function open(
  keys: Parameters<typeof createSigner>[0] = [{ seed: seed('a'), from: 0 }],
  now = AT,
  lines: string[] = [],
) {
  return {
    lines,
    anchors: signedAnchors(memoryAnchorStore(lines), { signer: createSigner(keys), clock: { now: () => now } }),
  };
}

const proof = (found: FoundAnchor | undefined): string | undefined =>
  found?.kind === 'anchor' ? found.proof : found?.kind;

async function proofOf(line: string, { anchors, lines } = open()): Promise<string | undefined> {
  lines.push(line);
  return proof((await anchors.newest(1))[0]);
}

async function signedLine(): Promise<string> {
  const { anchors, lines } = open();
  await anchors.append(ANCHOR);
  return lines[0] ?? '';
}

describe('Signed anchors (R55)', () => {
  it('are known for those of the desk, and are as they were', async () => {
    const { anchors } = open();
    await anchors.append(ANCHOR);
    expect(await anchors.newest(1)).to.deep.equal([
      { kind: 'anchor', where: 'line 1', anchor: ANCHOR, proof: 'signed' },
    ]);
  });

  it('are not, once anything in them is another', async () => {
    const line = await signedLine();
    const { signature, ...said } = JSON.parse(line) as Anchor & { readonly signature: { readonly value: string } };
    const changes: readonly object[] = [
      { claim: 'CPOR-7F3K9R' },
      { version: 8 },
      { hash: 'b'.repeat(64) },
      { event: 'ConsentAgreed' },
      { at: AT + 1 },
      { by: 'tenant/object' },
      { period: 1 },
      { period: undefined },
      { more: 'x' },
      { signature: { ...signature, algorithm: 'none' } },
      { signature: { ...signature, value: '' } },
      { signature: { ...signature, value: `${'A'.repeat(86)}==` } },
    ];
    for (const change of changes)
      expect(await proofOf(JSON.stringify({ ...said, signature, ...change })), JSON.stringify(change)).to.equal(
        'forged',
      );
  });

  it('do not pass for signed by what the desk signed for something else', async () => {
    const signer = createSigner([{ seed: seed('a'), from: 0 }]);
    for (const text of [JSON.stringify(ANCHOR), `cpor-export\n${JSON.stringify(ANCHOR)}`]) {
      const line = JSON.stringify({ ...ANCHOR, signature: signer.sign(text, AT) });
      expect(await proofOf(line)).to.equal('forged');
    }
  });

  it('without a signature are of before the first key, or lack it', async () => {
    const keys = [
      { seed: seed('b'), from: AT + YEAR },
      { seed: seed('a'), from: AT },
    ] as const;
    const bare = (at: number): string => JSON.stringify({ ...ANCHOR, at });
    expect(await proofOf(bare(AT - 1), open(keys))).to.equal('beforeKeys');
    expect(await proofOf(bare(AT), open(keys))).to.equal('unsigned');
    expect(await proofOf(bare(AT + 2 * YEAR), open(keys))).to.equal('unsigned');
  });

  it('hold on when the desk has a newer key, and say so where it has the old one no more', async () => {
    const line = await signedLine();
    const newer = { seed: seed('b'), from: AT + YEAR };
    expect(await proofOf(line, open([newer, { seed: seed('a'), from: 0 }]))).to.equal('signed');
    expect(await proofOf(line, open([newer]))).to.equal('unknownKey');
  });

  it('are no longer signed by an old key: who has learned it cannot anchor what is decided after it', async () => {
    const old = createSigner([{ seed: seed('a'), from: 0 }]);
    const lines: string[] = [];
    const thief = signedAnchors(memoryAnchorStore(lines), { signer: old, clock: { now: () => AT + 2 * YEAR } });
    await thief.append({ ...ANCHOR, at: AT + YEAR });
    await thief.append({ ...ANCHOR, at: AT + YEAR + 1 });
    const keys = [
      { seed: seed('b'), from: AT + YEAR },
      { seed: seed('a'), from: 0 },
    ] as const;
    expect((await open(keys, AT, lines).anchors.newest(2)).map(proof)).to.deep.equal(['forged', 'forged']);
  });

  it('are signed by the key of the decision where that is ahead of the clock, and late ones by that of the day', async () => {
    const keys = [
      { seed: seed('b'), from: AT + YEAR },
      { seed: seed('a'), from: 0 },
    ] as const;
    const behind = open(keys, AT + YEAR - 1);
    await behind.anchors.append({ ...ANCHOR, at: AT + YEAR });
    const late = open(keys, AT + 2 * YEAR);
    await late.anchors.append(ANCHOR);
    for (const { anchors } of [behind, late]) expect((await anchors.newest(1)).map(proof)).to.deep.equal(['signed']);
  });

  it('are nothing where the text is none, and nothing that is there breaks the others', async () => {
    const good = await signedLine();
    const hostile = [
      '',
      'null',
      '5',
      '[]',
      '{}',
      '{"claim":"CPOR-7F3K9Q"}',
      JSON.stringify({ ...ANCHOR, claim: '../../x' }),
      JSON.stringify({ ...ANCHOR, claim: 'CPOR-7F3K9Q?' }),
      JSON.stringify({ ...ANCHOR, version: 0 }),
      JSON.stringify({ ...ANCHOR, version: 1e300 }),
      JSON.stringify({ ...ANCHOR, event: '__proto__' }),
      JSON.stringify({ ...ANCHOR, by: 'x y/z' }),
      JSON.stringify({ ...ANCHOR, signature: null }),
      JSON.stringify({ ...ANCHOR, signature: 'x' }),
    ];
    for (const line of hostile) expect(await proofOf(line), line).to.equal('damaged');
    const { anchors, lines } = open();
    lines.push(...hostile, good);
    const all: (string | undefined)[] = [];
    for await (const one of anchors.all()) all.push(proof(one));
    expect(all).to.deep.equal([...hostile.map(() => 'damaged'), 'signed']);
  });

  it('never hold with another byte', async () => {
    const line = await signedLine();
    await fc.assert(
      fc.asyncProperty(fc.nat(line.length - 1), fc.constantFrom(...'0aZ"{}: '), async (at, letter) => {
        fc.pre(line[at] !== letter);
        const changed = line.slice(0, at) + letter + line.slice(at + 1);
        expect(await proofOf(changed)).to.not.equal('signed');
      }),
      { numRuns: 300 },
    );
  });
});
