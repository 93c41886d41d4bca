/** @file What the colours of a heatmap of numbers of both signs mean. */
import { ColourBar } from './ColourBar';
import { useHeatmapTheme } from './useHeatmapTheme';

interface SignedScaleProps {
  /** The size of a number that has the strongest colour. */
  readonly top: number;
  readonly format: (value: number) => string;
}

export function SignedScale({ top, format }: SignedScaleProps) {
  const { signed } = useHeatmapTheme();
  return (
    <div class="colour-scale">
      <span>{format(-top)}</span>
      <ColourBar table={signed.table} />
      <span>{format(top)}; in the middle 0</span>
    </div>
  );
}
