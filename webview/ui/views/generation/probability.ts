/** @file What is said and shown of a probability. Pure; knows no colours. */

/** A probability as a reader wants it: whole per cents, more exact where it is small. */
export function formatProbability(probability: number): string {
  const percent = probability * 100;
  if (!Number.isFinite(percent)) return 'not a number';
  if (percent === 0) return '0 %';
  if (percent < 0.1) return '< 0.1 %';
  if (percent < 9.95 || (percent > 99 && percent < 100)) {
    return percent > 99.9 ? '> 99.9 %' : `${percent.toFixed(1)} %`;
  }
  return `${percent.toFixed(0)} %`;
}

/** A stretch of probabilities that looks the same; the style sheet knows it by its place. */
export interface Band {
  /** The least probability in it. */
  readonly from: number;
  readonly label: string;
}

/** From what was expected to what surprises. */
export const bands: readonly Band[] = [
  { from: 0.8, label: '80 % or more' },
  { from: 0.4, label: '40 to 80 %' },
  { from: 0.15, label: '15 to 40 %' },
  { from: 0.05, label: '5 to 15 %' },
  { from: 0, label: 'under 5 %' },
];

/** The place of a probability's band. */
export function bandOf(probability: number): number {
  const at = bands.findIndex(({ from }) => probability >= from);
  return at < 0 ? bands.length - 1 : at;
}

/** Entropy in nats as the number of equally likely tokens that are as uncertain. */
export function formatChoices(entropy: number): string {
  const choices = Math.exp(entropy);
  return choices < 10 ? choices.toFixed(1) : choices.toFixed(0);
}
