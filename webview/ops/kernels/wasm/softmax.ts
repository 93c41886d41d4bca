/** @file The gradient of softmax on WASM by XNNPACK's vectors. */
import { registerVectorKernel } from './vectors';

export function registerWasmSoftmax(): void {
  // dx = y·(dy − Σ y·dy) in each row
  registerVectorKernel<'y' | 'dy'>('SoftmaxBackward', ({ y, dy }, v) => {
    const dx = v.allocate(y.shape);
    v.multiply(y, dy, dx);
    const sums = v.sumRows(dx);
    v.subtract(dy, sums, dx);
    v.multiply(dx, y, dx);
    v.release(sums);
    return dx;
  });
}
