/**
 * The divider between text and lab: moved by pointer or keyboard, remembered in this browser. `--split` on the root
 * element carries the text's share in percent; the styles do the rest.
 */
import { recall, remember } from './memory.ts';

/** Shares of the width in percent; the script in BeforePaint.astro and the styles know them too. */
const LEAST = 25;
const MOST = 75;
const STEP = 2;

/** Makes the divider of the page work. Without one it does nothing. The page says its place at first. */
export function bindDivider(): void {
  const workspace = document.querySelector<HTMLElement>('[data-workspace]');
  const divider = document.querySelector<HTMLElement>('[data-divider]');
  if (!workspace || !divider) return;
  const preset = Number(divider.getAttribute('aria-valuenow'));
  let share = preset;

  const place = (percent: number): void => {
    share = Math.min(MOST, Math.max(LEAST, Math.round(percent * 10) / 10));
    document.documentElement.style.setProperty('--split', String(share));
    divider.setAttribute('aria-valuenow', String(Math.round(share)));
    divider.setAttribute('aria-valuetext', `Text ${Math.round(share)} percent of the width`);
  };
  const settle = (percent: number): void => {
    place(percent);
    remember('split', share === preset ? null : String(share));
  };

  place(Number(recall('split')) || preset);
  divider.addEventListener('dblclick', () => settle(preset));
  divider.addEventListener('keydown', (event) => {
    const target = keyTarget(event.key, share, preset);
    if (target === undefined) return;
    event.preventDefault();
    settle(target);
  });
  divider.addEventListener('pointerdown', (event) => {
    if (event.button !== 0) return;
    divider.setPointerCapture(event.pointerId);
    workspace.dataset.dragging = '';
  });
  divider.addEventListener('pointermove', (event) => {
    if (!divider.hasPointerCapture(event.pointerId)) return;
    const { left, width } = workspace.getBoundingClientRect();
    place(((event.clientX - left) / width) * 100);
  });
  divider.addEventListener('lostpointercapture', () => {
    delete workspace.dataset.dragging;
    settle(share);
  });
}

function keyTarget(key: string, share: number, preset: number): number | undefined {
  const targets: Record<string, number> = {
    ArrowLeft: share - STEP,
    ArrowRight: share + STEP,
    PageDown: share - STEP * 5,
    PageUp: share + STEP * 5,
    Home: LEAST,
    End: MOST,
    Enter: preset,
  };
  return targets[key];
}

bindDivider();
