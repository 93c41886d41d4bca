/**
 * @file A model that copies what repeats, its weights written by hand (Elhage et al., 2021). Layer
 * 0: head 0 looks at the token before and notes it; head 1 does nothing. Layer 1: head 0 looks for
 * the place where its own token was noted as the one before, and says what stands there; head 1
 * does nothing.
 */
import type { ModelShape } from '../../../webview/config/model';
import type { Trainer } from '../../../webview/training/trainer';
import { model } from '../../../webview/model/model';
import { dryPass } from '../../../webview/training/dryPass';
import { smallShape, trainerOf } from '../support/models';

const tokens = 12;
const places = 16;

/** Where in the stream stands what: which token, where, which was before, which comes next. */
const here = { token: 0, place: tokens, before: tokens + places, next: 2 * tokens + places };

export const inductionShape: Partial<ModelShape> = {
  layers: 2,
  dModel: 3 * tokens + places,
  heads: 2,
  context: places,
  vocabulary: tokens,
  mlp: 'none',
  tied: false,
  bias: false,
};

const shape: ModelShape = { ...smallShape, ...inductionShape };
const { dModel } = shape;

/** The caller disposes of it. Its end-of-text token is the last. */
export function inductionTrainer(): Trainer {
  const weights = new Map(
    dryPass(model, shape).parameters.map(({ name, kind, shape: size }) => {
      const count = size.reduce((product, axis) => product * axis, 1);
      return [name, new Float32Array(count).fill(kind === 'gain' ? 1 : 0)] as const;
    }),
  );
  const set = (name: string, row: number, column: number, value: number): void => {
    const values = weights.get(name);
    if (values === undefined) throw new Error(`There is no ${name}.`);
    values[row * dModel + column] = value;
  };
  const [notes, copies] = ['decoder.0.selfAttention', 'decoder.1.selfAttention'];
  for (let token = 0; token < tokens; token++) {
    set('tokenTable', token, here.token + token, 1);
    set(`${notes}.value.weight`, here.token + token, token, 1);
    set(`${notes}.output.weight`, token, here.before + token, 0.5);
    set(`${copies}.query.weight`, here.token + token, token, 3);
    set(`${copies}.key.weight`, here.before + token, token, 3);
    set(`${copies}.value.weight`, here.token + token, token, 1);
    set(`${copies}.output.weight`, token, here.next + token, 1);
    set('outputTable', token, here.next + token, 4);
  }
  for (let place = 0; place < places; place++) {
    set('positionTable', place, here.place + place, 1);
    set(`${notes}.key.weight`, here.place + place, place, 3);
    // Place t asks for place t − 1.
    if (place > 0) set(`${notes}.query.weight`, here.place + place, place - 1, 3);
  }
  return trainerOf(inductionShape, {}, { restored: { weights, step: 0 } });
}

/** The token between documents, which is never drawn. */
export const endOfText = tokens - 1;
