/**
 * @file How a compute shader of this project is written down: names and types become WGSL
 * declarations.
 */

/** What distinguishes one shader from another; `body` runs once for each index. */
export interface ShaderSource {
  readonly name: string;
  /** Names of float32 arrays that are written, and may be read. */
  readonly outputs: readonly string[];
  /** Names of arrays that are read; `ids: i32` for one that is not float32. */
  readonly inputs: readonly string[];
  /** Names of whole numbers; `epsilon: f32` for one that is not. */
  readonly uniforms: readonly string[];
  /** Invocations of a workgroup. */
  readonly workgroup?: number;
  /** Functions and shared memory that `body` uses. */
  readonly declarations?: string;
  /**
   * Statements, with `index: u32` and the uniforms as `sizes.name`; those past the end must return.
   */
  readonly body: string;
}

/** A shader ready to compile, with what is needed to dispatch it. */
export interface Shader {
  readonly name: string;
  readonly code: string;
  readonly outputs: number;
  readonly uniforms: readonly ('u32' | 'f32')[];
  readonly workgroup: number;
}

const typed = (declaration: string, otherwise: string) => {
  const [name = '', type = otherwise] = declaration.split(':').map((part) => part.trim());
  return { name, type };
};

/** Turns a source into WGSL: bindings in the order outputs, inputs, uniforms. */
export function shader(source: ShaderSource): Shader {
  const workgroup = source.workgroup ?? 64;
  const arrays = [
    ...source.outputs.map((name) => `var<storage, read_write> ${name}: array<f32>;`),
    ...source.inputs.map((input) => {
      const { name, type } = typed(input, 'f32');
      return `var<storage, read> ${name}: array<${type}>;`;
    }),
    'var<uniform> sizes: Sizes;',
  ].map((declaration, binding) => `@group(0) @binding(${binding}) ${declaration}`);
  const fields = source.uniforms.map((uniform) => typed(uniform, 'u32'));
  const code = `
struct Sizes { ${fields.map(({ name, type }) => `${name}: ${type}`).join(', ')} }
${arrays.join('\n')}
${source.declarations ?? ''}
@compute @workgroup_size(${workgroup})
fn main(@builtin(global_invocation_id) invocation: vec3<u32>,
        @builtin(local_invocation_id) local: vec3<u32>,
        @builtin(num_workgroups) groups: vec3<u32>) {
  let index = invocation.x + invocation.y * groups.x * ${workgroup}u;
${source.body}
}`;
  return {
    name: source.name,
    code,
    outputs: source.outputs.length,
    uniforms: fields.map(({ type }) => (type === 'f32' ? 'f32' : 'u32')),
    workgroup,
  };
}
