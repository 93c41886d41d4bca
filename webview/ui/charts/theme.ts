/** @file The colours of the theme for what is drawn on a canvas, and a call when they change. */
import type { ChartColour } from './curves';

/** Colours as a canvas takes them. */
export interface ChartTheme {
  readonly colours: Readonly<Record<ChartColour, string>>;
  readonly text: string;
  readonly grid: string;
  readonly font: string;
  /** Line width in CSS pixels: wider where the theme asks for contrast. */
  readonly lineWidth: number;
}

const forcedColours = '(forced-colors: active)';

/**
 * Reads the theme's variables from the page; under forced colours everything is the system's text
 * colour.
 */
export function readChartTheme(): ChartTheme {
  const style = getComputedStyle(document.body);
  const forced = matchMedia(forcedColours).matches;
  const highContrast = document.body.className.includes('vscode-high-contrast');
  const variable = (name: string, fallback: string): string => {
    const value = style.getPropertyValue(name).trim();
    return forced || value === '' ? fallback : value;
  };
  const colour = (name: ChartColour): string => variable(`--vscode-charts-${name}`, 'CanvasText');
  const text = variable('--vscode-foreground', 'CanvasText');
  const size = style.getPropertyValue('--vscode-font-size').trim() || '13px';
  return {
    colours: {
      blue: colour('blue'),
      green: colour('green'),
      purple: colour('purple'),
      red: colour('red'),
      yellow: colour('yellow'),
      foreground: colour('foreground'),
    },
    text,
    grid: `color-mix(in srgb, ${text} 16%, transparent)`,
    font: `${size} ${style.fontFamily}`,
    lineWidth: highContrast || forced ? 2 : 1.5,
  };
}

/**
 * Calls back when VS Code changes the theme, or the system its forced colours. Returns how to stop.
 */
export function onThemeChange(listener: () => void): () => void {
  // VS Code writes the variables on the root element and the kind of theme on the body.
  const observer = new MutationObserver(listener);
  observer.observe(document.body, { attributes: true, attributeFilter: ['class'] });
  observer.observe(document.documentElement, {
    attributes: true,
    attributeFilter: ['style', 'class'],
  });
  const media = matchMedia(forcedColours);
  media.addEventListener('change', listener);
  return () => {
    observer.disconnect();
    media.removeEventListener('change', listener);
  };
}
