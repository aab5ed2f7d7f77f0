// The upload page: takes dropped or chosen files, sends them one after another and says of each what became of it.
// Every sentence comes from the page or from the server, in the reader's language. Addresses are relative to the page's
// own, which may stand below a path of the host's.

const SILENCE_MS = 60_000;
const MAX_NAME_LENGTH = 255;

const page = document.querySelector('#upload');
const texts = page.dataset;
const find = (selector) => page.querySelector(selector);
const rows = find('#rows');
const done = find('#done');
const language = document.documentElement.lang;
/** Programs and films: not worth sending. Of any other name the desk says what the file is, and how to save it. */
const NOT_SENT = /\.(?:exe|com|scr|msi|dll|bat|cmd|ps1|vbs|js|jar|iso|dmg|mp3|wav|mp4|m4v|mov|avi|mkv|wmv|webm)$/i;

const uploads = [];
let filesThere = Number(texts.filesThere);
let filesLeft = Number(texts.filesLeft);
let sending;

/** @param {FileList} files */
function add(files) {
  find('#adding').hidden = false;
  for (const file of files) {
    const upload = { file, state: 'waiting', row: makeRow(file) };
    uploads.push(upload);
    const refusal = refusalOf(file);
    if (refusal) show(upload, 'refused', refusal);
    else show(upload, 'waiting', texts.waiting);
  }
  sendNext();
}

/** What is wrong with a file before a byte of it is sent; the server judges the rest. */
function refusalOf(file) {
  if (NOT_SENT.test(file.name)) return texts.kindNotAccepted;
  if (file.size === 0) return texts.empty;
  if (file.size > Number(texts.maxBytes)) return texts.tooLarge;
  const underWay = uploads.filter(({ state }) => ['waiting', 'sending', 'checking'].includes(state)).length;
  return underWay > filesLeft ? texts.tooMany : undefined;
}

function makeRow(file) {
  const row = find('#row').content.firstElementChild.cloneNode(true);
  row.querySelector('.kind').textContent = /\.([A-Za-z0-9]{1,4})$/.exec(file.name)?.[1].toUpperCase() ?? '';
  row.querySelector('bdi').textContent = file.name;
  row.querySelector('.file-size').textContent = sizeText(file.size);
  row.querySelector('progress').setAttribute('aria-label', file.name);
  rows.append(row);
  return row;
}

function show(upload, state, sentence) {
  upload.state = state;
  const { row, file } = upload;
  row.dataset.state = state;
  row.querySelector('.file-news').textContent = sentence;
  row.querySelector('progress').hidden = !['waiting', 'sending', 'checking'].includes(state);
  const cancel = row.querySelector('.cancel');
  const retry = row.querySelector('.retry');
  const hadFocus = row.contains(document.activeElement);
  cancel.hidden = !['waiting', 'sending'].includes(state);
  retry.hidden = state !== 'stopped';
  for (const button of [cancel, retry]) button.setAttribute('aria-label', `${button.textContent}: ${file.name}`);
  cancel.onclick = () => stop(upload, texts.stopped);
  retry.onclick = () => {
    show(upload, 'waiting', texts.waiting);
    sendNext();
  };
  if (hadFocus && !row.contains(document.activeElement)) (retry.hidden ? find('#files') : retry).focus();
  if (['added', 'refused', 'stopped'].includes(state)) find('#news').textContent = `${file.name}: ${sentence}`;
  showEnd();
}

function showEnd() {
  const busy = uploads.some(({ state }) => ['waiting', 'sending', 'checking'].includes(state));
  done.disabled = busy || filesThere === 0;
  find('#done-hint').textContent = busy ? texts.wait : filesThere === 0 ? texts.addFirst : texts.pressDone;
}

function stop(upload, sentence) {
  upload.stopSentence = sentence;
  if (upload === sending) upload.request.abort();
  else show(upload, 'stopped', sentence);
}

function sendNext() {
  if (sending) return;
  sending = uploads.find(({ state }) => state === 'waiting');
  if (sending) send(sending);
}

function send(upload) {
  const request = new XMLHttpRequest();
  const bar = upload.row.querySelector('progress');
  let silence;
  const heard = () => {
    clearTimeout(silence);
    silence = setTimeout(() => request.abort(), SILENCE_MS);
  };
  upload.request = request;
  upload.stopSentence = undefined;
  bar.value = 0;
  show(upload, 'sending', texts.sending);
  request.upload.onprogress = (event) => {
    heard();
    bar.value = (100 * event.loaded) / event.total;
    const percent = new Intl.NumberFormat(language, { style: 'percent' }).format(event.loaded / event.total);
    upload.row.querySelector('.file-news').textContent = `${texts.sending} · ${percent}`;
  };
  request.upload.onload = () => {
    heard();
    bar.removeAttribute('value');
    show(upload, 'checking', texts.checking);
  };
  request.onloadend = () => {
    clearTimeout(silence);
    sending = undefined;
    conclude(upload, answerOf(request));
    sendNext();
  };
  heard();
  request.open('PUT', `${texts.link}/files`);
  request.setRequestHeader('X-File-Name', encodeURIComponent(upload.file.name.slice(-MAX_NAME_LENGTH).toWellFormed()));
  request.setRequestHeader('X-Requested-With', 'desk');
  request.setRequestHeader('Content-Type', 'application/octet-stream');
  request.send(upload.file);
}

/** The server's answer, or undefined where none that makes sense has come. */
function answerOf(request) {
  try {
    const answer = JSON.parse(request.responseText);
    return typeof answer.sentence === 'string' ? answer : undefined;
  } catch {
    return undefined;
  }
}

function conclude(upload, answer) {
  if (!answer) show(upload, 'stopped', upload.stopSentence ?? texts.interrupted);
  else if (answer.ok) {
    filesThere += 1;
    filesLeft -= 1;
    find('#left').textContent = answer.left;
    show(upload, 'added', answer.sentence);
  } else if (answer.about === 'desk' || answer.canRetry) show(upload, 'stopped', answer.sentence);
  else {
    show(upload, 'refused', answer.sentence);
    if (answer.about === 'link') refuseWaiting(answer.sentence);
  }
}

/** A link that has stopped working takes none of the others either. */
function refuseWaiting(sentence) {
  for (const upload of uploads) if (upload.state === 'waiting') show(upload, 'refused', sentence);
  showTrouble(sentence);
}

function showTrouble(sentence) {
  find('#trouble').textContent = sentence;
  find('#trouble').hidden = sentence === '';
}

async function finish() {
  done.disabled = true;
  showTrouble('');
  try {
    const response = await fetch(`${texts.link}/finish`, { method: 'POST', headers: { 'X-Requested-With': 'desk' } });
    const answer = await response.json();
    if (answer.ok) return showFinished();
    showTrouble(answer.about === 'link' ? answer.sentence : texts.notFinished);
  } catch {
    showTrouble(texts.notFinished);
  }
  done.disabled = false;
}

function showFinished() {
  const finished = document.querySelector('#finished');
  page.hidden = true;
  finished.hidden = false;
  uploads.length = 0;
  finished.querySelector('h1').focus();
}

function sizeText(bytes) {
  const [value, unit] = bytes < 1024 ? [bytes, 'byte'] : bytes < 1048576 ? [bytes / 1024, 'kilobyte'] : [bytes / 1048576, 'megabyte'];
  const maximumFractionDigits = value < 10 ? 1 : 0;
  const unitDisplay = unit === 'byte' ? 'long' : 'short';
  return new Intl.NumberFormat(language, { style: 'unit', unit, unitDisplay, maximumFractionDigits }).format(value);
}

const hasFiles = (event) => event.dataTransfer?.types.includes('Files');
let inside = 0;
const mark = (change) => {
  inside = Math.max(0, change);
  find('#drop').classList.toggle('over', inside > 0);
};
// A file dropped beside the box would otherwise replace the page by the file: the whole page takes drops.
document.addEventListener('dragenter', (event) => hasFiles(event) && mark(inside + 1));
document.addEventListener('dragleave', (event) => hasFiles(event) && mark(inside - 1));
document.addEventListener('dragover', (event) => hasFiles(event) && event.preventDefault());
document.addEventListener('drop', (event) => {
  if (!hasFiles(event)) return;
  event.preventDefault();
  mark(0);
  if (!page.hidden) add(event.dataTransfer.files);
});
find('#files').addEventListener('change', (event) => {
  add(event.target.files);
  event.target.value = '';
});
done.addEventListener('click', finish);
window.addEventListener('offline', () => sending && stop(sending, texts.interrupted));
window.addEventListener('beforeunload', (event) => sending && event.preventDefault());
showEnd();
