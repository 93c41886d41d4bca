/** @file `npm run bench`: how fast the engine is on each backend of this machine, beside plain tfjs in the same run. */
import { parseArgs } from 'node:util';
import { withCleanup } from './support/cleanup';
import { buildEngineProgram } from './support/engineProgram';
import { run, stopAllGroups } from './support/processes';
import { backendSchema, type Backend } from '../../webview/config/backend';
import { configurationNames, type ConfigurationName } from '../bench/configurations';
import type { Measured, Plan } from '../bench/measure';
import { tableOf, type BenchLine } from '../bench/table';

const usage = `npm run bench -- [--json] [--backend wasm|webgpu|cpu]… [--config ${configurationNames.join('|')}]…
  [--samples N] [--seconds S] [--no-stock]
Each figure is the median of N samples (20), or of as many as fit into S seconds (10), after warming up.`;

await withCleanup(async (cleanup) => {
  cleanup.add(stopAllGroups);
  const { values } = parseArgs({
    options: {
      json: { type: 'boolean', default: false },
      backend: { type: 'string', multiple: true, default: ['wasm', 'webgpu', 'cpu'] },
      config: { type: 'string', multiple: true, default: configurationNames },
      samples: { type: 'string', default: '20' },
      seconds: { type: 'string', default: '10' },
      'no-stock': { type: 'boolean', default: false },
      help: { type: 'boolean', default: false },
    },
  });
  if (values.help) {
    console.log(usage);
    return 0;
  }
  const program = await buildEngineProgram('test/bench/measure.ts');
  const lines: BenchLine[] = [];
  for (const configuration of values.config.map(configurationNamed)) {
    for (const backend of values.backend.map((name) => backendSchema.parse(name))) {
      const subject = { backend, configuration };
      const limits = { samples: Number(values.samples), seconds: Number(values.seconds) };
      const ours = await measured(program, { implementation: 'ours', ...subject, ...limits });
      const stock = values['no-stock']
        ? undefined
        : await measured(program, { implementation: 'stock', ...subject, ...limits });
      const line = lineOf(subject, ours, stock);
      lines.push(line);
      if (values.json) console.log(JSON.stringify(line));
    }
  }
  if (!values.json) console.log(tableOf(lines));
  return lines.some((line) => 'error' in line) ? 1 : 0;
});

function configurationNamed(name: string): ConfigurationName {
  const found = configurationNames.find((known) => known === name);
  if (found) return found;
  throw new Error(`There is no configuration “${name}”: use ${configurationNames.join(', ')}.`);
}

/** What the program measured, or the last line of its complaint. */
async function measured(program: string, plan: Plan): Promise<Measured | string> {
  let output = '';
  const code = await run(process.execPath, [program, JSON.stringify(plan)], {
    onOutput: (text) => {
      output += text;
    },
  });
  const last = output.trim().split('\n').at(-1) ?? '';
  if (code === 0) return JSON.parse(last) as Measured;
  return /^\w*Error: .*$/m.exec(output)?.[0] ?? `exit code ${code}: ${last}`;
}

function lineOf(
  subject: { backend: Backend; configuration: ConfigurationName },
  ours: Measured | string,
  stock: Measured | string | undefined,
): BenchLine {
  if (typeof ours === 'string') return { ...subject, error: ours };
  if (stock === undefined) return { ...subject, ours };
  if (typeof stock === 'string') return { ...subject, ours, stockError: stock };
  return {
    ...subject,
    ours,
    stock,
    ratio: ours.step.median / stock.step.median,
    processorRatio: ours.processor.median / stock.processor.median,
  };
}
