/** The keys of histories (R55): HMAC-SHA-256 with each of them, and ids by which their codes are told apart. */
import { createHash, createHmac, timingSafeEqual } from 'node:crypto';
import type { HistoryKeys } from '../desk/ports/historyKeys.ts';

const ID_LETTERS = 12;

/** The first key makes codes; all of them check. A key's id is derived from it and tells nothing about it. */
export function createHistoryKeys([newest, ...older]: readonly [string, ...string[]]): HistoryKeys {
  const secrets = new Map([...older, newest].map((secret) => [keyIdOf(secret), secret]));
  const keyId = keyIdOf(newest);
  return {
    authenticate: (text) => ({ keyId, mac: codeOf(newest, text).toString('base64url') }),
    check(text, code) {
      const secret = secrets.get(code.keyId);
      if (secret === undefined) return 'unknownKey';
      const expected = codeOf(secret, text);
      const given = Buffer.from(String(code.mac), 'base64url');
      return given.length === expected.length && timingSafeEqual(given, expected) ? 'sound' : 'altered';
    },
  };
}

/** Names a key in heads and messages; no one can tell the key from it. */
export function keyIdOf(secret: string): string {
  return createHash('sha256').update(`history key id\n${secret}`, 'utf8').digest('hex').slice(0, ID_LETTERS);
}

function codeOf(secret: string, text: string): Buffer {
  return createHmac('sha256', secret).update(text, 'utf8').digest();
}
