/**
 * @file The one door to zod: `import * as z from '…/config/zod'`. It is configured without its
 * just-in-time compiler before any schema exists: the compiler probes `new Function`, which the
 * pages' content security policy reports as a violation. Names are passed on one by one, so that a
 * bundle holds only what is used.
 */
import { config } from 'zod/mini';

config({ jitless: true });

export {
  array,
  boolean,
  custom,
  discriminatedUnion,
  enum,
  exactOptional,
  gte,
  instanceof,
  int,
  literal,
  looseObject,
  lte,
  maxLength,
  minLength,
  nonnegative,
  nullish,
  number,
  object,
  optional,
  pipe,
  positive,
  record,
  regex,
  registry,
  string,
  transform,
  tuple,
  union,
  unknown,
  type infer,
} from 'zod/mini';
