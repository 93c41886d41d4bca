/**
 * @file The page of the message test: the page's end of a conversation, without the page.
 */
import { pagePort } from '../../../../webview/protocol/port';
import { ofAttentionHost, ofAttentionPage } from './attentionExamples';
import { ofHost, ofPage } from './examples';
import { speak } from './speak';

declare function acquireVsCodeApi(): { postMessage(message: unknown): void };

const api = acquireVsCodeApi();

const port = pagePort(api, window);

const spoken =
  document.body.dataset.conversation === 'attention'
    ? speak(port, ofAttentionPage, ofAttentionHost)
    : speak(port, ofPage, ofHost);

void spoken.then(
  (complaints) => {
    api.postMessage({ complaints });
  },
  (error: unknown) => {
    api.postMessage({ complaints: [String(error)] });
  },
);
