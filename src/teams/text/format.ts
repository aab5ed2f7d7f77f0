/** Moments and deadlines in the reader's language. The zone is always named: deadlines are the programme's, not the reader's (R42). */
import type { Instant } from '../../domain/calendar/calendar.ts';
import { localDate, startOfDay } from '../../domain/calendar/calendar.ts';
import type { Language } from '../../locales/say.ts';
import { say } from '../../locales/say.ts';

/** How to speak to somebody: in which language, and by the clock of which IANA zone. */
export interface Speech {
  readonly language: Language;
  readonly zone: string;
  /** The zones of all policies: a deadline is told in the one by which it runs (R42). */
  readonly zones?: readonly string[];
}

const LOCALES: Readonly<Record<Language, string>> = { en: 'en-GB', ru: 'ru-RU', tr: 'tr-TR' };
/** British English knows no short names of American zones. */
const ZONE_LOCALES: Readonly<Record<Language, string>> = { ...LOCALES, en: 'en-US' };

// Building a formatter costs a hundred times more than using it. A few per language and zone; an installation uses a handful.
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

/** The local day of an instant with its weekday: `Thursday, 26 November 2026`. */
export function formatDay(at: Instant, zone: string, language: Language): string {
  const weekday = formatter(LOCALES[language], zone, { weekday: 'long' }).format(at);
  return say(language, 'name.day', { date: dateOf(at, zone, language), weekday });
}

/** The local day and time of an instant with the zone's short name: `26 November 2026 at 14:05 (PST)`. */
export function formatTime(at: Instant, zone: string, language: Language): string {
  return withTime(dateOf(at, zone, language), at, zone, language);
}

/** The same with the day of the week in front: `Thursday, 26 November 2026 at 14:05 (PST)`. */
export function formatMoment(at: Instant, zone: string, language: Language): string {
  return withTime(formatDay(at, zone, language), at, zone, language);
}

function withTime(date: string, at: Instant, zone: string, language: Language): string {
  const time = formatter(LOCALES[language], zone, { hour: '2-digit', minute: '2-digit', hourCycle: 'h23' }).format(at);
  return say(language, 'name.time', { date, time, zone: nameOf(at, zone, language, 'short') });
}

/** The day at whose end something is due, and the zone's name: what sentences about a deadline are made with. */
export function dueWords(dueAt: Instant, speech: Speech): { readonly day: string; readonly zone: string } {
  const { language } = speech;
  const zone = zoneOfDue(dueAt, speech);
  const lastMoment = dueAt - 1;
  return { day: formatDay(lastMoment, zone, language), zone: zoneName(lastMoment, zone, language) };
}

/** A deadline, to stand alone or after a label: `the end of Thursday, 26 November 2026 (Pacific Time)`. */
export function formatDue(dueAt: Instant, speech: Speech): string {
  return say(speech.language, 'name.due', dueWords(dueAt, speech));
}

/**
 * The zone whose day ends with the deadline: that of the policy which its clock started with, be it another than today's. In any other
 * zone "the end of the day" would be hours away from it.
 */
function zoneOfDue(dueAt: Instant, { zone, zones = [] }: Speech): string {
  return [zone, ...zones].find((one) => startOfDay(localDate(dueAt, one), one) === dueAt) ?? zone;
}

/** The zone without regard to summer time; where the language has no such name, as UTC, the plain one. */
function zoneName(at: Instant, zone: string, language: Language): string {
  const generic = nameOf(at, zone, language, 'longGeneric');
  return generic.startsWith('GMT') ? nameOf(at, zone, language, 'long') : generic;
}

function nameOf(at: Instant, zone: string, language: Language, style: 'short' | 'long' | 'longGeneric'): string {
  const parts = formatter(ZONE_LOCALES[language], zone, { timeZoneName: style }).formatToParts(at);
  return parts.find((part) => part.type === 'timeZoneName')?.value ?? zone;
}

/** Several things in one sentence, all of them or one of them: `one, two and three`, `one, two or three`. */
export function formatList(
  items: readonly string[],
  language: Language,
  type: 'conjunction' | 'disjunction' = 'conjunction',
): string {
  return new Intl.ListFormat(LOCALES[language], { type }).format(items);
}
