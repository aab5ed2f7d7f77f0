import type { BusinessCalendar } from './businessCalendar.ts';
import { CalendarError } from './calendarError.ts';
import type { LocalDate } from './localDate.ts';
import { tables } from './tables/index.ts';

interface Edition {
  readonly from: LocalDate;
  readonly to: LocalDate;
  readonly holidays: ReadonlySet<LocalDate>;
}

const editions: ReadonlyMap<string, Edition> = new Map(
  tables.map((table): [string, Edition] => [
    `${table.country}-${table.version}`,
    { from: table.from, to: table.to, holidays: new Set(table.holidays) },
  ]),
);

/**
 * The calendar of a table ('US-2026.1') in a zone. Refuses a version that was never generated, and names those that
 * were.
 */
export function calendarOf(version: string, zone: string): BusinessCalendar {
  const edition = editions.get(version);
  if (!edition) {
    const known = [...editions.keys()].join(', ');
    throw new CalendarError('calendar.unknownVersion', `'${version}' is not a calendar: expected one of ${known}`);
  }
  return { zone, version, ...edition };
}
