import { describe, expect, it } from 'vitest';
import { beginning, RANGES, rangeOf } from './range.ts';
import { change, count, later, percent, span } from './words.ts';

describe('Figures in words', () => {
  it.each([
    [undefined, '–'],
    [0, '0%'],
    [0.4567, '46%'],
    [0.9996, '99.9%'],
    [1, '100%'],
  ])('tells the rate %s as %s', (rate, words) => {
    expect(percent(rate)).toBe(words);
  });

  it.each([
    [undefined, '–'],
    [0, '0 s'],
    [0.2, '< 1 s'],
    [59.4, '59 s'],
    [59.6, '1 min'],
    [95, '1 min 35 s'],
    [3_600, '1 h'],
    [7_500, '2 h 5 min'],
    [86_400 * 3 + 3_600 * 4, '3 d 4 h'],
  ])('tells %s seconds as %s', (seconds, words) => {
    expect(span(seconds)).toBe(words);
  });

  it('tells nothing of what is not known', () => {
    expect(count(undefined)).toBe('–');
    expect(change(undefined, 3)).toBeUndefined();
    expect(change(3, undefined)).toBeUndefined();
    expect(change(3, 0)).toBeUndefined();
  });

  it.each([
    [12, 10, true, false, '+20%', true],
    [8, 10, true, false, '−20%', false],
    [8, 10, false, false, '−20%', true],
    [10, 10, true, false, '±0%', undefined],
    [0.91, 0.87, true, true, '+4 pts', true],
    [0, 0.5, true, true, '−50 pts', false],
    [12, 10, undefined, false, '+20%', undefined],
  ])('compares %s with %s', (now, before, upIsGood, points, text, good) => {
    expect(change(now, before, upIsGood, points)).toEqual({ text, good });
  });

  it('tells how much later something was', () => {
    expect(later('2026-03-01T12:00:00.250Z', '2026-03-01T12:00:00.000Z')).toBe('+250 ms');
    expect(later('2026-03-01T12:01:05.000Z', '2026-03-01T12:00:00.000Z')).toBe('+1 min 5 s');
    expect(later('2026-03-01T12:00:00.000Z', '2026-03-01T12:00:01.000Z')).toBe('');
  });
});

describe('Periods', () => {
  it.each(RANGES.map((range) => [range.id, range] as const))('%s ends with the step that is now', (_, range) => {
    const now = Date.parse('2026-03-01T12:34:56Z');
    const from = beginning(range, now);
    const steps = range.spanMs / (range.stepSeconds * 1_000);
    const last = from + (steps - 1) * range.stepSeconds * 1_000;
    expect(last).toBeLessThanOrEqual(now);
    expect(last + range.stepSeconds * 1_000).toBeGreaterThan(now);
    expect(steps).toBeLessThanOrEqual(60);
  });

  it('takes what it does not know for a day', () => {
    expect(rangeOf('1y').id).toBe('24h');
    expect(rangeOf(null).id).toBe('24h');
  });
});
