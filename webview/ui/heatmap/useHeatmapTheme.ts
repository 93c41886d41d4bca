/** @file The colours of maps in the theme that VS Code has now. */
import { useEffect, useState } from 'preact/hooks';
import { onThemeChange } from '../charts/theme';
import { readHeatmapTheme, type HeatmapTheme } from './heatmapTheme';

/** Draws the component again when the theme changes. */
export function useHeatmapTheme(): HeatmapTheme {
  const [theme, setTheme] = useState(readHeatmapTheme);
  useEffect(
    () =>
      onThemeChange(() => {
        setTheme(readHeatmapTheme());
      }),
    [],
  );
  return theme;
}
