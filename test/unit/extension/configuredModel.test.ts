/** @file What the page says stands in its form, which is checked before shapes follow from it. */
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { Inspection } from '../../../extension/engine/inspection';
import { playgroundUser } from '../../../extension/playground/hostHandlers';
import { hostValidators } from '../../../extension/playground/hostValidators';
import type { PlaygroundEndpoint } from '../../../extension/playground/playgroundPanel';
import type { RequestContext } from '../../../webview/protocol/contract';
import { defaultPreset } from '../../../webview/config/presets';

vi.mock('vscode', () => import('../support/vscode'));

const { model } = defaultPreset.config;
const changed = vi.fn();
const endpoint = { on: () => undefined } as unknown as PlaygroundEndpoint;

let inspection: Inspection;
let user: ReturnType<typeof playgroundUser>;

function configure(next: typeof model): void {
  void user.opened(endpoint).configured({ model: next }, {} as RequestContext);
}

beforeEach(() => {
  changed.mockClear();
  inspection = new Inspection((error) => {
    throw error;
  });
  inspection.onDidChange(changed);
  const follower = { follow: () => undefined };
  user = playgroundUser({
    engine: { ...follower, pageClosed: () => undefined },
    attention: follower,
    generation: follower,
    inspection,
    messages: { attempt: (work: () => unknown) => Promise.resolve(work()) },
  } as unknown as Parameters<typeof playgroundUser>[0]);
});

describe('the model of the form', () => {
  it('is that of the default preset until the page tells another, and once it is closed', () => {
    expect(inspection.configured).toEqual(model);
    configure({ ...model, layers: 5 });
    configure({ ...model, layers: 5 });
    expect(inspection.configured).toEqual({ ...model, layers: 5 });
    expect(changed).toHaveBeenCalledTimes(1);
    user.closed();
    expect(inspection.configured).toEqual(model);
    expect(changed).toHaveBeenCalledTimes(2);
  });

  it('is refused where no such model can be built', () => {
    const { configured } = hostValidators;
    expect(configured.safeParse({ model: { ...model, layers: 5 } }).success).toBe(true);
    for (const wrong of [null, {}, { ...model, layers: 1e9 }, { ...model, heads: '8' }]) {
      expect(configured.safeParse({ model: wrong }).success).toBe(false);
    }
    expect(() => {
      configure({ ...model, heads: 7 });
    }).toThrow('7 heads do not divide');
    expect(inspection.configured).toEqual(model);
  });
});
