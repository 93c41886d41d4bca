/** @file What no single field can tell: whether a model's sizes fit one another. */
import { PlaygroundError } from './errors';
import { mostHeads, widest, type ModelConfig } from './model';

/** Throws a `PlaygroundError` that names the values and the remedy where the sizes do not fit. */
export function checkModel({ heads, dModel }: Pick<ModelConfig, 'heads' | 'dModel'>): void {
  if (dModel % heads !== 0) {
    const fitting = divisors(dModel).filter((divisor) => divisor <= mostHeads);
    const near = nearest(fitting, heads, 3);
    throw new PlaygroundError({
      code: 'heads-do-not-divide',
      message: `${heads} heads do not divide d_model ${dModel}: each head needs the same whole number of dimensions.`,
      remedy: `Choose ${headsText(near)}, or make d_model ${multiples(heads, dModel)}.`,
    });
  }
}

function divisors(n: number): number[] {
  return Array.from({ length: n }, (_, index) => index + 1).filter((d) => n % d === 0);
}

/** The `count` values of `sorted` nearest to `target`, in order. */
function nearest(sorted: readonly number[], target: number, count: number): number[] {
  return [...sorted]
    .sort((a, b) => Math.abs(a - target) - Math.abs(b - target))
    .slice(0, count)
    .sort((a, b) => a - b);
}

function multiples(heads: number, dModel: number): string {
  const below = Math.floor(dModel / heads) * heads;
  const near = [below, below + heads].filter((width) => width > 0 && width <= widest);
  return near.join(' or ');
}

/** “1 head”, “2, 4 or 5 heads”. */
function headsText(values: readonly number[]): string {
  const last = values.at(-1) ?? 1;
  const numbers = values.length > 1 ? `${values.slice(0, -1).join(', ')} or ${last}` : `${last}`;
  return `${numbers} ${numbers === '1' ? 'head' : 'heads'}`;
}
