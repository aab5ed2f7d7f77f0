import { expect } from 'chai';
import type { FileProblem, LinkProblem, UploadDesk } from '../../../src/desk/ports/proof.ts';
import { say } from '../../../src/locales/say.ts';
import type { TestBackend, TestServer } from '../testServer.ts';
import { ENTERED, LINK, OPEN_UPLOAD, openTestServer, promised, sizeOf, sendRaw } from '../testServer.ts';

const FILE_PROBLEMS: Readonly<Record<FileProblem, number>> = {
  empty: 422,
  tooLarge: 413,
  tooMany: 409,
  addedTooOften: 409,
  kindNotAccepted: 415,
  nameDoesNotMatchKind: 422,
  twoKinds: 422,
  macros: 422,
  active: 422,
  external: 422,
  encrypted: 422,
  archiveBomb: 422,
  tooManyPixels: 422,
  cutOff: 422,
  broken: 422,
  nestedArchive: 422,
  unknownPart: 422,
  tooComplex: 422,
  duplicate: 409,
  malicious: 422,
  foundBadBefore: 422,
  tooLargeToScan: 413,
  stalled: 408,
  busy: 503,
  tooManyAtOnce: 429,
  placesTaken: 429,
  interrupted: 400,
};
const LINK_PROBLEMS: Readonly<Record<LinkProblem, number>> = {
  expired: 410,
  used: 410,
  altered: 404,
  notEntered: 403,
  foreign: 403,
  closed: 403,
  standstill: 503,
  historyBroken: 503,
};

interface Answer {
  readonly ok: boolean;
  readonly about?: string;
  readonly problem?: string;
  readonly sentence: string;
}

async function answerOf(response: Response): Promise<Answer> {
  return (await response.json()) as Answer;
}

describe('Uploading proof of execution', () => {
  let server: TestServer;
  const open = async (uploads: Partial<UploadDesk> = {}, backend: TestBackend = {}): Promise<void> => {
    server = await openTestServer({ uploads, ...backend });
  };
  afterEach(() => server.web.close());

  const put = (
    body: string | Uint8Array<ArrayBuffer>,
    name = 'a.pdf',
    headers: Record<string, string> = {},
    link = LINK,
  ): Promise<Response> =>
    fetch(`${server.url}/poe/${link}/files`, {
      method: 'PUT',
      body,
      headers: { 'x-requested-with': 'desk', 'x-file-name': name, cookie: ENTERED, connection: 'close', ...headers },
    });
  const finish = (headers: Record<string, string> = { 'x-requested-with': 'desk' }): Promise<Response> =>
    fetch(`${server.url}/poe/${LINK}/finish`, {
      method: 'POST',
      headers: { cookie: ENTERED, connection: 'close', ...headers },
    });

  it('streams the file to the desk under its name and says that it was added', async () => {
    const seen: unknown[] = [];
    await open({
      take: async ({ link, session }, name, bytes) => {
        seen.push(link, session, name, await sizeOf(bytes));
        return { ok: true, name: 'счет.pdf', size: 300_000, kind: 'pdf' };
      },
    });
    const response = await put(new Uint8Array(300_000), encodeURIComponent('счет & co.pdf'));
    expect(response.status).to.equal(201);
    expect(await response.json()).to.deep.equal({
      ok: true,
      name: 'счет.pdf',
      size: 300_000,
      kind: 'pdf',
      sentence: 'Added',
      left: 'You can add 17 more files.',
    });
    expect(seen).to.deep.equal([LINK, 'session-of-the-link', 'счет & co.pdf', 300_000]);
  });

  for (const [problem, status] of Object.entries(FILE_PROBLEMS) as [FileProblem, number][]) {
    it(`answers ${status} and a sentence in the reader's language for a file that is refused as ${problem}`, async () => {
      for (const language of ['en', 'ru', 'tr'] as const) {
        await open({
          open: async () => ({ ...OPEN_UPLOAD, language }),
          take: async () => ({ ok: false, problem, culprit: 'the culprit' }),
        });
        const response = await put('x'.repeat(200_000));
        const answer = await answerOf(response);
        expect(response.status).to.equal(status);
        expect(answer).to.include({ ok: false, about: 'file', problem });
        expect(answer.sentence).to.equal(
          say(language, `file.${problem}`, {
            size: sized[language],
            kinds: kinds[language],
            culprit: problem === 'nameDoesNotMatchKind' ? 'THE CULPRIT' : 'the culprit',
            ending: 'the culprit',
          }),
        );
        await server.web.close();
      }
    });
  }

  it('says how to send what is in a file of another kind, where that is known', async () => {
    const told = async (culprit: string): Promise<string> => {
      await open({ take: async () => ({ ok: false, problem: 'kindNotAccepted', culprit }) });
      const { sentence } = await answerOf(await put('x'));
      await server.web.close();
      return sentence;
    };
    expect(await told('heic')).to.equal('This is a HEIC photo from a phone. Share it as JPEG.');
    expect(await told('xlsb')).to.equal(
      'Files of this kind (.xlsb) are not accepted. Open it in Excel and save it as .xlsx.',
    );
    expect(await told('zip')).to.equal('This is an archive. Unpack it and send the documents in it one by one.');
    expect(await told('iwork'))
      .to.include('.pages, .numbers, .key')
      .and.include('Export the document as PDF');
    expect(await told('constructor')).to.equal(`This file type is not accepted. Use ${kinds.en}.`);
  });

  it('gives no advice that ends in a kind that is not taken either', async () => {
    await open({
      open: async () => ({ ...OPEN_UPLOAD, accepted: ['docx'] }),
      take: async () => ({ ok: false, problem: 'kindNotAccepted', culprit: 'xlsb' }),
    });
    expect((await answerOf(await put('x'))).sentence).to.equal('This file type is not accepted. Use DOCX.');
    await server.web.close();
  });

  const sized = { en: '25 MB', ru: '25 МБ', tr: '25 MB' };
  const kinds = {
    en: 'PDF, DOCX, XLSX, PPTX, PNG, or JPEG',
    ru: 'PDF, DOCX, XLSX, PPTX, PNG или JPEG',
    tr: 'PDF, DOCX, XLSX, PPTX, PNG veya JPEG',
  };

  for (const [problem, status] of Object.entries(LINK_PROBLEMS) as [LinkProblem, number][]) {
    it(`takes no file by a link that is ${problem}`, async () => {
      let takes = 0;
      await open({
        open: async () => ({ ok: false, problem, language: 'tr' }),
        take: async (_link, name) => {
          takes += 1;
          return { ok: true, name, size: 1, kind: 'pdf' };
        },
      });
      const response = await put('x'.repeat(100_000));
      expect([response.status, takes]).to.deep.equal([status, 0]);
      expect(await response.json()).to.deep.equal({
        ok: false,
        about: 'link',
        problem,
        sentence: say('tr', `link.${problem}`),
      });
    });

    it(`says that the link is ${problem} when it turns so during the upload`, async () => {
      await open({ take: async () => ({ ok: false, problem }) });
      const response = await put('x');
      expect([response.status, (await answerOf(response)).about]).to.deep.equal([status, 'link']);
    });
  }

  it('does not read a file that announces itself as too large', async () => {
    let takes = 0;
    await open({
      take: async (_link, name) => {
        takes += 1;
        return { ok: true, name, size: 1, kind: 'pdf' };
      },
    });
    const { heard } = sendRaw(
      server,
      `PUT /poe/${LINK}/files HTTP/1.1\r\nHost: d\r\nX-Requested-With: desk\r\nX-File-Name: a.pdf\r\nCookie: ${ENTERED}\r\nContent-Length: 26214401\r\n\r\nx`,
    );
    expect(await heard).to.match(/^HTTP\/1\.1 413 [^]*larger than 25 MB/);
    expect(takes).to.equal(0);
  });

  it('lets the browser hear why, when the desk stops reading in the middle of a file', async () => {
    await open({
      take: async (_link, _name, bytes) => {
        for await (const chunk of bytes) if (chunk.length > 0) break;
        return { ok: false, problem: 'kindNotAccepted' };
      },
    });
    const response = await put(new Uint8Array(8_000_000));
    expect([response.status, (await answerOf(response)).problem]).to.deep.equal([415, 'kindNotAccepted']);
  });

  it('tells the desk that the connection broke off half-way, keeps nothing and lives', async () => {
    const began = promised();
    const thrown = promised<unknown>();
    await open({
      take: async (_link, name, bytes) => {
        try {
          for await (const chunk of bytes) if (chunk.length > 0) began.keep();
        } catch (fault) {
          thrown.keep(fault);
          throw fault;
        }
        return { ok: true, name, size: 1, kind: 'pdf' };
      },
    });
    const { socket } = sendRaw(
      server,
      `PUT /poe/${LINK}/files HTTP/1.1\r\nHost: d\r\nX-Requested-With: desk\r\nX-File-Name: a.pdf\r\nCookie: ${ENTERED}\r\nContent-Length: 1000\r\n\r\nhalf`,
    );
    await began.kept;
    socket.destroy();
    expect(await thrown.kept).to.be.an('error');
    expect((await server.get('/healthz')).status).to.equal(200);
    expect(server.log.map(({ level, sentence }) => [level, sentence])).to.deep.equal([
      ['info', 'Upload broke off; nothing was kept'],
    ]);
  });

  it('answers a fault of the desk with a sentence and no detail', async () => {
    await open({
      take: async () => {
        throw new Error('disk full at /secret');
      },
    });
    const response = await put('x', 'a.pdf', { 'accept-language': 'ru' });
    expect(response.status).to.equal(500);
    expect(await response.json()).to.deep.equal({
      ok: false,
      about: 'desk',
      problem: 'fault',
      sentence: say('ru', 'file.fault'),
    });
    expect(server.log.map(({ level }) => level)).to.deep.equal(['error']);
  });

  it('takes no file without a name', async () => {
    await open();
    expect((await put('x', '')).status).to.equal(400);
    const inQuery = await fetch(`${server.url}/poe/${LINK}/files?name=a.pdf`, {
      method: 'PUT',
      body: 'x',
      headers: { 'x-requested-with': 'desk', cookie: ENTERED, connection: 'close' },
    });
    expect(inQuery.status, 'a name in the address is none').to.equal(400);
  });

  it('hands over any name whole but for its length, for the desk to make safe', async () => {
    const names: string[] = [];
    await open({
      take: async (_link, name) => {
        names.push(name);
        return { ok: true, name: 'safe.pdf', size: 1, kind: 'pdf' };
      },
    });
    await put('x', '..%2F..%2Fetc%2Fpasswd');
    await put('x', '%FF%ZZ.pdf');
    await put('x', `${encodeURIComponent('я'.repeat(400))}.pdf`);
    expect(names[0]).to.equal('../../etc/passwd');
    expect(names[1]?.isWellFormed()).to.equal(true);
    expect(names[2]).to.match(/^я{251}\.pdf$/);
  });

  it('takes nothing from another site: the header of our own page is required', async () => {
    await open();
    expect((await put('x', 'a.pdf', { 'x-requested-with': 'XMLHttpRequest' })).status).to.equal(403);
    expect((await finish({})).status).to.equal(403);
    const asked = await fetch(`${server.url}/poe/${LINK}/files`, {
      method: 'OPTIONS',
      headers: { connection: 'close', origin: 'https://evil.example' },
    });
    expect([asked.ok, asked.headers.get('access-control-allow-origin')]).to.deep.equal([false, null]);
  });

  it('ends the upload when the reader is done', async () => {
    const finished: string[] = [];
    await open({
      open: async () => ({ ...OPEN_UPLOAD, language: 'ru' }),
      finish: async ({ link }) => {
        finished.push(link);
        return { ok: true };
      },
    });
    const response = await finish();
    expect(await response.json()).to.deep.equal({ ok: true, sentence: say('ru', 'upload.backToTeams') });
    expect(finished).to.deep.equal([LINK]);
  });

  it('says that a link is used when it is finished twice', async () => {
    await open({ finish: async () => ({ ok: false, problem: 'used' }) });
    const response = await finish();
    expect([response.status, await response.json()]).to.deep.equal([
      410,
      { ok: false, about: 'link', problem: 'used', sentence: say('en', 'link.used') },
    ]);
  });

  it('never asks the desk about what cannot be a link', async () => {
    let asked = 0;
    await open({
      open: async () => {
        asked += 1;
        return OPEN_UPLOAD;
      },
    });
    for (const link of ['a%20b', '%00', 'a%2Fb', '%3Cscript%3E', 'ссылка']) {
      expect((await put('x', 'a.pdf', {}, link)).status, link).to.equal(404);
      expect((await server.get(`/poe/${link}`)).status, link).to.equal(404);
    }
    expect((await server.get(`/poe/${'a'.repeat(1025)}`)).status).to.equal(404);
    expect((await server.get(`/poe/${'a'.repeat(1024)}`)).status).to.equal(200);
    expect(asked).to.equal(1);
  });
});
