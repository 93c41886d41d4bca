/**
 * @file What the playground's page shows of the place that is selected: plain numbers and texts,
 * which the page puts into words.
 */
import type { NamedAxis } from '../config/axes';
import type { Statistics } from '../config/statistics';
import type { Selection } from './selection';

/** Numbers of a value or its gradient, and how old they are. */
export interface SeenNumbers {
  readonly statistics: Statistics;
  /** Steps that the weights had learned. */
  readonly step: number;
  /** Milliseconds; absent while nothing is trained, and nothing grows old. */
  readonly age?: number;
}

/**
 * What can be said of a place's numbers: there was no run yet; the run's model has no such place;
 * it was not looked at yet; it was.
 */
export type PlaceStatus = 'no-run' | 'elsewhere' | 'unseen' | 'seen';

export interface SelectedView {
  readonly selection: Selection;
  /** `Attention pattern`; the path again for one that the source has no point for. */
  readonly title: string;
  /** Counted from 0; absent for a place outside the layers. */
  readonly layer?: number;
  /** First sentence of the explanation, in plain characters. */
  readonly explanation: string;
  /** Outermost first; before a run only those have a size that the configuration decides. */
  readonly axes: readonly NamedAxis[];
  /** It has a number for every query and key: a heatmap shows it. */
  readonly isAttention: boolean;
  readonly status: PlaceStatus;
  readonly value?: SeenNumbers;
  /** Of the mean loss; looked at more seldom than the value. */
  readonly gradient?: SeenNumbers;
}
