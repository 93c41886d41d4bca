/** @file What those who look at a run's model read of it: its weights, and the text they name. */
import { PlaygroundError } from '../config/errors';
import { shownText, type ShownText } from '../inspection/shownText';
import type { LookedText } from '../protocol/attentionMaps';
import type { Subject } from '../training/probe';
import type { ActiveRun } from './activeRun';
import { batchOfStep } from './dataset';

/** The run's model as a probe sees it, with nothing kept. */
export function subjectOf({ trainer: { model, config, parameters } }: ActiveRun): Subject {
  return { model, config, parameters, kept: new Map() };
}

/** The text that is to be looked at, in the tokens of this run. */
export function textOf(run: ActiveRun, of: LookedText): ShownText {
  const { tokenizer } = run.dataset;
  return shownText(idsOf(run, of), tokenizer, run.config.model.context);
}

function idsOf({ dataset, config, step }: ActiveRun, of: LookedText): Int32Array {
  switch (of.from) {
    case 'text':
      return dataset.tokenizer.encode(of.text);
    case 'tokens':
      return of.ids;
    case 'batch': {
      const { batchSize } = config.training;
      if (!Number.isInteger(of.row) || of.row < 0 || of.row >= batchSize) {
        throw new PlaygroundError({
          code: 'index-out-of-range',
          message: `The batch has no window ${of.row}; there are ${batchSize}.`,
          remedy: `Choose a window from 0 to ${batchSize - 1}.`,
        });
      }
      const { inputs, context } = batchOfStep(dataset, config, step);
      return inputs.slice(of.row * context, (of.row + 1) * context);
    }
    default:
      return of satisfies never;
  }
}
