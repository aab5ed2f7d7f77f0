import { once } from 'node:events';
import { createServer, type AddressInfo } from 'node:net';
import { expect } from 'chai';
import { ConfigError } from '../../src/config/environment.ts';
import { startupErrorText } from '../../src/app/startupError.ts';

/** An address that is kept for documentation, so that no machine has it. */
const NOT_OURS = '192.0.2.1';

describe('a desk that does not start', () => {
  async function listenFault(port: number, host: string): Promise<unknown> {
    const server = createServer().listen(port, host);
    const [error] = (await once(server, 'error')) as [unknown];
    return error;
  }

  it('names PORT where that is taken', async () => {
    const other = createServer().listen(0, '127.0.0.1');
    await once(other, 'listening');
    const { port } = other.address() as AddressInfo;
    expect(startupErrorText(await listenFault(port, '127.0.0.1'))).to.match(
      new RegExp(`^PORT ${port} is taken by another program; set PORT`),
    );
    other.close();
  });

  it('names HOST and its value where this machine has no such address', async () => {
    expect(startupErrorText(await listenFault(3_978, NOT_OURS))).to.match(
      /^HOST is "192\.0\.2\.1", which is no address of this machine; give/,
    );
  });

  it('names HOST and its value where no one knows the name', () => {
    const error = Object.assign(new Error('getaddrinfo ENOTFOUND desk.invalid'), {
      code: 'ENOTFOUND',
      syscall: 'getaddrinfo',
      hostname: 'desk.invalid',
    });
    expect(startupErrorText(error)).to.match(/^HOST is "desk\.invalid", a name without an address; give/);
  });

  it('names PORT where this user may not listen on it, and both where something else is wrong with them', () => {
    const said = (code: string): string =>
      startupErrorText(Object.assign(new Error(code), { code, syscall: 'listen', address: '127.0.0.1', port: 80 }));
    expect(said('EACCES')).to.match(/^PORT 80 may not be listened on by this user; set PORT/);
    expect(said('EINVAL')).to.equal('HOST "127.0.0.1" with PORT 80 cannot be listened on: EINVAL');
  });

  it("says in the fault's own sentence what the operator can mend, and shows the trace of anything else", () => {
    expect(startupErrorText(new ConfigError([{ variable: 'X', kind: 'missing', sentence: 'is not set.' }]))).to.equal(
      'X is not set.',
    );
    const both = new ConfigError(
      ['X', 'Y'].map((variable) => ({ variable, kind: 'missing', sentence: 'is not set.' })),
    );
    expect(startupErrorText(both)).to.equal('2 settings are wrong:\n- X is not set.\n- Y is not set.');
    expect(startupErrorText(new TypeError('no'))).to.include('startupError.test.ts');
    expect(startupErrorText('no')).to.equal('no');
  });
});
