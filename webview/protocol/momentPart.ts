/**
 * @file The moments of a run since its last snapshot as one safetensors file: arrays as tensors,
 * the rest as JSON beside them. Each part says also what all heads have had by then, so that the
 * newest one alone has every mark, whatever became of the others. It knows bytes, not files.
 */
import { PlaygroundError } from '../config/errors';
import * as z from '../config/zod';
import { decodeNumber, encodeNumber, nonFiniteNames } from '../formats/nonFinite';
import {
  asFloat32,
  asInt32,
  asUint8,
  parseSafetensors,
  writeSafetensors,
  type SafetensorsFile,
  type StoredTensor,
  type WritableTensor,
} from '../formats/safetensors';
import { quote } from '../formats/safetensorsHeader';
import { headRoles, namedRoles, type TokenView } from './attentionMaps';
import type { Moment, RolesSoFar } from './moments';

/** What a part holds. */
export interface MomentPart {
  /** Ascending by step; the run's id is for its reader to say. */
  readonly moments: readonly Omit<Moment, 'runId'>[];
  /** Up to the last of them. */
  readonly roles: RolesSoFar;
}

/** Version of what this file writes; raised when an older reader would misunderstand it. */
const partVersion = '1';

const PREFIX = 'transformer-playground.moments';
const VERSION = `${PREFIX}-version`;
const ROLES = `${PREFIX}-roles`;
const LABELS = `${PREFIX}-labels`;
const SEEN = `${PREFIX}-seen`;

const count = z.int().check(z.nonnegative());
const measured = z.pipe(z.union([z.number(), z.enum(nonFiniteNames)]), z.transform(decodeNumber));
const had = { path: z.string(), head: count, role: z.enum(namedRoles) };
const gainedSchema = z.array(z.object({ ...had, step: count }));
const rolesSchema = z.object({ began: z.array(z.object(had)), gained: gainedSchema });

/** The label of each token that occurs, by its id. */
const labelsSchema = z.array(z.tuple([z.int(), z.string()]));

/** Of each moment, what is no array of numbers. */
const seenSchema = z.array(
  z.object({
    step: count,
    trainingLoss: z.exactOptional(z.object({ step: count, value: measured })),
    validationLoss: z.exactOptional(measured),
    gained: gainedSchema,
    sample: z.exactOptional(z.object({ step: count, text: z.string() })),
    modules: z.array(z.object({ path: z.string(), heads: count })),
    cells: count,
    top: count,
    heads: z.array(
      z.object({
        path: z.string(),
        head: count,
        role: z.enum(headRoles),
        scores: z.object({
          'previous-token': measured,
          'first-token': measured,
          'same-token': measured,
          induction: measured,
          uniform: measured,
        }),
        silenced: z.exactOptional(measured),
      }),
    ),
  }),
);

type Seen = z.infer<typeof seenSchema>[number];

/** The part's bytes. */
export function writeMomentPart({ moments, roles }: MomentPart): Uint8Array<ArrayBuffer> {
  const labels = new Map<number, string>();
  const seen: Seen[] = [];
  const tensors: WritableTensor[] = [];
  for (const moment of moments) {
    const { tokens, vocabulary, patterns, nextIds, nextProbabilities, ...rest } = moment;
    for (const { id, label } of [...tokens, ...vocabulary]) labels.set(id, label);
    seen.push({
      ...rest,
      gained: [...rest.gained],
      modules: [...rest.modules],
      heads: [...rest.heads],
    });
    const { modules, cells, top } = rest;
    const tensorsOf = namesAt(rest.step);
    const next = [tokens.length, top];
    const ids = Int32Array.from(tokens, ({ id }) => id);
    tensors.push(
      { name: tensorsOf.tokens, dtype: 'I32', shape: [ids.length], data: ids },
      { name: tensorsOf.nextIds, dtype: 'I32', shape: next, data: nextIds },
      { name: tensorsOf.nextProbabilities, dtype: 'F32', shape: next, data: nextProbabilities },
      ...patterns.map((data, at): WritableTensor => {
        const shape = [modules[at]?.heads ?? 0, cells, cells];
        return { name: tensorsOf.pattern(at), dtype: 'U8', shape, data };
      }),
    );
  }
  const metadata = new Map([
    [VERSION, partVersion],
    [ROLES, toJson(roles)],
    [LABELS, toJson([...labels])],
    [SEEN, toJson(seen)],
  ]);
  return writeSafetensors(tensors, metadata);
}

/**
 * What {@link writeMomentPart} wrote, in memory of its own.
 *
 * @throws safetensors, if the file is damaged or cut off; moments, naming what is wrong in it.
 */
export function readMomentPart(bytes: ArrayBuffer | Uint8Array): MomentPart {
  const file = parsePart(bytes);
  const roles = readJson(file, ROLES, rolesSchema);
  const labels = new Map(readJson(file, LABELS, labelsSchema));
  const seen = readJson(file, SEEN, seenSchema);
  return { roles, moments: seen.map((each) => readMoment(file, each, labels)) };
}

/** Only what heads have had up to the part's last moment. Throws as {@link readMomentPart}. */
export function readMomentRoles(bytes: ArrayBuffer | Uint8Array): RolesSoFar {
  return readJson(parsePart(bytes), ROLES, rolesSchema);
}

/** Parts as one; of a step that several have, the moment of the last. Of none, undefined. */
export function joinMomentParts(parts: readonly MomentPart[]): MomentPart | undefined {
  const roles = parts.at(-1)?.roles;
  if (roles === undefined) return undefined;
  const bySteps = new Map(parts.flatMap(({ moments }) => moments.map((each) => [each.step, each])));
  return { roles, moments: [...bySteps.values()].sort((a, b) => a.step - b.step) };
}

/** Parts that can be read, in their order, and how many others there were. */
export function readableParts(parts: readonly (ArrayBuffer | Uint8Array)[]): {
  readonly read: readonly MomentPart[];
  readonly damaged: number;
} {
  const read = parts.flatMap((part) => {
    try {
      return [readMomentPart(part)];
    } catch (error) {
      if (error instanceof PlaygroundError) return [];
      throw error;
    }
  });
  return { read, damaged: parts.length - read.length };
}

function namesAt(step: number) {
  return {
    tokens: `${step}.tokens`,
    nextIds: `${step}.next-ids`,
    nextProbabilities: `${step}.next-probabilities`,
    pattern: (module: number): string => `${step}.patterns.${module}`,
  };
}

function readMoment(
  { tensors }: SafetensorsFile,
  seen: Seen,
  labels: ReadonlyMap<number, string>,
): MomentPart['moments'][number] {
  const { step, modules, cells, top } = seen;
  const names = namesAt(step);
  const tensor = (name: string, shape?: readonly number[]): StoredTensor => {
    const found = tensors.get(name);
    if (found === undefined) throw damaged(`It lacks ${quote(name)}.`);
    if (shape !== undefined && found.shape.join() !== shape.join()) {
      const [is, needed] = [found.shape.join(', '), shape.join(', ')];
      throw damaged(`${quote(name)} has shape [${is}], and [${needed}] is needed.`);
    }
    return found;
  };
  const view = (id: number): TokenView => {
    const label = labels.get(id);
    if (label === undefined) throw damaged(`The token ${id} of step ${step} has no label.`);
    return { id, label };
  };
  // Copies: a moment that is given up later must not hold the part's memory.
  const tokens = Array.from(asInt32(tensor(names.tokens)), view);
  const next = [tokens.length, top];
  const nextIds = asInt32(tensor(names.nextIds, next)).slice();
  return {
    ...seen,
    tokens,
    patterns: modules.map(({ heads }, at) =>
      asUint8(tensor(names.pattern(at), [heads, cells, cells])).slice(),
    ),
    nextIds,
    nextProbabilities: asFloat32(tensor(names.nextProbabilities, next)).slice(),
    vocabulary: [...new Set(nextIds)].sort((a, b) => a - b).map(view),
  };
}

function parsePart(bytes: ArrayBuffer | Uint8Array): SafetensorsFile {
  const file = parseSafetensors(bytes);
  const version = file.metadata.get(VERSION);
  if (version === partVersion) return file;
  throw damaged(
    version === undefined
      ? 'It holds no moments.'
      : `It has version ${quote(version)}, and ${partVersion} can be read here.`,
  );
}

type Checked<T> =
  | { readonly success: true; readonly data: T }
  | { readonly success: false; readonly error: { readonly issues: readonly Issue[] } };

interface Issue {
  readonly path: readonly PropertyKey[];
}

function toJson(value: unknown): string {
  return JSON.stringify(value, (_key, each: unknown) =>
    typeof each === 'number' ? encodeNumber(each) : each,
  );
}

function readJson<T>(
  { metadata }: SafetensorsFile,
  key: string,
  schema: { safeParse: (value: unknown) => Checked<T> },
): T {
  const parsed = schema.safeParse(parseJson(metadata.get(key) ?? ''));
  if (parsed.success) return parsed.data;
  const where = parsed.error.issues[0]?.path.map(String).join('.') ?? '';
  throw damaged(`${quote(key)} cannot be used${where === '' ? '' : ` at ${quote(where)}`}.`);
}

/** Undefined, which nothing here may be, where the text is no JSON. */
function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function damaged(how: string): PlaygroundError {
  return new PlaygroundError({
    code: 'moments',
    message: `A file of moments cannot be read. ${how}`,
    remedy: 'Train on: what is seen from now on is kept in files of its own.',
  });
}
