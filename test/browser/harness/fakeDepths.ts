/**
 * @file What is deeper in the model for pictures: what changes do to it, what its layers say, its
 * circuits, and the moments of its run.
 */
import { PlaygroundError } from '../../../webview/config/errors';
import type { TokenView } from '../../../webview/protocol/attentionMaps';
import type { Circuit, CircuitRequest } from '../../../webview/protocol/circuit';
import type { ModelDescription } from '../../../webview/protocol/inspectionApi';
import type { LogitLens, LogitLensRequest } from '../../../webview/protocol/logitLens';
import type { Moment, Moments, MomentSummary, RoleGained } from '../../../webview/protocol/moments';
import type { WhatIfOutcome, WhatIfRequest, WhatIfResult } from '../../../webview/protocol/whatIf';
import type { FakeModel } from './fakeModel';

interface Shape {
  readonly layers: number;
  readonly heads: number;
  readonly context: number;
}

/** Windows of its batch. */
const windows = 2;

/** What the run has been seen at, before the page comes. */
const evaluated = [0, 120, 240, 360, 480];

export class FakeDepths {
  private readonly model: FakeModel;
  private readonly shape: Shape;
  private readonly vocabulary: number;
  private readonly steps = [...evaluated];

  constructor(model: FakeModel, shape: Shape, vocabulary: number) {
    this.model = model;
    this.shape = shape;
    this.vocabulary = vocabulary;
  }

  describe(): ModelDescription {
    const names = [
      'residualBefore',
      'attentionNorm.output',
      'selfAttention.pattern',
      'selfAttention.weightedValues',
      'selfAttention.output',
      'residualMiddle',
      'mlpNorm.output',
      'mlp.output',
      'residualAfter',
    ];
    const paths = Array.from({ length: this.shape.layers }, (_, layer) =>
      names.map((name) => `decoder.${layer}.${name}`),
    ).flat();
    return {
      runId: 'r1',
      points: [...paths, 'finalNorm.output', 'logits'].map((path) => ({
        path,
        axes: ['batch', 'position'],
        shape: [windows, this.shape.context],
        flops: 0,
        bytes: 0,
        parameters: 0,
      })),
    };
  }

  whatIf(ids: readonly number[], request: WhatIfRequest, step: number): WhatIfResult {
    for (const change of request.changes) {
      if (change.do !== 'patch') continue;
      const other = this.model.ids(change.from).length;
      if (other === ids.length) continue;
      throw new PlaygroundError({
        code: 'patch-does-not-fit',
        message: `The text to patch from has ${other} tokens, and the one shown ${ids.length}.`,
        remedy: 'Write both with as many tokens, so that each position has its counterpart.',
      });
    }
    const worse = 0.42 * request.changes.length;
    const room = Math.max(0, Math.min(request.sample.tokens, this.shape.context - ids.length));
    const outcome = (loss: number, text: string): WhatIfOutcome => ({
      loss,
      surprises: new Float32Array(ids.length - 1).fill(loss),
      sample: { tokens: viewsOf(text.slice(0, room)), text: text.slice(0, room) },
    });
    return {
      runId: 'r1',
      step,
      tokens: ids.map(viewOf),
      cropped: 0,
      before: outcome(1.234, ' has the ball now'),
      after: outcome(
        1.234 + worse,
        request.changes.length > 0 ? ' has a dog. the d' : ' has the ball now',
      ),
      next: Array.from('eao nts.h').map((letter, place) => ({
        token: viewOf(letter.codePointAt(0) ?? 0),
        before: 0.6 / 2 ** place,
        after: place === 0 ? 0.21 : 0.5 / 2 ** (8 - place),
      })),
    };
  }

  lens(ids: readonly number[], { top }: LogitLensRequest, step: number): LogitLens {
    const depths = [
      'decoder.0.residualBefore',
      ...Array.from({ length: this.shape.layers }, (_, layer) => `decoder.${layer}.residualAfter`),
    ];
    const rows = depths.length * ids.length;
    const found: LogitLens = {
      runId: 'r1',
      step,
      tokens: ids.map(viewOf),
      cropped: 0,
      depths,
      top,
      ids: new Int32Array(rows * top),
      probabilities: new Float32Array(rows * top),
      entropies: new Float32Array(rows),
      trueProbabilities: new Float32Array(rows).fill(NaN),
      trueRanks: new Int32Array(rows),
      vocabulary: viewsOf('abcdefghijklmnopqrstuvwxyz .'),
    };
    for (let row = 0; row < rows; row += 1) {
      const depth = Math.floor(row / ids.length);
      const position = row % ids.length;
      const next = ids[position + 1];
      // Deeper layers are surer, and right more often.
      const isRight = next !== undefined && (position * 7) % 4 < depth;
      const surest = 0.15 + (0.7 * depth) / (depths.length - 1);
      for (let place = 0; place < top; place += 1) {
        const guess = 97 + ((position + place * 3 + depth) % 26);
        found.ids[row * top + place] = place === 0 && isRight ? next : guess;
        found.probabilities[row * top + place] = surest / 3 ** place;
      }
      found.entropies[row] = 3 - (2 * depth) / depths.length;
      if (next === undefined) continue;
      found.trueProbabilities[row] = isRight ? surest : 0.03;
      found.trueRanks[row] = isRight ? 1 : 5;
    }
    return found;
  }

  circuit({ head }: CircuitRequest, step: number): Circuit {
    const size = this.vocabulary;
    if (size > 512) {
      throw new PlaygroundError({
        code: 'vocabulary-too-large',
        message: `A circuit shows every token against every other, and this model knows ${size}.`,
        remedy: 'Train a model over at most 512 tokens: of characters, or of a short text.',
      });
    }
    const cell = (salt: number): Float32Array =>
      Float32Array.from({ length: size * size }, (_, at) => {
        const row = Math.floor(at / size);
        const column = at % size;
        return Math.sin(row * 1.3 + column * 0.7 * salt + head) + (row === column ? 2 * salt : 0);
      });
    return {
      runId: 'r1',
      step,
      tokens: Array.from({ length: size }, (_, id) => viewOf(id === 26 ? 32 : 97 + id)),
      queryKey: cell(1),
      outputValue: cell(-1),
    };
  }

  moments(): Moments {
    const kept = this.steps.map((step) => this.summary(step));
    return { runId: 'r1', kept, gained: kept.flatMap(({ gained }) => gained) };
  }

  /** The run has come to a step that is evaluated. */
  evaluate(step: number): MomentSummary {
    this.steps.push(step);
    return this.summary(step);
  }

  moment(step: number): Moment {
    const ids = this.model.ids({ from: 'batch', row: 0 });
    const request = {
      of: { from: 'batch', row: 0 },
      thumbnail: 32,
      heads: [],
      live: false,
    } as const;
    const maps = this.model.maps(ids, request, 0);
    const top = 3;
    return {
      ...this.summary(step),
      sample: { step, text: step < 240 ? 'tt the e hhh' : 'the dog has the ball' },
      tokens: maps.tokens,
      modules: maps.modules,
      cells: maps.thumbnail,
      // Grows out of nothing.
      patterns: maps.thumbnails.map((bytes) =>
        bytes.map((byte) => (byte === 0 ? 0 : 40 + (byte - 40) * Math.min(1, step / 480))),
      ),
      top,
      nextIds: Int32Array.from({ length: ids.length * top }, (_, at) => 97 + ((at + step) % 26)),
      nextProbabilities: Float32Array.from(
        { length: ids.length * top },
        (_, at) => (0.2 + step / 1000) / 2 ** (at % top),
      ),
      vocabulary: viewsOf('abcdefghijklmnopqrstuvwxyz'),
      heads: this.model.roles(step, false).heads.map(({ path, head, role, scores }) => ({
        path,
        head,
        role: step < 240 ? 'mixed' : role,
        scores,
      })),
    };
  }

  private summary(step: number): MomentSummary {
    const loss = 1 + 2 * Math.exp(-step / 150);
    const at: Readonly<Record<number, readonly RoleGained[]>> = {
      240: [{ step, path: 'decoder.0.selfAttention.pattern', head: 0, role: 'previous-token' }],
      360: [
        { step, path: 'decoder.0.selfAttention.pattern', head: 2, role: 'induction' },
        { step, path: 'decoder.1.selfAttention.pattern', head: 0, role: 'induction' },
      ],
    };
    return {
      runId: 'r1',
      step,
      ...(step > 0 && { trainingLoss: { step: step - 1, value: loss } }),
      validationLoss: loss + 0.1,
      gained: at[step] ?? [],
    };
  }
}

function viewsOf(text: string): TokenView[] {
  return Array.from(text, (character) => viewOf(character.codePointAt(0) ?? 0));
}

function viewOf(id: number): TokenView {
  return { id, label: id === 32 ? '␣' : String.fromCodePoint(id) };
}
