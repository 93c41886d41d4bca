/**
 * @file Several texts from one prompt: seeds that follow one another, several temperatures. Pure.
 */
import { largestSeed, samplingSchema, type SamplingConfig } from '../../../config/sampling';

/** Texts that are written for one press of a button, at most. */
export const mostTexts = 16;

/** Seeds of one temperature, at most. */
export const mostSamples = 8;

const { temperature: temperatureSchema } = samplingSchema.shape;

export type TemperaturesRead =
  | { readonly ok: true; readonly temperatures: readonly number[] }
  | { readonly ok: false; readonly error: string };

/** Numbers with commas between them; nothing at all stands for the one of the sampling. */
export function readTemperatures(text: string): TemperaturesRead {
  const parts = text.split(/[,;\s]+/).filter((part) => part !== '');
  const temperatures: number[] = [];
  for (const part of parts) {
    const read = temperatureSchema.safeParse(Number(part));
    if (!read.success) {
      const why = read.error.issues[0]?.message ?? '';
      return { ok: false, error: `“${part}” cannot be used: ${why}.` };
    }
    if (!temperatures.includes(read.data)) temperatures.push(read.data);
  }
  return { ok: true, temperatures };
}

/** How each of the texts is drawn, temperature by temperature. */
export function variantsOf(
  sampling: SamplingConfig,
  samples: number,
  temperatures: readonly number[],
): readonly SamplingConfig[] {
  const all = temperatures.length === 0 ? [sampling.temperature] : temperatures;
  return all.flatMap((temperature) =>
    Array.from({ length: samples }, (_, index) => ({
      ...sampling,
      temperature,
      seed: followingSeed(sampling.seed, index),
    })),
  );
}

/** Seeds begin again where they end. */
function followingSeed(seed: number, by: number): number {
  return (seed + by) % (largestSeed + 1);
}
