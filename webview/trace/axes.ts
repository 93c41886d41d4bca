/** @file Named axes: one name, one size. What a shape comment would claim, this checks. */
import { shapeText, type Shape } from '../ops/tensor';

/** Axis names of a value, separated by blanks: `batch head query key`. */
export type Axes = string;

/** The names of the axes, outermost first. */
export function axisNames(axes: Axes): string[] {
  return axes.split(' ').filter((name) => name !== '');
}

/**
 * Sizes of axes by name: some bound by the configuration, the others by their first use in a pass.
 */
export class AxisSizes {
  readonly #bound: ReadonlyMap<string, number>;
  readonly #seen = new Map<string, { size: number; path: string }>();
  readonly #checked = new Set<string>();

  constructor(bound: Readonly<Record<string, number>>) {
    this.#bound = new Map(Object.entries(bound));
  }

  /** The shape that the configuration gives to these axes; throws for an axis it does not bind. */
  shapeOf(axes: Axes): Shape {
    return axisNames(axes).map((name) => {
      const size = this.#bound.get(name);
      if (size === undefined)
        throw new Error(`The configuration does not bind the axis “${name}”.`);
      return size;
    });
  }

  /** Throws an error that names axes and sizes where a value does not have the axes it claims. */
  check(path: string, axes: Axes, shape: Shape): void {
    const key = `${path}|${axes}|${shape.join()}`;
    if (this.#checked.has(key)) return;
    const names = axisNames(axes);
    if (names.length !== shape.length) {
      const found = `has shape ${shapeText(shape)}`;
      throw new Error(`${path} claims the axes “${names.join(' × ')}” but ${found}.`);
    }
    names.forEach((name, index) => {
      this.#checkAxis(path, name, shape[index] ?? 0);
    });
    this.#checked.add(key);
  }

  #checkAxis(path: string, name: string, size: number): void {
    const bound = this.#bound.get(name);
    if (bound !== undefined && bound !== size) {
      throw new Error(`${path}: axis ${name} is ${size}, but the configuration says ${bound}.`);
    }
    const seen = this.#seen.get(name);
    if (seen && seen.size !== size) {
      throw new Error(`${path}: axis ${name} is ${size}, but it was ${seen.size} at ${seen.path}.`);
    }
    if (!seen) this.#seen.set(name, { size, path });
  }
}
