/**
 * @file The one door to zod. It is configured without its just-in-time compiler before any schema exists: the compiler
 * probes `new Function`, which the pages' content security policy reports as a violation.
 */
import * as z from 'zod/mini';

z.config({ jitless: true });

export { z };
