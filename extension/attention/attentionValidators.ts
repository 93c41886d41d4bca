/** @file What the attention page may ask of the host, checked: a page is not believed. */
import * as z from '../../webview/config/zod';
import type { AttentionHostApi } from '../../webview/protocol/attentionApi';
import type { Validators } from '../../webview/protocol/contract';

const text = (maximum: number) => z.string().check(z.maxLength(maximum));
const index = z.int().check(z.nonnegative());
const path = text(300);

const lookedText = z.discriminatedUnion('from', [
  z.object({ from: z.literal('text'), text: text(1_000_000) }),
  z.object({ from: z.literal('tokens'), ids: z.instanceof(Int32Array) }),
  z.object({ from: z.literal('batch'), row: index }),
]);

/** Also of what a command is given by a link. */
export const selectionSchema = z.object({
  path,
  head: z.exactOptional(index),
  token: z.exactOptional(index),
});

export const attentionValidators = {
  attention: z.object({
    of: lookedText,
    thumbnail: index.check(z.lte(1024)),
    heads: z.array(z.object({ path, head: z.union([index, z.enum(['mean', 'max'])]) })),
    live: z.boolean(),
  }),
  headRoles: z.object({ silence: z.boolean(), live: z.boolean() }),
  follow: z.object({ of: lookedText, path, head: index, query: index }),
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
