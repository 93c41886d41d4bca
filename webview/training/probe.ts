/**
 * @file Carries out a probe: a pass of its own over current weights, between steps. It draws
 * nothing from the run's random numbers and updates nothing, so that a watched run equals an
 * unwatched one.
 */
import { PlaygroundError } from '../config/errors';
import type { ModelShape } from '../config/model';
import type { Model } from '../model/model';
import { multiply, scale } from '../ops/arithmetic';
import { lossAndGradients } from '../ops/gradients';
import { average } from '../ops/reduce';
import { axisOf, sizeOf, type Tensor } from '../ops/tensor';
import { dispose, keep, read, tensor, tidy } from '../ops/values';
import { watchGradient } from '../ops/watchGradient';
import { axisNames, type Axes } from '../trace/axes';
import { intervene, type KeptValue } from '../trace/intervene';
import type {
  Captured,
  CaptureId,
  CaptureRequest,
  GradientOf,
  Probe,
  ProbeResult,
} from '../trace/probe';
import type { TraceListener, TracePath } from '../trace/scope';
import { statisticsOf } from '../trace/statistics';
import { selectedIndices, selectedPlaces } from '../trace/where';
import { batchTensors } from './batch';
import { checkProbe } from './checkProbe';
import type { Parameters } from './parameters';
import { passOver } from './pass';

/** The model that is looked at, and the values kept from earlier probes. */
export interface Subject {
  readonly model: Model;
  readonly config: ModelShape;
  readonly parameters: Parameters;
  /** Values captured with `keepAs`; the probe adds to them. */
  readonly kept: Map<CaptureId, KeptValue>;
}

/** A value seen during the pass; its tensors live until the probe has read them. */
interface Seen {
  readonly axes: Axes;
  readonly value: Tensor;
  gradient?: Tensor;
}

export async function runProbe(subject: Subject, probe: Probe): Promise<ProbeResult> {
  const seen = new Map<TracePath, Seen>();
  const visited = new Set<TracePath>();
  const { listener, wantsGradients } = listenerOf(subject, probe, seen, visited);
  let loss: Tensor | undefined;
  try {
    loss = tidy(() => pass(subject, probe, listener, wantsGradients));
    const missed = probe.interventions.find(({ at }) => !visited.has(at));
    if (missed) throw notPassed(missed.at);
    const captures: Captured[] = [];
    for (const request of probe.capture) captures.push(await capture(subject, request, seen));
    const [mean = NaN] = await read(loss);
    return { loss: mean, captures };
  } finally {
    if (loss) dispose(loss);
    for (const { value, gradient } of seen.values())
      dispose(value, ...(gradient ? [gradient] : []));
  }
}

/** Runs the model and returns its loss; with gradients wanted, also back-propagates. */
function pass(
  { model, config, parameters }: Subject,
  probe: Probe,
  listener: TraceListener,
  wantsGradients: boolean,
): Tensor {
  const { gradientOf = 'loss' } = probe;
  checkProbe(probe, config);
  const { inputs, targets } = batchTensors(probe.input);
  const scope = passOver(config, parameters, { listener });
  let loss: Tensor | undefined;
  const forward = (): Tensor => {
    const logits = model.forward(scope, config, inputs);
    const mean = model.loss(scope, logits, targets);
    loss = keep(mean);
    return gradientOf === 'loss' ? mean : logitDifference(logits, gradientOf);
  };
  if (wantsGradients) lossAndGradients(parameters.tensors, forward);
  else forward();
  if (!loss) throw new Error('The pass ended without a loss.');
  return loss;
}

/** The logit of a token, minus that of another, after one place of the first row. */
function logitDifference(logits: Tensor, of: Exclude<GradientOf, 'loss'>): Tensor {
  const vocab = axisOf(logits.shape, 2);
  const weights = new Float32Array(sizeOf(logits.shape));
  const row = weights.subarray(of.position * vocab, (of.position + 1) * vocab);
  row[of.token] = 1;
  // A logit minus itself is no objective at all: its weight comes to zero.
  if (of.minus !== undefined) row[of.minus] = (row[of.minus] ?? 0) - 1;
  const selected = multiply(logits, tensor(weights, logits.shape));
  return scale(average(selected), weights.length);
}

function listenerOf(
  subject: Subject,
  probe: Probe,
  seen: Map<TracePath, Seen>,
  visited: Set<TracePath>,
): { listener: TraceListener; wantsGradients: boolean } {
  const gradientsAt = new Set(
    probe.capture.filter(({ what }) => what === 'gradient').map(({ at }) => at),
  );
  const wanted = new Set(probe.capture.map(({ at }) => at));
  const changed = new Set(probe.interventions.map(({ at }) => at));
  const knowing = { mask: subject.config.mask, kept: subject.kept };
  const listener: TraceListener = {
    watches: (path) => wanted.has(path) || changed.has(path),
    visit: (path, axes, value) => {
      visited.add(path);
      const interventions = probe.interventions.filter(({ at }) => at === path);
      let current = interventions.reduce(
        (before, intervention) => intervene(before, axes, intervention, knowing),
        value,
      );
      if (!wanted.has(path)) return current;
      const entry: Seen = { axes, value: keep(scale(current, 1)) };
      seen.set(path, entry);
      if (gradientsAt.has(path)) {
        current = watchGradient(current, (gradient) => {
          entry.gradient = gradient;
        });
      }
      return current;
    },
  };
  return { listener, wantsGradients: gradientsAt.size > 0 };
}

async function capture(
  subject: Subject,
  request: CaptureRequest,
  seen: ReadonlyMap<TracePath, Seen>,
): Promise<Captured> {
  const { at, what } = request;
  const found = seen.get(at);
  if (!found) throw notPassed(at);
  const { axes, value } = found;
  // Where no gradient arrived the objective does not depend on the value: its derivative is zero.
  const source = what === 'gradient' ? found.gradient : value;
  const values = source ? await read(source) : new Float32Array(sizeOf(value.shape));
  if (request.keepAs !== undefined)
    subject.kept.set(request.keepAs, { shape: value.shape, values });
  const wanted = selected(request, axes, { shape: value.shape, values });
  const base = { at, what, axes: axisNames(axes), shape: wanted.shape };
  return what === 'stats'
    ? { ...base, statistics: statisticsOf(wanted.values) }
    : { ...base, values: wanted.values };
}

/** The part of a value that a request asks for. */
function selected({ at, where }: CaptureRequest, axes: Axes, whole: KeptValue): KeptValue {
  if (where === undefined) return whole;
  const indices = selectedIndices(at, axes, whole.shape, where);
  const places = selectedPlaces(whole.shape, indices);
  return {
    shape: indices.map((along) => along.length),
    values: Float32Array.from(places, (place) => whole.values[place] ?? NaN),
  };
}

function notPassed(at: TracePath): PlaygroundError {
  return new PlaygroundError({
    code: 'unknown-trace-point',
    message: `The pass did not come by “${at}”.`,
    remedy: 'Choose a trace point that this configuration has.',
  });
}
