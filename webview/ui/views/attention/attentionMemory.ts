/** @file What the attention page keeps across a reload: what the user typed and chose. */
import * as z from '../../../config/zod';
import type { PageApi } from '../../state/vscodeApi';

const attentionMemorySchema = z.object({
  version: z.literal(1),
  source: z.enum(['batch', 'typed', 'written']),
  typed: z.string(),
  shape: z.enum(['heatmap', 'lines']),
  scale: z.enum(['row', 'map']),
  live: z.boolean(),
});

export type AttentionMemory = Readonly<z.infer<typeof attentionMemorySchema>>;

/** What was kept, if this version of the page can read it. */
export function recallAttention(api: Pick<PageApi, 'getState'>): AttentionMemory | undefined {
  const parsed = attentionMemorySchema.safeParse(api.getState());
  return parsed.success ? parsed.data : undefined;
}
