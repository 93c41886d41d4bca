/** @file The one place that calls `acquireVsCodeApi`, which may be called once a page. */

/** What the page can say to VS Code. */
export interface PageApi {
  postMessage(message: unknown): void;
  /** What this page last kept with `setState`, from whichever version of it. */
  getState(): unknown;
  setState(state: unknown): void;
}

/** Takes VS Code's end of the page. Call once. */
export function takePageApi(): PageApi {
  const api = acquireVsCodeApi();
  return {
    postMessage: (message) => {
      api.postMessage(message);
    },
    getState: () => api.getState(),
    setState: (state) => {
      api.setState(state);
    },
  };
}
