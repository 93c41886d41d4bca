/** @file Looking into a small model, for the tests of probes. */
import type { KeptValue } from '../../../webview/trace/intervene';
import type { CaptureRequest, Captured, Intervention, Probe } from '../../../webview/trace/probe';
import { runProbe, type Subject } from '../../../webview/training/probe';
import type { Trainer } from '../../../webview/training/trainer';
import { batchOf, smallShape } from '../support/models';

/** Two windows of six tokens. */
export const input = batchOf(smallShape, 5, 2);

/** A trainer as a probe sees it, with nothing kept yet. */
export function subjectOf({ model, config, parameters }: Trainer): Subject {
  return { model, config, parameters, kept: new Map<string, KeptValue>() };
}

/** The whole values at some points, in a pass with these interventions. */
export async function look(
  subject: Subject,
  at: readonly string[],
  interventions: readonly Intervention[] = [],
): Promise<{ loss: number; values: Float32Array[] }> {
  const capture = at.map((path): CaptureRequest => ({ at: path, what: 'value' }));
  const { loss, captures } = await runProbe(subject, { input, capture, interventions });
  return { loss, values: captures.map(valuesOf) };
}

/** The gradients at some points, all from one pass. */
export async function gradients(
  subject: Subject,
  at: readonly string[],
  rest: Partial<Probe> = {},
): Promise<Float32Array[]> {
  const capture = at.map((path): CaptureRequest => ({ at: path, what: 'gradient' }));
  const { captures } = await runProbe(subject, { input, capture, interventions: [], ...rest });
  return captures.map(valuesOf);
}

/** What was captured, where it was asked for whole. */
export function valuesOf({ values }: Captured): Float32Array {
  if (!values) throw new Error('There are no values.');
  return values;
}

/** The first of these, where there is one. */
export function only(values: readonly Float32Array[]): Float32Array {
  const [first] = values;
  if (!first) throw new Error('Nothing was captured.');
  return first;
}
