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
  const isAction = (ctx) => ctx.request.method === 'POST' &&
    ctx.sourceElement.matches('[form="act"]');
  const rowOf = (element) => element.closest('tr.row');

  // --- Questions: the hx-confirm text in one shared dialog ----------------

  // what its %s stands for
  const subjectOf = (button) => button.closest('.bulk') ?
    campaigns(pickedFor(button).length) :
    $('.row-link bdi', rowOf(button)).textContent;

  function showQuestion(button) {
    const [before, after] = button.getAttribute('hx-confirm').split('%s');
    const rest = after ?? before;
    const cut = rest.indexOf('?') + 1;
    const grave = button.matches('.delete, .stop');
    const title = $('#confirm-title');
    const icon = [...($('.icon', button) ?? button).classList]
      .find((name) => name.startsWith('i-'));

    title.replaceChildren();
    if (after !== undefined) {
      // a name of the other direction stays in its place
      const subject = document.createElement('bdi');

      subject.textContent = subjectOf(button);
      title.append(before, subject);
    }
    title.append(rest.slice(0, cut));
    $('#confirm-text').textContent = rest.slice(cut + 1);
    $('#confirm-mark').className = grave ? 'dialog-mark' : 'dialog-mark calm';
    $('#confirm-mark .icon').className = `icon ${icon}`;
    $('#confirm-ok').className = grave ? 'btn btn-danger' : 'btn btn-primary';
  }

  on('htmx:confirm', (event) => {
    const { ctx, issueRequest, dropRequest } = event.detail;
    const dialog = $('#confirm');

    if (!ctx.confirm || !dialog)
      return;
    event.preventDefault();
    const button = ctx.sourceElement;
    const place = placeOf(button);

    showQuestion(button);
    dialog.returnValue = 'cancel';
    dialog.addEventListener('close', () => {
      const sure = dialog.returnValue === 'ok';

      if (sure && button.isConnected) {
        ctx.request.body.set('confirm', '1');
        return issueRequest();
      }
      dropRequest();
      // its row has left meanwhile
      if (!button.isConnected)
        giveFocusBack(place);
      if (sure)
        sayFailed(button, 'It is not in this list any more.');
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
  });

  // --- The whole row opens the campaign -----------------------------------

  // its link lies over the row, but for what has a tooltip of its own
  on('click', (event) => {
    const row = rowOf(event.target);

    if (row && !event.target.closest('a, button, input, .acts') &&
        getSelection().isCollapsed)
      $('.row-link', row).click();
  });

  // --- A second press must not hit what took the place of the first -------

  const groups = '.acts, .bulk, #strip';

  function guard(group) {
    if (!group)
      return;
    group.dataset.nowGuarded = '';
    setTimeout(() => delete group.dataset.nowGuarded, GUARD_MS);
  }

  on('click', (event) => {
    const button = event.target.closest('button[form="act"]');

    if (button && (event.detail > 1 || button.closest('[data-now-guarded]'))) {
      event.preventDefault();
      event.stopImmediatePropagation();
    }
  }, true);

  // a key that is held neither presses again nor answers what it has asked
  on('keydown', (event) => {
    if (event.repeat && event.key === 'Enter' &&
        event.target.closest(`${groups}, dialog`))
      event.preventDefault();
  }, true);

  // the same for a form, until its answer or the next page is there; before
  // htmx hears of it
  on('submit', (event) => {
    const form = event.target;

    if (form.method !== 'post')
      return;
    if ('nowSent' in form.dataset) {
      event.preventDefault();
      return event.stopImmediatePropagation();
    }
    form.dataset.nowSent = '';
    setTimeout(() => delete form.dataset.nowSent, SENT_MS);
  }, true);
  addEventListener('pageshow', () => {
    for (const form of document.querySelectorAll('[data-now-sent]'))
      delete form.dataset.nowSent;
  });

  // --- Focus never falls to the top of the page ---------------------------

  // where it was when an action was sent, or rows were changed
  let held = null;

  function placeOf(at) {
    const row = rowOf(at);
    const next = row && (row.nextElementSibling || row.previousElementSibling);

    return { slot: at.id, row: row?.id, next: next?.id };
  }

  function holdFocus() {
    const at = document.activeElement ?? document.body;

    if (at.closest(`${groups}, #list`))
      held = placeOf(at);
  }

  function giveFocusBack(at = held) {
    const shown = (element) => element?.checkVisibility() ? element : null;

    held = null;
    if (!at || (shown(document.activeElement) ?? document.body) !== document.body)
      return;
    (shown(document.getElementById(at.slot)) ??
      (at.row && $(`#${at.row} .row-link`)) ??
      (at.next && $(`#${at.next} .row-link`)) ?? $('#main'))
      .focus({ preventScroll: true });
  }

  // --- Toasts -------------------------------------------------------------

  const toasts = $('#toasts');
  // where the focus was before it went to one of them
  let outside = {};

  on('focusout', (event) => {
    if (!toasts.contains(event.target))
      outside = placeOf(event.target);
  });

  on('click', (event) => {
    if (!event.target.closest('[data-dismiss]'))
      return;
    event.target.closest('.toast').remove();
    giveFocusBack(outside);
  });

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

  // No answer, or one that says nothing: say which action failed, and why if
  // it is not that.
  function sayFailed(button, why) {
    const toast = $('#toast-failed').content.firstElementChild.cloneNode(true);
    const word = new URL(button.formAction).pathname.split('/').pop();

    $('p', toast).firstChild.textContent = `Failed to ${word} `;
    if (why)
      $('small', toast).textContent = why;
    toasts.append(toast);
  }

  // --- Live updates -------------------------------------------------------

  const underWay = new Set();
  const filter = $('#filter');
  // version of the list that is shown
  let tag = poll?.dataset.tag;
  // what is typed is not what is shown: no answer came
  let unanswered = false;
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

  // What is typed, with order and size as they are; nothing that is empty.
  function fillFilter(body) {
    const shown = new URLSearchParams(location.search);

    for (const name of ['sort', 'dir', 'size'])
      body.set(name, shown.get(name) ?? '');
    for (const [name, value] of [...body]) {
      // the server takes no control characters, a paste may bring them
      if (value === '')
        body.delete(name);
      else
        body.set(name, value.replace(/\p{Cc}+/gu, ' '));
    }
  }

  const isList = (ctx) => ctx.target?.id === 'list';

  on('htmx:config:request', (event) => {
    const { ctx } = event.detail;

    // a button or link says once where it goes
    if (isAction(ctx))
      ctx.request.action = ctx.sourceElement.getAttribute('formaction');
    if (!isList(ctx) || isAction(ctx))
      return;
    if (ctx.sourceElement === poll)
      ctx.request.action = location.pathname + location.search;
    else if (ctx.sourceElement === filter)
      fillFilter(ctx.request.body);
    else
      ctx.request.action = ctx.sourceElement.getAttribute('href');
    ctx.request.headers['HX-PTag'] = tag;
  });

  function askFilterAgain() {
    unanswered = false;
    htmx.trigger(filter, 'submit');
  }

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
    if (isList(ctx) && !isAction(ctx) && status < 400)
      tag = headers.get('HX-PTag') ?? tag;
    if (ctx.sourceElement === filter)
      unanswered = status >= 500;
    else if (unanswered && status < 500)
      askFilterAgain();
    if (isAction(ctx) && status >= 400 && !ctx.text.includes('<hx-partial') &&
        !headers.has('HX-Redirect'))
      sayFailed(ctx.sourceElement);
  });

  on('htmx:error', (event) => {
    const { ctx } = event.detail;

    setLost();
    if (ctx?.sourceElement === filter)
      unanswered = true;
    if (ctx && isAction(ctx) && !ctx.response)
      sayFailed(ctx.sourceElement);
  });

  on('htmx:before:swap', holdFocus);

  on('htmx:after:swap', (event) => {
    const { ctx } = event.detail;

    showRunning();
    giveFocusBack();
    if (ctx.sourceElement.closest('.bulk'))
      unpick();
    showPicked();
    if (isAction(ctx))
      guard(document.getElementById(ctx.sourceElement.id)?.closest(groups));
    else if (isList(ctx) && ctx.sourceElement !== poll)
      sayList();
  });

  // another part of the list is shown
  function sayList() {
    $('#said').textContent = $('.foot .num')?.textContent ??
      $('#list h2').textContent;
    $('#act [name="back"]').value = location.pathname + location.search;
  }

  on('htmx:finally:request', (event) => {
    const { ctx } = event.detail;

    underWay.delete(ctx);
    // unless the next page is on its way
    if (!ctx.response?.headers.has('HX-Redirect'))
      delete ctx.sourceElement.dataset.nowSent;
    // the rows follow what was done to all of them
    if (isAction(ctx) && ctx.target?.id === 'strip')
      htmx.trigger(poll, 'every');
  });

  on('visibilitychange', () => {
    if (poll && !document.hidden)
      htmx.trigger(poll, 'every');
  });
  addEventListener('offline', setLost);
  addEventListener('online', () => poll && htmx.trigger(poll, 'every'));

  // --- How many run, in the tab -------------------------------------------

  const title = document.title;

  function showRunning() {
    const running = Number($('#strip')?.dataset.running);

    if (!isNaN(running))
      document.title = running > 0 ? `(${running} running) ${title}` : title;
  }
  showRunning();

  // --- Several rows at once -----------------------------------------------

  const campaigns = (n) => n === 1 ? '1 campaign' : `${n} campaigns`;
  const picks = () => [...document.querySelectorAll('#list tbody .pick')];
  const picked = () => picks().filter((box) => box.checked);
  const pickedFor = (button) => picked().filter((box) =>
    button.dataset.offers.split(' ').includes(rowOf(box).dataset.status));

  // each button says for how many of them it is
  function showPicked() {
    const count = picked().length, all = $('#all');

    if (!all)
      return;
    all.checked = count > 0 && count === picks().length;
    all.indeterminate = count > 0 && !all.checked;
    $('#picked').textContent = `${count} selected`;
    for (const button of document.querySelectorAll('.bulk [data-offers]')) {
      const n = pickedFor(button).length;

      button.hidden = n === 0;
      button.dataset.nowCount = n;
    }
  }

  // their bar goes with them, and the focus in it to where they are
  function unpick() {
    const boxes = picked();

    for (const box of boxes)
      box.checked = false;
    boxes[0]?.focus({ preventScroll: true });
  }

  on('change', (event) => {
    if (event.target.id === 'all')
      for (const box of picks())
        box.checked = event.target.checked;
    if (event.target.matches('.pick'))
      showPicked();
  });
  showPicked();

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
    x: () => rowOf(document.activeElement)?.querySelector('.pick')?.click(),
    '?': () => $('#keys')?.togglePopover(),
  };

  on('keydown', (event) => {
    if (event.key === 'Enter' && event.target.matches('tr.row'))
      $('.row-link', event.target).click();
    if (event.ctrlKey || event.metaKey || event.altKey || !keys[event.key] ||
        event.target.matches('input:not(.pick), select, textarea') ||
        document.documentElement.dataset.keys === 'off' || $('dialog[open]'))
      return;
    event.preventDefault();
    keys[event.key]();
  });
})();
