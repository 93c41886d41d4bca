/** @file Where the arithmetic runs, why, and why not on something faster. */
import { useState } from 'preact/hooks';
import {
  backendNames,
  backendSchema,
  linuxLaunchFlags,
  type BackendAction,
  type BackendReport,
} from '../../config/backend';
import { Button } from '../controls/Button';
import { Disclosure } from '../controls/Disclosure';
import { Icon } from '../controls/Icon';
import { LinkButton } from '../controls/LinkButton';
import { usePage } from './pageContext';

/** Id of the choice among the disclosures that the page remembers. */
const detailsId = 'backend';

export function BackendLine() {
  const { state, form } = usePage();
  const report = state.facts.value?.backend;
  if (report === undefined) {
    const text = state.isActive.value
      ? 'Choosing a backend …'
      : 'The backend is chosen when a run starts.';
    return <p class="strip-item">{text}</p>;
  }
  const open = form.open.value[detailsId] === true;
  return (
    <p class="strip-item" role="group" aria-label="Backend">
      <span>
        Runs on <strong>{backendNames[report.backend]}</strong>
        {adapterName(report)}
      </span>
      <LinkButton
        label={detailsLabel(report)}
        expanded={open}
        controls="backend-details"
        onPress={() => {
          form.setOpen(detailsId, !open);
        }}
      />
    </p>
  );
}

/** Why it runs where it does, and what can be done about it; nothing until it is asked for. */
export function BackendDetails() {
  const { state, form } = usePage();
  const report = state.facts.value?.backend;
  if (report === undefined || form.open.value[detailsId] !== true) return null;
  const offered = report.rejected.some(({ action }) => action === 'choose-backend');
  const probe = Object.entries(report.probe ?? {});
  return (
    <section class="backend" id="backend-details" aria-label="Backend details">
      <p>
        {report.reason}
        {probe.length > 0 && ` A step of this model took ${probe.map(measured).join(', ')}.`}
      </p>
      {report.rejected.length > 0 && <Rejections report={report} />}
      {!offered && <ActionButton action="choose-backend" />}
    </section>
  );
}

function detailsLabel({ rejected }: BackendReport): string {
  return rejected.some(({ backend }) => backend === 'webgpu') ? 'Why not WebGPU?' : 'Details';
}

function measured([backend, ms]: [string, number]): string {
  const parsed = backendSchema.safeParse(backend);
  const name = parsed.success ? backendNames[parsed.data] : backend;
  return `${ms < 10 ? ms.toFixed(1) : ms.toFixed(0)} ms on ${name}`;
}

function Rejections({ report }: { readonly report: BackendReport }) {
  return (
    <ul class="rejections" aria-label="Why a faster backend was not taken">
      {report.rejected.map((rejection) => (
        <li key={`${rejection.backend} ${rejection.cause}`}>
          <Icon name="info" />
          <span>{rejection.message}</span>
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
  if (adapter === undefined) return '';
  const name = [adapter.description, `${adapter.vendor} ${adapter.architecture}`.trim()].find(
    (candidate) => candidate !== '',
  );
  return ` (${name ?? 'unnamed adapter'}${adapter.software ? ', emulated' : ''})`;
}
