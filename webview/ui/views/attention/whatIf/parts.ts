/** @file The parts of a model that can be changed, found in its description. Pure. */
import type { PointDescription } from '../../../../protocol/inspectionApi';
import type { ChangedPart } from '../../../../protocol/whatIf';
import { headName, type OpenHead } from '../shownMaps';

/** A part that has a value of its own. */
export type PatchedPart = Exclude<ChangedPart, { readonly part: 'layer' }>;

/** A part with its name. */
export interface PartChoice {
  /** Unique among the parts. */
  readonly key: string;
  /** `Layer 1, head 2` */
  readonly name: string;
  readonly at: ChangedPart;
  /** Where a patch of it is put in: of a whole layer, the residual stream that it leaves. */
  readonly patched: PatchedPart;
}

const afterLayer = '.residualAfter';

/** What a module writes into the residual stream: `decoder.1.mlp.output`. */
const written = /^(?:.*\.)?(\d+)\.([^.]+)\.output$/;

/** Words for modules whose names are none. */
const moduleWords: Readonly<Record<string, string>> = {
  selfAttention: 'all of its attention',
  crossAttention: 'all of its cross-attention',
  mlp: 'MLP',
};

/** The heads that are open, then what each layer is made of, and the layers whole. */
export function partsOf(
  points: readonly PointDescription[],
  open: readonly OpenHead[],
): PartChoice[] {
  const heads = open.flatMap(({ path, head }): PartChoice[] => {
    if (typeof head !== 'number') return [];
    const at = { part: 'head', path, head } as const;
    return [{ key: `head ${path} ${head}`, name: headName({ path, head }), at, patched: at }];
  });
  const modules = points.flatMap(({ path }): PartChoice[] => {
    const [, layer = '', module = ''] = written.exec(path) ?? [];
    if (layer === '' || module.endsWith('Norm')) return [];
    const name = `Layer ${layer}, ${moduleWords[module] ?? module}`;
    const at = { part: 'value', path } as const;
    return [{ key: `value ${path}`, name, at, patched: at }];
  });
  const layers = points
    .filter(({ path }) => path.endsWith(afterLayer))
    .map(({ path }, layer): PartChoice => {
      const name = `Layer ${layer}, the whole layer`;
      const at = { part: 'layer', layer } as const;
      return { key: `layer ${layer}`, name, at, patched: { part: 'value', path } };
    });
  return [...heads, ...modules, ...layers];
}
