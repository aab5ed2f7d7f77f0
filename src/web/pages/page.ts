/** The frame of every page: language, title, style sheet; no inline script or style, which the policy forbids. */
import type { Language } from '../../locales/say.ts';
import { say } from '../../locales/say.ts';
import type { AssetPaths } from '../assets.ts';
import { html, NOTHING } from './html.ts';
import type { Html } from './html.ts';

export interface Page {
  readonly language: Language;
  readonly title: string;
  readonly main: Html;
  /** Whether the page runs the upload script. */
  readonly script?: boolean;
}

export function pageText(page: Page, assets: AssetPaths): string {
  return html`<!doctype html>
<html lang="${page.language}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="robots" content="noindex">
<title>${page.title} · ${say(page.language, 'upload.desk')}</title>
<link rel="icon" href="${assets['desk.svg']}">
<link rel="stylesheet" href="${assets['pages.css']}">
${page.script ? html`<script type="module" src="${assets['upload.js']}"></script>` : NOTHING}
</head>
<body>
<header class="bar"><img src="${assets['desk.svg']}" alt="" width="24" height="24"
><span>${say(page.language, 'upload.desk')}</span></header>
<main>${page.main}</main>
</body>
</html>
`.text;
}
