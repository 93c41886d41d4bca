/** @file Tells a story: draws from the grammar. Knows nothing of reading one. */
import { uniform } from '../../config/random';
import { entryAt, numberWeights } from './category';
import type { Derivation, LabelledWord } from './derivation';
import { story } from './grammar';
import type { EitherPart, Part, PickPart, RecallPart, SentenceKind } from './parts';
import { registers } from './registers';
import type { Register } from './registers';
import { agreedForm, excludedFrom, labelledBinding, labelledWord, logOfPick } from './state';
import type { Binding } from './state';

/** The story under a key of the stream of stories: the same key, the same story. */
export function generateStory(key: number): Derivation {
  const words: LabelledWord[] = [];
  const bindings: Partial<Record<Register, Binding>> = {};
  let logProbability = 0;
  let draws = 0;
  const draw = (): number => uniform(key, draws++);

  const choose = ({ options }: EitherPart): readonly Part[] => {
    const total = options.reduce((sum, { weight }) => sum + weight, 0);
    let left = Math.floor(draw() * total);
    for (const { weight, parts } of options) {
      left -= weight;
      if (left >= 0) continue;
      logProbability += Math.log(weight / total);
      return parts;
    }
    throw new RangeError('A choice needs at least one option of positive weight.');
  };

  const bind = (pick: PickPart): Binding => {
    const category = registers[pick.register];
    const excluded = excludedFrom(pick, bindings);
    const entry = entryAt(category, excluded, draw());
    const total = numberWeights[0] + numberWeights[1];
    const form =
      category.number === 'free'
        ? Number(Math.floor(draw() * total) >= numberWeights[0])
        : (agreedForm(pick, bindings) ?? 0);
    const binding = { entry, form };
    logProbability += logOfPick(category, binding, excluded);
    return binding;
  };

  const say = (part: PickPart | RecallPart, sentence: SentenceKind | undefined): void => {
    const { register } = part;
    const binding = part.kind === 'pick' ? bind(part) : bindings[register];
    if (binding === undefined) throw new Error(`The story recalls its ${register} too early.`);
    bindings[register] = binding;
    words.push(labelledBinding(part, binding, sentence));
  };

  const tell = (parts: readonly Part[], sentence?: SentenceKind): void => {
    for (const part of parts) {
      switch (part.kind) {
        case 'word':
          words.push(labelledWord(part, sentence));
          break;
        case 'pick':
        case 'recall':
          say(part, sentence);
          break;
        case 'either':
          tell(choose(part), sentence);
          break;
        case 'sentence':
          tell(part.parts, part.sentence);
          break;
      }
    }
  };
  tell(story);
  return { words, logProbability };
}
