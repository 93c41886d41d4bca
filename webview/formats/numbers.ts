/** @file Numbers as host and pages write them: short, and a column of them calm. Pure. */

/** What is far below the spread beside it is nothing: 0.00, not 3.1e-9. */
const negligible = 1e-3;

/** About three digits: 0.00, 1.02, −12.3, 1.2e-5, 3.4e+6. `spread` tells what is negligible. */
export function formatValue(value: number, spread = 0): string {
  const size = Math.abs(value);
  if (size === 0 || size < spread * negligible) return '0.00';
  const text = size >= 0.01 && size < 10_000 ? fixed(size) : size.toExponential(1);
  return value < 0 ? `−${text}` : text;
}

/** A count of anything: 950, 12.3 k, 1.24 M, 3.1 G. */
export function formatMany(count: number): string {
  const units = ['', ' k', ' M', ' G', ' T'];
  // Rounded first: 999,700 is a million, not a thousand thousands.
  const rounded = count < 1000 ? Math.round(count) : Number(count.toPrecision(3));
  const power = Math.min(units.length - 1, Math.floor(Math.log10(Math.max(1, rounded)) / 3));
  const text = `${Number((rounded / 1000 ** power).toPrecision(12))}`;
  return `${text}${units[power] ?? ''}`;
}

function fixed(size: number): string {
  if (size >= 100) return size.toFixed(0);
  return size >= 10 ? size.toFixed(1) : size.toFixed(2);
}
