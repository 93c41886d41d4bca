/**
 * @file Runs this project's shaders inside tfjs's own command stream: several outputs, and outputs
 * that are updated in place, which tfjs's public entry cannot do. The only file that touches
 * private fields of the backend (tfjs 4.22.0).
 */
import type { WebGPUBackend } from '@tensorflow/tfjs-backend-webgpu';

import * as tf from '../../../backends/tf';
import type { Shader } from './shader';

/** Private fields of tfjs 4.22.0's WebGPUBackend. */
interface CommandStream {
  commandEncoder: GPUCommandEncoder | null;
  computePassEncoder: GPUComputePassEncoder | null;
  commandQueueOwnedIds: WeakSet<object>;
  dispatchCountInPass: number;
  tensorToBinding(tensor: tf.TensorInfo): GPUBindingResource;
}

/** What the shaders of one device keep between launches. */
interface DeviceState {
  readonly pipelines: Map<string, GPUComputePipeline>;
  /** Uniform buffers by content: sizes repeat every step, so that almost none is written twice. */
  readonly uniforms: Map<string, GPUBuffer>;
}

const states = new WeakMap<WebGPUBackend, DeviceState>();

/** Most workgroups that one dimension of a dispatch may have on every device. */
const maxGroups = 65_535;

/** What a kernel on WebGPU works with. */
export interface GpuMemory {
  /** A new float32 tensor; its values are not cleared. */
  allocate(shape: readonly number[]): tf.TensorInfo;
  /** Another owner for a tensor that was updated in place. */
  share(tensor: tf.TensorInfo): tf.TensorInfo;
  /** Gives a tensor's memory back, once the commands that use it have run. */
  release(tensor: tf.TensorInfo): void;
  /** Queues a shader for indices 0 to `invocations` − 1, rounded up to whole workgroups. */
  launch(
    shader: Shader,
    outputs: readonly tf.TensorInfo[],
    inputs: readonly tf.TensorInfo[],
    uniforms: readonly number[],
    invocations: number,
  ): void;
}

/** The backend's tensors and commands, as kernels use them. */
export function gpuMemory(backend: WebGPUBackend): GpuMemory {
  return {
    allocate: (shape) => backend.makeTensorInfo([...shape], 'float32'),
    share: (tensor) => {
      backend.incRef(tensor.dataId);
      return { dataId: tensor.dataId, shape: tensor.shape, dtype: tensor.dtype };
    },
    release: ({ dataId }) => {
      backend.disposeData(dataId);
    },
    launch: (shader, outputs, inputs, uniforms, invocations) => {
      if (invocations === 0) return;
      const state = stateOf(backend);
      const pipeline = pipelineOf(backend, state, shader);
      const stream = backend as unknown as CommandStream;
      const tensors = [...outputs, ...inputs];
      for (const { dataId } of tensors) backend.uploadToGPU(dataId);
      const bindings: GPUBindingResource[] = [
        ...tensors.map((tensor) => stream.tensorToBinding(tensor)),
        { buffer: uniformsOf(backend, state, shader, uniforms) },
      ];
      const group = backend.device.createBindGroup({
        layout: pipeline.getBindGroupLayout(0),
        entries: bindings.map((resource, binding) => ({ binding, resource })),
      });
      dispatch(backend, stream, pipeline, group, Math.ceil(invocations / shader.workgroup));
      for (const { dataId } of tensors) stream.commandQueueOwnedIds.add(dataId);
      // What was read of an output earlier is stale now; the next read fetches it again.
      for (const { dataId } of outputs)
        Object.assign(backend.tensorMap.get(dataId), { values: null });
    },
  };
}

function dispatch(
  backend: WebGPUBackend,
  stream: CommandStream,
  pipeline: GPUComputePipeline,
  group: GPUBindGroup,
  groups: number,
): void {
  backend.ensureCommandEncoderReady();
  stream.computePassEncoder ??= stream.commandEncoder?.beginComputePass() ?? null;
  const pass = stream.computePassEncoder;
  if (!pass) throw new Error('tfjs gave no command encoder.');
  pass.setPipeline(pipeline);
  pass.setBindGroup(0, group);
  pass.dispatchWorkgroups(Math.min(groups, maxGroups), Math.ceil(groups / maxGroups));
  stream.dispatchCountInPass++;
  if (stream.dispatchCountInPass >= tf.env().getNumber('WEBGPU_DEFERRED_SUBMIT_BATCH_SIZE')) {
    backend.endComputePassEncoder();
    backend.submitQueue();
  }
}

function stateOf(backend: WebGPUBackend): DeviceState {
  let state = states.get(backend);
  if (!state) {
    state = { pipelines: new Map(), uniforms: new Map() };
    states.set(backend, state);
  }
  return state;
}

function pipelineOf(
  { device }: WebGPUBackend,
  { pipelines }: DeviceState,
  { name, code, outputs }: Shader,
): GPUComputePipeline {
  let pipeline = pipelines.get(name);
  if (!pipeline) {
    const bindings = code.split('@binding(').length - 1;
    const entries = Array.from({ length: bindings }, (_, binding): GPUBindGroupLayoutEntry => {
      const type =
        binding < outputs ? 'storage' : binding < bindings - 1 ? 'read-only-storage' : 'uniform';
      // 4 is GPUShaderStage.COMPUTE.
      return { binding, visibility: 4, buffer: { type } };
    });
    const layout = device.createPipelineLayout({
      bindGroupLayouts: [device.createBindGroupLayout({ entries })],
    });
    const module = device.createShaderModule({ label: name, code });
    pipeline = device.createComputePipeline({ label: name, layout, compute: { module } });
    pipelines.set(name, pipeline);
  }
  return pipeline;
}

function uniformsOf(
  { device, queue }: WebGPUBackend,
  { uniforms }: DeviceState,
  { uniforms: types }: Shader,
  values: readonly number[],
): GPUBuffer {
  const bytes = new DataView(new ArrayBuffer(4 * Math.max(4, types.length)));
  types.forEach((type, i) => {
    const value = values[i] ?? 0;
    if (type === 'f32') bytes.setFloat32(4 * i, value, true);
    else bytes.setUint32(4 * i, value, true);
  });
  const key = `${types.join()}:${values.join()}`;
  let buffer = uniforms.get(key);
  if (!buffer) {
    // 72 is GPUBufferUsage.UNIFORM | GPUBufferUsage.COPY_DST.
    buffer = device.createBuffer({ size: bytes.byteLength, usage: 72 });
    queue.writeBuffer(buffer, 0, bytes.buffer);
    uniforms.set(key, buffer);
  }
  return buffer;
}
