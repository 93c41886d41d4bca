/** @file What the generation view may ask of the host, checked: a page is not believed. */
import { samplingSchema } from '../../webview/config/sampling';
import * as z from '../../webview/config/zod';
import type { Validators } from '../../webview/protocol/contract';
import { generationCommands, type GenerationHostApi } from '../../webview/protocol/generationApi';

const text = (maximum: number) => z.string().check(z.maxLength(maximum));
const index = z.int().check(z.nonnegative());

/** Tokens of one place that are asked for by name. */
const names = index.check(z.lte(100));

const place = {
  prompt: text(1_000_000),
  after: z.exactOptional(z.instanceof(Int32Array)),
  sampling: samplingSchema,
};

export const generationValidators = {
  generate: z.object({ ...place, id: text(100), alternatives: z.exactOptional(names) }),
  nextToken: z.object({ ...place, top: names }),
  tokenize: z.object({ text: text(1_000_000) }),
  showAttention: z.object({ prompt: text(1_000_000), after: z.instanceof(Int32Array) }),
  runCommand: z.object({ command: z.enum(generationCommands) }),
  copyText: z.object({ text: text(1_000_000) }),
  log: z.object({ level: z.enum(['info', 'warning', 'error']), message: text(10_000) }),
} satisfies Validators<GenerationHostApi>;
