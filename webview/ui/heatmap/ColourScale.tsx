/** @file What the colours of a heatmap mean. */
import { useEffect, useMemo, useRef, useState } from 'preact/hooks';
import { onThemeChange } from '../charts/theme';
import { tableSize } from './colours';
import { readHeatmapTheme } from './heatmapTheme';
import { formatWeight } from './reading';
import { scaleTops, type ScaleChoice, type Weights } from './weights';

interface ColourScaleProps {
  readonly weights: Weights;
  readonly scale: ScaleChoice;
}

export function ColourScale({ weights, scale }: ColourScaleProps) {
  const [theme, setTheme] = useState(readHeatmapTheme);
  const canvas = useRef<HTMLCanvasElement>(null);
  useEffect(
    () =>
      onThemeChange(() => {
        setTheme(readHeatmapTheme());
      }),
    [],
  );
  useEffect(() => {
    const { table } = theme.paint;
    const pixels = Uint8ClampedArray.from({ length: tableSize * 4 }, (_, at) =>
      at % 4 === 3 ? 255 : (table[Math.floor(at / 4) * 3 + (at % 4)] ?? 0),
    );
    canvas.current?.getContext('2d')?.putImageData(new ImageData(pixels, tableSize, 1), 0, 0);
  }, [theme]);
  const top = useMemo(() => scaleTops(weights, 'map')[0] ?? 0, [weights]);
  return (
    <div class="colour-scale">
      <span>0</span>
      <canvas ref={canvas} width={tableSize} height={1} aria-hidden="true" />
      <span>
        {scale === 'map' ? `${formatWeight(top)}, the largest` : 'the largest of each row'}
      </span>
      {weights.causal && (
        <>
          <span class="colour-scale-future" aria-hidden="true" />
          <span>cannot be looked at: it comes later</span>
        </>
      )}
    </div>
  );
}
