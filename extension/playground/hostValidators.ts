/**
 * @file What a page may ask of the host, checked: a page shows texts from anywhere and is not
 * believed.
 */
import { modelSchema } from '../../webview/config/model';
import { runConfigSchema } from '../../webview/config/run';
import * as z from '../../webview/config/zod';
import { metricPointSchema, sampleSchema } from '../../webview/formats/metrics';
import type { Validators } from '../../webview/protocol/contract';
import { pageCommands, type HostApi } from '../../webview/protocol/playgroundApi';
import { selectionSchema } from '../pages/selectionSchema';

const text = (maximum: number) => z.string().check(z.maxLength(maximum));

const snapshotSchema = z.object({
  runId: text(100),
  step: z.int().check(z.nonnegative()),
  reason: z.enum(['interval', 'pause', 'hide', 'stop', 'finish', 'request']),
  checkpoint: z.instanceof(ArrayBuffer),
  validationLoss: z.exactOptional(z.number()),
  metrics: z.array(metricPointSchema),
  samples: z.array(sampleSchema),
  moments: z.exactOptional(z.instanceof(ArrayBuffer)),
});

export const hostValidators = {
  train: z.object({ config: runConfigSchema }),
  configured: z.object({ model: modelSchema }),
  resumeRun: z.object({ runId: text(100) }),
  storeSnapshot: snapshotSchema,
  runCommand: z.object({ command: z.enum(pageCommands) }),
  select: z.object({ selection: z.exactOptional(selectionSchema) }),
  copyText: z.object({ text: text(1_000_000) }),
  log: z.object({ level: z.enum(['info', 'warning', 'error']), message: text(10_000) }),
} satisfies Validators<HostApi>;
