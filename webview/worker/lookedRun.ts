/** @file What those who look at a run's model read of it: its weights, and the text they name. */
import { PlaygroundError } from '../config/errors';
import { Window } from '../inference/generate';
import { shownText, viewsOf, type ShownText } from '../inspection/shownText';
import type { LookedText, ModelText } from '../protocol/attentionMaps';
import type { Subject } from '../training/probe';
import type { ActiveRun } from './activeRun';
import { batchOfStep } from './dataset';
import { promptOf } from './prompt';

/** The run's model as a probe sees it, with nothing kept. */
export function subjectOf({ trainer: { model, config, parameters } }: ActiveRun): Subject {
  return { model, config, parameters, kept: new Map() };
}

/** The text that is to be looked at, in the tokens of this run. */
export function textOf(run: ActiveRun, of: LookedText): ShownText {
  const { tokenizer } = run.dataset;
  if (of.from === 'model') return seenText(run, of);
  return shownText(idsOf(run, of), tokenizer, run.config.model.context);
}

/** What the model saw with the last token: by the rule by which it wrote. */
function seenText(run: ActiveRun, of: ModelText): ShownText {
  const { prompt, after } = promptOf(run, of);
  const window = new Window(subjectOf(run), prompt, false);
  for (const token of after) window.append(token);
  const ids = Int32Array.from(window.tokens);
  const cropped = prompt.length + after.length - ids.length;
  return { ids, tokens: viewsOf(ids, run.dataset.tokenizer), cropped };
}

function idsOf(
  { dataset, config, step }: ActiveRun,
  of: Exclude<LookedText, ModelText>,
): Int32Array {
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
