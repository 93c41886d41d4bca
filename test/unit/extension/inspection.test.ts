/** @file What the host knows of the inside of a run, and what it has the engine look at. */
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { Inspection } from '../../../extension/engine/inspection';
import type { PlaygroundEndpoint } from '../../../extension/playground/playgroundPanel';
import { PlaygroundError } from '../../../webview/config/errors';
import type { Look } from '../../../webview/protocol/inspectionApi';
import { factsOf } from '../support/facts';

vi.mock('vscode', () => import('../support/vscode'));

const numbers = { mean: 0, deviation: 1, min: -1, max: 1, nonFinite: 0, histogram: [1, 1] };

/** A page whose engine answers as it is told. */
class Page {
  readonly asked: { readonly name: string; readonly params: unknown }[] = [];
  readonly points = new Map<string, string[]>();
  refuses: Error | undefined;
  private readonly listeners = new Map<string, (payload: unknown) => void>();

  get endpoint(): PlaygroundEndpoint {
    return {
      on: (name: string, listener: (payload: unknown) => void) => {
        this.listeners.set(name, listener);
      },
      request: (name: string, params: unknown) => {
        this.asked.push({ name, params });
        if (this.refuses !== undefined) return Promise.reject(this.refuses);
        const runId = this.runId;
        const points = (this.points.get(runId) ?? []).map((path) => ({ path }));
        return Promise.resolve(name === 'describe' ? { runId, points } : null);
      },
    } as unknown as PlaygroundEndpoint;
  }

  private runId = '';

  async loads(runId: string): Promise<void> {
    this.runId = runId;
    this.listeners.get('facts')?.(factsOf(runId));
    await Promise.resolve();
    await Promise.resolve();
  }

  looks(look: Look): void {
    this.listeners.get('looked')?.(look);
  }

  get watched(): unknown[] {
    return this.asked.filter(({ name }) => name === 'watch').map(({ params }) => params);
  }
}

let page: Page;
let inspection: Inspection;
const report = vi.fn();

beforeEach(() => {
  report.mockClear();
  page = new Page();
  inspection = new Inspection(report);
  inspection.follow(page.endpoint);
  page.points.set('a', ['logits', 'loss']);
});

describe('what is known of a run', () => {
  it('is its shapes in the order of a pass, and nothing before the first run', async () => {
    expect(inspection.isDescribed).toBe(false);
    await page.loads('a');
    expect(inspection.paths).toEqual(['logits', 'loss']);
    expect(inspection.describe('logits')).toEqual({ path: 'logits' });
    expect(inspection.describe('elsewhere')).toBeUndefined();
  });

  it('keeps the last gradient beside newer values', async () => {
    await page.loads('a');
    page.looks({
      runId: 'a',
      step: 4,
      points: [{ path: 'loss', value: numbers, gradient: numbers }],
    });
    page.looks({ runId: 'a', step: 5, points: [{ path: 'loss', value: numbers }] });
    expect(inspection.lastSeen('loss')).toMatchObject({
      value: { step: 5 },
      gradient: { step: 4 },
    });
  });

  it('is never shown of another run: numbers go with theirs, and late ones are dropped', async () => {
    await page.loads('a');
    page.looks({ runId: 'a', step: 4, points: [{ path: 'loss', value: numbers }] });
    await page.loads('b');
    expect(inspection.lastSeen('loss')).toEqual({});
    expect(inspection.isDescribed).toBe(false);
    page.looks({ runId: 'a', step: 9, points: [{ path: 'loss', value: numbers }] });
    expect(inspection.lastSeen('loss')).toEqual({});
  });

  it('stays when the panel is closed', async () => {
    await page.loads('a');
    inspection.unfollow();
    expect(inspection.paths).toEqual(['logits', 'loss']);
  });
});

describe('what the engine is asked to look at', () => {
  it('is what anybody wants, each point once, and again after it starts anew', async () => {
    inspection.want('source', ['loss', 'logits']);
    inspection.want('playground', ['logits']);
    expect(page.watched).toEqual([{ points: ['logits', 'loss'] }]);
    await page.loads('a');
    expect(page.watched).toHaveLength(2);
    inspection.want('source', []);
    expect(page.watched.at(-1)).toEqual({ points: ['logits'] });
  });

  it('is asked of no engine while there is none', () => {
    inspection.unfollow();
    inspection.want('source', ['loss']);
    expect(page.watched).toEqual([]);
  });

  it('is logged where it is refused, and not where the page is only gone', async () => {
    const failure = { message: 'Gone.', remedy: 'Open it.' };
    page.refuses = new PlaygroundError({ code: 'disposed', ...failure });
    inspection.want('source', ['loss']);
    await Promise.resolve();
    expect(report).not.toHaveBeenCalled();
    page.refuses = new PlaygroundError({ code: 'internal', ...failure });
    inspection.want('source', ['logits']);
    await vi.waitFor(() => {
      expect(report).toHaveBeenCalledTimes(1);
    });
  });
});
