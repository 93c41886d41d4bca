/**
 * @file What is said of a trace point in one line: its shape in named axes, what matters of its
 * numbers. Knows no editor.
 */
import * as vscode from 'vscode';
import { axisText, boundAxes, shapeOfAxes, type NamedAxis } from '../../webview/config/axes';
import { axisMeaning } from '../../webview/config/axisMeanings';
import { formatCount } from '../../webview/config/counts';
import type { ModelConfig } from '../../webview/config/model';
import { hasPlace } from '../../webview/config/places';
import type { Statistics } from '../../webview/config/statistics';
import type { TraceRecord } from '../../webview/config/traceRecord';
import { formatDuration } from '../../webview/formats/duration';
import { formatValue } from '../../webview/formats/numbers';
import type { PointDescription } from '../../webview/protocol/inspectionApi';
import type { PlaceSeen, Seen } from '../engine/inspection';

/** All that is known of a trace point at the place that is shown. */
export interface ShownPoint {
  readonly record: TraceRecord;
  /** `decoder.0.selfAttention.pattern`; absent where no pass comes by. */
  readonly path?: string | undefined;
  /** Of the run in the engine, or in it last. */
  readonly described?: PointDescription | undefined;
  /** A run's shapes are known: a place without is none of its model. */
  readonly hasRun: boolean;
  /** What shapes follow from before any run. */
  readonly configured: ModelConfig;
  readonly seen: PlaceSeen;
}

/** What the age of numbers is counted by. */
export interface Moment {
  /** `Date.now()` */
  readonly now: number;
  /** While nothing is trained, nothing grows old. */
  readonly isTraining: boolean;
}

/** The axes of a point, of the run or, before any, as the configuration binds them. */
export function axesOf({ record, described, configured }: ShownPoint): NamedAxis[] {
  if (described !== undefined) {
    return described.axes.map((name, index) => sized(name, described.shape[index]));
  }
  const bound = configuredAxes(configured);
  return record.axes.map((name) => sized(name, bound[name]));
}

/** `batch 4 × head 4 × query 64 × key 64` */
export function shapeText(point: ShownPoint): string {
  const axes = axesOf(point);
  return axes.length === 0 ? vscode.l10n.t('one number') : shapeOfAxes(axes);
}

/** What each axis means, a line an axis. */
export function axesText(point: ShownPoint): string {
  const axes = axesOf(point);
  if (axes.length === 0) return vscode.l10n.t('One number for the whole batch.');
  return axes.map((axis) => `${axisText(axis)}: ${axisMeaning(axis.name)}`).join('\n');
}

/** `μ 0.00 σ 1.02 · step 480, 3 s ago`, or why there is nothing. */
export function numbersText(point: ShownPoint, moment: Moment): string {
  if (isElsewhere(point)) return vscode.l10n.t('not in this model');
  const { value } = point.seen;
  if (value === undefined) {
    return point.hasRun ? vscode.l10n.t('not looked at yet') : noValuesYet();
  }
  const isOne = axesOf(point).length === 0;
  return `${statisticsText(value.statistics, isOne)} · ${ageText(value, moment)}`;
}

/** `μ 0.00 σ 1.02`; of one number it alone; what is not finite is counted, and marked. */
export function statisticsText(statistics: Statistics, isOne: boolean): string {
  const { mean, deviation, nonFinite, histogram } = statistics;
  const warning = vscode.l10n.t('⚠ {0} NaN or ∞', formatCount(nonFinite));
  if (histogram.length === 0) return warning;
  const numbers = isOne
    ? `= ${formatValue(mean)}`
    : `μ ${formatValue(mean, deviation)} σ ${formatValue(deviation)}`;
  return nonFinite > 0 ? `${warning} · ${numbers}` : numbers;
}

/** `step 480, 3 s ago`; while nothing is trained the step alone. */
export function ageText({ step, time }: Seen, { now, isTraining }: Moment): string {
  const at = vscode.l10n.t('step {0}', formatCount(step));
  const age = Math.max(0, now - time);
  return isTraining ? vscode.l10n.t('{0}, {1} ago', at, formatDuration(age)) : at;
}

/** Whether an attention heatmap shows the point: it has a number for every query and key. */
export function isAttention({ record }: ShownPoint): boolean {
  return record.axes.includes('query') && record.axes.includes('key');
}

/**
 * Whether the run's model, or before any run the configured one, has no such place: uniform
 * attention has no queries.
 */
export function isElsewhere({ hasRun, described, path, configured }: ShownPoint): boolean {
  if (path === undefined) return true;
  return hasRun ? described === undefined : !hasPlace(configured, path);
}

function noValuesYet(): string {
  return vscode.l10n.t('no values yet: train a model');
}

function sized(name: string, size: number | undefined): NamedAxis {
  return size === undefined ? { name } : { name, size };
}

/** Of a configured model, whose vocabulary only its text decides. */
function configuredAxes(model: ModelConfig): Record<string, number> {
  const axes = boundAxes({ ...model, vocabulary: 0 });
  return Object.fromEntries(Object.entries(axes).filter(([name]) => name !== 'vocab'));
}
