import { expect } from 'chai';
import type { TestServer } from '../testServer.ts';
import { ENTERED, fileOf, LINK, openTestServer, promised, sendRaw } from '../testServer.ts';

describe('Downloading a file', () => {
  let server: TestServer;
  afterEach(() => server.web.close());

  it('sends it as an attachment that no browser runs', async () => {
    server = await openTestServer({ download: async () => fileOf('Отчёт 1.pdf', '%PDF-1.7') });
    const response = await server.get(`/poe-file/${LINK}/file`);
    expect([response.status, await response.text()]).to.deep.equal([200, '%PDF-1.7']);
    expect(response.headers.get('content-disposition')).to.equal(
      `attachment; filename="_____ 1.pdf"; filename*=UTF-8''%D0%9E%D1%82%D1%87%D1%91%D1%82%201.pdf`,
    );
    expect(response.headers.get('content-type')).to.equal('application/pdf');
    expect(response.headers.get('content-length')).to.equal('8');
    expect(response.headers.get('content-security-policy')).to.match(/^sandbox/);
    expect(response.headers.get('x-content-type-options')).to.equal('nosniff');
    expect(response.headers.get('cache-control')).to.equal('no-store');
  });

  it('lets no name and no type out of their headers', async () => {
    server = await openTestServer({
      download: async () => fileOf('a"\r\nSet-Cookie: x=1;\u202efdp\'*.exe\ud800/../b', 'x', 'text/html\r\nX-Evil: 1'),
    });
    const response = await server.get(`/poe-file/${LINK}/file`);
    expect(response.headers.get('set-cookie') ?? response.headers.get('x-evil')).to.equal(null);
    expect(response.headers.get('content-type')).to.equal('application/octet-stream');
    expect(response.headers.get('content-disposition')).to.equal(
      'attachment; filename="a___Set-Cookie_ x_1__fdp__.exe__.._b"; ' +
        "filename*=UTF-8''a%22__Set-Cookie%3A%20x%3D1%3B_fdp%27%2A.exe%EF%BF%BD_.._b",
    );
  });

  it('sends a plain name as it is', async () => {
    server = await openTestServer({ download: async () => fileOf('proof-1.pdf', 'x') });
    const response = await server.get(`/poe-file/${LINK}/file`);
    expect(response.headers.get('content-disposition')).to.equal('attachment; filename=proof-1.pdf');
  });

  it('says so when the file is gone', async () => {
    server = await openTestServer({ download: async () => ({ ok: false, problem: 'missing', language: 'en' }) });
    const response = await server.get(`/poe-file/${LINK}/file`);
    expect([response.status, (await response.text()).includes('File not found')]).to.deep.equal([404, true]);
  });

  it('breaks the connection off when the file breaks off, and lives', async () => {
    server = await openTestServer({
      download: async () => ({
        ...fileOf('a.pdf', ''),
        size: 100,
        bytes: (async function* () {
          yield Buffer.from('half');
          throw new Error('disk');
        })(),
      }),
    });
    const fault = await server
      .get(`/poe-file/${LINK}/file`)
      .then((response) => response.text())
      .then(
        () => undefined,
        (error: unknown) => error,
      );
    expect(fault).to.be.an('error');
    expect((await server.get('/healthz')).status).to.equal(200);
  });

  it('closes the file when the client goes away', async () => {
    const closed = promised();
    const began = promised();
    server = await openTestServer({
      download: async () => ({
        ...fileOf('a.pdf', ''),
        size: 1_000_000_000,
        bytes: (async function* () {
          try {
            for (;;) {
              yield Buffer.alloc(65_536);
              began.keep();
            }
          } finally {
            closed.keep();
          }
        })(),
      }),
    });
    const { socket } = sendRaw(server, `GET /poe-file/${LINK}/file HTTP/1.1\r\nHost: d\r\nCookie: ${ENTERED}\r\n\r\n`);
    await began.kept;
    socket.destroy();
    await closed.kept;
    expect((await server.get('/healthz')).status).to.equal(200);
  });
});
