/**
 * Preloaded into each simulator. It ends the simulator when the process that started it is gone, even after a kill, and
 * makes it listen on loopback only: by default it listens on every network, without authentication.
 */
import { Server } from 'node:net';

process.once('disconnect', () => process.exit(0));

const LOOPBACK = '127.0.0.1';
// eslint-disable-next-line @typescript-eslint/unbound-method -- called with its server below
const listen = Server.prototype.listen as (this: Server, ...args: readonly unknown[]) => Server;
Server.prototype.listen = function onLoopback(this: Server, ...args: readonly unknown[]): Server {
  const [port, ...rest] = args;
  return typeof port === 'number' && typeof rest[0] !== 'string'
    ? listen.call(this, port, LOOPBACK, ...rest)
    : listen.apply(this, [...args]);
};
