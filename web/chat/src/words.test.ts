import { describe, expect, it } from 'vitest';
import { dateLabel, dayLabel, localTime } from './when.ts';

describe('Times', () => {
  it('of a visit are those of the place, whatever the visitor’s zone', () => {
    expect(localTime('2026-11-22T09:00:00+01:00', 'en-GB')).toMatchObject({
      day: '2026-11-22',
      dayLabel: 'Sunday 22 November',
      time: '9:00',
      zone: 'GMT+1',
    });
    expect(localTime('2026-11-22T23:30:00-03:30', 'fr')).toMatchObject({ day: '2026-11-22', zone: 'GMT-3:30' });
    expect(localTime('2026-11-22T23:30:00Z', 'en')).toMatchObject({ day: '2026-11-22', zone: 'GMT' });
  });

  it('of messages are named by their day', () => {
    const now = new Date(2026, 10, 21, 12).getTime();
    const day = 86_400_000;
    expect(dayLabel(now, now, 'en')).toBe('Today');
    expect(dayLabel(now - day, now, 'fr')).toBe('Hier');
    expect(dayLabel(now - 3 * day, now, 'en-GB')).toBe('Wednesday 18 November');
  });

  it('without a clock stay on their date', () => {
    expect(dateLabel('2026-12-01', 'en-GB')).toBe('1 December 2026');
    expect(dateLabel('soon', 'en')).toBe('soon');
  });
});
