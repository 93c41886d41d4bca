/** @file A selection that comes from a page or from a link, checked: neither is believed. */
import * as z from '../../webview/config/zod';

const index = z.int().check(z.nonnegative());

export const selectionSchema = z.object({
  path: z.string().check(z.maxLength(300)),
  head: z.exactOptional(index),
  token: z.exactOptional(index),
});
