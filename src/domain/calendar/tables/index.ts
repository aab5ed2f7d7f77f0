// Written by src/tools/makeCalendar.ts. Do not edit.
import BR_2026_1 from './BR-2026.1.json' with { type: 'json' };
import DE_2026_1 from './DE-2026.1.json' with { type: 'json' };
import GB_2026_1 from './GB-2026.1.json' with { type: 'json' };
import JP_2026_1 from './JP-2026.1.json' with { type: 'json' };
import RU_2026_1 from './RU-2026.1.json' with { type: 'json' };
import TR_2026_1 from './TR-2026.1.json' with { type: 'json' };
import US_2026_1 from './US-2026.1.json' with { type: 'json' };
import type { HolidayTable } from '../holidayTable.ts';

export const tables: readonly HolidayTable[] = [
  BR_2026_1,
  DE_2026_1,
  GB_2026_1,
  JP_2026_1,
  RU_2026_1,
  TR_2026_1,
  US_2026_1,
];
