/**
 * @file The folder of a run: what its files are called, which of them stay and which belong to a
 * step. Files are named by steps, since files cannot be appended to everywhere and a rename may be
 * a copy. It knows names and numbers, not how files are read or written.
 */

export const recordFile = 'run.transformer.json';
export const ownerFile = 'owner.json';

/** An owner writes its heartbeat far more often; silent for so long, in ms, it is gone. */
export const staleAfter = 30_000;

/** How many of the newest checkpoints stay, beside the best. */
const NEWEST_KEPT = 3;

/** The window that trains a run; others show it read-only. */
export interface Owner {
  readonly window: string;
  /** When it last said that it is alive, in ms since 1970 by its own clock. */
  readonly heartbeat: number;
}

/** Whether the owner is gone, so that another window may take the run. */
export function isStale(owner: Owner, now: number): boolean {
  // A heartbeat far in the future comes from a clock that was set back: it would never grow old.
  return Math.abs(now - owner.heartbeat) > staleAfter;
}

const stepFileKinds = ['metrics', 'samples', 'moments', 'checkpoint'] as const;

export type StepFileKind = (typeof stepFileKinds)[number];

/**
 * A file that was written at a step: everything measured or seen up to it since the one before, or
 * the model as it was then.
 */
export interface StepFile {
  readonly kind: StepFileKind;
  readonly step: number;
}

const patterns: Record<StepFileKind, readonly [prefix: string, suffix: string]> = {
  metrics: ['metrics-', '.jsonl'],
  samples: ['samples-', '.jsonl'],
  moments: ['moments-', '.safetensors'],
  checkpoint: ['step-', '.safetensors'],
};

/** `metrics-000500.jsonl`: six digits sort by name as by step; later steps have more. */
export function stepFile(kind: StepFileKind, step: number): string {
  const [prefix, suffix] = patterns[kind];
  return `${prefix}${String(step).padStart(6, '0')}${suffix}`;
}

export const metricsFile = (step: number): string => stepFile('metrics', step);
export const samplesFile = (step: number): string => stepFile('samples', step);
export const momentsFile = (step: number): string => stepFile('moments', step);
export const checkpointFile = (step: number): string => stepFile('checkpoint', step);

/** What {@link stepFile} would have named so; undefined for any other file. */
export function parseStepFile(name: string): StepFile | undefined {
  const parsed = /^[a-z]+-(\d{6,16})\.(?:jsonl|safetensors)$/.exec(name);
  if (parsed === null) {
    return undefined;
  }
  const step = Number(parsed[1]);
  const kind = stepFileKinds.find((candidate) => stepFile(candidate, step) === name);
  return kind === undefined ? undefined : { kind, step };
}

/** Steps of the files of one kind among `names`, ascending. */
export function stepsOf(kind: StepFileKind, names: readonly string[]): number[] {
  return names
    .flatMap((name) => {
      const file = parseStepFile(name);
      return file?.kind === kind ? [file.step] : [];
    })
    .sort((a, b) => a - b);
}

/**
 * Files of steps after `step`. A run that is resumed there will write them again: they are to be
 * deleted first, or a shorter new part would stand beside a longer old one.
 */
export function filesAfter(names: readonly string[], step: number): string[] {
  return names.filter((name) => (parseStepFile(name)?.step ?? -1) > step);
}

/**
 * Steps of the checkpoints that stay: the best by validation loss (the earliest of equals; what was
 * not measured or is not a number is no candidate) and the newest three.
 */
export function checkpointsToKeep(
  checkpoints: readonly { readonly step: number; readonly validationLoss?: number }[],
): Set<number> {
  const bySteps = [...checkpoints].sort((a, b) => a.step - b.step);
  let best: { step: number; loss: number } | undefined;
  for (const { step, validationLoss: loss } of bySteps) {
    if (loss !== undefined && !Number.isNaN(loss) && (best === undefined || loss < best.loss)) {
      best = { step, loss };
    }
  }
  const kept = new Set(bySteps.slice(-NEWEST_KEPT).map(({ step }) => step));
  return best === undefined ? kept : kept.add(best.step);
}

/**
 * One run's lines from its parts, given in the order of their steps. Where parts overlap, a step's
 * lines come from the last part that has some: lines of each kind by themselves, since a step's
 * evaluation can be in the part before that of its training loss.
 */
export function joinParts<T extends { readonly step: number }>(
  parts: readonly (readonly T[])[],
  kindOf: (line: T) => string = () => '',
): T[] {
  const found = new Map<string, T[]>();
  for (const part of parts) {
    const fresh = new Map<string, T[]>();
    for (const line of part) {
      const key = `${line.step} ${kindOf(line)}`;
      fresh.set(key, [...(fresh.get(key) ?? []), line]);
    }
    for (const [key, lines] of fresh) found.set(key, lines);
  }
  return [...found.values()].flat().sort((a, b) => a.step - b.step);
}
