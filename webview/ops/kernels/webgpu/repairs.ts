/**
 * @file Kernels of tfjs 4.22 on WebGPU that are wrong past 65,535 workgroups or 8 buffers, or add
 * in no fixed order, replaced by ones that are right at any size and give the same bits each time.
 */
import * as tf from '../../../backends/tf';
import { gpuMemoryOf } from './register';

const backendName = 'webgpu';

/** Most matrices in one product: tfjs puts the batch on one dimension of the dispatch. */
const maxBatch = 65_535;

/** Summands of one addition: with the result they fit the 8 buffers that every device may bind. */
const maxSummands = 7;

type Inputs<Name extends string> = Readonly<Record<Name, tf.TensorInfo>>;

const runKernel = (
  backend: object,
  name: string,
  inputs: tf.NamedTensorInfoMap,
  attrs: tf.NamedAttrMap,
) => tf.getKernel(name, backendName).kernelFunc({ inputs, attrs, backend }) as tf.TensorInfo;

/**
 * Replaces what is wrong; call once, before the backend is used and after `SoftmaxForward` and the
 * like exist.
 */
export function registerGpuRepairs(): void {
  repairSoftmax();
  repairSegmentSum();
  repairMatMul();
  repairAddN();
}

/** tfjs's softmax is silently wrong beyond 65,535 rows. */
function repairSoftmax(): void {
  replaceKernel(tf.Softmax, ({ inputs, backend }) => {
    const { logits } = inputs as Inputs<'logits'>;
    return runKernel(backend, 'SoftmaxForward', { x: logits }, {});
  });
}

/**
 * tfjs's segment sum drops what lies beyond 65,535 groups, and adds with atomics. Rows of x must be
 * float32.
 */
function repairSegmentSum(): void {
  replaceKernel(tf.UnsortedSegmentSum, ({ inputs, attrs, backend }) => {
    const { x, segmentIds } = inputs as Inputs<'x' | 'segmentIds'>;
    const { numSegments } = attrs as unknown as tf.UnsortedSegmentSumAttrs;
    const count = tf.util.sizeFromShape(segmentIds.shape);
    const rowShape = x.shape.slice(segmentIds.shape.length);
    const dy = { ...x, shape: [count, tf.util.sizeFromShape(rowShape)] };
    const sums = runKernel(
      backend,
      'EmbeddingGradient',
      { ids: { ...segmentIds, shape: [count] }, dy },
      { rows: numSegments },
    );
    return { ...sums, shape: [numSegments, ...rowShape] };
  });
}

/** tfjs's product throws beyond 65,535 matrices: longer batches are multiplied in parts. */
function repairMatMul(): void {
  const original = tf.getKernel(tf.BatchMatMul, backendName).kernelFunc;
  replaceKernel(tf.BatchMatMul, (call) => {
    const { a, b } = call.inputs as Inputs<'a' | 'b'>;
    const countA = tf.util.sizeFromShape(a.shape.slice(0, -2));
    const countB = tf.util.sizeFromShape(b.shape.slice(0, -2));
    const count = Math.max(countA, countB);
    if (count <= maxBatch) return original(call);
    const { backend } = call;
    const memory = gpuMemoryOf(backend);
    const parts: tf.TensorInfo[] = [];
    for (let start = 0; start < count; start += maxBatch) {
      const size = Math.min(maxBatch, count - start);
      const slices = [part(backend, a, start, size), part(backend, b, start, size)] as const;
      const inputs = { a: slices[0], b: slices[1] };
      parts.push(original({ ...call, inputs }) as tf.TensorInfo);
      for (const slice of slices) memory.release(slice);
    }
    // Concat alone takes a list where other kernels take names.
    const list = parts as unknown as tf.NamedTensorInfoMap;
    const whole = runKernel(backend, tf.Concat, list, { axis: 0 });
    for (const each of parts) memory.release(each);
    const batch = (countA >= countB ? a : b).shape.slice(0, -2);
    return { ...whole, shape: [...batch, ...whole.shape.slice(-2)] };
  });
}

/**
 * tfjs binds every summand at once; more than a stage may bind makes the whole command buffer
 * invalid, and every result in it stale. Here they are added a few at a time, always in the same
 * order.
 */
function repairAddN(): void {
  const original = tf.getKernel(tf.AddN, backendName).kernelFunc;
  replaceKernel(tf.AddN, (call) => {
    const add = (summands: readonly tf.TensorInfo[]) =>
      original({
        ...call,
        inputs: summands as unknown as tf.NamedTensorInfoMap,
      }) as tf.TensorInfo;
    const memory = gpuMemoryOf(call.backend);
    const [first, ...rest] = Object.values(call.inputs) as tf.TensorInfo[];
    let sum = add(first ? [first, ...rest.splice(0, maxSummands - 1)] : []);
    while (rest.length > 0) {
      const partial = sum;
      sum = add([partial, ...rest.splice(0, maxSummands - 1)]);
      memory.release(partial);
    }
    return sum;
  });
}

/**
 * Matrices `start` to `start + size` of a batch, as a new tensor; a single matrix serves every
 * part.
 */
function part(backend: object, x: tf.TensorInfo, start: number, size: number): tf.TensorInfo {
  const [rows = 1, columns = 1] = x.shape.slice(-2);
  const count = tf.util.sizeFromShape(x.shape.slice(0, -2));
  const flat = { ...x, shape: [count, rows, columns] };
  const range = count === 1 ? { begin: 0, size: 1 } : { begin: start, size };
  return runKernel(
    backend,
    tf.Slice,
    { x: flat },
    { begin: [range.begin, 0, 0], size: [range.size, rows, columns] },
  );
}

function replaceKernel(kernelName: string, kernelFunc: tf.KernelFunc): void {
  tf.unregisterKernel(kernelName, backendName);
  tf.registerKernel({ kernelName, backendName, kernelFunc });
}
