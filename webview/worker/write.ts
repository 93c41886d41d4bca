/**
 * @file Answers a prompt with the weights of one moment, however training changes them meanwhile.
 */
import { yieldToEventLoop } from '../backends/yield';
import { canCache, generate } from '../inference/generate';
import { likeliestOf } from '../inspection/likeliest';
import type { Generated, GenerateParams, GenerateResult } from '../protocol/engineApi';
import type { LikelyToken } from '../protocol/writing';
import type { ActiveRun } from './activeRun';
import { promptOf } from './prompt';
import { textOfTokens } from './textOfTokens';
import { TextStream } from './textStream';

export async function write(
  run: ActiveRun,
  params: GenerateParams,
  signal: AbortSignal,
  emit: (generated: Generated) => void,
): Promise<GenerateResult> {
  const { id, alternatives = 0, sampling } = params;
  const { tokenizer, startText } = run.dataset;
  let begins: Generated['begins'] = {
    prompt: params.prompt === '' ? startText : params.prompt,
    after: params.after ?? new Int32Array(),
  };
  const { prompt, after } = promptOf(run, params);
  const { step } = run;
  const parameters = run.trainer.parameters.copy();
  const writer = { model: run.trainer.model, config: run.trainer.config, parameters };
  const decode = (ids: readonly number[]): string => textOfTokens(ids, tokenizer);
  const send = (piece: Generated): void => {
    emit({ ...piece, ...(begins && { begins }) });
    begins = undefined;
  };
  const stream = new TextStream(id, decode, send, after);
  const began = performance.now();
  let ended: GenerateResult['ended'] = 'length';
  let tokens = 0;
  try {
    const writing = generate(writer, prompt, sampling, tokenizer.endOfText, after);
    for await (const { token, shares } of writing) {
      if (signal.aborted) {
        ended = 'cancelled';
        break;
      }
      tokens += 1;
      if (token === tokenizer.endOfText && sampling.stopAtEnd) {
        ended = 'end-of-text';
        break;
      }
      const likely = (each: number): LikelyToken => ({
        id: each,
        label: tokenizer.labelOf(each),
        text: stream.textWith(each),
        probability: shares[each] ?? 0,
      });
      const others = likeliestOf(shares, alternatives).map(likely);
      stream.add({ ...likely(token), alternatives: others });
      await yieldToEventLoop();
    }
  } finally {
    parameters.dispose();
  }
  const text = stream.finish();
  const seconds = (performance.now() - began) / 1000;
  const cached = sampling.cache && canCache(writer.config);
  return { text, tokens, tokensPerSecond: tokens / seconds, ended, step, cached };
}
