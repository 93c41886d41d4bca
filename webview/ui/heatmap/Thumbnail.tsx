/** @file One head among many: a small picture without labels. */
import { useEffect, useRef } from 'preact/hooks';
import type { HeatmapTheme } from './heatmapTheme';
import { paintThumbnail } from './raster';

interface ThumbnailProps {
  /** [side × side], 255 is a weight of 1. */
  readonly bytes: Uint8Array;
  readonly side: number;
  readonly causal: boolean;
  readonly theme: HeatmapTheme;
}

/** Decoration: what it shows stands in words beside it. */
export function Thumbnail({ bytes, side, causal, theme }: ThumbnailProps) {
  const canvas = useRef<HTMLCanvasElement>(null);
  useEffect(() => {
    const { pixels } = paintThumbnail(bytes, side, causal, theme.paint);
    const element = canvas.current;
    if (element === null) return;
    element.width = side;
    element.height = side;
    element.getContext('2d')?.putImageData(new ImageData(pixels, side, side), 0, 0);
  }, [bytes, side, causal, theme]);
  return <canvas class="thumbnail" ref={canvas} aria-hidden="true" />;
}
