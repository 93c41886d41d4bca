/**
 * @file What the page keeps across a reload: what the user typed and opened, nothing that the host
 * or the engine knows.
 */
import * as z from '../../config/zod';
import type { PageApi } from './vscodeApi';

const uiMemorySchema = z.object({
  version: z.literal(1),
  preset: z.string(),
  values: z.record(z.string(), z.union([z.string(), z.boolean()])),
  prompt: z.string(),
  open: z.record(z.string(), z.boolean()),
  /** The run whose configuration the form took over last. */
  shownRun: z.exactOptional(z.string()),
});

export type UiMemory = Readonly<z.infer<typeof uiMemorySchema>>;

/** What was kept, if this version of the page can read it. */
export function recall(api: Pick<PageApi, 'getState'>): UiMemory | undefined {
  const parsed = uiMemorySchema.safeParse(api.getState());
  return parsed.success ? parsed.data : undefined;
}
