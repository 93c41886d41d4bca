/** @file What `npm start` shows, however it is shown. */
export interface StartWindow {
  /** Keeps the settings, storage and workspace of `npm start`. */
  readonly folder: string;
  readonly workspace: string;
  /** The folder of the extension. */
  readonly extension: string;
  /** The folder of the extension that starts it. */
  readonly autorun: string;
}

/** Whether programs with windows can be shown here. */
export const hasScreen = (): boolean =>
  process.platform !== 'linux' ||
  process.env.DISPLAY !== undefined ||
  process.env.WAYLAND_DISPLAY !== undefined;
