/**
 * How Teams draws cards, as a host config for the renderer: its sizes, spacings and colours in light and dark. Coloured
 * areas have the same light background in both, so their text is dark in both.
 *
 * Only what decides on what a reader sees is told; the renderer has its own defaults for the rest.
 */

export type Theme = 'light' | 'dark';

/** Colours as the renderer reads them: `#RRGGBB`, or `#AARRGGBB` with how opaque it is first. */
interface Ink {
  readonly default: string;
  readonly subtle: string;
}

/** What text is drawn in on an area: each named colour, and its subtle shade. */
type Inks = Readonly<Record<'default' | 'dark' | 'light' | 'accent' | 'good' | 'warning' | 'attention', Ink>>;

const COLOURED = {
  good: { default: '#92c353', subtle: '#e592c353' },
  warning: { default: '#f8d22a', subtle: '#e5f8d22a' },
};

const INKS_OF_LIGHT: Inks = {
  ...COLOURED,
  default: { default: '#252424', subtle: '#bf252424' },
  dark: { default: '#252424', subtle: '#bf252424' },
  light: { default: '#ffffff', subtle: '#f3f2f1' },
  accent: { default: '#6264a7', subtle: '#8b8cc7' },
  attention: { default: '#c4314b', subtle: '#e5c4314b' },
};
const INKS_OF_DARK: Inks = {
  ...COLOURED,
  default: { default: '#ffffff', subtle: '#bfffffff' },
  dark: { default: '#201f1f', subtle: '#2d2c2c' },
  light: { default: '#ffffff', subtle: '#bfffffff' },
  accent: { default: '#a6a7dc', subtle: '#8b8cc7' },
  attention: { default: '#d74654', subtle: '#e5d74654' },
};
/** On coloured areas of the dark theme, which stay light. */
const INKS_ON_COLOUR: Readonly<Record<Theme, Inks>> = {
  light: INKS_OF_LIGHT,
  dark: { ...INKS_OF_DARK, default: { default: '#201f1f', subtle: '#2d2c2c' } },
};
const INKS: Readonly<Record<Theme, Inks>> = { light: INKS_OF_LIGHT, dark: INKS_OF_DARK };
const AREAS: Readonly<Record<Theme, { readonly default: string; readonly emphasis: string }>> = {
  light: { default: '#ffffff', emphasis: '#f9f8f7' },
  dark: { default: '#2d2c2c', emphasis: '#292828' },
};
const COLOURED_AREAS = {
  accent: { backgroundColor: '#c7def9', borderColor: '#62a8f7' },
  good: { backgroundColor: '#ccffcc', borderColor: '#69e569' },
  attention: { backgroundColor: '#ffc5b2', borderColor: '#ff764c' },
  warning: { backgroundColor: '#ffe2b2', borderColor: '#ffbc51' },
};
const FONT_SIZES = { small: 12, default: 14, medium: 14, large: 18, extraLarge: 24 };
const FONT_WEIGHTS = { lighter: 200, default: 400, bolder: 600 };
const FACT = { size: 'Default', color: 'Default', isSubtle: false, warp: true };

/** The host config of a theme, with the name of the font that the page brings. */
export function hostConfigOf(theme: Theme, fontFamily: string): object {
  const foregroundColors = INKS[theme];
  return {
    supportsInteractivity: true,
    choiceSetInputValueSeparator: ',',
    spacing: { extraSmall: 4, small: 8, default: 12, medium: 16, large: 20, extraLarge: 24, padding: 16 },
    separator: { lineThickness: 1, lineColor: theme === 'light' ? '#eeeeee' : '#525252' },
    imageSizes: { small: 32, medium: 52, large: 100 },
    fontTypes: Object.fromEntries(
      ['default', 'monospace'].map((name) => [name, { fontFamily, fontSizes: FONT_SIZES, fontWeights: FONT_WEIGHTS }]),
    ),
    textStyles: { heading: { size: 'large', weight: 'bolder', color: 'default', isSubtle: false } },
    textBlock: { headingLevel: 2 },
    containerStyles: {
      default: { foregroundColors, backgroundColor: AREAS[theme].default, borderColor: '#cccccc' },
      emphasis: { foregroundColors, backgroundColor: AREAS[theme].emphasis, borderColor: '#666666' },
      ...Object.fromEntries(
        Object.entries(COLOURED_AREAS).map(([style, area]) => [
          style,
          { ...area, foregroundColors: INKS_ON_COLOUR[theme] },
        ]),
      ),
    },
    actions: {
      maxActions: 6,
      spacing: 'Default',
      buttonSpacing: 8,
      showCard: { actionMode: 'Inline', inlineTopMargin: 16, style: 'emphasis' },
      actionsOrientation: 'Horizontal',
      actionAlignment: 'Left',
    },
    adaptiveCard: { allowCustomStyle: false },
    factSet: { title: { ...FACT, weight: 'Bolder' }, value: { ...FACT, weight: 'Default' }, spacing: 16 },
  };
}

/** A badge's colours: background, border and text. */
export type BadgeInk = readonly [background: string, border: string, text: string];

/** The colours of badges by style, as tint and filled. */
export const BADGES: Readonly<
  Record<Theme, Readonly<Record<string, { readonly tint: BadgeInk; readonly filled: BadgeInk }>>>
> = {
  light: {
    default: { tint: ['#6e6e6e', '#6e6e6e', '#ffffff'], filled: ['#212121', '#212121', '#ffffff'] },
    subtle: { tint: ['#f1f1f1', '#e1e1e1', '#616161'], filled: ['#f1f1f1', '#f1f1f1', '#616161'] },
    informative: { tint: ['#ffffff', '#e1e1e1', '#212121'], filled: ['#ffffff', '#ffffff', '#212121'] },
    accent: { tint: ['#e8ebfa', '#e1e1e1', '#4f52b2'], filled: ['#5b5fc7', '#5b5fc7', '#ffffff'] },
    good: { tint: ['#e7f2da', '#e1e1e1', '#0f7a0b'], filled: ['#0f7a0b', '#0f7a0b', '#ffffff'] },
    warning: { tint: ['#fbf6d9', '#e1e1e1', '#835c00'], filled: ['#835c00', '#835c00', '#ffffff'] },
    attention: { tint: ['#fcf4f6', '#e1e1e1', '#c4314b'], filled: ['#c4314b', '#c4314b', '#ffffff'] },
  },
  dark: {
    default: { tint: ['#616161', '#616161', '#ffffff'], filled: ['#ffffff', '#ffffff', '#242424'] },
    subtle: { tint: ['#3d3d3d', '#525252', '#d6d6d6'], filled: ['#3d3d3d', '#3d3d3d', '#d6d6d6'] },
    informative: { tint: ['#292929', '#616161', '#ffffff'], filled: ['#525252', '#525252', '#ffffff'] },
    accent: { tint: ['#2f2f4a', '#525252', '#aaaeeb'], filled: ['#5b5fc7', '#5b5fc7', '#ffffff'] },
    good: { tint: ['#052505', '#525252', '#9fd89f'], filled: ['#0e700e', '#0e700e', '#ffffff'] },
    warning: { tint: ['#3a2c05', '#525252', '#f2d675'], filled: ['#6b4c00', '#6b4c00', '#ffffff'] },
    attention: { tint: ['#3b0509', '#525252', '#f1a7ad'], filled: ['#b10e1c', '#b10e1c', '#ffffff'] },
  },
};
