/** @file What the attention page may ask of the host, checked: a page is not believed. */
import * as z from '../../webview/config/zod';
import type { AttentionHostApi } from '../../webview/protocol/attentionApi';
import type { Validators } from '../../webview/protocol/contract';
import { selectionSchema } from '../pages/selectionSchema';

const text = (maximum: number) => z.string().check(z.maxLength(maximum));
const index = z.int().check(z.nonnegative());
const path = text(300);

const lookedText = z.discriminatedUnion('from', [
  z.object({
    from: z.literal('model'),
    prompt: text(1_000_000),
    after: z.instanceof(Int32Array),
  }),
  z.object({ from: z.literal('text'), text: text(1_000_000) }),
  z.object({ from: z.literal('tokens'), ids: z.instanceof(Int32Array) }),
  z.object({ from: z.literal('batch'), row: index }),
]);

const positions = z.exactOptional(z.array(index));

const valuePart = z.object({ part: z.literal('value'), path, positions });
const headPart = z.object({ part: z.literal('head'), path, head: index, positions });
const layerPart = z.object({ part: z.literal('layer'), layer: index });
const anyPart = z.discriminatedUnion('part', [valuePart, headPart, layerPart]);

const partChange = z.discriminatedUnion('do', [
  z.object({ do: z.enum(['zero', 'mean']), at: anyPart }),
  z.object({ do: z.literal('scale'), by: z.number(), at: anyPart }),
  z.object({
    do: z.literal('patch'),
    from: lookedText,
    at: z.discriminatedUnion('part', [valuePart, headPart]),
  }),
]);

/** Each costs a pass, and a token that is written one more. */
const mostChanges = 100;
const mostSampled = 200;

export const attentionValidators = {
  attention: z.object({
    of: lookedText,
    thumbnail: index.check(z.lte(1024)),
    heads: z.array(z.object({ path, head: z.union([index, z.enum(['mean', 'max'])]) })),
    live: z.boolean(),
  }),
  headRoles: z.object({ silence: z.boolean(), live: z.boolean() }),
  follow: z.object({ of: lookedText, path, head: index, query: index }),
  tokenize: z.object({ text: text(1_000_000) }),
  whatIf: z.object({
    of: lookedText,
    changes: z.array(partChange).check(z.maxLength(mostChanges)),
    sample: z.object({
      tokens: index.check(z.lte(mostSampled)),
      temperature: z.number().check(z.nonnegative()),
      seed: index,
    }),
  }),
  logitLens: z.object({ of: lookedText, top: z.int().check(z.gte(1), z.lte(100)) }),
  circuit: z.object({ path, head: index }),
  moment: z.object({ step: index }),
  select: selectionSchema,
  goToSource: z.object({ path }),
  showExplanation: z.object({ path }),
  save: z.object({
    kind: z.enum(['png', 'svg', 'csv']),
    // A name, and no way to another folder.
    name: text(200).check(z.regex(/^[\w-]+\.(png|svg|csv)$/)),
    bytes: z.instanceof(ArrayBuffer),
  }),
  log: z.object({ level: z.enum(['info', 'warning', 'error']), message: text(10_000) }),
} satisfies Validators<AttentionHostApi>;
