/** @file Whether the host knows the model of the form, so that the source shows its shapes. */
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { ModelConfig } from '../../../webview/config/model';
import { defaultPreset } from '../../../webview/config/presets';
import { FormState } from '../../../webview/ui/state/formState';
import { PlaygroundState } from '../../../webview/ui/state/playgroundState';
import { tellConfigured } from '../../../webview/ui/state/tellConfigured';

beforeEach(() => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'performance'] });
});

afterEach(() => {
  vi.useRealTimers();
});

function telling() {
  const form = new FormState(new PlaygroundState().textName, undefined);
  const told: ModelConfig[] = [];
  const end = tellConfigured(form.configured, (model) => told.push(model));
  return { form, told, end };
}

describe('the model of the form is told', () => {
  it('at once, and then when it has changed', () => {
    const { form, told } = telling();
    expect(told).toEqual([defaultPreset.config.model]);
    form.set('model.layers', '5');
    form.set('model.heads', '8');
    form.set('training.steps', '7');
    vi.advanceTimersByTime(1000);
    form.set('training.steps', '8');
    vi.advanceTimersByTime(1000);
    expect(told.slice(1)).toEqual([{ ...defaultPreset.config.model, layers: 5, heads: 8 }]);
  });

  it('only where it can be trained, also of a text that is not chosen yet', () => {
    const { form, told } = telling();
    form.set('data.source', 'text');
    for (const heads of ['', '7', '65', 'many']) {
      form.set('model.heads', heads);
      vi.advanceTimersByTime(1000);
    }
    expect(told).toHaveLength(1);
    form.set('model.heads', '8');
    vi.advanceTimersByTime(1000);
    expect(told.at(-1)).toMatchObject({ heads: 8 });
  });

  it('no more to a host that has gone', () => {
    const { form, told, end } = telling();
    form.set('model.layers', '5');
    end();
    form.set('model.layers', '6');
    vi.advanceTimersByTime(1000);
    expect(told).toHaveLength(1);
    expect(vi.getTimerCount()).toBe(0);
  });
});
