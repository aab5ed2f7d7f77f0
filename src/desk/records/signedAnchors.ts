/**
 * Signs anchors as they are stored, and checks them as they are read (R55): others may write where anchors are kept.
 * One that the desk did not sign is a reason to look, and no proof of anything.
 */
import { canonical } from '../../domain/claims/history.ts';
import type {
  Anchor,
  AnchorProof,
  Anchors,
  AnchorStore,
  FoundAnchor,
  SignedAnchor,
  StoredAnchor,
} from '../ports/anchors.ts';
import type { Signature, Signer } from '../ports/signer.ts';
import type { Clock } from '../ports/system.ts';

/** What signing anchors needs of the outside. */
export interface SigningPorts {
  readonly signer: Signer;
  readonly clock: Clock;
}

/** The anchors of a store, signed with the key of the day. */
export function signedAnchors(store: AnchorStore, ports: SigningPorts): Anchors {
  return {
    async append(anchor) {
      // Never by a key whose period ended before the decision: another instance's clock may be a little ahead.
      const at = Math.max(ports.clock.now(), anchor.at);
      await store.append({ ...anchor, signature: ports.signer.sign(signedText(anchor), at) });
    },
    async newest(count) {
      return (await store.newest(count)).map((stored) => look(ports.signer, stored));
    },
    async *all() {
      for await (const stored of store.all()) yield look(ports.signer, stored);
    },
  };
}

/** A word before says what is signed, so that a signature of anything else cannot pass for one. */
function signedText(anchor: Anchor): string {
  return `cpor-anchor\n${canonical(anchor)}`;
}

function look(signer: Signer, { where, text }: StoredAnchor): FoundAnchor {
  const stored = readAnchor(text);
  if (!stored) return { kind: 'damaged', where };
  const { signature, ...anchor } = stored;
  return { kind: 'anchor', where, anchor, proof: proofOf(signer, anchor, signature) };
}

function proofOf(signer: Signer, anchor: Anchor, signature: Signature | undefined): AnchorProof {
  if (!signature) {
    const signedSince = Math.min(...signer.keys().map(({ from }) => from));
    return anchor.at < signedSince ? 'beforeKeys' : 'unsigned';
  }
  const found = signer.check(signedText(anchor), signature, anchor.at);
  return found === 'sound' ? 'signed' : found;
}

/** The anchor that a text says; undefined where it says none. */
function readAnchor(text: string): SignedAnchor | undefined {
  const value = parsed(text);
  return isAnchor(value) ? value : undefined;
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** Of what others may have written, nothing gets further than its form allows: ids name documents, and are shown. */
function isAnchor(value: unknown): value is SignedAnchor {
  if (value === null || typeof value !== 'object' || Array.isArray(value)) return false;
  const { claim, version, hash, event, at, by, period, signature } = value as Loose<SignedAnchor>;
  return (
    isText(claim, /^CPOR-[0-9A-Z]{6}$/) &&
    isText(hash, /^[0-9a-f]{64}$/) &&
    isText(event, /^[A-Za-z]{1,64}$/) &&
    isText(by, /^(?:desk|[^\s/]{1,100}\/[^\s/]{1,100})$/) &&
    isCount(version) &&
    version > 0 &&
    isCount(at) &&
    (period === undefined || isCount(period)) &&
    (signature === undefined || isSignature(signature))
  );
}

type Loose<Known> = { readonly [Name in keyof Known]?: unknown };

function isText(value: unknown, form: RegExp): boolean {
  return typeof value === 'string' && form.test(value);
}

function isCount(value: unknown): value is number {
  return typeof value === 'number' && Number.isSafeInteger(value) && value >= 0;
}

function isSignature(value: unknown): value is Signature {
  if (value === null || typeof value !== 'object') return false;
  const { algorithm, keyId, value: bytes } = value as Loose<Signature>;
  return [algorithm, keyId, bytes].every((one) => typeof one === 'string');
}
