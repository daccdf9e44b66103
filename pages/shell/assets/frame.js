/* What Streamlit's frame leaves to the page: its language, its words in the reader's language, the
   current page in the menu, and links that go to another page without loading the document anew. */

const ATTRIBUTES = ['aria-label', 'placeholder', 'title', 'alt', 'aria-valuetext'];
/* Text of our own, of documents and of people is never looked at. */
const OWN = '[data-testid="stHtml"], [data-testid="stMarkdownContainer"], iframe, textarea, script, style';

const UPLOAD = '[data-testid="stFileUploaderDropzone"]';

let frame = null;

/* What was written in place of what, to take it back when the language changes in the open page. */
const replaced = new WeakMap();

function translate(text) {
  const key = text.trim();
  if (!key || !frame) return text;
  const word = frame.exact.get(key);
  if (word !== undefined) return text.replace(key, word);
  for (const [pattern, other] of frame.patterns) {
    const match = pattern.exec(key);
    if (match) return other.replace(/\{(\d)\}/g, (_, at) => match[at] ?? '');
  }
  return text;
}

function write(node, name, text, put) {
  const before = replaced.get(node)?.[name];
  const original = before && before.word === text ? before.text : text;
  const word = translate(original);
  if (word === text) return;
  replaced.set(node, { ...replaced.get(node), [name]: { text: original, word } });
  put(word);
}

function translateElement(element) {
  for (const name of ATTRIBUTES) {
    const text = element.getAttribute(name);
    if (text) write(element, name, text, (word) => element.setAttribute(name, word));
  }
}

function translateText(node) {
  const place = node.parentElement;
  if (!place || (place.closest(OWN) && !place.closest(UPLOAD))) return;
  write(node, 'text', node.nodeValue, (word) => { node.nodeValue = word; });
}

function translateTree(root) {
  if (root.nodeType === Node.TEXT_NODE) { translateText(root); return; }
  if (root.nodeType !== Node.ELEMENT_NODE || root.closest('[data-testid="stHtml"], iframe')) return;
  translateElement(root);
  root.querySelectorAll(ATTRIBUTES.map((name) => `[${name}]`).join(',')).forEach((element) => {
    if (!element.closest('[data-testid="stHtml"]')) translateElement(element);
  });
  const texts = document.createTreeWalker(root, NodeFilter.SHOW_TEXT);
  while (texts.nextNode()) translateText(texts.currentNode);
}

const NARROW = 768; // pixels under which Streamlit shows the menu as a sheet

function lastPart(path) {
  return decodeURIComponent(path.replace(/\/+$/, '').split('/').pop() ?? '');
}

/* The menu knows no current page where the address was opened as it stands. */
function markCurrent() {
  if (!frame) return;
  const links = '[data-testid="stTopNavLink"], [data-testid="stTopNavDropdownLink"], [data-testid="stSidebarNavLink"]';
  document.querySelectorAll(links).forEach((link) => {
    const path = lastPart(new URL(link.href).pathname);
    const here = path === frame.current || (!frame.paths.has(path) && frame.current === '');
    if (here === (link.getAttribute('aria-current') === 'page')) return;
    if (here) link.setAttribute('aria-current', 'page');
    else link.removeAttribute('aria-current');
  });
  document.querySelectorAll('[data-testid="stTopNavSection"]').forEach((button) => {
    const here = frame.section !== '' && button.textContent.trim() === frame.section;
    if (here !== button.hasAttribute('data-current')) button.toggleAttribute('data-current', here);
  });
  const menu = document.querySelector('[data-testid="stExpandSidebarButton"]');
  if (menu && menu.dataset.word !== frame.menu) menu.dataset.word = frame.menu;
}

const watcher = new MutationObserver((changes) => {
  for (const change of changes) {
    if (change.type === 'attributes') {
      if (change.target.getAttribute(change.attributeName)) translateElement(change.target);
    } else if (change.type === 'characterData') translateText(change.target);
    else change.addedNodes.forEach(translateTree);
  }
  markCurrent();
});

function watch() {
  watcher.disconnect();
  document.documentElement.lang = frame.language;
  translateTree(document.body);
  markCurrent();
  watcher.observe(document.body, {
    subtree: true, childList: true, characterData: true, attributes: true,
    attributeFilter: [...ATTRIBUTES, 'aria-current'],
  });
}

/* Where a link leads inside the program; null for anything else. */
function aimOf(event) {
  if (event.defaultPrevented || event.button || event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return null;
  const link = event.target.closest?.('a[href]');
  if (!link || !link.closest('[data-testid="stHtml"]')) return null;
  if (link.target && link.target !== '_self') return null;
  const text = link.getAttribute('href');
  const to = new URL(text, document.baseURI);
  if (text.startsWith('#') || to.origin !== location.origin || to.hash) return null;
  const here = location.pathname.slice(0, location.pathname.lastIndexOf('/') + 1);
  if (!to.pathname.startsWith(here)) return null;
  const path = to.pathname.slice(here.length);
  return path === '' || frame.paths.has(path) ? to : null;
}

/* What is typed and not saved goes with the page: the browser asks first. */
function askFirst(event) {
  if (document.querySelector('.hp-unsaved')) event.preventDefault();
}

export default function (component) {
  const { data, setTriggerValue } = component;
  frame = {
    language: data.language, current: data.current, section: data.section, menu: data.menu,
    paths: new Set(data.paths), exact: new Map(data.words),
    patterns: data.patterns.map(([pattern, other]) => [new RegExp(`^${pattern}$`), other]),
  };
  watch();
  const follow = (event) => {
    const language = event.target.closest?.('.hp-language');
    if (language) {
      event.preventDefault();
      setTriggerValue('language', language.lang);
      return;
    }
    /* On a phone the menu lies over the page: it goes once a page is chosen in it. */
    if (event.target.closest?.('[data-testid="stSidebarNavLink"]') && innerWidth < NARROW) {
      setTimeout(() => document.querySelector('[data-testid="stSidebarCollapseButton"] button')?.click());
    }
    const aim = aimOf(event);
    if (!aim) return;
    event.preventDefault();
    document.querySelector('[data-testid="stMain"]')?.scrollTo(0, 0);
    /* As the browser's own Back does: Streamlit runs the page that the address names. */
    aim.searchParams.set(data.mark, '1');
    history.pushState({}, '', aim);
    window.dispatchEvent(new PopStateEvent('popstate'));
  };
  document.addEventListener('click', follow);
  window.addEventListener('beforeunload', askFirst);
  return () => {
    document.removeEventListener('click', follow);
    window.removeEventListener('beforeunload', askFirst);
  };
}
