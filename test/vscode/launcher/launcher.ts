/**
 * @file Stands in for a desktop VS Code's executable: takes its arguments, runs an extension's
 * tests in a VS Code server with a headless Chromium as the window, prints what they print.
 */
import { format } from 'node:util';
import { startChromium } from '../../tools/chromium';
import { withCleanup, type Cleanup } from '../../tools/support/cleanup';
import { settingsForWebHost } from '../../tools/vscodeServer/webHost';
import { startVscodeServer } from '../../tools/vscodeServer/server';
import { workbenchUrl } from '../../tools/vscodeServer/address';
import { parseLaunchArguments, type LaunchArguments } from './arguments';
import { finishedMark, readMark } from './marks';

const limitSeconds = 300;

await withCleanup(async (cleanup) => {
  const launch = parseLaunchArguments(process.argv.slice(2));
  const exitCode = await runInWorkbench(launch, cleanup);
  if (exitCode === 'timeout') {
    console.error(`The tests did not end within ${limitSeconds} s.`);
    return 1;
  }
  return exitCode;
});

async function runInWorkbench(
  launch: LaunchArguments,
  cleanup: Cleanup,
): Promise<number | 'timeout'> {
  const server = await startVscodeServer({
    settings: launch.host === 'web' ? await settingsForWebHost(launch.extension) : {},
  });
  cleanup.add(() => server.stop());
  const chromium = await startChromium();
  cleanup.add(() => chromium.stop());
  const { context } = chromium;
  const page = context.pages()[0] ?? (await context.newPage());

  const run = { finished: false };
  await page.exposeFunction('codeAutomationLog', (type: string, args: unknown[]) => {
    const line = format(...args);
    const printed = readMark(line);
    if (line === finishedMark) run.finished = true;
    else if (printed !== undefined) console.log(printed);
    else if (type === 'error' && /Error: |tests? failed/.test(line)) console.error(line);
  });
  const ended = new Promise<number>((resolve) => {
    void page.exposeFunction('codeAutomationExit', resolve);
    page.on('crash', () => {
      console.error('The window crashed.');
      resolve(1);
    });
  });
  await page.goto(
    workbenchUrl(server, {
      extension: launch.extension,
      tests: launch.tests,
      ...(launch.folder === undefined ? {} : { folder: launch.folder }),
      ...(launch.openFile === undefined ? {} : { openFile: launch.openFile }),
    }),
  );
  const limit = new Promise<'timeout'>((resolve) => {
    setTimeout(resolve, limitSeconds * 1000, 'timeout').unref();
  });
  const exitCode = await Promise.race([ended, limit]);
  if (exitCode === 0 && !run.finished) {
    console.error('The extension host ended before the tests did.');
    return 1;
  }
  return exitCode;
}
