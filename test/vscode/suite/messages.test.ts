/**
 * @file Every message type travels between the real host and a real webview, both ways, unchanged.
 */
import * as vscode from 'vscode';
import { webviewPort, type Port } from '../../../webview/protocol/port';
import { same } from './check';
import { product } from './product';
import { ofAttentionHost, ofAttentionPage } from './messages/attentionExamples';
import { namesOf, ofHost, ofPage } from './messages/examples';
import { ofGenerationHost, ofGenerationPage } from './messages/generationExamples';
import { speak } from './messages/speak';

/** Whose messages, by the names that the page knows as well. */
const conversations = {
  playground: (port: Port) => speak(port, ofHost, ofPage),
  attention: (port: Port) => speak(port, ofAttentionHost, ofAttentionPage),
  generation: (port: Port) => speak(port, ofGenerationHost, ofGenerationPage),
};

suite('Messages', () => {
  for (const name of namesOf(conversations)) {
    test(`of every type of the ${name} arrive as they were sent, through a real webview`, () =>
      converse(name));
  }
});

async function converse(name: keyof typeof conversations): Promise<void> {
  const folder = vscode.Uri.joinPath(product().extensionUri, 'dist', 'test', 'suite');
  const panel = vscode.window.createWebviewPanel('test', 'Test', vscode.ViewColumn.Active, {
    enableScripts: true,
    localResourceRoots: [folder],
  });
  try {
    const ofThePage = new Promise<unknown>((resolve) => {
      panel.webview.onDidReceiveMessage((message: unknown) => {
        if (isReport(message)) resolve(message.complaints);
      });
    });
    const here = conversations[name](withoutReports(webviewPort(panel.webview)));
    const script = panel.webview.asWebviewUri(vscode.Uri.joinPath(folder, 'page.js')).toString();
    panel.webview.html = `<!DOCTYPE html><meta charset="UTF-8"><body data-conversation="${name}"><script src="${script}"></script>`;
    same(await here, []);
    same(await ofThePage, []);
  } finally {
    panel.dispose();
  }
}

/** The page's report is no message of the protocol. */
function withoutReports(port: Port): Port {
  return {
    ...port,
    onMessage: (listener) =>
      port.onMessage((message) => {
        if (!isReport(message)) listener(message);
      }),
  };
}

function isReport(message: unknown): message is { complaints: unknown } {
  return typeof message === 'object' && message !== null && 'complaints' in message;
}
