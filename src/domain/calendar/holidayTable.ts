import type { LocalDate } from './localDate.ts';

/** One generated file: the public holidays of a country, sorted, from and to included. */
export interface HolidayTable {
  readonly country: string;
  readonly version: string;
  readonly from: LocalDate;
  readonly to: LocalDate;
  readonly holidays: readonly LocalDate[];
}
