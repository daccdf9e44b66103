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

export default function (component) {
  const { data, setTriggerValue } = component;
  const follow = (event) => {
    const link = event.target.closest?.('a[href^="#hp-"]');
    if (!link) return;
    event.preventDefault();
    const id = link.getAttribute('href').slice(1);
    if (!show(id)) setTriggerValue('go', id);
  };
  document.addEventListener('click', follow);
  if (data?.turn && data.turn !== shown) {
    shown = data.turn;
    let tries = 0;
    const wait = () => {
      if (!show(data.id) && (tries += 1) < 60) setTimeout(wait, 50);
    };
    wait();
  }
  return () => document.removeEventListener('click', follow);
}
