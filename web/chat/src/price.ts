/**
 * A price as the hub tells it: ready to show, or amount, currency and period.
 *
 * @returns undefined where there is none
 */
export function showPrice(price: unknown, language: string): string | undefined {
  if (typeof price === 'string') {
    return price === '' ? undefined : price;
  }
  if (typeof price === 'number') {
    return price.toLocaleString(language);
  }
  if (price === null || typeof price !== 'object') {
    return undefined;
  }
  const { amount, currency, period } = price as { amount?: number | string; currency?: string; period?: string };
  const number = Number(amount);
  if (amount === undefined || Number.isNaN(number)) {
    return undefined;
  }
  const shown = currency
    ? number.toLocaleString(language, {
        style: 'currency',
        currency,
        currencyDisplay: 'narrowSymbol',
        minimumFractionDigits: 0,
      })
    : number.toLocaleString(language);
  return period ? `${shown} / ${period}` : shown;
}
