/**
 * @file A model for pictures: its heads are what their names say, and every number of a token that
 * is followed comes from the same arithmetic.
 */
import type {
  AttentionMaps,
  AttentionRequest,
  FollowedToken,
  FollowRequest,
  HeadRole,
  HeadRolesFound,
  HeadScores,
  LookedText,
} from '../../../webview/protocol/attentionMaps';

interface Shape {
  readonly layers: number;
  readonly heads: number;
  readonly context: number;
  readonly causal: boolean;
}

const roles = ['previous-token', 'first-token', 'induction', 'same-token', 'uniform'] as const;

/** The batch in training, again and again. */
const story = 'the dog runs. ann has the ball now. the dog has the ball. ';

const dHead = 8;
const dModel = 16;

export class FakeModel {
  private readonly shape: Shape;

  constructor(shape: Shape) {
    this.shape = shape;
  }

  ids(of: LookedText): readonly number[] {
    switch (of.from) {
      case 'tokens':
        return [...of.ids];
      case 'text':
        return Array.from(of.text, codeOf);
      case 'model':
        return [...Array.from(of.prompt, codeOf), ...of.after];
      case 'batch': {
        const { context } = this.shape;
        const from = (of.row * 7) % story.length;
        return Array.from(story.repeat(30).slice(from, from + context), codeOf);
      }
      default:
        return of satisfies never;
    }
  }

  maps(all: readonly number[], request: AttentionRequest, step: number): AttentionMaps {
    const { layers, heads, context } = this.shape;
    const ids = all.slice(-context);
    const size = ids.length;
    const cells = Math.min(request.thumbnail, size);
    const paths = Array.from({ length: layers }, (_, layer) => pathOf(layer));
    return {
      runId: 'r1',
      step,
      tokens: ids.map((id) => ({ id, label: labelOf(id) })),
      cropped: all.length - size,
      loss: 1.234,
      modules: paths.map((path) => ({ path, heads })),
      thumbnail: cells,
      thumbnails: paths.map((_, layer) => {
        const bytes = new Uint8Array(heads * cells * cells);
        for (let head = 0; head < heads; head += 1) {
          const pattern = this.pattern(ids, layer, head, step);
          for (let at = 0; at < pattern.length; at += 1) {
            const query = Math.floor((Math.floor(at / size) * cells) / size);
            const key = Math.floor(((at % size) * cells) / size);
            const cell = (head * cells + query) * cells + key;
            bytes[cell] = Math.max(bytes[cell] ?? 0, Math.round(255 * (pattern[at] ?? 0)));
          }
        }
        return bytes;
      }),
      patterns: request.heads.map(({ path, head }) => {
        const layer = paths.indexOf(path);
        if (typeof head === 'number') return this.pattern(ids, layer, head, step);
        const each = Array.from({ length: heads }, (_, one) => this.pattern(ids, layer, one, step));
        return Float32Array.from({ length: size * size }, (_, cell) => {
          const values = each.map((pattern) => pattern[cell] ?? 0);
          return head === 'max'
            ? Math.max(...values)
            : values.reduce((sum, value) => sum + value, 0) / heads;
        });
      }),
    };
  }

  roles(step: number, silence: boolean): HeadRolesFound {
    const { layers, heads } = this.shape;
    const even = scores(0.06, 'uniform', 1);
    return {
      runId: 'r1',
      step,
      period: 16,
      even,
      heads: Array.from({ length: layers * heads }, (_, at): HeadScores => {
        const role = roleOf(Math.floor(at / heads), at % heads);
        return {
          path: pathOf(Math.floor(at / heads)),
          head: at % heads,
          role,
          scores: scores(0.05, role === 'mixed' ? 'induction' : role, role === 'mixed' ? 0.3 : 0.9),
          ...(silence && { silenced: role === 'induction' ? 0.812 : 0.01 * at - 0.02 }),
        };
      }),
    };
  }

  follow(all: readonly number[], request: FollowRequest, step: number): FollowedToken {
    const ids = all.slice(-this.shape.context);
    const size = ids.length;
    const vector = (id: number, salt: number): Float32Array =>
      Float32Array.from({ length: dHead }, (_, index) => Math.sin(id * (index + 1) + salt));
    const query = vector(ids[request.query] ?? 0, request.head);
    const rows = (salt: number): Float32Array =>
      Float32Array.from(ids.flatMap((id) => [...vector(id, salt)]));
    const keys = rows(request.head + 1);
    const values = rows(request.head + 2);
    const products = Float32Array.from(ids, (_, key) =>
      query.reduce((sum, value, index) => sum + value * (keys[key * dHead + index] ?? 0), 0),
    );
    const scaled = products.map((product) => product / Math.sqrt(dHead));
    const masked = scaled.map((score, key) => (key > request.query ? -Infinity : score));
    const pattern = softmax(masked);
    const weighted = Float32Array.from({ length: dHead }, (_, index) =>
      pattern.reduce((sum, weight, key) => sum + weight * (values[key * dHead + index] ?? 0), 0),
    );
    const written = Float32Array.from({ length: dModel }, (_, index) =>
      weighted.reduce((sum, value, from) => sum + value * Math.cos(index * (from + 1)), 0),
    );
    return {
      runId: 'r1',
      step,
      tokens: ids.slice(0, size).map((id) => ({ id, label: labelOf(id) })),
      dHead,
      config: { mask: this.shape.causal ? 'causal' : 'none', bias: true, residual: true },
      asked: { query, keys, products, scores: scaled, masked },
      pattern,
      values,
      weighted,
      written,
      output: written.map((value) => 2 * value),
    };
  }

  /** Sharper with every step. */
  private pattern(ids: readonly number[], layer: number, head: number, step: number): Float32Array {
    const size = ids.length;
    const pattern = new Float32Array(size * size);
    const role = roleOf(layer, head);
    for (let query = 0; query < size; query += 1) {
      const end = this.shape.causal ? query + 1 : size;
      const row = Float32Array.from({ length: end }, (_, key) => {
        const noise = Math.sin(query * 12.9 + key * 78.2 + head) + step / 100_000;
        return likes(role, ids, query, key) * 4 + noise * 0.4;
      });
      pattern.set(softmax(row), query * size);
    }
    return pattern;
  }
}

function likes(role: HeadRole, ids: readonly number[], query: number, key: number): number {
  switch (role) {
    case 'previous-token':
      return Number(key === query - 1);
    case 'first-token':
      return Number(key === 0);
    case 'same-token':
      return Number(ids[key] === ids[query]);
    case 'induction':
      return Number(key > 0 && key < query && ids[key - 1] === ids[query]);
    case 'uniform':
      return 0;
    case 'mixed':
      return Math.sin(key * 3 + query) * 0.5;
    default:
      return role satisfies never;
  }
}

function roleOf(layer: number, head: number): HeadRole {
  return roles[(layer * 2 + head) % (roles.length + 1)] ?? 'mixed';
}

function scores(
  others: number,
  role: Exclude<HeadRole, 'mixed'>,
  score: number,
): HeadScores['scores'] {
  const all = roles.map((one) => [one, one === role ? score : others]);
  return Object.fromEntries(all) as HeadScores['scores'];
}

function softmax(scored: Float32Array): Float32Array {
  const top = Math.max(...scored);
  const powers = scored.map((score) => Math.exp(score - top));
  const sum = powers.reduce((total, power) => total + power, 0);
  return powers.map((power) => power / sum);
}

function pathOf(layer: number): string {
  return `decoder.${layer}.selfAttention.pattern`;
}

function codeOf(character: string): number {
  return character.codePointAt(0) ?? 0;
}

function labelOf(id: number): string {
  return id === 32 ? '␣' : String.fromCodePoint(id);
}
