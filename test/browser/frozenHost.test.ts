/**
 * @file What the page says of a host that stands still for half a minute, and that nothing of it is
 * left once the host goes on. A file of its own: its pages have a clock that the tests turn.
 */
import { beforeEach, describe, expect, it } from 'vitest';
import { useStage, type Stage } from './harness/openPage';
import { takePicture } from './harness/picture';
import { themes, type Theme } from './harness/site';

let stage: Stage;

useStage((opened) => {
  stage = opened;
});

beforeEach(async () => {
  await stage.page.clock.install();
});

const notSaved = /The checkpoint of step 2,495 could not be saved: .* no longer answers/;

/** Stops a run while its host stands still, and waits until the page has noticed that. */
async function stopBeforeFrozenHost(theme: Theme): Promise<void> {
  await stage.open({ scenario: 'training', theme });
  await stage.page.evaluate(() => {
    window.harness.freeze();
  });
  await stage.page.getByRole('button', { name: 'Stop', exact: true }).click();
  await stage.page.clock.runFor(5000);
  await stage.page.clock.runFor(20_000);
  await stage.page.locator('.progress-line').getByText('Stopped at step').waitFor();
  await stage.page.getByText(notSaved).waitFor();
}

describe('a host that stands still while a run is stopped, and then goes on', () => {
  it('stores the run’s last snapshot before it hears of the end, and the page says nothing false', async () => {
    for (const theme of themes) {
      await stopBeforeFrozenHost(theme);
      await takePicture(stage.page, `host-frozen-${theme}`);
      await stage.page.evaluate(() => {
        window.harness.thaw();
      });
      await stage.page.getByText(notSaved).waitFor({ state: 'detached' });
      await expect.poll(() => stage.asked('state')).toContain('idle');
      const names = await stage.page.evaluate(() =>
        window.harness.asked.map(({ name, params }) => (name === 'state' ? params : name)),
      );
      expect(names.slice(-2)).toEqual(['storeSnapshot', 'idle']);
      expect(await stage.page.getByText('no longer answers').count()).toBe(0);
      await takePicture(stage.page, `host-thawed-${theme}`);
    }
  });

  it('takes the warning away also where the user has it save', async () => {
    await stopBeforeFrozenHost('dark');
    await stage.page.evaluate(() => {
      window.harness.stored();
    });
    await stage.page.getByText(notSaved).waitFor({ state: 'detached' });
  });
});
