import { expect } from 'chai';
import { isLoopbackHost, isLoopbackUrl } from '../../src/shared/loopback.ts';

describe('this machine', () => {
  for (const host of [
    'localhost',
    '127.0.0.1',
    '127.1.2.3',
    '127.255.255.255',
    '::1',
    '[::1]',
    '0:0:0:0:0:0:0:1',
    '::ffff:127.0.0.1',
  ]) {
    it(`is ${host}`, () => {
      expect(isLoopbackHost(host)).to.equal(true);
    });
  }

  for (const host of [
    '',
    'localhost.example',
    'desk.example',
    '127.0.0.1.example',
    '127.0.0.999',
    '126.255.255.255',
    '128.0.0.0',
    '0.0.0.0',
    '::',
    '::2',
    '::ffff:128.0.0.1',
    '[::2]',
  ]) {
    it(`is not "${host}"`, () => {
      expect(isLoopbackHost(host)).to.equal(false);
    });
  }

  for (const url of [
    'http://localhost:1/x',
    'https://127.0.0.1/',
    'http://[::1]:80',
    'http://[::ffff:127.0.0.1]/',
    'http://127.1',
    'http://2130706433/',
  ]) {
    it(`answers at ${url}`, () => {
      expect(isLoopbackUrl(url)).to.equal(true);
    });
  }

  for (const url of [
    '',
    'localhost',
    'ftp://localhost/',
    'file:///etc/hosts',
    'http://desk.example',
    'http://localhost@desk.example',
  ]) {
    it(`does not answer at "${url}"`, () => {
      expect(isLoopbackUrl(url)).to.equal(false);
    });
  }
});
