/** The small parts that cards are built from: runs of text, lines, rows, sections. */
import { literal } from './escape.ts';

/**
 * The emphasis of a run of text. Teams' colours of success and warning are hard to read on some of its backgrounds:
 * boxes, badges and bars have them, and text never.
 */
export type TextStyle = 'headline' | 'bold' | 'subtle' | 'small' | 'smallBold' | 'smallSubtle' | 'accent';

/** A piece of text that no client reads as markup. What people typed goes nowhere else. */
export type Run = Readonly<Record<string, unknown>>;

const TEXT_STYLES: Readonly<Record<TextStyle, object>> = {
  headline: { size: 'Large', weight: 'Bolder' },
  bold: { weight: 'Bolder' },
  subtle: { isSubtle: true },
  small: { size: 'Small' },
  smallBold: { size: 'Small', weight: 'Bolder' },
  smallSubtle: { size: 'Small', isSubtle: true },
  accent: { size: 'Small', color: 'Accent', weight: 'Bolder' },
};

/** A run of text; control characters and template syntax in it are defused. */
export function run(text: string, weight?: TextStyle): Run {
  return { type: 'TextRun', text: literal(text), ...(weight && TEXT_STYLES[weight]) };
}

/** A piece of text that opens an address. */
export function link(text: string, url: string): Run {
  return { type: 'TextRun', text: literal(text), selectAction: { type: 'Action.OpenUrl', url } };
}

/** One line of text, and the space above it. */
export interface Line {
  readonly spacing: 'None' | 'Small' | 'Medium';
  readonly runs: readonly Run[];
}

/** A line with little space above it. */
export function line(...runs: readonly Run[]): Line {
  return { spacing: 'Small', runs: withSpaces(runs) };
}

/** A line of the same thought as the one above it. */
export function nextLine(...runs: readonly Run[]): Line {
  return { spacing: 'None', runs: withSpaces(runs) };
}

/** A line with space above it, where a new thought begins. */
export function paragraph(...runs: readonly Run[]): Line {
  return { spacing: 'Medium', runs: withSpaces(runs) };
}

/** Clients put no space between runs, and `literal` trims each run, so the space is a run of its own. */
function withSpaces(runs: readonly Run[]): readonly Run[] {
  return runs.flatMap((one, index) => (index === 0 ? [one] : [{ type: 'TextRun', text: ' ' }, one]));
}

/** A label beside its value. */
export interface Row {
  readonly label: readonly Run[];
  readonly value: readonly Run[];
}

/** A row with a subtle label. */
export function row(label: string, ...value: readonly Run[]): Row {
  return { label: [run(label, 'subtle')], value: withSpaces(value) };
}

/** The background of a section, as Adaptive Cards name it. */
export type ContainerStyle = 'default' | 'emphasis' | 'accent' | 'good' | 'warning' | 'attention';

/** The data of the template `section`: a heading, lines of text, then rows. */
export interface Section {
  readonly title: string;
  readonly hasTitle: boolean;
  readonly style: ContainerStyle;
  readonly separator: boolean;
  readonly lines: readonly Line[];
  readonly rows: readonly Row[];
}

/** A section; a separator is drawn above a titled one without a background. */
export function section(
  title: string,
  parts: { readonly style?: ContainerStyle; readonly lines?: readonly Line[]; readonly rows?: readonly Row[] },
): Section {
  const { style = 'default', lines = [], rows = [] } = parts;
  return { title, hasTitle: title !== '', style, separator: style === 'default' && title !== '', lines, rows };
}
