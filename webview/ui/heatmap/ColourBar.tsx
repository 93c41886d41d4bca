/** @file All colours of a table side by side, from its first to its last. */
import { useEffect, useRef } from 'preact/hooks';
import { tableSize } from './colours';

interface ColourBarProps {
  /** [colour × (red, green, blue)], 0 to 255 */
  readonly table: Uint8Array;
}

export function ColourBar({ table }: ColourBarProps) {
  const canvas = useRef<HTMLCanvasElement>(null);
  useEffect(() => {
    const pixels = Uint8ClampedArray.from({ length: tableSize * 4 }, (_, at) =>
      at % 4 === 3 ? 255 : (table[Math.floor(at / 4) * 3 + (at % 4)] ?? 0),
    );
    canvas.current?.getContext('2d')?.putImageData(new ImageData(pixels, tableSize, 1), 0, 0);
  }, [table]);
  return <canvas ref={canvas} width={tableSize} height={1} aria-hidden="true" />;
}
