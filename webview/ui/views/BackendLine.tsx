/** @file Where the arithmetic runs, why, and why not on something faster. */
import { useState } from 'preact/hooks';
import { linuxLaunchFlags, type BackendAction, type BackendReport } from '../../config/backend';
import { Button } from '../controls/Button';
import { Disclosure } from '../controls/Disclosure';
import { Icon } from '../controls/Icon';
import { usePage } from './pageContext';

const names = { webgpu: 'WebGPU', wasm: 'WASM', cpu: 'Plain CPU' } as const;

export function BackendLine() {
  const { state } = usePage();
  const report = state.facts.value?.backend;
  return (
    <div class="backend">
      <p class="backend-line">
        {report === undefined ? (
          'Backend: chosen when the first run starts.'
        ) : (
          <>
            <strong>{names[report.backend]}</strong>
            {adapterName(report)} {report.reason}
          </>
        )}
      </p>
      {report !== undefined && report.rejected.length > 0 && <Rejections report={report} />}
    </div>
  );
}

function Rejections({ report }: { readonly report: BackendReport }) {
  return (
    <ul class="rejections" aria-label="Why a faster backend was not taken">
      {report.rejected.map((rejection) => (
        <li key={`${rejection.backend} ${rejection.cause}`}>
          <Icon name="info" />
          <span>
            {names[rejection.backend]}: {rejection.message}
          </span>
          {rejection.action !== undefined && <ActionButton action={rejection.action} />}
        </li>
      ))}
    </ul>
  );
}

function ActionButton({ action }: { readonly action: BackendAction }) {
  const { actions } = usePage();
  switch (action) {
    case 'copy-launch-flags':
      return (
        <Button
          label="Copy Launch Flags"
          icon="copy"
          onPress={() => {
            actions.copy(linuxLaunchFlags);
          }}
        />
      );
    case 'choose-backend':
      return (
        <Button
          label="Choose Backend"
          onPress={() => {
            actions.runCommand('transformerPlayground.chooseBackend');
          }}
        />
      );
    case 'open-gpu-help':
      return <GpuHelp />;
    default:
      return action satisfies never;
  }
}

function GpuHelp() {
  const [open, setOpen] = useState(false);
  return (
    <Disclosure summary="How to get WebGPU" open={open} onToggle={setOpen}>
      <ol class="gpu-help">
        <li>Update VS Code (or the browser it runs in) and the graphics driver.</li>
        <li>
          Run “Preferences: Configure Runtime Arguments”, remove “disable-hardware-acceleration” if
          it is there, and restart VS Code.
        </li>
        <li>
          On a remote or virtual machine there may be no graphics card: training works without.
        </li>
      </ol>
    </Disclosure>
  );
}

function adapterName({ adapter }: BackendReport): string {
  if (adapter === undefined) return '.';
  const name = [adapter.description, `${adapter.vendor} ${adapter.architecture}`.trim()].find(
    (candidate) => candidate !== '',
  );
  return ` on ${name ?? 'an unnamed adapter'}${adapter.software ? ' (emulated)' : ''}.`;
}
