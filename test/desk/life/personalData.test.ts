/** A word about a person, planted in every text of every kind of document, is exported, and erased or listed (R55). */
import { expect } from 'chai';
import type { Erasure } from '../../../src/desk/life/erasePerson.ts';
import { erasePerson } from '../../../src/desk/life/erasePerson.ts';
import { exportPerson } from '../../../src/desk/life/exportPerson.ts';
import { identityOf } from '../../../src/desk/life/identity.ts';
import { firstBrokenAct, operatorActs, recordAct } from '../../../src/desk/life/operatorActs.ts';
import type { OperatorAct } from '../../../src/desk/life/operatorActs.ts';
import { PERSONAL_DATA } from '../../../src/desk/life/personalData.ts';
import { tracesIn } from '../../../src/desk/life/traces.ts';
import type { Person } from '../../../src/desk/directory/people.ts';
import { unknownPerson } from '../../../src/desk/directory/people.ts';
import type { DocumentKind } from '../../../src/desk/records/schemaVersion.ts';
import { DOCUMENT_KINDS, schemaOf } from '../../../src/desk/records/schemaVersion.ts';
import { chainedAnew, erasable, eraseWords } from '../../../src/domain/claims/history.ts';
import { personalPaths, valueAt, withValues } from '../../../src/domain/claims/personal.ts';
import { sha256 } from '../../../src/runtime/random.ts';
import { anna, arun } from '../../domain/claims/personas.ts';
import { created, underReview } from '../../domain/claims/scenario.ts';
import { EVENT_SAMPLES, STORIES } from '../../teams/wordingSamples.ts';
import { openWorld, place, WHO } from '../world.ts';
import type { DeskWorld } from '../world.ts';

const WANDA: Person = {
  ...unknownPerson(WHO.stefan),
  name: 'Wanda "Żółta" Whisper',
  email: 'wanda@elsewhere.example',
};
const { id: ID, name: NAME, email: EMAIL } = WANDA;
const AT = 1_700_000_000_000;
const HASHED = { previous: '', hash: '' };

/** A document of each kind with the person in every place that takes a text. What the desk writes itself is `real`. */
const PLANTED: Readonly<Record<DocumentKind, object | 'real'>> = {
  claim: 'real',
  person: 'real',
  operatorAct: 'real',
  legalHold: {
    on: { kind: 'claim', id: 'CPOR-AAAAAA' },
    reason: `case of ${NAME}`,
    since: AT,
    by: { user: EMAIL, name: NAME },
    releasedAt: AT,
    releasedBy: { user: 'root', name: NAME },
  },
  standstill: {
    since: AT,
    claims: 1,
    decisions: 1,
    ended: { at: AT, by: { user: EMAIL, name: NAME }, how: 'confirmed' },
  },
  pair: { pair: 'an id', state: 'paired', since: AT, adoptions: [{ at: AT, by: NAME }] },
  organisation: {
    id: 'partner:x',
    kind: 'partner',
    name: `${NAME} Ltd`,
    tenantId: 'x',
    mpnIds: [],
    moves: [{ mpnId: '1', what: 'lost', at: AT, by: ID }],
    journal: [{ at: AT, by: ID, what: 'name', from: NAME, to: `${NAME} Ltd`, ...HASHED }],
  },
  journalPage: { entries: [{ at: AT, by: ID, what: 'name', from: null, to: NAME, ...HASHED }] },
  announcement: {
    what: { kind: 'mpnIdGained', mpnId: '1234567', organisation: NAME },
    to: { kind: 'person', id: ID },
    at: AT,
    attempts: 0,
    reached: [ID],
    waitsFor: [ID],
  },
  quarantine: { key: `poe/CPOR-AAAAAA/CV of ${NAME}.pdf`, reason: 'noIntent', foundAt: AT, state: 'held' },
  channel: {
    purpose: 'mpn:1',
    place: place('19:x@thread.tacv2'),
    journal: [{ at: AT, by: ID, what: 'place', from: null, to: '19:x@thread.tacv2', ...HASHED }],
  },
  reading: { journal: [{ at: AT, by: ID, what: 'documentOpened', from: null, to: 'a-poe', ...HASHED }] },
  uploadSlots: { slots: [{ poe: 'x', source: `chat:${ID}`, until: AT }] },
  fileIntent: { key: 'poe/CPOR-AAAAAA/x', claim: 'CPOR-AAAAAA', person: ID, expiresAt: AT, state: 'closed' },
  waitingFiles: { person: ID, files: [{ name: `CV of ${NAME}.pdf`, url: 'https://contoso.example/cv' }], until: AT },
  endedFile: { key: 'poe/CPOR-AAAAAA/x', claim: 'CPOR-AAAAAA', why: 'erased', endsAt: AT, removedAt: AT },
  sideChange: { changedAt: AT },
  usedLink: { until: AT },
  heard: { by: 'an instance', until: AT, done: true },
  migration: { at: AT, isFinal: true },
  sealed: { schema: 1, at: 0 },
};

async function planted(): Promise<DeskWorld> {
  const world = await openWorld();
  for (const [kind, body] of Object.entries(PLANTED)) {
    if (body === 'real') continue;
    const id = kind === 'pair' ? 'pair' : kind === 'legalHold' ? 'claim:CPOR-AAAAAA' : 'planted';
    const written = { kind, id, body: { schema: schemaOf(kind as DocumentKind), ...body }, keys: [] };
    const known = await world.documents.inner.read(kind, id);
    await (known ? world.documents.inner.replace(written, known.etag) : world.documents.inner.create(written));
  }
  await world.people.alter(ID, () => ({ ...WANDA, chat: place('chat-wanda'), language: 'ru' }));
  await recordAct(world.world, { user: 'root', name: NAME }, { what: 'hold', about: WHO.dana, outcome: 'done' });
  await recordAct(world.world, { user: 'root' }, { what: 'hold', about: WHO.dana, outcome: 'done' });
  const claim = await world.file({ partnerContactName: NAME, partnerContactEmail: EMAIL });
  await world.must('anna', claim, { type: 'DiscardDraft' });
  return world;
}

/** What documents of a kind say, as JSON of theirs and as plain texts. */
async function saidIn({ documents }: DeskWorld, kind: DocumentKind): Promise<string> {
  const { documents: all } = await documents.inner.scan<object>({ kind, limit: 1_000 });
  return all
    .map(({ body }) => JSON.stringify(body))
    .join('\n')
    .replaceAll('\\"', '"');
}

describe('what each kind of document has of a person', () => {
  it('is said to be of ids or words wherever something of a person can be planted', () => {
    for (const kind of DOCUMENT_KINDS) {
      const body = PLANTED[kind];
      const text = JSON.stringify(body).replaceAll('\\"', '"');
      const has = body === 'real' || text.includes(NAME) ? 'words' : text.includes(ID) ? 'ids' : 'nothing';
      const said = PERSONAL_DATA[kind];
      expect(said === 'erased' || said === 'listed' ? 'words' : said, kind).to.equal(has);
    }
  });

  it('is exported, of every kind that has anything', async () => {
    const world = await planted();
    const exported = await exportPerson(world.world, WANDA);
    const found = new Set<string>(exported.elsewhere.map(({ kind }) => kind));
    if (exported.claims.length > 0) found.add('claim');
    if (exported.directory) found.add('person');
    if (exported.operatorActs.length === 1) found.add('operatorAct');
    expect([...found].sort()).to.deep.equal(DOCUMENT_KINDS.filter((kind) => PERSONAL_DATA[kind] !== 'nothing').sort());
    const reading = exported.elsewhere.find(({ kind }) => kind === 'reading');
    expect(reading).to.deep.include({ id: 'planted', path: 'journal.0' });
    expect(reading?.value).to.deep.include({ by: ID, what: 'documentOpened', to: 'a-poe' });
  });

  it('is erased, or listed where it is not the person’s own', async () => {
    const world = await planted();
    const erased = await erasePerson(world.world, world.people, WANDA);
    expect(erased.obstacles).to.deep.equal([]);
    const left = new Set((erased as Erasure).left.map(({ kind }) => kind));
    for (const kind of DOCUMENT_KINDS) {
      const text = await saidIn(world, kind);
      const isListed = PERSONAL_DATA[kind] === 'listed';
      expect(left.has(kind), kind).to.equal(isListed);
      for (const word of [NAME, EMAIL]) expect(isListed || !text.includes(word), `${kind}: ${word}`).to.equal(true);
      if (PERSONAL_DATA[kind] !== 'ids' && !isListed) expect(text, kind).not.to.include('chat-wanda');
    }
    const acts = await operatorActs(world.documents);
    expect(firstBrokenAct(acts, { sha256 })).to.equal(undefined);
    expect(acts.map(({ by }: OperatorAct) => by)).to.deep.equal([{ user: '' }, { user: 'root' }]);
  });
});

describe('a word in any event of a claim', () => {
  const identity = identityOf(WANDA);
  /** Names of people and hashes are no texts of others; a file's name is. */
  const isText = (path: string): boolean =>
    path === 'oldHead' ? false : path === 'name' || path === 'poe.name' || !path.endsWith('.name');

  const stories = [
    ...STORIES,
    created().given({
      type: 'EditFields',
      by: anna,
      fields: {
        customerContactName: 'One',
        customerContactTitle: 'CFO',
        customerContactEmail: 'one@contoso.com',
        partnerContactName: 'Two',
        partnerContactEmail: 'two@fabrikam.com',
      },
    }),
    underReview().given({ type: 'ApproveClaim', by: arun, comment: 'Well.' }),
  ];

  it('is found and erased wherever an event has a text', () => {
    const found = new Set<string>();
    for (const { events } of stories) {
      const planted = events.map((event) => {
        const texts = personalPaths(event).filter((path) => isText(path) && typeof valueAt(event, path) === 'string');
        for (const path of texts) found.add(`${event.type} ${path}`);
        return withValues(event, new Map(texts.map((path) => [path, `Ask ${NAME}, ${EMAIL}`])));
      });
      const plain = planted.map((event, index) => ({ version: index + 1, recordedAt: event.at, event, ...HASHED }));
      const traces = new Set(tracesIn(plain, identity).map(({ version, path }) => `${version} ${path}`));
      const entries = chainedAnew(plain, { newSalt: () => 'salt', hash: sha256 });
      const words = erasable(entries, ({ version }, path) => traces.has(`${version} ${path}`));
      const text = JSON.stringify(eraseWords(entries, words, sha256));
      for (const word of ['Whisper', EMAIL]) expect(text).not.to.include(word);
    }
    const declared = [...new Map(EVENT_SAMPLES.map(({ event }) => [event.type, event])).values()].flatMap((event) =>
      personalPaths(event)
        .filter(isText)
        .map((path) => `${event.type} ${path}`),
    );
    expect(declared.filter((one) => !found.has(one))).to.deep.equal([]);
  });
});
