/**
 * Makes a table of public holidays for src/domain/calendar/tables:
 *
 *   npm run calendar -- --country US --from 2000 --to 2040 [--version 2026.1]
 *
 * A day is off when one public entry of date-holidays covers it from its first instant to its last, in the country's
 * own (first) zone. So a holiday of several days counts day by day, and a half day at its edge, such as the eve of
 * Kurban Bayramı, stays a business day. Substitute days are included. overrides.json then adds and removes days.
 * The version of a table that a policy names is never rewritten with other days: clocks are running on it.
 */
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import Holidays, { type HolidaysTypes } from 'date-holidays';
import { endOfDay, localDate, startOfDay } from '../domain/calendar/calendar.ts';
import type { LocalDate } from '../domain/calendar/calendar.ts';
import { addDays } from '../domain/calendar/localDate.ts';
import type { HolidayTable } from '../domain/calendar/holidayTable.ts';
import { POLICIES } from '../domain/claims/policy.ts';
import { PROCESS, run } from './commandLine.ts';
import type { Options, Program } from './commandLine.ts';

/** Corrections to the library, per country: each date with the reason for it. */
type Overrides = Readonly<
  Record<
    string,
    {
      readonly add: Readonly<Record<LocalDate, string>>;
      readonly remove: Readonly<Record<LocalDate, string>>;
    }
  >
>;

/** The table to make: an ISO 3166 country, whole years with both ends included, and the edition, such as '2026.1'. */
interface TableOrder {
  readonly country: string;
  readonly from: number;
  readonly to: number;
  readonly version: string;
}

const FOLDER = new URL('../domain/calendar/tables/', import.meta.url);

/** The table, sorted. */
function makeTable(order: TableOrder, overrides: Overrides): HolidayTable {
  const { country, version } = order;
  const from = `${order.from}-01-01`;
  const to = `${order.to}-12-31`;
  const days = new Set(daysOff(order));
  for (const date of Object.keys(overrides[country]?.add ?? {})) days.add(date);
  for (const date of Object.keys(overrides[country]?.remove ?? {})) days.delete(date);
  const holidays = [...days].filter((date) => date >= from && date <= to).sort();
  return { country, version, from, to, holidays };
}

function daysOff({ country, from, to }: TableOrder): LocalDate[] {
  const library = new Holidays(country);
  const zone = library.getTimezones()[0];
  if (!zone) throw new Error(`--country ${country}: date-holidays names no time zone for it`);
  const days: LocalDate[] = [];
  // A holiday may begin in the year before, and a substitute for New Year's Day may fall into it.
  for (let year = from - 1; year <= to + 1; year += 1) {
    for (const entry of library.getHolidays(year)) {
      if (entry.type === 'public') days.push(...wholeDays(entry, zone));
    }
  }
  return days;
}

function wholeDays(entry: HolidaysTypes.Holiday, zone: string): LocalDate[] {
  const start = entry.start.getTime();
  const end = entry.end.getTime();
  const last = localDate(end, zone);
  const days: LocalDate[] = [];
  for (let date = localDate(start, zone); date <= last; date = addDays(date, 1)) {
    if (start <= startOfDay(date, zone) && endOfDay(date, zone) <= end) days.push(date);
  }
  return days;
}

/** One line per year, so that editions are easy to compare. */
function print(table: HolidayTable): string {
  const { holidays, ...head } = table;
  const years = Map.groupBy(holidays, (date) => date.slice(0, 4));
  const lines = [...years.values()].map((dates) => `    ${dates.map((date) => `"${date}"`).join(', ')}`);
  return `${JSON.stringify(head, null, 2).slice(0, -2)},\n  "holidays": [\n${lines.join(',\n')}\n  ]\n}\n`;
}

/** The module that imports all tables, as JSON files can only be imported by name. */
function printIndex(files: readonly string[]): string {
  const named = files.map((file) => ({ file, name: file.replace('.json', '').replaceAll(/\W/g, '_') }));
  return [
    '// Written by src/tools/makeCalendar.ts. Do not edit.',
    "import type { HolidayTable } from '../holidayTable.ts';",
    ...named.map(({ file, name }) => `import ${name} from './${file}' with { type: 'json' };`),
    '',
    `export const tables: readonly HolidayTable[] = [${named.map(({ name }) => name).join(', ')}];`,
    '',
  ].join('\n');
}

const OPTIONS = {
  country: {
    kind: 'text',
    of: 'code',
    check: countryProblem,
    required: 'give two capitals such as US',
    help: 'the country by its ISO 3166 code, such as US',
  },
  from: { kind: 'integer', min: 1_000, max: 9_999, required: 'give a year such as 2000', help: 'the first year' },
  to: { kind: 'integer', min: 1_000, max: 9_999, required: 'give a year such as 2040', help: 'the last year' },
  version: {
    kind: 'text',
    of: 'edition',
    check: (text) => (/^\d{4}\.\d+$/.test(text) ? undefined : 'give an edition such as 2026.1'),
    default: '2026.1',
    help: 'the edition of the table, such as 2026.1',
  },
} as const satisfies Options;

const PROGRAM: Program<typeof OPTIONS> = {
  name: 'calendar',
  about: 'Makes a table of public holidays for src/domain/calendar/tables, and the list of the tables.',
  fails: 'there is a table of that name with other days, and a policy names it',
  options: OPTIONS,
  check: ({ from, to }) =>
    to < from ? `--to ${to} is before --from ${from}: give ${from} or a later year` : undefined,
};

function countryProblem(text: string): string | undefined {
  if (!/^[A-Z]{2}$/.test(text)) return 'give two capitals such as US';
  return text in new Holidays().getCountries() ? undefined : 'date-holidays does not know it; give a code such as US';
}

async function main(order: TableOrder): Promise<0 | 1> {
  const overrides = JSON.parse(readFileSync(new URL('overrides.json', FOLDER), 'utf8')) as Overrides;
  const name = `${order.country}-${order.version}.json`;
  const file = new URL(name, FOLDER);
  const table = makeTable(order, overrides);
  const text = print(table);
  const isInUse = Object.values(POLICIES).some(({ calendar }) => `${calendar}.json` === name);
  if (isInUse && existsSync(file) && readFileSync(file, 'utf8') !== text) {
    PROCESS.complain(
      `--version ${order.version}: ${name} exists with other days and clocks may run on it; choose a new version`,
    );
    return 1;
  }
  writeFileSync(file, text);
  const tables = readdirSync(FOLDER)
    .filter((entry) => /^[A-Z]{2}-.*\.json$/.test(entry))
    .sort();
  writeFileSync(new URL('index.ts', FOLDER), printIndex(tables));
  PROCESS.say(`${name}: ${table.holidays.length} holidays`);
  return 0;
}

if (import.meta.main) await run(PROGRAM, main);
