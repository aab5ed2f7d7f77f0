import { expect } from 'chai';
import { formatDay, formatDue, formatTime } from '../../../src/teams/text/format.ts';
import { pacific, RULES } from '../../domain/claims/scenario.ts';
import { PACIFIC } from '../wordingSamples.ts';

describe('Dates as people read them', () => {
  const due = pacific('2021-05-11');

  it('tells a deadline in the zone of the policy that it runs by, also when another is in force: no day is added to it (R42)', () => {
    const due = Date.parse('2027-03-13T00:00:00-08:00');
    const programme = { ...RULES.programme, zones: ['Europe/Berlin', PACIFIC] };
    const speech = { language: 'en', zone: 'Europe/Berlin', programme } as const;
    expect(formatDue(due, speech)).to.equal('the end of Friday, 12 March 2027 (Pacific Time)');
    expect(formatDue(Date.parse('2027-03-13T00:00:00+01:00'), speech)).to.equal(
      'the end of Friday, 12 March 2027 (Central European Time)',
    );
  });

  it('shows a deadline as the end of the day before its instant, with the zone', () => {
    expect(formatDue(due, { zone: PACIFIC, language: 'en' })).to.equal('the end of Monday, 10 May 2021 (Pacific Time)');
    expect(formatDue(due, { zone: PACIFIC, language: 'ru' })).to.equal(
      'конец дня 10 мая 2021 г., понедельник (Тихоокеанское время)',
    );
    expect(formatDue(due, { zone: PACIFIC, language: 'tr' })).to.equal(
      '10 Mayıs 2021 Pazartesi günü sonu (Kuzey Amerika Pasifik Saati)',
    );
    expect(formatDue(Date.UTC(2021, 4, 11), { zone: 'UTC', language: 'en' })).to.equal(
      'the end of Monday, 10 May 2021 (Coordinated Universal Time)',
    );
  });

  it('shows a moment by the clock of the zone that it is told', () => {
    expect(formatDay(due, PACIFIC, 'en')).to.equal('Tuesday, 11 May 2021');
    expect(formatTime(due, PACIFIC, 'en')).to.equal('11 May 2021 at 00:00 (PDT)');
    expect(formatTime(due, 'Europe/Istanbul', 'tr')).to.equal('11 Mayıs 2021 10:00 (GMT+3)');
    expect(formatTime(due, 'Asia/Tokyo', 'ru')).to.equal('11 мая 2021 г. в 16:00 (GMT+9)');
  });
});
