/** @file What the colours of a heatmap of numbers of both signs mean. */
import { useEffect, useRef, useState } from 'preact/hooks';
import { onThemeChange } from '../charts/theme';
import { tableSize } from './colours';
import { readHeatmapTheme } from './heatmapTheme';

interface SignedScaleProps {
  /** The size of a number that has the strongest colour. */
  readonly top: number;
  readonly format: (value: number) => string;
}

export function SignedScale({ top, format }: SignedScaleProps) {
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
    const { table } = theme.signed;
    const pixels = Uint8ClampedArray.from({ length: tableSize * 4 }, (_, at) =>
      at % 4 === 3 ? 255 : (table[Math.floor(at / 4) * 3 + (at % 4)] ?? 0),
    );
    canvas.current?.getContext('2d')?.putImageData(new ImageData(pixels, tableSize, 1), 0, 0);
  }, [theme]);
  return (
    <div class="colour-scale">
      <span>{format(-top)}</span>
      <canvas ref={canvas} width={tableSize} height={1} aria-hidden="true" />
      <span>{format(top)}; in the middle 0</span>
    </div>
  );
}
