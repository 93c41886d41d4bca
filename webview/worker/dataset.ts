/**
 * @file From a configuration and a text to what a run trains on: tokenizer, ids, batches,
 * baselines. Needs no backend.
 */
import { formatCount } from '../config/counts';
import type { DataConfig } from '../config/data';
import { PlaygroundError } from '../config/errors';
import type { RunConfig } from '../config/run';
import type { Notice, RunFacts, StartRun } from '../protocol/engineApi';
import { evaluationBatches, trainBatch, type Batch } from '../tasks/batches';
import { ngramBaselines } from '../tasks/ngram';
import { defaultCorpus, storyCorpus } from '../tasks/stories/corpus';
import { floor, lexiconShare, sentenceShare } from '../tasks/stories/score';
import { joinDocuments, textTask, type TextTask } from '../tasks/textTask';
import { charactersOf } from '../tokenizers/characters';
import { encodeInChunks } from '../tokenizers/encodeInChunks';
import { parseRanks, tiktokenTokenizer } from '../tokenizers/tiktoken';
import type { Tokenizer } from '../tokenizers/tokenizer';
import { toUsedIds, usedIds, usedVocabulary } from '../tokenizers/usedVocabulary';

/** What of a sample is right, where the text's grammar is known. */
export interface SampleScore {
  readonly lexiconShare?: number;
  readonly sentenceShare?: number;
}

export interface Dataset {
  /** Of the user's text; undefined for the stories. */
  readonly textName: string | undefined;
  readonly tokenizer: Tokenizer;
  readonly task: TextTask;
  readonly charactersPerToken: number;
  readonly baselines: RunFacts['baselines'];
  readonly notices: readonly Notice[];
  /** Where samples start: one token, which the model is given and does not write. */
  readonly start: number;
  /**
   * What a text from there begins with: of a user's text its first token, which a reader would
   * miss. Nothing after an end-of-text token, and where the token is only a part of a character.
   */
  readonly startText: string;
  readonly score: (sample: string) => SampleScore;
}

export interface DatasetTools {
  readonly asset: (name: string) => Promise<ArrayBuffer>;
  readonly yieldTo: () => Promise<void>;
  readonly signal: AbortSignal;
  readonly onProgress: (activity: string, share?: number) => void;
}

export async function loadDataset(
  config: RunConfig,
  text: StartRun['text'],
  tools: DatasetTools,
): Promise<Dataset> {
  const documents = documentsOf(config, text);
  tools.onProgress('Reading the text');
  await tools.yieldTo();
  const { tokenizer, ids, notices } = await encode(config.data, documents, tools);
  const task = textTask(joinDocuments(ids, tokenizer.endOfText), config.model.context);
  tools.onProgress('Counting bigrams and trigrams');
  await tools.yieldTo();
  const tokens = task.train.length + task.validation.length;
  const characters = documents.reduce((sum, document) => sum + codePoints(document), 0);
  const isStories = config.data.source === 'stories';
  const start = isStories ? tokenizer.endOfText : (task.train[0] ?? 0);
  return {
    textName: isStories ? undefined : text?.name,
    tokenizer,
    task,
    charactersPerToken: characters / tokens,
    baselines: baselinesOf(task, tokenizer, isStories ? documents : []),
    notices: [
      ...notices,
      ...(task.noValidation === undefined ? [] : [warning('no-validation', task.noValidation)]),
    ],
    start,
    startText: wholeText(tokenizer.decode([start])),
    score: isStories ? scoreStory : () => ({}),
  };
}

/** Nothing of a text in which a character is cut: it cannot be encoded again. */
function wholeText(text: string): string {
  return text.includes('\uFFFD') ? '' : text;
}

/** The batch of a step: its windows depend on the seed and the step alone. */
export function batchOfStep({ task }: Dataset, config: RunConfig, step: number): Batch {
  const { batchSize, seed } = config.training;
  const { context } = config.model;
  const firstSample = step * batchSize;
  return trainBatch(task.train, { batchSize, context, seed, firstSample });
}

/** The windows on which every evaluation is made; none where the validation part is too short. */
export function validationBatches({ task }: Dataset, config: RunConfig): Batch[] {
  const { context } = config.model;
  const { batchSize, evaluationBatches: batches } = config.training;
  return evaluationBatches(task.validation, { batchSize, context, batches });
}

/** Rows that are looked at while the run trains: few, so that looking costs little. */
const lookedRows = 2;

/** The same windows at every look, of the validation part where there is one. */
export function lookedWindows({ task }: Dataset, config: RunConfig): Batch {
  const { context } = config.model;
  const [held] = evaluationBatches(task.validation, { batchSize: lookedRows, context, batches: 1 });
  if (held) return held;
  const { seed } = config.training;
  return trainBatch(task.train, { batchSize: lookedRows, context, seed, firstSample: 0 });
}

function documentsOf({ data }: RunConfig, text: StartRun['text']): readonly string[] {
  switch (data.source) {
    case 'stories':
      return storyCorpus(defaultCorpus).documents;
    case 'text':
      if (text) return [new TextDecoder().decode(text.bytes)];
      throw new PlaygroundError({
        code: 'text-missing',
        message: 'This configuration trains on a text, and none was given.',
        remedy: 'Use “Train on This File” on a file or an editor.',
      });
    default:
      return data.source satisfies never;
  }
}

interface Encoded {
  readonly tokenizer: Tokenizer;
  readonly ids: readonly Int32Array[];
  readonly notices: readonly Notice[];
}

async function encode(
  data: DataConfig,
  documents: readonly string[],
  tools: DatasetTools,
): Promise<Encoded> {
  if (data.tokenizer === 'characters') {
    const tokenizer = charactersOf(documents);
    return { tokenizer, ids: documents.map((document) => tokenizer.encode(document)), notices: [] };
  }
  const ranks = await tools.asset(`tokenizers/${data.tokenizer}.json`);
  const full = tiktokenTokenizer(data.tokenizer, parseRanks(data.tokenizer, ranks));
  const ids: Int32Array[] = [];
  for (const document of documents) {
    const onProgress = (share: number): void => {
      tools.onProgress('Encoding the text', (ids.length + share) / documents.length);
    };
    ids.push(await encodeInChunks(full, document, { ...tools, onProgress }));
  }
  if (data.vocabulary === 'full') return { tokenizer: full, ids, notices: [] };
  const used = usedIds(
    ids.flatMap((document) => [...new Set(document)]),
    full.endOfText,
  );
  const message =
    `The model is trained over ${formatCount(used.length)} of ${formatCount(full.vocabularySize)} tokens: those that occur in this text, and the one that ends a text. ` +
    'Choose the whole vocabulary to keep all of them; it trains much slower.';
  return {
    tokenizer: usedVocabulary(full, used),
    ids: ids.map((document) => toUsedIds(document, used)),
    notices: [{ code: 'used-vocabulary', severity: 'information', message }],
  };
}

/**
 * Characters as a reader and the character tokenizer count them; a string counts those beyond
 * U+FFFF twice.
 */
function codePoints(text: string): number {
  let second = 0;
  for (let at = 0; at < text.length; at++) {
    if ((text.charCodeAt(at) & 0xfc00) === 0xdc00) second++;
  }
  return text.length - second;
}

function baselinesOf(
  task: TextTask,
  tokenizer: Tokenizer,
  stories: readonly string[],
): RunFacts['baselines'] {
  const counted = ngramBaselines(task.train, task.validation, tokenizer.vocabularySize);
  const held = stories.slice(task.trainDocuments);
  const characterLevel = tokenizer.kind === 'characters';
  return {
    uniform: Math.log(tokenizer.vocabularySize),
    ...(counted && { bigram: counted.bigram, trigram: counted.trigram }),
    ...(held.length > 0 && characterLevel && { floor: floor(held) }),
  };
}

function scoreStory(sample: string): SampleScore {
  const words = lexiconShare(sample);
  const sentences = sentenceShare(sample);
  return {
    ...(words !== undefined && { lexiconShare: words }),
    ...(sentences !== undefined && { sentenceShare: sentences }),
  };
}

function warning(code: string, message: string): Notice {
  return { code, severity: 'warning', message };
}
