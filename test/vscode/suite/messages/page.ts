/**
 * @file The page of the message test: the page's end of a conversation, without the page.
 */
import { pagePort } from '../../../../webview/protocol/port';
import { ofAttentionHost, ofAttentionPage } from './attentionExamples';
import { namesOf, ofHost, ofPage } from './examples';
import { ofGenerationHost, ofGenerationPage } from './generationExamples';
import { speak } from './speak';

declare function acquireVsCodeApi(): { postMessage(message: unknown): void };

const api = acquireVsCodeApi();

const port = pagePort(api, window);

const conversations = {
  playground: () => speak(port, ofPage, ofHost),
  attention: () => speak(port, ofAttentionPage, ofAttentionHost),
  generation: () => speak(port, ofGenerationPage, ofGenerationHost),
};

const name = namesOf(conversations).find((each) => each === document.body.dataset.conversation);

void conversations[name ?? 'playground']().then(
  (complaints) => {
    api.postMessage({ complaints });
  },
  (error: unknown) => {
    api.postMessage({ complaints: [String(error)] });
  },
);
