/** @file VS Code's own colour themes, under names for tests. */

export interface ThemeNames {
  /** What the list of themes shows. */
  readonly label: string;
  /** The class that the theme gives to the workbench. */
  readonly workbenchClass: string;
}

export const themes = {
  light: { label: 'Light Modern', workbenchClass: 'vs' },
  dark: { label: 'Dark Modern', workbenchClass: 'vs-dark' },
  highContrastDark: {
    label: 'Dark High Contrast',
    workbenchClass: 'hc-black',
  },
  highContrastLight: {
    label: 'Light High Contrast',
    workbenchClass: 'hc-light',
  },
} as const satisfies Record<string, ThemeNames>;

export type Theme = keyof typeof themes;
export const allThemes = Object.keys(themes) as Theme[];
