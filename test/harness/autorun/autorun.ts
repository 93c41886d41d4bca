/** @file Trains the tiny model when a window of `npm start` opens. Not part of the product. */
import { commands } from 'vscode';

export async function activate(): Promise<void> {
  await commands.executeCommand('transformerPlayground.trainTinyModel');
}
