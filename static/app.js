// app.js - what plain HTML and htmx leave open.  Every page works without it.
//
// Attributes that begin with data-now- belong to this script: the morph leaves
// them alone (morphIgnore in layout.tpl), so a live update does not undo them.
(() => {
  'use strict';

  // after a row has changed
  const GUARD_MS = 500;
  // for a page that never comes
  const SENT_MS = 10000;
  const TOAST_MS = 6000;
  const TOASTS = 3;
  // then old figures look old
  const STALE_MS = 10000;
  const COPIED_MS = 1600;

  const $ = (selector, root = document) => root.querySelector(selector);
  const on = (name, handler, capture = false) =>
    document.addEventListener(name, handler, capture);
  const poll = $('#poll');
  const isAction = (ctx) => ctx.request.method === 'POST';
  const rowOf = (element) => element.closest('tr.row');

  // --- Questions: the hx-confirm text in one shared dialog ----------------

  function showQuestion(button) {
    const prompt = button.getAttribute('hx-confirm');
    // the question may quote a name with question marks in it
    const cut = prompt.lastIndexOf('? ') + 1;
    const grave = button.classList.contains('delete');
    const mark = $('#confirm-mark');

    $('#confirm-title').textContent = prompt.slice(0, cut);
    $('#confirm-text').textContent = prompt.slice(cut + 1);
    mark.className = grave ? 'dialog-mark' : 'dialog-mark calm';
    $('.icon', mark).className = `icon ${[...button.classList]
      .find((name) => name.startsWith('i-'))}`;
    $('#confirm-ok').className = grave ? 'btn btn-danger' : 'btn btn-primary';
  }

  on('htmx:confirm', (event) => {
    const { ctx, issueRequest, dropRequest } = event.detail;
    const dialog = $('#confirm');

    if (!ctx.confirm || !dialog)
      return;
    event.preventDefault();
    showQuestion(ctx.sourceElement);
    dialog.returnValue = 'cancel';
    dialog.addEventListener('close', () => {
      if (dialog.returnValue !== 'ok')
        return dropRequest();
      ctx.request.body.set('confirm', '1');
      issueRequest();
    }, { once: true });
    dialog.showModal();
  });

  // --- Copying the ID -----------------------------------------------------

  async function copy(button) {
    const name = button.getAttribute('aria-label');

    if ('nowCopied' in button.dataset)
      return;
    try {
      await navigator.clipboard.writeText(button.dataset.copy);
    } catch {
      getSelection().selectAllChildren($('code', button.parentElement));
      return;
    }
    button.dataset.nowCopied = '';
    button.setAttribute('aria-label', 'Copied');
    $('#said').textContent = 'Copied';
    setTimeout(() => {
      delete button.dataset.nowCopied;
      button.setAttribute('aria-label', name);
      $('#said').textContent = '';
    }, COPIED_MS);
  }

  on('click', (event) => {
    const button = event.target.closest('[data-copy]');

    if (button)
      copy(button);
    if (event.target.closest('[data-dismiss]'))
      event.target.closest('.toast').remove();
  });

  // --- The whole row opens the campaign -----------------------------------

  // its link lies over the row, but for what has a tooltip of its own
  on('click', (event) => {
    const row = rowOf(event.target);

    if (row && !event.target.closest('a, button, .acts') &&
        getSelection().isCollapsed)
      $('.row-link', row).click();
  });

  // --- A second press must not hit what took the place of the first -------

  function guard(row) {
    const actions = row && $('.acts', row);

    if (!actions)
      return;
    actions.dataset.nowGuarded = '';
    setTimeout(() => delete actions.dataset.nowGuarded, GUARD_MS);
  }

  on('click', (event) => {
    const button = event.target.closest('.acts button');

    if (button && (event.detail > 1 || button.closest('[data-now-guarded]'))) {
      event.preventDefault();
      event.stopImmediatePropagation();
    }
  }, true);

  on('keydown', (event) => {
    if (event.repeat && event.key === 'Enter' && event.target.closest('.acts'))
      event.preventDefault();
  }, true);

  // the same where a press loads the next page, until that page is there
  on('submit', (event) => {
    const form = event.target;

    if (form.method !== 'post')
      return;
    if ('nowSent' in form.dataset)
      return event.preventDefault();
    form.dataset.nowSent = '';
    setTimeout(() => delete form.dataset.nowSent, SENT_MS);
  });
  addEventListener('pageshow', () => {
    for (const form of document.querySelectorAll('[data-now-sent]'))
      delete form.dataset.nowSent;
  });

  // --- Focus never falls to the top of the page ---------------------------

  // where it was when an action was sent, or rows were changed
  let held = null;

  function holdFocus() {
    const row = rowOf(document.activeElement ?? document.body);
    const next = row && (row.nextElementSibling || row.previousElementSibling);

    if (row)
      held = { slot: document.activeElement.id, row: row.id, next: next?.id };
  }

  function giveFocusBack() {
    const at = held;

    held = null;
    if (!at || (document.activeElement && document.activeElement !== document.body))
      return;
    (document.getElementById(at.slot) || $(`#${at.row} .row-link`) ||
      (at.next && $(`#${at.next} .row-link`)) || $('#main'))
      .focus({ preventScroll: true });
  }

  // --- Toasts -------------------------------------------------------------

  const toasts = $('#toasts');

  function letGo(toast) {
    const timer = setInterval(() => {
      if (toast.matches(':hover, :focus-within'))
        return;
      clearInterval(timer);
      toast.remove();
    }, TOAST_MS);
  }

  new MutationObserver((changes) => {
    for (const node of changes.flatMap((change) => [...change.addedNodes])) {
      if (node.nodeType === Node.ELEMENT_NODE && !node.matches('.bad'))
        letGo(node);
    }
    while (toasts.childElementCount > TOASTS)
      toasts.firstElementChild.remove();
  }).observe(toasts, { childList: true });
  toasts.querySelectorAll('.toast:not(.bad)').forEach(letGo);

  // No answer, or one that says nothing: say which action failed.
  function sayFailed(button) {
    const toast = $('#toast-failed').content.firstElementChild.cloneNode(true);

    $('p', toast).firstChild.textContent =
      `Failed to ${button.getAttribute('aria-label').toLowerCase()} `;
    toasts.append(toast);
  }

  // --- Live updates -------------------------------------------------------

  const underWay = new Set();
  // version of the list that is shown
  let tag = poll?.dataset.tag;
  let fresh = Date.now();

  function setLive(state) {
    const live = $('#live');
    const word = { live: 'Live', stale: 'Reconnecting', off: 'Offline' }[state];

    if (state === 'live')
      fresh = Date.now();
    document.documentElement.toggleAttribute('data-stale',
      Date.now() - fresh > STALE_MS);
    if (live && live.dataset.state !== state) {
      live.dataset.state = state;
      live.textContent = word;
    }
  }

  const setLost = () => setLive(navigator.onLine ? 'stale' : 'off');
  const isList = (ctx) => ctx.target?.id === 'list';

  on('htmx:config:request', (event) => {
    const { ctx } = event.detail;

    // a button says once where it goes
    if (isAction(ctx))
      ctx.request.action = ctx.sourceElement.getAttribute('formaction');
    if (!isList(ctx))
      return;
    if (ctx.sourceElement === poll)
      ctx.request.action = location.pathname + location.search;
    else
      for (const [name, value] of [...ctx.request.body]) {
        // the server takes no control characters, a paste may bring them
        if (value === '')
          ctx.request.body.delete(name);
        else
          ctx.request.body.set(name, value.replace(/\p{Cc}+/gu, ' '));
      }
    ctx.request.headers['HX-PTag'] = tag;
  });

  on('htmx:before:request', (event) => {
    const { ctx } = event.detail;

    if (ctx.sourceElement === poll && (document.hidden || underWay.size > 0)) {
      event.preventDefault();
    } else if (isAction(ctx)) {
      // an older answer must not overtake the one of this action
      underWay.add(ctx);
      if (poll)
        htmx.trigger(poll, 'htmx:abort');
      holdFocus();
    }
  });

  on('htmx:after:request', (event) => {
    const { ctx } = event.detail;
    const { status, headers } = ctx.response;

    setLive(status < 500 ? 'live' : 'stale');
    if (isList(ctx) && status < 400)
      tag = headers.get('HX-PTag') ?? tag;
    if (isAction(ctx) && status >= 400 && !ctx.text.includes('<hx-partial') &&
        !headers.has('HX-Redirect'))
      sayFailed(ctx.sourceElement);
  });

  on('htmx:error', (event) => {
    const { ctx } = event.detail;

    setLost();
    if (ctx && isAction(ctx) && !ctx.response)
      sayFailed(ctx.sourceElement);
  });

  on('htmx:before:swap', holdFocus);

  on('htmx:after:swap', (event) => {
    const { ctx } = event.detail;

    showRunning();
    giveFocusBack();
    if (isAction(ctx)) {
      guard(rowOf(ctx.sourceElement));
    } else if (ctx.sourceElement.id === 'filter') {
      $('#said').textContent = $('#list .num')?.textContent ??
        $('#list h2').textContent;
      $('#act [name="back"]').value = location.pathname + location.search;
    }
  });

  on('htmx:finally:request', (event) => underWay.delete(event.detail.ctx));

  on('visibilitychange', () => {
    if (poll && !document.hidden)
      htmx.trigger(poll, 'every');
  });
  addEventListener('offline', setLost);
  addEventListener('online', () => poll && htmx.trigger(poll, 'every'));

  // --- How many run, in the tab -------------------------------------------

  const title = document.title;

  function showRunning() {
    const running = Number($('#list')?.dataset.running ?? 0);

    document.title = running > 0 ? `${running} running · ${title}` : title;
  }
  showRunning();

  // --- Keys; the letters can be switched off (WCAG 2.1.4) -----------------

  function step(by) {
    const links = [...document.querySelectorAll('.row-link')];
    const at = links.findIndex((link) =>
      rowOf(link).contains(document.activeElement));

    links[Math.max(0, Math.min(at + by, links.length - 1))]?.focus();
  }

  const keys = {
    '/': () => $('#q')?.focus(),
    n: () => $('[aria-keyshortcuts="n"]')?.click(),
    j: () => step(1),
    k: () => step(-1),
  };

  on('keydown', (event) => {
    if (event.key === 'Enter' && event.target.matches('tr.row'))
      $('.row-link', event.target).click();
    if (event.ctrlKey || event.metaKey || event.altKey || !keys[event.key] ||
        event.target.matches('input, select, textarea') ||
        document.documentElement.dataset.keys === 'off' || $('dialog[open]'))
      return;
    event.preventDefault();
    keys[event.key]();
  });
})();
