import type { Language } from './say.ts';

/** Creating a formatter takes far longer than using it. */
const formatters = new Map<string, Intl.NumberFormat>();

/** A size in the reader's language: `812 kB`, `24.5 MB`. Counted in steps of 1024, as the limits are. */
export function formatSize(bytes: number, language: Language): string {
  const [value, unit] =
    bytes < 1024
      ? [bytes, 'byte']
      : bytes < 1024 * 1024
        ? [bytes / 1024, 'kilobyte']
        : [bytes / (1024 * 1024), 'megabyte'];
  const unitDisplay = unit === 'byte' ? 'long' : 'short';
  const maximumFractionDigits = value < 10 ? 1 : 0;
  const id = `${language} ${unit} ${maximumFractionDigits}`;
  const formatter =
    formatters.get(id) ?? new Intl.NumberFormat(language, { style: 'unit', unit, unitDisplay, maximumFractionDigits });
  formatters.set(id, formatter);
  return formatter.format(value);
}
