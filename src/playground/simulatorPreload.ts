/**
 * Loaded into each simulator before its own program. It ends the simulator when whoever started it is gone, however
 * that went, and keeps its port to this machine: by itself it listens on every network, and asks nobody who they are.
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
