/** @file What the generation view keeps across a reload: what was typed, chosen and written. */
import { samplingSchema } from '../../../config/sampling';
import * as z from '../../../config/zod';
import type { PageApi } from '../../state/vscodeApi';
import type { Branch, Branches } from './branches';

const likely = {
  id: z.int(),
  label: z.string(),
  text: z.string(),
  probability: z.number(),
};

const branchSchema = z.object({
  id: z.string(),
  runId: z.string(),
  prompt: z.string(),
  fork: z.exactOptional(z.object({ from: z.string(), at: z.int().check(z.nonnegative()) })),
  tokens: z.array(z.object({ ...likely, alternatives: z.array(z.object(likely)) })),
  sampling: samplingSchema,
  progress: z.discriminatedUnion('phase', [
    z.object({ phase: z.literal('stopped') }),
    z.object({
      phase: z.literal('done'),
      ended: z.enum(['length', 'end-of-text', 'cancelled']),
      step: z.number(),
      tokensPerSecond: z.number(),
    }),
  ]),
});

const generationMemorySchema = z.object({
  version: z.literal(1),
  prompt: z.string(),
  values: z.record(z.string(), z.union([z.string(), z.boolean()])),
  samples: z.string(),
  temperatures: z.string(),
  open: z.record(z.string(), z.boolean()),
  branches: z.array(branchSchema),
  shown: z.array(z.string()),
  chosen: z.exactOptional(z.string()),
});

export type GenerationMemory = Readonly<z.infer<typeof generationMemorySchema>>;

/** What was kept, if this version of the page can read it. */
export function recallGeneration(api: Pick<PageApi, 'getState'>): GenerationMemory | undefined {
  const parsed = generationMemorySchema.safeParse(api.getState());
  return parsed.success ? parsed.data : undefined;
}

/** Tokens and alternatives that are kept: VS Code writes them to its own store. */
const mostKept = 27_000;

/**
 * What is worth keeping of the branches: whole trees, those that were begun last as far as they
 * fit. One that does not fit is kept without what could have stood in the place of its tokens.
 */
export function keptBranches(branches: Branches): GenerationMemory['branches'] {
  const roots = branches.filter(({ fork }) => fork === undefined).reverse();
  const rootOf = new Map<string, string>();
  for (const { id, fork } of branches) {
    rootOf.set(id, fork === undefined ? id : (rootOf.get(fork.from) ?? id));
  }
  let room = mostKept;
  const kept = new Map<string, Branch>();
  for (const root of roots) {
    const tree = branches.filter(({ id }) => rootOf.get(id) === root.id);
    const fitting = [tree, tree.map(bare)].find((each) => sizeOf(each) <= room);
    if (fitting === undefined) break;
    room -= sizeOf(fitting);
    for (const branch of fitting) kept.set(branch.id, branch);
  }
  return branches.flatMap(({ id }) => {
    const branch = kept.get(id);
    return branch === undefined ? [] : [plain(branch)];
  });
}

/** Its text alone, token by token. */
function bare(branch: Branch): Branch {
  return { ...branch, tokens: branch.tokens.map((token) => ({ ...token, alternatives: [] })) };
}

function sizeOf(tree: Branches): number {
  return tree
    .flatMap(({ tokens }) => tokens)
    .reduce((sum, { alternatives }) => sum + 1 + alternatives.length, 0);
}

/** What failed is kept as what was written until then. */
function plain({ progress, tokens, ...branch }: Branch): GenerationMemory['branches'][number] {
  return {
    ...branch,
    tokens: tokens.map(({ alternatives, ...token }) => ({
      ...token,
      alternatives: [...alternatives],
    })),
    progress: progress.phase === 'done' ? progress : { phase: 'stopped' },
  };
}
