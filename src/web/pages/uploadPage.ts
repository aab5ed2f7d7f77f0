/** The page on which a partner adds proof of execution to a claim (R9, R12). Its script is `assets/upload.js`. */
import { POE_ENDINGS, POE_KINDS } from '../../domain/claims/values.ts';
import type { OpenUpload } from '../../desk/ports/proof.ts';
import type { Language } from '../../locales/say.ts';
import { say } from '../../locales/say.ts';
import type { SentenceArguments, SentenceKey } from '../../locales/say.ts';
import type { AssetPaths } from '../assets.ts';
import { html, NOTHING } from './html.ts';
import type { Html } from './html.ts';
import { pageText } from './page.ts';
import { fileSentence } from './linkProblems.ts';
import { kindsText } from '../../locales/kindsText.ts';
import { formatSize } from '../../locales/formatSize.ts';

/** The upload page for one link, which has been checked. */
export function uploadPage(link: string, upload: OpenUpload, assets: AssetPaths): string {
  const { language } = upload;
  const title = say(language, 'upload.title');
  const main = html`${work(link, upload)}${finished(language)}`;
  return pageText({ language, title, main, script: true }, assets);
}

function work(link: string, upload: OpenUpload): Html {
  const words = wordsIn(upload.language);
  const limits = {
    kinds: kindsText(upload.language, upload.accepted),
    size: formatSize(upload.maxBytes, upload.language),
  };
  return html`<div id="upload"${scriptTexts(link, upload)}>
<h1>${words('upload.title')}</h1>
<dl class="about">
<div><dt>${words('upload.claim')}</dt><dd>${upload.claimId}</dd></div>
<div><dt>${words('upload.customer')}</dt><dd><bdi>${upload.customerName}</bdi></dd></div>
<div><dt>${words('upload.as')}</dt><dd><bdi>${upload.person}</bdi></dd></div>
</dl>
<noscript><p class="card notice">${words('upload.noScript')}</p></noscript>
<section class="drop" id="drop">
<svg class="drop-sign" viewBox="0 0 48 48" width="44" height="44" aria-hidden="true"
><path d="M24 32V11m0 0-8 8m8-8 8 8M9 31v4a5 5 0 0 0 5 5h20a5 5 0 0 0 5-5v-4"/></svg>
<p class="drop-text">${words('upload.drop')}</p>
<input type="file" id="files" class="unseen" multiple accept="${endings(upload.accepted).join(',')}" aria-describedby="limits left">
<label for="files" class="button primary">${words('upload.choose')}</label>
<p class="faint" id="limits">${words('upload.kinds', limits)}</p>
${upload.accepted.includes('jpeg') ? html`<p class="faint">${words('upload.heic')}</p>` : ''}
<p class="faint" id="left">${words('upload.left', { count: upload.filesLeft })}</p>
</section>
<section id="adding" hidden aria-labelledby="adding-title"
><h2 id="adding-title">${words('upload.files')}</h2><ul class="files" id="rows"></ul></section>
${already(upload)}
<p class="unseen" id="news" role="status" aria-live="polite"></p>
<p class="card notice wrong" id="trouble" role="alert" hidden></p>
<footer class="end">
<p class="faint" id="done-hint">${words('upload.addFirst')}</p>
<button type="button" class="button primary" id="done" aria-describedby="done-hint" disabled>${words('upload.done')}</button>
</footer>
<template id="row"><li class="file">
<span class="kind" aria-hidden="true"></span>
<div class="file-text"><p class="file-name"><bdi></bdi><span class="faint file-size"></span></p
><progress max="100" value="0"></progress><p class="file-news"></p></div>
<button type="button" class="button cancel">${words('upload.cancel')}</button>
<button type="button" class="button retry" hidden>${words('upload.retry')}</button>
</li></template>
</div>
`;
}

/** The limits that the script checks and the texts that it shows, in the reader's language. */
function scriptTexts(link: string, upload: OpenUpload): Html {
  const words = wordsIn(upload.language);
  return html` data-link="${link}" data-max-bytes="${upload.maxBytes}" data-files-left="${upload.filesLeft}"
 data-files-there="${upload.alreadyThere.length}"
 data-waiting="${words('upload.waiting')}" data-sending="${words('upload.sending')}" data-checking="${words('upload.checking')}"
 data-stopped="${words('upload.stopped')}" data-add-first="${words('upload.addFirst')}" data-press-done="${words('upload.pressDone')}"
 data-wait="${words('upload.wait')}" data-not-finished="${words('upload.notFinished')}"
 data-empty="${fileSentence(upload.language, 'empty', upload)}" data-too-large="${fileSentence(upload.language, 'tooLarge', upload)}"
 data-too-many="${fileSentence(upload.language, upload.noneLeft, upload)}"
 data-kind-not-accepted="${fileSentence(upload.language, 'kindNotAccepted', upload)}"
 data-interrupted="${fileSentence(upload.language, 'interrupted', upload)}"`;
}

function already(upload: OpenUpload): Html {
  if (upload.alreadyThere.length === 0) return NOTHING;
  const rows = upload.alreadyThere.map(
    (file) => html`<li class="file"><span class="kind" aria-hidden="true">${extensionOf(file.name)}</span>
<div class="file-text"><p class="file-name"><bdi>${file.name}</bdi
><span class="faint file-size">${formatSize(file.size, upload.language)}</span></p></div></li>`,
  );
  return html`<section aria-labelledby="already-title"
><h2 id="already-title">${say(upload.language, 'upload.already')}</h2><ul class="files">${rows}</ul></section>`;
}

function finished(language: Language): Html {
  return html`<section class="card notice good" id="finished" hidden>
<svg viewBox="0 0 48 48" width="56" height="56" aria-hidden="true"><circle cx="24" cy="24" r="21"/><path d="m15 24.5 6.5 6.5L34 18"/></svg>
<h1 tabindex="-1">${say(language, 'upload.finished')}</h1><p>${say(language, 'upload.backToTeams')}</p></section>`;
}

/** The endings of names of the kinds; of a kind that this version does not know, its name. */
function endings(kinds: readonly string[]): readonly string[] {
  return kinds.flatMap((kind) => {
    const known: readonly string[] = POE_KINDS.flatMap((one) => (one === kind ? POE_ENDINGS[one] : []));
    return (known.length > 0 ? known : [kind]).map((ending) => `.${ending}`);
  });
}

function extensionOf(name: string): string {
  return /\.([A-Za-z0-9]{1,4})$/.exec(name)?.[1]?.toUpperCase() ?? '';
}

function wordsIn(language: Language): (key: SentenceKey, values?: SentenceArguments) => string {
  return (key, values) => say(language, key, values);
}
