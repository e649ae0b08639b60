// wizard.js - what the wizard's pages do beyond plain HTML and htmx: focus goes
// where the step says, a file is dropped and its way is seen.
(() => {
  'use strict';

  const MOST = 1024 ** 3;
  const $ = (selector, root = document) => root.querySelector(selector);
  const on = (name, handler) => document.addEventListener(name, handler);

  // --- A step in the place of another -----------------------------------

  on('htmx:after:swap', (event) => {
    const { ctx } = event.detail;

    if (ctx.target?.id !== 'wizard')
      return;
    const field = at && document.getElementById(at);

    at = null;
    state = $('#contacts').dataset.state;
    scrollTo({ top: 0 });
    (field || ($('#errors') ?? $('#notice') ?? $('#step-title')))
      .focus({ preventScroll: !field });
    $('#act [name="back"]').value = location.pathname;
  });

  // what cannot be kept now is still there, and it is said
  for (const name of ['htmx:error', 'htmx:response:error'])
    on(name, (event) => {
      const { ctx } = event.detail;

      if (ctx?.sourceElement.id === 'step' &&
          !ctx.text?.includes('<hx-partial') &&
          !ctx.response?.headers.has('HX-Redirect'))
        sayLost('Failed to save', 'The server did not respond. Your ' +
          'entries are still here; press the button again.');
    });

  function sayLost(text, why) {
    const toast = $('#toast-failed').content.firstElementChild.cloneNode(true);

    $('p', toast).firstChild.textContent = `${text} `;
    $('small', toast).textContent = why;
    $('#toasts').append(toast);
  }

  // --- Links between the steps --------------------------------------------

  const wizard = () => $('#wizard');

  // what is entered goes along, and a file goes on coming
  on('click', (event) => {
    const link = event.target.closest('#wizard a[href]');
    const [, word, field] = link && !event.ctrlKey && !event.metaKey &&
      !event.shiftKey && link.getAttribute('href').match(new RegExp(
        `^${wizard().dataset.root}/(basics|numbers|dialler|contacts|review)` +
        '(?:#(.+))?$')) || [];

    if (!word)
      return;
    event.preventDefault();
    // one at a time (app.js): the next press of Save would lead there instead
    if ('nowSent' in $('#step').dataset)
      return;
    wanted = word;
    at = field;
    htmx.trigger($('#step'), 'submit');
  });

  // where a link leads: the step, and what of it
  let wanted, at;

  on('htmx:config:request', (event) => {
    const { sourceElement, request } = event.detail.ctx;
    const step = sourceElement.id === 'step';

    if (step && wanted) {
      request.body.set('go', wanted);
      wanted = null;
    }
    if (isComing() && (step || sourceElement.matches('.watch')))
      request.body.set('coming', file.name);
  });

  // an always-on campaign goes on for many days
  on('change', (event) => {
    if (event.target.id !== 'f-always_on')
      return;
    const [single, multi] = ['single_day', 'multi_day'].map((mode) =>
      $(`[name="mode"][value="${mode}"]`));

    single.disabled = event.target.checked;
    multi.checked ||= event.target.checked;
  });

  // --- The file on its way ------------------------------------------------

  // { name, loaded, total, left, wrong }; what this tab sends has its { body,
  // request }, too
  let file = null;
  const isComing = () => file !== null && !file.wrong;
  const CUT = 'outdial-cut-off';
  const DEAD_MS = 10000;
  const LEFT = 'You left the page before the upload finished, so nothing ' +
    'was stored. Choose the file again.';

  document.documentElement.dataset.nowUpload = '';

  const size = (bytes) => bytes < 1e6 ? `${Math.ceil(bytes / 1e3)} KB` :
    `${(bytes / 1e6).toFixed(bytes < 1e7 ? 1 : 0)} MB`;

  const time = (s) => s < 90 ? `${s} s` : `${Math.ceil(s / 60)} min`;

  function waysOf({ loaded, total, left, request }) {
    if (loaded >= total && total > 0)
      return 'Upload complete; the server is storing the file.';
    const how = `${size(loaded)} of ${size(total)} sent` +
      (left === undefined ? '.' : `, ${time(left)} left.`);

    return request ? `${how} You can continue with the other steps. Leaving ` +
      'the wizard cancels the upload.' :
      `${how} It is being uploaded from another tab.`;
  }

  // the card of the step that is shown now
  function showFile() {
    const card = $('#coming');

    if (!card)
      return;
    card.hidden = file === null;
    $('#upload')?.toggleAttribute('hidden', isComing());
    if (file === null)
      return;
    $('h2 bdi', card).textContent = file.name;
    $('progress', card).hidden = $('.help', card).hidden = !!file.wrong;
    $('progress', card).value = file.total ? file.loaded / file.total * 100 : 0;
    $('.help', card).textContent = waysOf(file);
    $('.err', card).hidden = !file.wrong;
    $('.err', card).textContent = file.wrong ?? '';
    $('[data-again]', card).hidden = !file.wrong || !file.body;
    $('[data-abort]', card).textContent = file.wrong ? 'Close' : 'Cancel';
  }

  // what was wrong with another file is not wrong with this one
  function dropErrors() {
    for (const link of document.querySelectorAll('#errors a'))
      if (/#(f-contacts|coming-title|upload-title)$/.test(link.href))
        link.closest('li').remove();
    if (!$('#errors li'))
      $('#errors')?.remove();
  }

  // it comes, or does not any more: what the page says of the contacts follows
  function changeFile(to) {
    const before = isComing() && file.name;

    file = to;
    const moved = before !== (isComing() && file.name);

    if (file)
      $('#contacts > .err-sum')?.remove();
    if (moved || file)
      dropErrors();
    showFile();
    if (moved)
      htmx.trigger($('.watch'), 'file');
  }

  const askProgress = () => htmx.trigger($('#contacts'), 'file');

  on('htmx:after:swap', (event) => {
    const { target } = event.detail.ctx;

    if (target?.id === 'wizard' || target?.id === 'contacts')
      showFile();
    if (target?.id === 'contacts')
      followReading();
  });

  // the server's reading of it: its end is told to the card beside it
  let state = $('#contacts')?.dataset.state;

  function followReading() {
    const now = $('#contacts').dataset.state;

    if (now === state)
      return;
    state = now;
    dropErrors();
    htmx.trigger($('.watch'), 'file');
    const at = document.activeElement;

    // a browser takes the focus from what is hidden only when it paints
    if (at === document.body || !at.checkVisibility())
      $('#upload-title')?.focus({ preventScroll: true });
  }

  const reasonOf = (request) => {
    const text = new DOMParser().parseFromString(request.responseText,
      'text/html');

    return $('.toast small, body > p', text)?.textContent.trim() ||
      $('.toast p', text)?.textContent.trim() ||
      'The server did not accept the file. Try again.';
  };

  function send(body) {
    const form = new FormData();
    const request = new XMLHttpRequest();
    const since = performance.now();
    const { name, size: total } = body;
    const mine = { name, loaded: 0, total, body, request };
    const before = file?.request;
    // another one may have taken its place
    const end = (what, wrong) => {
      if (file !== mine)
        return;
      changeFile(wrong ? { name, body, wrong } : null);
      tell({ what });
    };

    if (!total || total > MOST)
      return changeFile({ name, wrong: total ?
        'The file is larger than 1 GB. Split it into smaller files.' :
        'The file is empty.' });
    changeFile(mine);
    before?.abort();
    $('#coming-title').focus({ preventScroll: true });
    request.upload.onprogress = (event) => {
      const s = (performance.now() - since) / 1000;

      mine.loaded = Math.min(event.loaded, total);
      if (mine.loaded > 0 && s > 1)
        mine.left = Math.ceil(s * total / mine.loaded - s);
      if (file !== mine)
        return;
      showFile();
      tell({ name, total, loaded: mine.loaded, left: mine.left });
    };
    request.onload = () => {
      const elsewhere = request.getResponseHeader('HX-Redirect');

      if (request.status >= 400)
        return end('ended', reasonOf(request));
      end('arrived');
      if (elsewhere)
        location.assign(elsewhere);
      else
        askProgress();
    };
    request.onerror = () => end('ended', 'The connection was lost; nothing ' +
      'was stored.');
    request.onabort = () => end('ended');
    request.open('POST', `${wizard().dataset.root}/upload`);
    request.setRequestHeader('HX-Request', 'true');
    request.setRequestHeader('HX-Request-Type', 'partial');
    for (const name of ['csrf', 'rev'])
      form.append(name, $(`#step [name="${name}"]`).value);
    form.append('file', body);
    request.send(form);
  }

  on('submit', (event) => {
    if (event.target.id === 'upload')
      event.preventDefault();
  });

  on('change', ({ target }) => {
    const [chosen] = target.matches('#upload [type="file"]') ?
      target.files : [];

    if (!chosen)
      return;
    target.value = '';
    send(chosen);
  });

  on('click', (event) => {
    if (event.target.closest('[data-again]'))
      return send(file.body);
    if (!event.target.closest('[data-abort]'))
      return;
    if (file.request)
      file.request.abort();
    else if (isComing())
      return tell({ what: 'abort' });
    else
      changeFile(null);
    ($('#f-contacts') ?? $('#step-title')).focus({ preventScroll: true });
  });

  // leaving cuts it off: that is asked, and said afterwards
  addEventListener('beforeunload', (event) => {
    if (file?.request)
      event.preventDefault();
  });

  addEventListener('pagehide', () => {
    if (!file?.request)
      return;
    sessionStorage.setItem(CUT, JSON.stringify([wizard().dataset.root,
      file.name]));
    tell({ what: 'ended' });
  });

  // --- Other tabs of the same wizard --------------------------------------

  const tabs = new BroadcastChannel('outdial-upload');
  let heard;

  const tell = (message) =>
    tabs.postMessage({ root: wizard().dataset.root, ...message });

  function hear(other) {
    changeFile(other);
    clearTimeout(heard);
    // its tab may be gone without a word
    heard = setTimeout(() => file === other && changeFile(null), DEAD_MS);
  }

  tabs.onmessage = ({ data: { root, what, ...other } }) => {
    const mine = file?.request;

    if (root !== wizard()?.dataset.root)
      return;
    if (what === 'ask' && mine)
      tell({ name: file.name, total: file.total, loaded: file.loaded,
        left: file.left });
    if (what === 'abort')
      mine?.abort();
    if (what === 'ask' || what === 'abort' || mine)
      return;
    if (!what)
      return hear(other);
    changeFile(null);
    if (what === 'arrived')
      askProgress();
  };

  // --- When the page is there ---------------------------------------------

  if (wizard()) {
    const [root, name] = JSON.parse(sessionStorage.getItem(CUT) ?? '[]');

    if (root === wizard().dataset.root) {
      sessionStorage.removeItem(CUT);
      changeFile({ name, wrong: LEFT });
    }
    tell({ what: 'ask' });
  }

  for (const name of ['dragover', 'dragleave', 'drop'])
    on(name, (event) => {
      const zone = event.target.closest?.('.drop');

      if (!$('.drop'))
        return;
      // a file beside the zone must not take the page's place
      event.preventDefault();
      if (zone)
        zone.toggleAttribute('data-now-over', name === 'dragover');
      if (name !== 'drop' || !zone || !event.dataTransfer.files.length)
        return;
      send(event.dataTransfer.files[0]);
    });
})();
