/** Requests to a desk that authenticates its callers, each with the status that it must be answered with. */
import { createHmac, createPublicKey, createSign, generateKeyPairSync } from 'node:crypto';
import { APP_ID, base64url, ISSUER, KEY } from '../../support/tokenIssuer.ts';
import type { Json, SignedDesk } from './signedDesk.ts';
import { NOW, OTHER_TENANT, TENANT } from './signedDesk.ts';

export interface CaseRequest {
  readonly authorization?: string | readonly string[];
  /** Members that differ from what Teams sends; a text is sent as the body as it is. */
  readonly body?: Json | string;
}

export interface RequestCase {
  readonly title: string;
  readonly status: 200 | 400 | 401 | 403;
  /** `lure` is an address that must not be visited. */
  readonly request: (desk: SignedDesk, lure: string) => CaseRequest;
}

const NOW_S = NOW / 1_000;
const stranger = generateKeyPairSync('rsa', { modulusLength: 2048 });
const strangersJwk = { ...createPublicKey(stranger.privateKey).export({ format: 'jwk' }), kid: KEY };

const bearer = (token: string): CaseRequest => ({ authorization: `Bearer ${token}` });
/** A case of a genuine signature under claims of its own. */
const claims = (title: string, status: RequestCase['status'], own: Json): RequestCase => ({
  title,
  status,
  request: (desk) => bearer(desk.token(own)),
});
/** A case of a token signed in another way, or with another header. */
const signing = (
  title: string,
  status: RequestCase['status'],
  own: (lure: string, desk: SignedDesk) => Parameters<SignedDesk['issuer']['sign']>[1],
): RequestCase => ({ title, status, request: (desk, lure) => bearer(desk.token({}, own(lure, desk))) });
/** A case of a genuine token with another activity. */
const envelope = (title: string, status: RequestCase['status'], body: Json): RequestCase => ({
  title,
  status,
  request: (desk) => ({ ...bearer(desk.token()), body }),
});
/** A case in which the header alone differs. */
const header = (
  title: string,
  status: RequestCase['status'],
  authorization: (token: string, desk: SignedDesk) => CaseRequest['authorization'],
): RequestCase => ({
  title,
  status,
  request: (desk) => {
    const value = authorization(desk.token(), desk);
    return value === undefined ? {} : { authorization: value };
  },
});

function unsignedToken(head: Json, desk: SignedDesk): string {
  const claims = { iss: ISSUER, aud: APP_ID, serviceurl: desk.teams.url, exp: NOW_S + 999 };
  return `${base64url(JSON.stringify(head))}.${base64url(JSON.stringify(claims))}.`;
}

/** The public key as the secret of an HMAC. */
function confusedToken(alg: string, desk: SignedDesk): string {
  const signed = unsignedToken({ alg, kid: KEY }, desk).slice(0, -1);
  const pem = desk.issuer.publicKey().export({ type: 'spki', format: 'pem' });
  return `${signed}.${createHmac('sha256', pem).update(signed).digest('base64url')}`;
}

function withAlg(alg: string, head: Json, desk: SignedDesk): string {
  const signed = unsignedToken({ alg, kid: KEY, ...head }, desk).slice(0, -1);
  return `${signed}.${createSign('sha256').update(signed).sign(stranger.privateKey, 'base64url')}`;
}

const HEADERS: readonly RequestCase[] = [
  header('a token as Teams sends it', 200, (token) => `Bearer ${token}`),
  header('the scheme in small letters', 200, (token) => `bearer ${token}`),
  header('no Authorization header', 401, () => undefined),
  header('an empty Authorization header', 401, () => ''),
  header('the scheme without a token', 401, () => 'Bearer '),
  header('another scheme', 401, () => 'Basic YW5uYTpzZWNyZXQ='),
  header('the token without a scheme', 401, (token) => token),
  header('two spaces before the token', 401, (token) => `Bearer  ${token}`),
  header('something after the token', 401, (token) => `Bearer ${token} x`),
  header('two tokens in one header', 401, (token) => `Bearer ${token}, Bearer ${token}`),
  header('two headers, the first of them good', 401, (token) => [`Bearer ${token}`, 'Bearer x.y.z']),
  header('two headers, the second of them good', 401, (token) => ['Bearer x.y.z', `Bearer ${token}`]),
  header('the same good header twice', 401, (token) => [`Bearer ${token}`, `Bearer ${token}`]),
  header('a token that is none', 401, () => 'Bearer abc'),
  header('three parts of nothing', 401, () => 'Bearer ..'),
  header('three parts that are no JSON', 401, () => 'Bearer AAAA.BBBB.CCCC'),
  header('five parts, as of an encrypted token', 401, (token) => `Bearer ${token}.AAAA.AAAA`),
  header(
    'a token of 15 000 characters',
    401,
    () => `Bearer ${'A'.repeat(5_000)}.${'B'.repeat(5_000)}.${'C'.repeat(5_000)}`,
  ),
  header(
    'a good token with claims of 9 000 characters',
    401,
    (_token, desk) => `Bearer ${desk.token({ more: 'x'.repeat(9_000) })}`,
  ),
  header('characters that base64url does not have', 401, (token) => `Bearer ${token.replace('.', '.+/=')}`),
];

const SIGNATURES: readonly RequestCase[] = [
  header(
    'a signature with one character changed',
    401,
    (token) => `Bearer ${token.slice(0, -9)}${token.at(-9) === 'A' ? 'B' : 'A'}${token.slice(-8)}`,
  ),
  header('no signature', 401, (token) => `Bearer ${token.slice(0, token.lastIndexOf('.') + 1)}`),
  header('claims of another token under the signature', 401, (token, desk) => {
    const [head, , signature] = token.split('.');
    return `Bearer ${head}.${desk.token({ aud: APP_ID, extra: 1 }).split('.')[1]}.${signature}`;
  }),
  signing('another key under the right id', 401, () => ({ key: stranger.privateKey })),
  signing('a key id that the channel does not have', 401, () => ({ header: { kid: 'unknown' } })),
  signing('no key id', 401, () => ({ header: { kid: undefined } })),
  signing('a key id that is a number', 401, () => ({ header: { kid: 1 } })),
  signing('a key id that is a list', 401, () => ({ header: { kid: [KEY] } })),
  signing('a key id that is a path', 401, () => ({ header: { kid: '../../../../dev/null' } })),
  signing('a key id of the language itself', 401, () => ({ header: { kid: '__proto__' } })),
  signing('a key id with a NUL', 401, () => ({ header: { kid: `${KEY}\u0000` } })),
  header('the algorithm none', 401, (_token, desk) => `Bearer ${unsignedToken({ alg: 'none', kid: KEY }, desk)}`),
  header('the algorithm NONE with a signature', 401, (_token, desk) => `Bearer ${withAlg('NONE', {}, desk)}`),
  header('HS256 with the public key as the secret', 401, (_token, desk) => `Bearer ${confusedToken('HS256', desk)}`),
  header('HS256 under the name RS256', 401, (_token, desk) => `Bearer ${confusedToken('RS256', desk)}`),
  signing('PS256 with the right key', 401, () => ({ alg: 'PS256' })),
  signing('ES256 with a published key', 401, () => ({ alg: 'ES256', kid: 'key-of-curve' })),
  signing('RS256 in the header, PS256 in the signature', 401, () => ({ alg: 'PS256', header: { alg: 'RS256' } })),
  signing('RS384', 200, () => ({ alg: 'RS384' })),
  signing('RS512', 200, () => ({ alg: 'RS512' })),
  signing('an algorithm that is no text', 401, () => ({ header: { alg: ['RS256'] } })),
  signing('the type of an access token', 401, () => ({ header: { typ: 'at+jwt' } })),
  signing('a type that is no text', 401, () => ({ header: { typ: {} } })),
  signing('no type', 200, () => ({ header: { typ: undefined } })),
  signing('something critical that no one knows', 401, () => ({ header: { crit: ['exp2'], exp2: 1 } })),
  signing('an empty list of what is critical', 401, () => ({ header: { crit: [] } })),
  signing('claims that are not encoded', 401, () => ({ header: { b64: false, crit: ['b64'] } })),
  signing("the stranger's key in the header", 401, () => ({ key: stranger.privateKey, header: { jwk: strangersJwk } })),
  signing("the stranger's keys at an address in the header", 401, (lure) => ({
    key: stranger.privateKey,
    header: { kid: 'stranger', jku: `${lure}/keys`, x5u: `${lure}/cert` },
  })),
  signing('an address in the header of a good token', 200, (lure) => ({
    header: { jku: `${lure}/keys`, x5u: `${lure}/cert` },
  })),
  {
    title: 'a token as the claims of another',
    status: 401,
    request: (desk) =>
      bearer(desk.issuer.signText(JSON.stringify({ alg: 'RS256', kid: KEY, cty: 'JWT' }), desk.token())),
  },
  {
    title: 'claims that are a list',
    status: 401,
    request: (desk) => bearer(desk.issuer.signText(JSON.stringify({ alg: 'RS256', kid: KEY }), '[]')),
  },
  {
    title: 'claims that are no JSON',
    status: 401,
    request: (desk) => bearer(desk.issuer.signText(JSON.stringify({ alg: 'RS256', kid: KEY }), '{"iss":')),
  },
  {
    title: 'a header that is nested 1 000 deep',
    status: 401,
    request: (desk) =>
      bearer(desk.issuer.signText(`{"alg":"RS256","kid":"${KEY}","x":${'['.repeat(1_000)}${']'.repeat(1_000)}`, '{}')),
  },
];

const CLAIMS: readonly RequestCase[] = [
  claims('another audience', 401, { aud: '99999999-2222-4333-8444-555555555555' }),
  claims('no audience', 401, { aud: undefined }),
  claims('a list of audiences with this bot in it', 401, { aud: [APP_ID, 'another'] }),
  claims('a list of this bot alone', 401, { aud: [APP_ID] }),
  claims('the audience in capitals', 401, { aud: APP_ID.toUpperCase() }),
  claims('another issuer', 401, { iss: 'https://evil.example' }),
  claims('the issuer with a slash at its end', 401, { iss: `${ISSUER}/` }),
  claims('the issuer of the other cloud', 401, { iss: 'https://api.botframework.us' }),
  claims('no issuer', 401, { iss: undefined }),
  claims('a list of issuers', 401, { iss: [ISSUER] }),
  claims("an emulator's token of any tenant (v1)", 401, {
    iss: `https://sts.windows.net/${OTHER_TENANT}/`,
    tid: OTHER_TENANT,
    ver: '1.0',
    appid: APP_ID,
    aud: 'https://graph.microsoft.com',
  }),
  claims("an emulator's token of any tenant (v2)", 401, {
    iss: `https://login.microsoftonline.com/${OTHER_TENANT}/v2.0`,
    tid: OTHER_TENANT,
    ver: '2.0',
    azp: APP_ID,
  }),
  claims("a skill's token", 401, {
    iss: `https://sts.windows.net/${TENANT}/`,
    tid: TENANT,
    ver: '1.0',
    appid: '99999999-2222-4333-8444-555555555555',
  }),
  claims("a tenant in the token, which tokens of Teams do not have: the activity's counts", 200, { tid: OTHER_TENANT }),
  claims('run out 10 minutes ago', 401, { nbf: NOW_S - 7_200, exp: NOW_S - 600 }),
  claims('run out 4 minutes ago, which clocks may differ', 200, { nbf: NOW_S - 7_200, exp: NOW_S - 240 }),
  claims('no end', 401, { exp: undefined }),
  claims('an end that is a text', 401, { exp: String(NOW_S + 999) }),
  claims('an end in ten years', 401, { exp: NOW_S + 315_360_000 }),
  claims('good in 10 minutes', 401, { nbf: NOW_S + 600 }),
  claims('good in 4 minutes, which clocks may differ', 200, { nbf: NOW_S + 240 }),
  claims('a beginning that is a text', 401, { nbf: 'now' }),
  claims('no service', 401, { serviceurl: undefined }),
  claims('the service under the name that activities use', 401, {
    serviceurl: undefined,
    serviceUrl: 'http://127.0.0.1',
  }),
  claims('an empty service', 401, { serviceurl: '' }),
  claims('a service that is no text', 401, { serviceurl: ['http://127.0.0.1'] }),
  {
    title: 'claims twice, the second of them foreign',
    status: 401,
    request: (desk) =>
      bearer(
        desk.issuer.signText(
          JSON.stringify({ alg: 'RS256', kid: KEY }),
          `{"iss":"${ISSUER}","aud":"${APP_ID}","serviceurl":"${desk.teams.url}","exp":${NOW_S + 99},"aud":"another"}`,
        ),
      ),
  },
];

const ENVELOPES: readonly RequestCase[] = [
  signing('a key that may speak for another channel only', 403, () => ({ kid: 'key-of-slack' })),
  signing('a key without endorsements', 403, () => ({ kid: 'key-of-none' })),
  signing('a key with an empty list of endorsements', 403, () => ({ kid: 'key-of-empty' })),
  signing('a key whose endorsements are no texts', 403, () => ({ kid: 'key-of-odd' })),
  envelope('no channel', 403, { channelId: undefined }),
  envelope('an empty channel', 403, { channelId: '' }),
  envelope('a channel that is a number', 403, { channelId: 5 }),
  envelope('another channel that the key may speak for', 403, { channelId: 'webchat' }),
  envelope('the channel in capitals', 403, { channelId: 'MSTeams' }),
  envelope('the emulator', 403, { channelId: 'emulator' }),
  envelope("Direct Line's extension", 403, { channelId: 'AseChannel' }),
  {
    title: 'no channel and a key of another',
    status: 403,
    request: (desk) => ({ ...bearer(desk.token({}, { kid: 'key-of-slack' })), body: { channelId: '' } }),
  },
  envelope("another service than the token's", 403, { serviceUrl: 'https://smba.trafficmanager.net/emea/' }),
  {
    title: 'the service with a slash more',
    status: 403,
    request: (desk) => ({ ...bearer(desk.token()), body: { serviceUrl: `${desk.teams.url}/` } }),
  },
  envelope('no service in the activity', 403, { serviceUrl: undefined }),
  envelope('an empty service in the activity', 403, { serviceUrl: '' }),
  envelope('a service that is a list', 403, { serviceUrl: ['https://smba.trafficmanager.net/emea/'] }),
  ...[
    'https://evil.example/',
    'https://evil.trafficmanager.net/',
    'https://smba.trafficmanager.net.evil.example/',
    'https://smba.trafficmanager.net:8443/',
    'https://x@smba.trafficmanager.net/',
    'http://smba.trafficmanager.net/emea/',
    'https://smba.trafficmanager.net./emea/',
    'https://smba.infra.gov.teams.microsoft.us/',
    'not a url',
  ].map(
    (url): RequestCase => ({
      title: `token and activity agree on the service ${url}`,
      status: 403,
      request: (desk) => ({ ...bearer(desk.token({ serviceurl: url })), body: { serviceUrl: url } }),
    }),
  ),
  ...['https://smba.trafficmanager.net/emea/', 'https://smba.trafficmanager.net/teams/'].map(
    (url): RequestCase => ({
      title: `token and activity agree on the service ${url}`,
      status: 200,
      request: (desk) => ({ ...bearer(desk.token({ serviceurl: url })), body: { serviceUrl: url } }),
    }),
  ),
  envelope('another tenant', 403, {
    conversation: { id: 'a:1', tenantId: OTHER_TENANT },
    channelData: { tenant: { id: OTHER_TENANT } },
  }),
  envelope('another tenant in the conversation only', 403, { conversation: { id: 'a:1', tenantId: OTHER_TENANT } }),
  envelope("another tenant in the channel's part only", 403, { channelData: { tenant: { id: OTHER_TENANT } } }),
  envelope('no tenant', 403, { conversation: { id: 'a:1' }, channelData: {} }),
  envelope('an empty tenant', 403, { conversation: { id: 'a:1', tenantId: '' }, channelData: { tenant: { id: '' } } }),
  envelope('a tenant that is no text', 403, { channelData: { tenant: { id: [TENANT] } } }),
  envelope('a tenant by inheritance', 403, {
    conversation: { id: 'a:1' },
    channelData: { constructor: { id: TENANT } },
  }),
  envelope('the tenant in the conversation alone', 200, { channelData: {} }),
  envelope("the tenant in the channel's part alone, in capitals", 200, {
    conversation: { id: 'a:1' },
    channelData: { tenant: { id: TENANT.toUpperCase() } },
  }),
  envelope('another bot as the receiver', 403, { recipient: { id: '28:99999999-2222-4333-8444-555555555555' } }),
  envelope('a person as the receiver', 403, { recipient: { id: `29:${APP_ID}` } }),
  envelope('no receiver', 403, { recipient: undefined }),
  envelope('the receiver in capitals', 200, { recipient: { id: `28:${APP_ID.toUpperCase()}` } }),
  {
    title: 'the service twice in the body, the second of them foreign',
    status: 403,
    request: (desk) => ({
      ...bearer(desk.token()),
      body: JSON.stringify(desk.activity()).replace(/}$/, ',"serviceUrl":"https://evil.example/"}'),
    }),
  },
  {
    title: 'the tenant twice in the body, the second of them foreign',
    status: 403,
    request: (desk) => ({
      ...bearer(desk.token()),
      body: JSON.stringify(desk.activity()).replace(/}$/, `,"channelData":{"tenant":{"id":"${OTHER_TENANT}"}}}`),
    }),
  },
  envelope("a caller's id in the body", 200, { callerId: 'urn:botframework:azure' }),
  envelope('several answers in one, which botbuilder knows', 200, { deliveryMode: 'expectReplies' }),
];

const BODIES: readonly RequestCase[] = [
  envelope('signed, but from no one', 400, { from: undefined }),
  envelope('signed, but in no conversation', 400, { conversation: { tenantId: TENANT } }),
  { title: 'signed, but no JSON', status: 400, request: (desk) => ({ ...bearer(desk.token()), body: '{"type":' }) },
  { title: 'signed, but a list', status: 400, request: (desk) => ({ ...bearer(desk.token()), body: '[1]' }) },
  { title: 'unsigned, and no JSON', status: 401, request: () => ({ body: '{"type":' }) },
  {
    title: 'unsigned and malformed',
    status: 401,
    request: () => ({ body: { from: undefined, conversation: undefined } }),
  },
  {
    title: 'an unsigned press',
    status: 401,
    request: () => ({ body: { type: 'invoke', name: 'adaptiveCard/action' } }),
  },
  {
    title: 'a press of a foreign tenant',
    status: 403,
    request: (desk) => ({
      ...bearer(desk.token()),
      body: { type: 'invoke', channelData: { tenant: { id: OTHER_TENANT } } },
    }),
  },
];

export const REQUEST_CASES: readonly (readonly [group: string, cases: readonly RequestCase[]])[] = [
  ['headers', HEADERS],
  ['signatures', SIGNATURES],
  ['claims', CLAIMS],
  ['envelopes', ENVELOPES],
  ['bodies', BODIES],
];
