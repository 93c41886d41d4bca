/**
 * @file The one door to the webview UI toolkit: what is registered, and how its elements are made
 * and named. No view knows that these controls come from it. Its badge and tag break a strict
 * content security policy and stay out.
 */
import {
  provideVSCodeDesignSystem,
  vsCodeButton,
  vsCodeCheckbox,
  vsCodeDropdown,
  vsCodeOption,
  vsCodeProgressRing,
  vsCodeTextArea,
  vsCodeTextField,
} from '@vscode/webview-ui-toolkit';
import { h, type ComponentChildren, type RefObject, type VNode } from 'preact';
import { useLayoutEffect } from 'preact/hooks';

type ToolkitElement =
  'button' | 'checkbox' | 'dropdown' | 'option' | 'progress-ring' | 'text-area' | 'text-field';

/**
 * Defines the custom elements. Call once, before the first render: properties are set only on
 * defined elements.
 */
export function registerControls(): void {
  provideVSCodeDesignSystem().register(
    vsCodeButton(),
    vsCodeCheckbox(),
    vsCodeDropdown(),
    vsCodeOption(),
    vsCodeProgressRing(),
    vsCodeTextArea(),
    vsCodeTextField(),
  );
}

/**
 * Resolves when the controls have the colours of the theme, before the next frame is drawn: the
 * toolkit takes them over in the frame after the page is loaded, and until then draws in those of a
 * dark theme. Call once `registerControls` has: of two listeners the older is called first.
 */
export function controlsAreThemed(): Promise<void> {
  return new Promise((resolve) => {
    window.addEventListener('load', () => {
      requestAnimationFrame(() => {
        resolve();
      });
    });
  });
}

/** An element of the toolkit. */
export function toolkit(
  name: ToolkitElement,
  props: Record<string, unknown>,
  ...children: ComponentChildren[]
): VNode {
  return h(`vscode-${name}`, props, ...children);
}

/** What assistive technology is told of a control. */
export interface Naming {
  readonly label: string;
  /** Id of the element that helps or complains, in the page. */
  readonly describedBy?: string | undefined;
  /** The same as a text, for what stands nowhere in the page. */
  readonly description?: string | undefined;
  readonly invalid?: boolean | undefined;
}

interface WithDescribedByElements {
  ariaDescribedByElements?: Element[] | null;
}

/**
 * Names the focusable element of a control, which lies in a shadow root: ids do not reach into it,
 * so that the description is passed as an element, or as text where the browser knows no references
 * to elements.
 */
export function useNaming(host: RefObject<HTMLElement | null>, naming: Naming): void {
  const { label, describedBy, description, invalid = false } = naming;
  useLayoutEffect(() => {
    const element = host.current;
    if (element === null) return;
    element.setAttribute('aria-label', label);
    setOrRemove(element, 'aria-invalid', invalid ? 'true' : undefined);
    const inner = element.shadowRoot?.querySelector('input, textarea, button') ?? element;
    const describing = describedBy === undefined ? null : document.getElementById(describedBy);
    if (describing !== null && 'ariaDescribedByElements' in inner) {
      (inner as WithDescribedByElements).ariaDescribedByElements = [describing];
    } else {
      setOrRemove(inner, 'aria-description', description ?? describing?.textContent);
    }
  });
}

function setOrRemove(element: Element, attribute: string, value: string | undefined): void {
  if (value === undefined) element.removeAttribute(attribute);
  else element.setAttribute(attribute, value);
}
