/** The page of the gallery: the sheets by card, and every card alive, to be opened and pressed. It needs no server. */
import type { Card } from '../../src/teams/cards/templates.ts';
import { drawOptions, pageAssets } from './cardPage.ts';
import type { SheetFile } from './gallery.ts';
import type { Look } from './looks.ts';

interface IndexParts {
  readonly cards: ReadonlyMap<string, readonly { readonly name: string; readonly card: Card }[]>;
  readonly looks: readonly Look[];
  readonly sheets: readonly SheetFile[];
}

/** JSON that cannot end the script that it is in. */
const embedded = (value: unknown): string => JSON.stringify(value).replaceAll('<', '\\u003c');
const escaped = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('"', '&quot;');

/** The whole page; what it shows was made by the desk itself, what it draws with is in it. */
export function indexPage({ cards, looks, sheets }: IndexParts): string {
  const { styles, scripts } = pageAssets();
  const options = (values: readonly string[]): string =>
    values.map((value) => `<option>${escaped(value)}</option>`).join('');
  const groups = [...new Set(sheets.map(({ look, language }) => `${look}, ${language}`))].map((title) => {
    const own = sheets.filter(({ look, language }) => `${look}, ${language}` === title);
    const items = own.map(
      ({ file, names }) =>
        `<li><a href="${escaped(file)}">${escaped(file)}</a> <small>${escaped(names.join(' · '))}</small></li>`,
    );
    return `<details><summary>${escaped(title)} (${own.length})</summary><ol>${items.join('')}</ol></details>`;
  });
  return `<!doctype html>
<html lang="en"><meta charset="utf-8"><title>Cards of the claims desk</title>
<style>${styles}
main { padding: 16px; }
form { display: flex; flex-wrap: wrap; gap: 12px; padding: 12px 0; }
#stage { display: flex; flex-wrap: wrap; align-items: flex-start; gap: 16px; }
.shown { position: static; }
small { color: var(--note); }
</style>
<main><h1>Cards of the claims desk</h1>
<p>Drawn with an approximation of Teams’ look. What a button sends is shown in the line below.</p>
${groups.join('\n')}
<form><label>Language <select id="language">${options([...cards.keys()])}</select></label>
<label>Look <select id="look">${options(looks.map(({ name }) => name))}</select></label>
<label>Cards with <input id="wanted" value="draft"></label> <output id="sent"></output></form>
<div id="stage"></div></main>
${scripts.map((script) => `<script>${script.replaceAll('</script', '<\\/script')}</script>`).join('\n')}
<script>
const cards = ${embedded(Object.fromEntries(cards))};
const looks = ${embedded(Object.fromEntries(looks.map((look) => [look.name, drawOptions(look)])))};
const chosen = (id) => document.getElementById(id).value;
function show() {
  const wanted = chosen('wanted').toLowerCase();
  cardGallery.draw(cards[chosen('language')].filter(({ name }) => name.toLowerCase().includes(wanted)), looks[chosen('look')]);
}
document.querySelector('form').addEventListener('input', show);
document.querySelector('form').addEventListener('submit', (event) => event.preventDefault());
document.getElementById('stage').addEventListener('click', () => setTimeout(() => {
  document.getElementById('sent').textContent = JSON.stringify(cardGallery.pressed.at(-1) ?? '');
}), true);
show();
</script></html>
`;
}
