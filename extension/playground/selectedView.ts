/** @file What the playground's page is told of the place that is selected. Knows no panel. */
import { placeOf, type TraceRecord } from '../../webview/config/traceRecord';
import type { PlaceStatus, SeenNumbers, SelectedView } from '../../webview/protocol/selectedView';
import type { Selection } from '../../webview/protocol/selection';
import type { Inspection, Seen } from '../engine/inspection';
import { openingSentence } from '../source/firstSentence';
import {
  axesOf,
  isAttention,
  isElsewhere,
  type Moment,
  type ShownPoint,
} from '../source/pointText';

/** What is known of the model, in the engine and in its source. */
export interface Known {
  readonly records: readonly TraceRecord[];
  readonly inspection: Pick<Inspection, 'configured' | 'describe' | 'isDescribed' | 'lastSeen'>;
  readonly moment: Moment;
}

export function selectedView(selection: Selection, known: Known): SelectedView {
  const { records, inspection, moment } = known;
  const { path } = selection;
  const place = placeOf(records, path);
  if (place === undefined) return unknownPlace(selection);
  const { record, layer } = place;
  const point: ShownPoint = {
    record,
    path,
    described: inspection.describe(path),
    hasRun: inspection.isDescribed,
    configured: inspection.configured,
    seen: inspection.lastSeen(path),
  };
  const { value, gradient } = point.seen;
  const status = statusOf(point);
  const isSeen = status === 'seen';
  return {
    selection,
    title: record.title,
    ...(layer !== undefined && { layer }),
    explanation: openingSentence(record.explanation),
    axes: axesOf(point),
    isAttention: isAttention(point),
    status,
    ...(isSeen && value && { value: seenNumbers(value, moment) }),
    ...(isSeen && gradient && { gradient: seenNumbers(gradient, moment) }),
  };
}

/** A path that no line of the source marks: a link may name anything. */
function unknownPlace(selection: Selection): SelectedView {
  return {
    selection,
    title: selection.path,
    explanation: '',
    axes: [],
    isAttention: false,
    status: 'elsewhere',
  };
}

function statusOf(point: ShownPoint): PlaceStatus {
  if (isElsewhere(point)) return 'elsewhere';
  if (!point.hasRun) return 'no-run';
  return point.seen.value === undefined ? 'unseen' : 'seen';
}

function seenNumbers({ statistics, step, time }: Seen, { now, isTraining }: Moment): SeenNumbers {
  return { statistics, step, ...(isTraining && { age: Math.max(0, now - time) }) };
}
