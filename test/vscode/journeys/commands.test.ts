/**
 * @file Commands: what the palette offers when, and what a command says that is called where it
 * cannot work.
 */
import assert from 'node:assert/strict';
import { journey } from '../driver/journey';
import { onWasm, Playground, trainTinyModel } from '../driver/playground';
import { poll } from '../driver/poll';
import type { VscodeWindow } from '../driver/window';

/** What can be done at any time. */
const always = [
  'Choose Backend',
  'Choose Layer Shown',
  'Copy Diagnostics',
  'Focus on Generation View',
  'Go to Part of the Model',
  'Go to Source of the Selection',
  'Open Generation View',
  'Open Model Source',
  'Open Playground',
  'Show Attention',
  'Show Log',
  'Train Tiny Model',
  'Train on This File',
];

/** Keys that run commands whether they are enabled or not. */
const keys = {
  'ctrl+alt+1': 'transformerPlayground.pause',
  'ctrl+alt+2': 'transformerPlayground.resume',
  'ctrl+alt+3': 'transformerPlayground.singleStep',
  'ctrl+alt+4': 'transformerPlayground.stop',
  'ctrl+alt+5': 'transformerPlayground.saveCheckpoint',
  'ctrl+alt+6': 'transformerPlayground.resumeLastRun',
};
const pressed = {
  pause: 'Control+Alt+1',
  resume: 'Control+Alt+2',
  step: 'Control+Alt+3',
  stop: 'Control+Alt+4',
  save: 'Control+Alt+5',
  resumeLast: 'Control+Alt+6',
} as const;

suite('Commands', () => {
  journey(
    'are offered where they can work, and say elsewhere what is missing',
    async (vscode) => {
      const window = await vscode.openWindow('README.md');
      const playground = new Playground(window);
      await window.runCommand('Transformer: Resume Last Run');
      await window.told(/no run to resume: none is saved here.* “Transformer: Train Tiny Model”/);
      await offers(window, []);
      for (const key of [pressed.pause, pressed.resume, pressed.step, pressed.stop, pressed.save]) {
        await says(
          window,
          key,
          /No run is being trained\. Start one with “Transformer: Train Tiny/,
        );
      }
      await window.screenshot('commands-without-run');

      await window.runCommand('Transformer: Train Tiny Model');
      await playground.reach(1);
      await offers(window, ['Pause Training', 'Save Checkpoint', 'Stop Training']);
      await says(
        window,
        pressed.resume,
        /trained already\. Use “Transformer: Pause Training” first/,
      );
      await says(window, pressed.step, /trained already\. Use “Transformer: Pause Training” first/);
      await says(window, pressed.resumeLast, /“Tiny GPT” is in the engine already\. Stop it first/);
      await window.screenshot('commands-while-training');

      await window.runCommand('Transformer: Pause Training');
      await playground.becomes('Paused');
      const whilePaused = ['Resume Training', 'Save Checkpoint', 'Single Training Step'];
      await offers(window, [...whilePaused, 'Stop Training']);
      await says(window, pressed.pause, /paused already\. Use “Transformer: Resume Training”/);
      const paused = await playground.step();
      await window.runCommand('Transformer: Single Training Step');
      await playground.reach(paused + 1);

      await window.runCommand('Transformer: Stop Training');
      await playground.becomes('Stopped');
      await offers(window, ['Resume Last Run']);
      await says(window, pressed.stop, /No run is being trained\..* use “Resume Last Run”/);

      const stopped = Number(/Stopped at step (\d+)/.exec(await playground.progress())?.[1]);
      await playground.press('Resume');
      await playground.goesOnFrom(stopped);
    },
    { settings: onWasm, keys },
  );

  journey(
    'are not lost while a run is being loaded',
    async (vscode) => {
      const { window, playground } = await trainTinyModel(vscode);
      await window.page.keyboard.press(pressed.pause);
      const answer = 'The run is still being loaded. Try again in a moment.';
      const isPaused = async (): Promise<boolean> =>
        (await playground.progress()).startsWith('Paused');
      const isTold = async (): Promise<boolean> => (await window.notifications()).includes(answer);
      await poll(
        async () => (await isPaused()) || (await isTold()),
        (answered) => answered,
        { what: 'an answer to Pause, pressed at once' },
      );
      await window.screenshot('pause-while-loading');
      await window.page.keyboard.press(pressed.stop);
      await poll(
        () => window.commandsFor('Transformer: '),
        (offered) => !offered.includes('Transformer: Stop Training'),
        { what: 'a palette without Stop, pressed at once' },
      );
    },
    { settings: onWasm, keys },
  );

  journey(
    'choose a backend for the next run',
    async (vscode) => {
      const { window, playground } = await trainTinyModel(vscode);
      await playground.says(/Runs on Plain CPU/);
      await window.runCommand('Transformer: Choose Backend');
      await window.pick('WASM');
      await window.told(/Backend: WASM\. It counts from the next run on\./);
      assert.equal((await vscode.settings())['transformerPlayground.backend'], 'wasm');
      assert.match(await playground.text(), /Runs on Plain CPU/);
      await window.screenshot('backend-chosen');
      await playground.press('Stop');
      await playground.becomes('Stopped');
      await playground.press('Train');
      await playground.says(/Runs on WASM/);
    },
    { onlyInFull: true, settings: { 'transformerPlayground.backend': 'cpu' } },
  );
});

/** Waits until the palette offers these commands and those for any time, and no others. */
async function offers(window: VscodeWindow, titles: readonly string[]): Promise<void> {
  const wanted = [...always, ...titles].sort().join(', ');
  await poll(
    async () => {
      const shown = await window.commandsFor('Transformer: ');
      const ours = shown.filter((title) => title.startsWith('Transformer: '));
      return ours
        .map((title) => title.replace('Transformer: ', ''))
        .sort()
        .join(', ');
    },
    (offered) => offered === wanted,
    { timeoutSeconds: 20, what: `the commands ${wanted}` },
  );
}

/** Presses a key and waits for its message, with those from before removed. */
async function says(window: VscodeWindow, key: string, what: RegExp): Promise<void> {
  await window.runCommand('Notifications: Clear All Notifications');
  await window.page.keyboard.press(key);
  await window.told(what);
}
