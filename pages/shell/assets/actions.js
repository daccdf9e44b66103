/* Markup whose marked elements tell the server what was chosen. It is replaced in place: whoever is
   on one of them by the keyboard stays there. */
const shown = new WeakMap();

/** Show what a message brings, unless it is shown or a later message came while it was unpacked. */
async function show(root, packed) {
  const same = (other) => other && other.length === packed.length && other.every((byte, k) => byte === packed[k]);
  if (same(shown.get(root))) return;
  shown.set(root, packed);
  const stream = new Blob([packed]).stream().pipeThrough(new DecompressionStream('deflate'));
  const html = await new Response(stream).text();
  if (shown.get(root) !== packed) return;
  const at = root.contains(document.activeElement) ? document.activeElement.dataset.act : undefined;
  root.innerHTML = html;
  if (at === undefined) return;
  const again = [...root.querySelectorAll('[data-act]')].find((one) => one.dataset.act === at);
  if (again) again.focus({ preventScroll: true });
}

export default function ({ data, parentElement, setTriggerValue }) {
  show(parentElement, data);
  // One listener, whatever is drawn anew: this runs again with every answer of the server.
  parentElement.onclick = (event) => {
    const chosen = event.target.closest?.('[data-act]');
    if (!chosen || chosen.getAttribute('aria-disabled') === 'true') return;
    event.preventDefault();
    setTriggerValue('act', chosen.dataset.act);
  };
}
