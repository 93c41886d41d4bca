/**
 * @file Where a model attends: found by the axes of its trace points, so that a further family
 * needs nothing here.
 */
import { PlaygroundError } from '../config/errors';
import type { ModelShape } from '../config/model';
import type { Model } from '../model/model';
import { axisNames } from '../trace/axes';
import { dryPass } from '../training/dryPass';

/** One attention of the model. */
export interface Attention {
  /** Path of its pattern. */
  readonly path: string;
  /** Path of its module: those of its other values begin with it. */
  readonly module: string;
  readonly heads: number;
}

/** Ends the path of every pattern. */
const ending = '.pattern';

/** The attentions of a model in the order of a pass. */
export function attentionsOf({ model, config }: Attending): Attention[] {
  return dryPass(model, config, 1, 1).points.flatMap(({ path, axes, shape }) => {
    const names = axisNames(axes);
    const relates = names.includes('query') && names.includes('key');
    if (!relates || !path.endsWith(ending)) return [];
    const heads = shape[names.indexOf('head')] ?? 1;
    return [{ path, module: path.slice(0, -ending.length), heads }];
  });
}

/** A model as far as its source goes. */
export interface Attending {
  readonly model: Model;
  readonly config: ModelShape;
}

/**
 * The attention whose pattern has this path.
 * @throws PlaygroundError where the model has none there, or not that head
 */
export function attentionAt(subject: Attending, path: string, head = 0): Attention {
  const all = attentionsOf(subject);
  const found = all.find((attention) => attention.path === path);
  if (found === undefined) {
    throw new PlaygroundError({
      code: 'unknown-trace-point',
      message: `This model has no attention at “${path}”.`,
      remedy:
        all.length === 0
          ? 'Train a model of at least one layer: one of 0 layers does not attend.'
          : `Choose among ${all.map((attention) => attention.path).join(', ')}.`,
    });
  }
  if (Number.isInteger(head) && head >= 0 && head < found.heads) return found;
  throw new PlaygroundError({
    code: 'index-out-of-range',
    message: `${path}: head ${head} does not exist; there are ${found.heads}.`,
    remedy: `Choose a head from 0 to ${found.heads - 1}.`,
  });
}
