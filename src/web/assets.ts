/** The files that pages load: read once at start, served under a path that changes with their content. */
import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import type { ServerResponse } from 'node:http';
import { answer, answerJson } from './respond.ts';

const TYPES = {
  'upload.js': 'text/javascript; charset=utf-8',
  'pages.css': 'text/css; charset=utf-8',
  'desk.svg': 'image/svg+xml',
} as const;

export type AssetName = keyof typeof TYPES;
export type AssetPaths = Readonly<Record<AssetName, string>>;

export interface Assets {
  /** Relative URLs for pages one folder deep, so that they work too where PUBLIC_URL has a path. */
  readonly paths: AssetPaths;
  /** The same for pages two folders deep. */
  readonly deepPaths: AssetPaths;
  /** Relative URLs for pages at the top. */
  readonly topPaths: AssetPaths;
  /** Sends the file; 404 for any other name. */
  serve(name: unknown, response: ServerResponse): void;
}

/** Reads the files in `assets/`. */
export async function readAssets(): Promise<Assets> {
  const [script, style, sign] = await Promise.all([read('upload.js'), read('pages.css'), read('desk.svg')]);
  const files = new Map<unknown, { readonly type: string; readonly bytes: Buffer }>([
    ['upload.js', { type: TYPES['upload.js'], bytes: script }],
    ['pages.css', { type: TYPES['pages.css'], bytes: style }],
    ['desk.svg', { type: TYPES['desk.svg'], bytes: sign }],
  ]);
  const pathsFrom = (folder: string): AssetPaths => ({
    'upload.js': `${folder}/${versioned('upload.js', script)}`,
    'pages.css': `${folder}/${versioned('pages.css', style)}`,
    'desk.svg': `${folder}/${versioned('desk.svg', sign)}`,
  });
  return {
    paths: pathsFrom('..'),
    deepPaths: pathsFrom('../..'),
    topPaths: pathsFrom('.'),
    serve(name, response) {
      const file = files.get(name);
      if (!file) {
        answerJson(response, 404, { error: 'notFound' });
        return;
      }
      answer(response, 200, file.bytes, {
        'Content-Type': file.type,
        'Cache-Control': 'public, max-age=31536000, immutable',
      });
    },
  };
}

function read(name: AssetName): Promise<Buffer> {
  return readFile(new URL(`./assets/${name}`, import.meta.url));
}

function versioned(name: AssetName, bytes: Buffer): string {
  return `assets/${name}?v=${createHash('sha256').update(bytes).digest('hex').slice(0, 12)}`;
}
