/* Links between a file's cells and what was read of them. What is on the page is shown at once;
   for anything else the server is asked to show the part of the file that it is in. */
const MARK = 'hp-chosen';

function show(id) {
  const aim = document.getElementById(id);
  if (!aim) return false;
  document.querySelectorAll(`.${MARK}`).forEach((one) => one.classList.remove(MARK));
  aim.classList.add(MARK);
  if (!aim.hasAttribute('tabindex')) aim.setAttribute('tabindex', '-1');
  aim.scrollIntoView({ block: 'center', inline: 'nearest' });
  aim.focus({ preventScroll: true });
  return true;
}

let shown = 0;
let watch = 0;

/* The page may still be drawn anew after the server's answer: the mark is kept for a while. */
function keep(id) {
  let tries = 0;
  clearInterval(watch);
  watch = setInterval(() => {
    const aim = document.getElementById(id);
    if (aim && !aim.classList.contains(MARK)) show(id);
    if ((tries += 1) > 40) clearInterval(watch);
  }, 100);
}

export default function (component) {
  const { data, setTriggerValue } = component;
  const follow = (event) => {
    const link = event.target.closest?.('a[href^="#hp-"]');
    if (!link) return;
    event.preventDefault();
    clearInterval(watch);
    const id = link.getAttribute('href').slice(1);
    if (!show(id)) setTriggerValue('go', id);
  };
  document.addEventListener('click', follow);
  if (data?.turn && data.turn !== shown) {
    shown = data.turn;
    keep(data.id);
  }
  return () => document.removeEventListener('click', follow);
}
