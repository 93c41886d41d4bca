/**
 * @file The page of the message test: the playground's end of the conversation, without a
 * playground.
 */
import { pagePort } from '../../../../webview/protocol/port';
import { ofHost, ofPage } from './examples';
import { speak } from './speak';

declare function acquireVsCodeApi(): { postMessage(message: unknown): void };

const api = acquireVsCodeApi();

void speak(pagePort(api, window), ofPage, ofHost).then(
  (complaints) => {
    api.postMessage({ complaints });
  },
  (error: unknown) => {
    api.postMessage({ complaints: [String(error)] });
  },
);
