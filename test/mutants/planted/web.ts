/** The web: what comes in, what goes out, and how it ends. */
import type { Mutant } from '../mutant.ts';

export const web: readonly Mutant[] = [
  {
    name: 'end-never-comes', what: 'Told to stop, the desk waits for nothing until it is killed, and every update takes the longest.', rule: 'what was begun is ended, then it ends',
    file: 'src/drain.ts', find: '    await desk.idle();\n', put: '    await desk.idle();\n    await new Promise(() => undefined);\n', tests: ['test/drain.test.ts'],
  },
  {
    name: 'turns-while-closing', what: 'A press that comes while the desk closes is begun and broken off.', rule: 'what was begun is ended',
    file: 'src/web/turns.ts', find: 'if (draining || !makeRoom())', put: 'if (!makeRoom())', tests: ['test/web/turns.test.ts', 'test/web/messages.test.ts', 'test/drain.test.ts'],
  },
  {
    name: 'places-not-given-back', what: 'After so many messages the desk takes no more.', rule: 'what was begun is ended',
    file: 'src/web/messages.ts', find: '    turn.end();\n', put: '', tests: ['test/web/turns.test.ts', 'test/web/messages.test.ts'],
  },
  {
    name: 'prototype-in-json', what: 'A hostile message changes what every object knows.', rule: 'nothing of a message is trusted',
    file: 'src/web/activityBody.ts', find: "if (Object.hasOwn(parent, '__proto__')) Reflect.deleteProperty(parent, '__proto__');", put: '', tests: ['test/web/messages.test.ts'],
  },
  {
    name: 'bottomless-json', what: 'A message of nothing but brackets ends the process.', rule: 'nothing of a message is trusted',
    file: 'src/web/activityBody.ts', find: 'if (depth > DEEPEST) return false;', put: '', tests: ['test/web/messages.test.ts'],
  },
  {
    name: 'upload-from-any-page', what: 'A page of somebody else puts documents into a claim.', rule: 'R12',
    file: 'src/web/uploads.ts', find: "return request.headers['x-requested-with'] === 'desk';", put: "return request.headers['x-requested-with'] !== '';", tests: ['test/web/uploads.test.ts'],
  },
  {
    name: 'half-an-upload-kept', what: 'A document that broke off on its way is answered as taken.', rule: 'R9',
    file: 'src/web/incomingFile.ts', find: 'return request.destroyed && !request.complete;', put: 'return request.destroyed && request.complete;', tests: ['test/web/uploads.test.ts'],
  },
  {
    name: 'download-runs', what: 'A document with a script in it runs in the browser.', rule: 'a download is never run',
    file: 'src/web/downloads.ts', find: "      'Content-Security-Policy': \"sandbox; default-src 'none'\",\n", put: '', tests: ['test/web/downloads.test.ts'],
  },
  {
    name: 'html-unescaped', what: 'A name with markup in it writes the page.', rule: 'no text of a person is markup',
    file: 'src/web/html.ts', find: 'return escapeHtml(String(part));', put: 'return String(part);', tests: ['test/web/pages.test.ts', 'test/web/uploads.test.ts'],
  },
  {
    name: 'empty-link-key', what: 'Anybody can sign links after the disk was full once.', rule: 'R6',
    file: 'src/linkKey.ts', find: 'key.length >= SHORTEST', put: 'key.length >= 0', tests: ['test/linkKey.test.ts'],
  },
];
