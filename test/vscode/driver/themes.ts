/** @file VS Code's own colour themes, under names for tests. */

export interface ThemeNames {
  /** The value of the setting `workbench.colorTheme`. */
  readonly setting: string;
  /** What the list of themes shows. */
  readonly label: string;
  /** The class that the theme gives to the workbench. */
  readonly workbenchClass: string;
}

export const themes = {
  light: { setting: 'Light Modern', label: 'Light Modern', workbenchClass: 'vs' },
  dark: { setting: 'Dark Modern', label: 'Dark Modern', workbenchClass: 'vs-dark' },
  highContrastDark: {
    setting: 'Default High Contrast',
    label: 'Dark High Contrast',
    workbenchClass: 'hc-black',
  },
  highContrastLight: {
    setting: 'Default High Contrast Light',
    label: 'Light High Contrast',
    workbenchClass: 'hc-light',
  },
} as const satisfies Record<string, ThemeNames>;

export type Theme = keyof typeof themes;
export const allThemes = Object.keys(themes) as Theme[];
