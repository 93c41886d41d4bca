/** @file A small vector: a strip of coloured cells, with its numbers beside it. */
import { useEffect, useRef } from 'preact/hooks';
import { formatCount } from '../../../config/counts';
import { useHeatmapTheme } from '../../heatmap/useHeatmapTheme';
import { formatNumber, lengthOf } from './followSteps';

interface VectorStripProps {
  readonly name: string;
  readonly values: Float32Array;
  /** The size of a number that has the strongest colour. */
  readonly top: number;
}

/** Numbers that stand beside the strip; the others are one click away. */
const shownNumbers = 4;

/** Of numbers below and above 0: told apart without red and green. */
const negative = [60, 130, 230] as const;
const positive = [235, 130, 30] as const;

export function VectorStrip({ name, values, top }: VectorStripProps) {
  const canvas = useRef<HTMLCanvasElement>(null);
  const theme = useHeatmapTheme();
  useEffect(() => {
    const context = canvas.current?.getContext('2d');
    if (!context) return;
    const image = new ImageData(values.length, 1);
    values.forEach((value, index) => {
      const [red, green, blue] = value < 0 ? negative : positive;
      const strength = Math.min(1, Math.abs(value) / top);
      image.data.set([red, green, blue, Math.round(255 * strength)], index * 4);
    });
    context.putImageData(image, 0, 0);
  }, [values, top, theme]);
  const numbers = Array.from(values, formatNumber);
  const first = numbers.slice(0, shownNumbers).join(', ');
  return (
    <details class="vector">
      <summary>
        <canvas
          class={`vector-strip${theme.outlined ? ' vector-outlined' : ''}`}
          ref={canvas}
          width={values.length}
          height={1}
          aria-hidden="true"
        />
        <span class="vector-numbers">
          <span class="visually-hidden">{name}: </span>
          {first}
          {numbers.length > shownNumbers && ' …'}
        </span>
      </summary>
      <p class="vector-all">
        {formatCount(numbers.length)} numbers, length {formatNumber(lengthOf(values))}:{' '}
        {numbers.join(', ')}
      </p>
    </details>
  );
}

/** The largest size of a number in several vectors, for strips that are to be compared. */
export function topOf(vectors: readonly Float32Array[]): number {
  let top = 1e-9;
  for (const vector of vectors) {
    for (const value of vector) top = Math.max(top, Number.isFinite(value) ? Math.abs(value) : 0);
  }
  return top;
}
