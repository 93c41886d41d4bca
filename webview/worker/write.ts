/**
 * @file Answers a prompt with the weights of one moment, however training changes them meanwhile.
 */
import { yieldToEventLoop } from '../backends/yield';
import { generate } from '../inference/generate';
import type { Generated, GenerateParams, GenerateResult } from '../protocol/engineApi';
import type { ActiveRun } from './activeRun';
import { textOfTokens } from './textOfTokens';
import { TextStream } from './textStream';

export async function write(
  run: ActiveRun,
  { id, prompt, sampling }: GenerateParams,
  signal: AbortSignal,
  emit: (generated: Generated) => void,
): Promise<GenerateResult> {
  const { tokenizer, start } = run.dataset;
  const encoded = [...tokenizer.encode(prompt)];
  const { step } = run;
  const parameters = run.trainer.parameters.copy();
  const writer = { model: run.trainer.model, config: run.trainer.config, parameters };
  const stream = new TextStream(id, (ids) => textOfTokens(ids, tokenizer), emit);
  const began = performance.now();
  let ended: GenerateResult['ended'] = 'length';
  let tokens = 0;
  try {
    const from = encoded.length > 0 ? encoded : [start];
    for await (const written of generate(writer, from, sampling, tokenizer.endOfText)) {
      if (signal.aborted) {
        ended = 'cancelled';
        break;
      }
      tokens += 1;
      if (written.token === tokenizer.endOfText && sampling.stopAtEnd) {
        ended = 'end-of-text';
        break;
      }
      stream.add(written.token, written.probability);
      await yieldToEventLoop();
    }
  } finally {
    parameters.dispose();
  }
  const text = stream.finish();
  const seconds = (performance.now() - began) / 1000;
  return { text, tokens, tokensPerSecond: tokens / seconds, ended, step };
}
