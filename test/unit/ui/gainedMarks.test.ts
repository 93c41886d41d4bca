/** @file The marks of heads that became what they are, on a curve and in words. */
import { describe, expect, it } from 'vitest';
import { describeChart } from '../../../webview/ui/charts/curves';
import { MetricHistory } from '../../../webview/ui/state/metricHistory';
import { gainedMarks } from '../../../webview/ui/views/gainedMarks';
import { lossChart } from '../../../webview/ui/views/lossChart';

const path = (layer: number): string => `decoder.${layer}.selfAttention.pattern`;
const late = { step: 1250, path: path(1), head: 3, role: 'induction' } as const;
const early = { step: 500, path: path(0), head: 1, role: 'previous-token' } as const;

it('heads that gain a role at one step share its mark, and marks go by step', () => {
  const other = { ...late, path: path(0), head: 0, role: 'uniform' } as const;
  expect(gainedMarks([late, early, other])).toEqual([
    { x: 500, text: 'layer 0, head 1 became a previous-token head' },
    {
      x: 1250,
      text: 'layer 1, head 3 became an induction head; layer 0, head 0 became a uniform head',
    },
  ]);
});

it('the curve in words says them', () => {
  const point = { step: 1250, time: 9, loss: 1.5, learningRate: 0.001, tokens: 10 };
  const chart = lossChart([point], undefined, [late]);
  expect(describeChart(chart, String)).toBe(
    'Loss (nats per token): Training 1.5 at step 1,250. Step 1,250: layer 1, head 3 became an induction head.',
  );
});

describe('the marks of the run on the page', () => {
  it('are those up to the step that it is continued from, and none of another run', () => {
    const history = new MetricHistory();
    history.addGained([early]);
    history.addGained([late]);
    history.rewind(600);
    expect(history.gained.value).toEqual([early]);
    history.reset();
    expect(history.gained.value).toEqual([]);
  });
});
