/** @file Reads a story back: the derivations of a text. Knows nothing of drawing one. */
import { wordsOf } from './derivation';
import type { Derivation, LabelledWord } from './derivation';
import { allParts, story } from './grammar';
import type { Part, PickPart, RecallPart, SentenceKind } from './parts';
import { registers } from './registers';
import { agreedForm, excludedFrom, labelledBinding, labelledWord, logOfPick } from './state';
import type { Binding, Bindings } from './state';

/** What is still to be read, the next part first. */
interface Queue {
  readonly part: Part;
  readonly sentence: SentenceKind | undefined;
  readonly rest: Queue | undefined;
}

interface Reading {
  readonly at: number;
  readonly bindings: Bindings;
  readonly logProbability: number;
  readonly said: { readonly word: LabelledWord; readonly before: Reading['said'] } | undefined;
}

/**
 * All derivations of a whole story. The grammar is made so that there is at most one; none means
 * that no story reads so, or that it contains a pair that is held out.
 */
export function derivationsOf(text: string): Derivation[] {
  const words = wordsOf(text);
  return words === undefined ? [] : read(words, story, true);
}

/** The derivation of a whole story, or undefined. */
export function parseStory(text: string): Derivation | undefined {
  return derivationsOf(text)[0];
}

const sentences = [...allParts()].filter((part) => part.kind === 'sentence');

/**
 * Whether a text is a sentence of the grammar, wherever it came from: any name may be recalled, and
 * held-out pairs are as good as others.
 */
export function isSentence(text: string): boolean {
  const words = wordsOf(text);
  return (
    words !== undefined && sentences.some((sentence) => read(words, [sentence], false).length > 0)
  );
}

/** @param inStory whether what is recalled must have been said before, and exclusions hold */
function read(words: readonly string[], parts: readonly Part[], inStory: boolean): Derivation[] {
  const found: Derivation[] = [];

  const advance = (reading: Reading, word: LabelledWord, more: Partial<Reading> = {}): Reading => ({
    ...reading,
    ...more,
    at: reading.at + 1,
    said: { word, before: reading.said },
  });

  /** The reading after a picked or recalled word, if the next word can be it. */
  const take = (
    part: PickPart | RecallPart,
    sentence: SentenceKind | undefined,
    reading: Reading,
  ): Reading | undefined => {
    const { register } = part;
    const category = registers[register];
    const binding = category.byWord.get(words[reading.at] ?? '');
    if (binding === undefined) return undefined;
    const { bindings } = reading;
    const word = labelledBinding(part, binding, sentence);
    const bound = { bindings: { ...bindings, [register]: binding } };
    if (part.kind === 'recall') {
      const known = bindings[register];
      if (known === undefined) return inStory ? undefined : advance(reading, word, bound);
      return isSame(known, binding) ? advance(reading, word) : undefined;
    }
    const form = agreedForm(part, bindings);
    if (form !== undefined && form !== binding.form) return undefined;
    const excluded = inStory ? excludedFrom(part, bindings) : [];
    if (excluded.includes(binding.entry)) return undefined;
    const logProbability = reading.logProbability + logOfPick(category, binding, excluded);
    return advance(reading, word, { ...bound, logProbability });
  };

  const follow = (start: Queue | undefined, from: Reading): void => {
    let queue = start;
    let reading: Reading | undefined = from;
    while (queue !== undefined) {
      const { part, sentence, rest }: Queue = queue;
      queue = rest;
      switch (part.kind) {
        case 'word':
          if (words[reading.at] !== part.text) return;
          reading = advance(reading, labelledWord(part, sentence));
          break;
        case 'pick':
        case 'recall':
          reading = take(part, sentence, reading);
          if (reading === undefined) return;
          break;
        case 'sentence':
          queue = before(part.parts, part.sentence, rest);
          break;
        case 'either': {
          const total = part.options.reduce((sum, { weight }) => sum + weight, 0);
          for (const option of part.options) {
            const logProbability = reading.logProbability + Math.log(option.weight / total);
            follow(before(option.parts, sentence, rest), { ...reading, logProbability });
          }
          return;
        }
      }
    }
    if (reading.at === words.length) {
      found.push({ words: wordsSaid(reading), logProbability: reading.logProbability });
    }
  };

  follow(before(parts, undefined, undefined), {
    at: 0,
    bindings: {},
    logProbability: 0,
    said: undefined,
  });
  return found;
}

function before(
  parts: readonly Part[],
  sentence: SentenceKind | undefined,
  rest: Queue | undefined,
): Queue | undefined {
  return parts.reduceRight<Queue | undefined>(
    (queue, part) => ({ part, sentence, rest: queue }),
    rest,
  );
}

function isSame(a: Binding, b: Binding): boolean {
  return a.entry === b.entry && a.form === b.form;
}

function wordsSaid(reading: Reading): LabelledWord[] {
  const words: LabelledWord[] = [];
  for (let said = reading.said; said !== undefined; said = said.before) words.push(said.word);
  return words.reverse();
}
