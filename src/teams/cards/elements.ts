/** The small parts that cards are put together from: runs of text, lines, rows, sections. */
import { literal } from './escape.ts';

export type TextStyle = 'bold' | 'subtle' | 'good' | 'warning' | 'attention';

/** A piece of text that no client reads as markup; the only place for what people typed. */
export type Run = Readonly<Record<string, unknown>>;

const TEXT_STYLES: Readonly<Record<TextStyle, object>> = {
  bold: { weight: 'Bolder' },
  subtle: { isSubtle: true },
  good: { color: 'Good', weight: 'Bolder' },
  warning: { color: 'Warning', weight: 'Bolder' },
  attention: { color: 'Attention', weight: 'Bolder' },
};

export function run(text: string, weight?: TextStyle): Run {
  return { type: 'TextRun', text: literal(text), ...(weight && TEXT_STYLES[weight]) };
}

/** A piece of text that opens an address. */
export function link(text: string, url: string): Run {
  return { type: 'TextRun', text: literal(text), selectAction: { type: 'Action.OpenUrl', url } };
}

export interface Line {
  readonly spacing: 'None' | 'Small' | 'Medium';
  readonly runs: readonly Run[];
}

export function line(...runs: readonly Run[]): Line {
  return { spacing: 'Small', runs: withSpaces(runs) };
}

/** A line that begins something new. */
export function paragraph(...runs: readonly Run[]): Line {
  return { spacing: 'Medium', runs: withSpaces(runs) };
}

/** Runs stand side by side without a gap; a space at an end of a run is lost in `literal`, so it gets a run of its own. */
function withSpaces(runs: readonly Run[]): readonly Run[] {
  return runs.flatMap((one, index) => (index === 0 ? [one] : [{ type: 'TextRun', text: ' ' }, one]));
}

/** A label beside its value. */
export interface Row {
  readonly label: readonly Run[];
  readonly value: readonly Run[];
}

export function row(label: string, ...value: readonly Run[]): Row {
  return { label: [run(label, 'subtle')], value: withSpaces(value) };
}

export type ContainerStyle = 'default' | 'emphasis' | 'accent' | 'good' | 'warning' | 'attention';

export interface Section {
  readonly title: string;
  readonly hasTitle: boolean;
  readonly style: ContainerStyle;
  readonly separator: boolean;
  readonly lines: readonly Line[];
  readonly rows: readonly Row[];
}

export function section(
  title: string,
  parts: { readonly style?: ContainerStyle; readonly lines?: readonly Line[]; readonly rows?: readonly Row[] },
): Section {
  const { style = 'default', lines = [], rows = [] } = parts;
  return { title, hasTitle: title !== '', style, separator: style === 'default' && title !== '', lines, rows };
}
