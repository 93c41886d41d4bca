/** @file Two windows and one run: only one of them writes. */
import { describe, expect, it } from 'vitest';
import { Ownership } from '../../../extension/runs/ownership';
import { MemoryFiles } from '../../../extension/runs/runFiles';

function twoWindows() {
  const files = new MemoryFiles();
  const clock = { now: 1_000_000 };
  const window = (name: string) => new Ownership(files, name, () => clock.now);
  return { files, clock, first: window('first'), second: window('second') };
}

describe('who trains a run', () => {
  it('refuses a second window while the first one is alive', async () => {
    const { clock, first, second } = twoWindows();
    expect(await first.claim()).toBeUndefined();
    clock.now += 25_000;
    expect(await second.claim()).toMatchObject({ window: 'first' });
    expect(await first.claim()).toBeUndefined();
    clock.now += 25_000;
    expect(await second.other()).toMatchObject({ window: 'first' });
  });

  it('lets one window have the run where two claim it in the same moment', async () => {
    const { first, second } = twoWindows();
    // Neither sees an owner when it looks first.
    const others = await Promise.all([first.claim(), second.claim()]);
    expect(others.filter((other) => other === undefined)).toHaveLength(1);
    const refused = others[0] === undefined ? second : first;
    expect(await refused.other()).toMatchObject({ window: refused === first ? 'second' : 'first' });
  });

  it('lets a second window have the run when the first one is silent for half a minute', async () => {
    const { clock, first, second } = twoWindows();
    await first.claim();
    clock.now += 30_001;
    expect(await second.claim()).toBeUndefined();
    expect(await first.claim()).toMatchObject({ window: 'second' });
  });

  it('gives the run free at once when a window closes properly', async () => {
    const { first, second } = twoWindows();
    await first.claim();
    await first.release();
    expect(await second.claim()).toBeUndefined();
  });

  it('does not take away what another window owns', async () => {
    const { first, second } = twoWindows();
    await first.claim();
    await second.release();
    expect(await second.other()).toMatchObject({ window: 'first' });
  });

  it('takes an owner file that was cut off for none', async () => {
    const { files, second } = twoWindows();
    await files.write('owner.json', new TextEncoder().encode('{"window":"fi'));
    expect(await second.claim()).toBeUndefined();
  });

  it('knows a run that is being trained, by whichever window', async () => {
    const { clock, first } = twoWindows();
    expect(await first.isOwned()).toBe(false);
    await first.claim();
    expect(await first.isOwned()).toBe(true);
    clock.now += 31_000;
    expect(await first.isOwned()).toBe(false);
  });
});
