/**
 * Moments and deadlines in the reader's language. The zone is always named: deadlines follow the programme's zone, not
 * the reader's (R42).
 */
import type { Instant } from '../../domain/calendar/calendar.ts';
import { localDate, startOfDay } from '../../domain/calendar/calendar.ts';
import type { Programme } from '../../domain/claims/policy.ts';
import type { Language } from '../../locales/say.ts';
import { say } from '../../locales/say.ts';

/** How to write to a user: the language, and the IANA zone of times. */
export interface Speech {
  readonly language: Language;
  readonly zone: string;
  /** By which deadlines run: each is written in its own zone, and its days are counted by its own calendar (R42). */
  readonly programme?: Pick<Programme, 'zones' | 'policyOf' | 'calendarOf'>;
}

const LOCALES: Readonly<Record<Language, string>> = { en: 'en-GB', ru: 'ru-RU', tr: 'tr-TR' };
/** British English has no short names of American zones. */
const ZONE_LOCALES: Readonly<Record<Language, string>> = { ...LOCALES, en: 'en-US' };

// Building a formatter costs a hundred times more than using it. The cache stays small: a few per language and zone.
const formatters = new Map<string, Intl.DateTimeFormat>();

function formatter(locale: string, zone: string, options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat {
  const id = `${locale} ${zone} ${JSON.stringify(options)}`;
  const known = formatters.get(id);
  if (known) return known;
  const made = new Intl.DateTimeFormat(locale, { ...options, timeZone: zone });
  formatters.set(id, made);
  return made;
}

function dateOf(at: Instant, zone: string, language: Language): string {
  return formatter(LOCALES[language], zone, { day: 'numeric', month: 'long', year: 'numeric' }).format(at);
}

/** The local day of an instant in short: `Fri 4 Dec`; with the year where it is not that of `now`. */
export function formatShortDay(at: Instant, now: Instant, zone: string, language: Language): string {
  const isThisYear = localDate(at, zone).slice(0, 4) === localDate(now, zone).slice(0, 4);
  return formatter(LOCALES[language], zone, {
    weekday: 'short',
    day: 'numeric',
    month: 'short',
    ...(!isThisYear && { year: 'numeric' }),
  }).format(at);
}

/** The local day of an instant with its weekday: `Thursday, 26 November 2026`. */
export function formatDay(at: Instant, zone: string, language: Language): string {
  const weekday = formatter(LOCALES[language], zone, { weekday: 'long' }).format(at);
  return say(language, 'name.day', { date: dateOf(at, zone, language), weekday });
}

/** The local day and time of an instant with the zone's short name: `26 November 2026 at 14:05 (PST)`. */
export function formatTime(at: Instant, zone: string, language: Language): string {
  return withTime(dateOf(at, zone, language), at, zone, language);
}

/** The same with the weekday: `Thursday, 26 November 2026 at 14:05 (PST)`. */
export function formatMoment(at: Instant, zone: string, language: Language): string {
  return withTime(formatDay(at, zone, language), at, zone, language);
}

function withTime(date: string, at: Instant, zone: string, language: Language): string {
  const time = formatter(LOCALES[language], zone, { hour: '2-digit', minute: '2-digit', hourCycle: 'h23' }).format(at);
  return say(language, 'name.time', { date, time, zone: nameOf(at, zone, language, 'short') });
}

/** The day at whose end something is due, and the zone's name: the values for sentences about a deadline. */
export function dueWords(dueAt: Instant, speech: Speech): { readonly day: string; readonly zone: string } {
  const { language } = speech;
  const zone = zoneOfDue(dueAt, speech);
  const lastMoment = dueAt - 1;
  return { day: formatDay(lastMoment, zone, language), zone: zoneName(lastMoment, zone, language) };
}

/** A deadline, alone or after a label: `the end of Thursday, 26 November 2026 (Pacific Time)`. */
export function formatDue(dueAt: Instant, speech: Speech): string {
  return say(speech.language, 'name.due', dueWords(dueAt, speech));
}

/**
 * The zone whose day ends with the deadline: that of the policy under which the clock started, even if today's policy
 * has another. In any other zone "the end of the day" would be off by hours.
 */
export function zoneOfDue(dueAt: Instant, { zone, programme }: Speech): string {
  return [zone, ...(programme?.zones ?? [])].find((one) => startOfDay(localDate(dueAt, one), one) === dueAt) ?? zone;
}

/**
 * The name of the zone without regard to summer time (`Pacific Time`); where there is none, as for UTC, the long name.
 */
function zoneName(at: Instant, zone: string, language: Language): string {
  const generic = nameOf(at, zone, language, 'longGeneric');
  return generic.startsWith('GMT') ? nameOf(at, zone, language, 'long') : generic;
}

function nameOf(at: Instant, zone: string, language: Language, style: 'short' | 'long' | 'longGeneric'): string {
  const parts = formatter(ZONE_LOCALES[language], zone, { timeZoneName: style }).formatToParts(at);
  return parts.find((part) => part.type === 'timeZoneName')?.value ?? zone;
}

/** Items in one sentence, all of them or one of them: `one, two and three`, `one, two or three`. */
export function formatList(
  items: readonly string[],
  language: Language,
  type: 'conjunction' | 'disjunction' = 'conjunction',
): string {
  return new Intl.ListFormat(LOCALES[language], { type }).format(items);
}
