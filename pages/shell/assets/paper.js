/* A list on paper: the table on the screen is a picture of the rows in sight, so the whole list is
   asked of the server the moment that somebody prints, and taken away afterwards. */

const CLASS = 'hp-printed';

function clear() {
  document.querySelectorAll(`.${CLASS}`).forEach((one) => one.remove());
}

/* Nothing may be awaited here: the browser prints as soon as this has run. */
function fetchNow(address) {
  const request = new XMLHttpRequest();
  request.open('GET', address, false);
  try {
    request.send();
  } catch {
    return '';
  }
  return request.status === 200 ? request.responseText : '';
}

export default function ({ data }) {
  const print = () => {
    clear();
    const query = new URLSearchParams(location.search);
    query.set('lang', data.language);
    if (document.querySelector('.hp-unsaved')) query.set('unsaved', '1');
    const markup = fetchNow(`${new URL(data.address, document.baseURI)}?${query}`);
    if (!markup) return; // what is printed then says so
    const paper = document.createElement('div');
    paper.className = CLASS;
    paper.innerHTML = markup;
    document.body.append(paper);
  };
  window.addEventListener('beforeprint', print);
  window.addEventListener('afterprint', clear);
  return () => {
    window.removeEventListener('beforeprint', print);
    window.removeEventListener('afterprint', clear);
    clear();
  };
}
