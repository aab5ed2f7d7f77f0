/**
 * Runs in the browser: draws cards as Teams does, measures them, and lays them out on sheets. The renderer,
 * `AdaptiveCards`, is loaded before it. It has no build step, so it is plain JavaScript.
 */
(() => {
  const { AdaptiveCards } = globalThis;
  const V = AdaptiveCards.Versions.v1_0;
  /** Of one card; one that is wrong all over need not say so of every word. */
  const MAX_FAULTS = 20;
  const LETTERS = /[\p{L}\p{N}\p{M}]+/gu;
  /** What a card needs to be that wide, or as narrow (Teams' own breakpoints, in CSS pixels). */
  const WIDTHS = ['verynarrow', 'narrow', 'standard', 'wide'];
  const widthClass = (width) => (width <= 165 ? 0 : width <= 350 ? 1 : width <= 768 ? 2 : 3);

  AdaptiveCards.AdaptiveCard.onProcessMarkdown = (text, result) => {
    const holder = document.createElement('div');
    holder.textContent = text;
    result.outputHtml = holder.innerHTML;
    result.didProcess = true;
  };

  const raw = (name) =>
    new AdaptiveCards.CustomProperty(V, name, (_sender, property, source) => source[property.name], () => undefined);

  /** Registers an element that Teams has and the renderer lacks; `draw` answers its HTML element. */
  function register(type, names, draw) {
    class Element extends AdaptiveCards.CardElement {
      getJsonTypeName() {
        return type;
      }
      internalRender() {
        return draw((name) => this.getValue(Element[`${name}Property`]));
      }
    }
    for (const name of names) Element[`${name}Property`] = raw(name);
    AdaptiveCards.GlobalRegistry.elements.register(type, Element, V);
  }

  let badges = {};
  const lower = (value, otherwise) => String(value ?? otherwise).toLowerCase();
  const element = (className, text = '') => {
    const made = document.createElement('div');
    made.className = className;
    made.textContent = text;
    return made;
  };

  register('Badge', ['text', 'style', 'appearance', 'size', 'shape', 'tooltip'], (value) => {
    const line = element('');
    const badge = element('teams-badge', value('text'));
    badge.dataset.size = lower(value('size'), 'medium');
    badge.dataset.shape = lower(value('shape'), 'square');
    const [background, border, text] = badges[lower(value('style'), 'default')]?.[lower(value('appearance'), 'filled')] ?? [];
    Object.assign(badge.style, { background, borderColor: border, color: text });
    if (value('tooltip')) badge.title = value('tooltip');
    line.append(badge);
    return line;
  });
  register('ProgressBar', ['value', 'max', 'color'], (value) => {
    const bar = element('teams-bar');
    const share = element('');
    share.style.width = `${(100 * (value('value') ?? 0)) / (value('max') ?? 100)}%`;
    bar.append(share);
    bar.setAttribute('role', 'progressbar');
    return bar;
  });
  register('Icon', ['name', 'size', 'color', 'style'], (value) => {
    const icon = element('teams-icon');
    icon.setAttribute('role', 'img');
    icon.setAttribute('aria-label', value('name') ?? '');
    return icon;
  });

  /** The card as Teams shows it at a width: without elements that are for other widths. */
  function atWidth(part, width) {
    if (Array.isArray(part)) return part.filter((item) => isForWidth(item, width)).map((item) => atWidth(item, width));
    if (part === null || typeof part !== 'object') return part;
    return Object.fromEntries(Object.entries(part).map(([name, value]) => [name, name === 'data' ? value : atWidth(value, width)]));
  }
  function isForWidth(item, width) {
    const target = item?.targetWidth;
    if (typeof target !== 'string') return true;
    const [name, rule] = target.toLowerCase().split(':').reverse();
    const [wanted, own] = [WIDTHS.indexOf(name), widthClass(width)];
    return rule === 'atleast' ? own >= wanted : rule === 'atmost' ? own <= wanted : own === wanted;
  }

  /** The card as a client shows it that knows none of the newer elements. */
  function withFallbacks(part) {
    if (Array.isArray(part)) return part.map(withFallbacks);
    if (part === null || typeof part !== 'object') return part;
    if (['Badge', 'ProgressBar', 'Icon'].includes(part.type)) return withFallbacks(part.fallback);
    return Object.fromEntries(Object.entries(part).map(([name, value]) => [name, name === 'fallback' ? value : withFallbacks(value)]));
  }

  const stage = () => document.getElementById('stage');

  /** What buttons and tapped rows sent. */
  const pressed = [];

  /** Draws each card with its name above. */
  function draw(cards, { hostConfig, badgeInks, theme, width, isOldClient = false }) {
    document.documentElement.dataset.theme = theme;
    badges = badgeInks;
    const config = new AdaptiveCards.HostConfig(hostConfig);
    const figures = cards.map(({ name, card }) => {
      const drawn = new AdaptiveCards.AdaptiveCard();
      drawn.hostConfig = config;
      drawn.onExecuteAction = (action) => pressed.push({ name, type: action.getJsonTypeName(), verb: action.verb, url: action.url, data: action.data });
      const shown = atWidth(isOldClient ? withFallbacks(card) : card, width);
      delete shown.lang;
      drawn.parse(shown);
      const figure = document.createElement('figure');
      figure.className = 'shown';
      figure.style.width = `${width}px`;
      const caption = document.createElement('figcaption');
      caption.textContent = name;
      const frame = element('card');
      frame.lang = card.lang ?? '';
      const rendered = drawn.render();
      if (rendered) frame.append(rendered);
      figure.append(caption, frame);
      return figure;
    });
    stage().replaceChildren(...figures);
  }

  const isSeen = (node) => node.checkVisibility({ visibilityProperty: true });
  const shortened = (text) => (text.length > 60 ? `${text.slice(0, 60)}…` : text);

  /** The texts that a reader sees, each with the element that it is in. */
  function textsOf(frame) {
    const walker = document.createTreeWalker(frame, NodeFilter.SHOW_TEXT);
    const found = [];
    for (let node = walker.nextNode(); node; node = walker.nextNode()) {
      const parent = node.parentElement;
      if (node.data.trim() === '' || !isSeen(parent) || parent.closest('option, textarea, select')) continue;
      found.push({ node, parent });
    }
    return found;
  }

  const numbersOf = (colour) => {
    const [red = 0, green = 0, blue = 0, alpha = 1] = (colour.match(/[\d.]+/g) ?? []).map(Number);
    return { red, green, blue, alpha };
  };
  const over = (top, below) => {
    const mixed = (name) => top[name] * top.alpha + below[name] * (1 - top.alpha);
    return { red: mixed('red'), green: mixed('green'), blue: mixed('blue'), alpha: 1 };
  };
  const luminance = ({ red, green, blue }) => {
    const [r, g, b] = [red, green, blue].map((value) => {
      const share = value / 255;
      return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
    });
    return 0.2126 * r + 0.7152 * g + 0.0722 * b;
  };

  /** How much a text stands out from what is behind it, from 1 to 21 (WCAG). */
  function contrastOf(parent) {
    const layers = [];
    for (let node = parent; node; node = node.parentElement) {
      const background = numbersOf(getComputedStyle(node).backgroundColor);
      layers.push(background);
      if (background.alpha === 1) break;
    }
    const behind = layers.reverse().reduce((below, layer) => over(layer, below), { red: 255, green: 255, blue: 255, alpha: 1 });
    const text = over(numbersOf(getComputedStyle(parent).color), behind);
    const [dark, light] = [luminance(behind), luminance(text)].sort((one, other) => one - other);
    return (light + 0.05) / (dark + 0.05);
  }

  /** Words of which one part is on one line and the rest on the next. */
  function splitWords({ node }) {
    const range = document.createRange();
    range.selectNodeContents(node);
    if (range.getClientRects().length < 2) return [];
    return [...node.data.matchAll(LETTERS)].flatMap(({ 0: word, index }) => {
      range.setStart(node, index);
      range.setEnd(node, index + word.length);
      const tops = new Set([...range.getClientRects()].filter(({ width }) => width > 0).map(({ top }) => Math.round(top)));
      return tops.size > 1 ? [word] : [];
    });
  }

  function faultsIn(frame, minContrast) {
    const faults = [];
    const bounds = frame.getBoundingClientRect();
    const texts = textsOf(frame);
    const contrasts = new Map();
    for (const text of texts) {
      for (const word of splitWords(text)) faults.push({ check: 'split', what: shortened(word) });
      // The star of a required input is Teams' own.
      if (text.node.data.trim() === '*') continue;
      const contrast = contrasts.get(text.parent) ?? contrastOf(text.parent);
      contrasts.set(text.parent, contrast);
      if (contrast < minContrast)
        faults.push({ check: 'contrast', what: `${contrast.toFixed(1)}:1 of “${shortened(text.node.data.trim())}”` });
    }
    for (const node of frame.querySelectorAll('*')) {
      const { left, right, width } = node.getBoundingClientRect();
      if (width === 0 || !isSeen(node)) continue;
      if (right > bounds.right + 0.5 || left < bounds.left - 0.5)
        faults.push({ check: 'wider', what: `${node.className || node.tagName}: ${shortened(node.textContent)}` });
      if (node.scrollWidth <= node.clientWidth + 1 || node.textContent.trim() === '') continue;
      if (getComputedStyle(node).overflowX !== 'visible' && !node.matches('.card, input, select, textarea, .ac-input'))
        faults.push({ check: 'cut', what: shortened(node.textContent) });
    }
    return faults;
  }

  /** Of each card its height in CSS pixels, and what is wrong with how it is drawn. */
  function measure({ minContrast }) {
    return [...document.querySelectorAll('.shown')].map((figure) => {
      const frame = figure.querySelector('.card');
      return {
        name: figure.querySelector('figcaption').textContent,
        height: Math.ceil(frame.getBoundingClientRect().height),
        faults: faultsIn(frame, minContrast).slice(0, MAX_FAULTS),
      };
    });
  }

  /** Lays the cards out on sheets, top down in columns; answers the names on each sheet. */
  function layOut({ columns, maxHeight, gap }) {
    const figures = [...document.querySelectorAll('.shown')];
    const sheets = [];
    let [column, top] = [columns, 0];
    for (const figure of figures) {
      const { width, height } = figure.getBoundingClientRect();
      if (column === columns || (top > gap && top + height > maxHeight)) {
        column = column >= columns - 1 ? 0 : column + 1;
        top = gap;
        if (column === 0) sheets.push({ figures: [], width: columns * (width + gap) + gap, height: 0 });
      }
      const sheet = sheets.at(-1);
      Object.assign(figure.style, { left: `${gap + column * (width + gap)}px`, top: `${top}px` });
      sheet.figures.push(figure);
      top += height + gap;
      sheet.height = Math.max(sheet.height, top);
    }
    stage().replaceChildren(
      ...sheets.map(({ figures: own, width, height }) => {
        const sheet = document.createElement('section');
        sheet.className = 'sheet';
        Object.assign(sheet.style, { width: `${width}px`, height: `${height}px` });
        sheet.append(...own);
        return sheet;
      }),
    );
    return sheets.map(({ figures: own, width, height }) => ({
      width,
      height,
      names: own.map((figure) => figure.querySelector('figcaption').textContent),
    }));
  }

  globalThis.cardGallery = { draw, measure, layOut, pressed };
})();
