/**
 * @file Numbers as a reader wants them: short, with units, never NaN without saying so. Pure; knows
 * no DOM.
 */
import { beginningOf, endOf } from '../config/cut';

/** What stands where there is no value yet. */
export const noValue = '–';

/** A count in three digits at most: 950, 12.3k, 106k, 1.24M. */
export function formatShortCount(value: number): string {
  if (!Number.isFinite(value)) return formatNonFinite(value);
  const magnitude = Math.abs(value);
  if (magnitude < 999.5) return `${Math.round(value)}`;
  if (magnitude < 999_500) return `${threeDigits(value / 1e3)}k`;
  if (magnitude < 999_500_000) return `${threeDigits(value / 1e6)}M`;
  return `${threeDigits(value / 1e9)}B`;
}

/** A cross-entropy or another measure around 1: three decimals. */
export function formatMeasure(value: number | undefined): string {
  if (value === undefined) return noValue;
  if (!Number.isFinite(value)) return formatNonFinite(value);
  return Math.abs(value) >= 1000 ? formatShortCount(value) : value.toFixed(3);
}

/** A perplexity: as many decimals as it can bear. */
export function formatPerplexity(value: number | undefined): string {
  if (value === undefined) return noValue;
  if (!Number.isFinite(value)) return formatNonFinite(value);
  if (value >= 1000) return formatShortCount(value);
  return value >= 100 ? value.toFixed(0) : value.toFixed(2);
}

/** A small number such as a learning rate: three significant digits, no trailing zeros. */
export function formatSmall(value: number | undefined): string {
  if (value === undefined) return noValue;
  if (!Number.isFinite(value)) return formatNonFinite(value);
  return `${Number(value.toPrecision(3))}`;
}

/** A share from 0 to 1, in per cent. 100 % is only said of the whole, 0 % only of nothing. */
export function formatShare(share: number | undefined): string {
  if (share === undefined || !Number.isFinite(share)) return noValue;
  const percent = share * 100;
  const rounded = Math.round(percent);
  if (rounded === 100 && share < 1) return '99%';
  if (rounded === 0 && share > 0) return '1%';
  return `${rounded}%`;
}

/** Speed: "840 tokens/s", "12.3k tokens/s". */
export function formatSpeed(tokensPerSecond: number | undefined): string {
  if (tokensPerSecond === undefined || !Number.isFinite(tokensPerSecond)) return noValue;
  const value =
    tokensPerSecond < 10 ? tokensPerSecond.toFixed(1) : formatShortCount(tokensPerSecond);
  return `${value} tokens/s`;
}

/** Bits per character of a cross-entropy in nats per token. */
export function bitsPerCharacter(nats: number, charactersPerToken: number): number {
  return nats / Math.LN2 / charactersPerToken;
}

function threeDigits(value: number): string {
  const magnitude = Math.abs(value);
  return magnitude >= 99.95 ? value.toFixed(0) : `${Number(value.toPrecision(3))}`;
}

function formatNonFinite(value: number): string {
  if (Number.isNaN(value)) return 'not a number';
  return value > 0 ? '∞' : '−∞';
}

/** Characters of a name on a button. */
const longestName = 28;

/** A long name without its middle: what it begins with and its extension tell it from others. */
export function shorten(name: string): string {
  if (name.length <= longestName) return name;
  const half = longestName / 2;
  return `${beginningOf(name, half)}…${endOf(name, half - 1)}`;
}
