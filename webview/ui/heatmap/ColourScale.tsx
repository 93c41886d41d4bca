/** @file What the colours of a heatmap mean. */
import { useMemo } from 'preact/hooks';
import { ColourBar } from './ColourBar';
import { formatWeight } from './reading';
import { useHeatmapTheme } from './useHeatmapTheme';
import { scaleTops, type ScaleChoice, type Weights } from './weights';

interface ColourScaleProps {
  readonly weights: Weights;
  readonly scale: ScaleChoice;
}

export function ColourScale({ weights, scale }: ColourScaleProps) {
  const { paint } = useHeatmapTheme();
  const top = useMemo(() => scaleTops(weights, 'map')[0] ?? 0, [weights]);
  return (
    <div class="colour-scale">
      <span>0</span>
      <ColourBar table={paint.table} />
      <span>
        {scale === 'map' ? `${formatWeight(top)}, the largest` : 'the largest of each row'}
      </span>
      {weights.causal && (
        <span class="colour-scale-hidden">
          <span class="colour-scale-future" aria-hidden="true" />
          <span>cannot be looked at: it comes later</span>
        </span>
      )}
    </div>
  );
}
