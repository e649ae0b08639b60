{{%AUTOESCAPE context="HTML"}}
<!DOCTYPE html>
<html lang="en" dir="ltr"{{#THEME}} data-theme="{{WORD}}"{{/THEME}}{{#DENSITY}} data-density="{{WORD}}"{{/DENSITY}}{{#NO_KEYS}} data-keys="off"{{/NO_KEYS}}>
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>{{TITLE}} · Outdial</title>
<meta name="color-scheme" content="light dark">
<meta name="htmx-config" content='{"noSwap":[204,304,"4xx","5xx"],"defaultSwap":"outerMorph","defaultTimeout":10000,"includeIndicatorCSS":false,"history":"reload","morphIgnore":["data-htmx-powered","data-now-","open"]}'>
<link rel="icon" type="image/svg+xml" href="{{STATIC}}/favicon.svg">
<link rel="stylesheet" href="{{STATIC}}/app.css">
<script src="{{STATIC}}/htmx.min.js" defer></script>
<script src="{{STATIC}}/app.js" defer></script>
{{#SINGLE}}
<link rel="stylesheet" href="{{STATIC}}/pages.css">
{{/SINGLE}}
{{#WIZARD}}
<link rel="stylesheet" href="{{STATIC}}/wizard.css">
<script src="{{STATIC}}/wizard.js" defer></script>
{{/WIZARD}}
</head>
<body>
{{#SIGNED_IN}}
<a class="skip" href="#main">Skip to content</a>
<div class="shell">
<header class="topbar">
<a class="brand" href="/dashboard/campaigns"><span class="brand-mark"><i class="icon i-audio-lines"></i></span><span>Outdial</span></a>
<button type="button" class="icon-btn i-menu" popovertarget="side" aria-label="Open menu"></button>
</header>
<aside class="side" id="side" popover aria-label="Workspace">
<a class="brand" href="/dashboard/campaigns"><span class="brand-mark"><i class="icon i-audio-lines"></i></span><span>Outdial<small><bdi>{{WORKSPACE}}</bdi></small></span></a>
<nav class="nav" aria-label="Main">
<a href="/dashboard/campaigns"{{#AT_CAMPAIGNS}} aria-current="page"{{/AT_CAMPAIGNS}}><i class="icon i-megaphone"></i>Campaigns</a>
<a href="/dashboard/calls"{{#AT_CALLS}} aria-current="page"{{/AT_CALLS}}><i class="icon i-phone-call"></i>Calls to a number</a>
<a href="/dashboard/settings"{{#AT_SETTINGS}} aria-current="page"{{/AT_SETTINGS}}><i class="icon i-settings-2"></i>Settings</a>
</nav>
<p class="zone">Times in {{ZONE}}</p>
<form class="who" method="post" action="/logout">
<input type="hidden" name="csrf" value="{{CSRF}}">
<span class="avatar" aria-hidden="true">{{INITIALS}}</span>
<a class="who-name" href="/dashboard/account"{{#AT_ACCOUNT}} aria-current="page"{{/AT_ACCOUNT}}><bdi>{{USER}}</bdi><small>{{ROLE}}</small></a>
<button type="submit" class="icon-btn i-log-out tip tip-end" aria-label="Sign out"></button>
</form>
</aside>
<main class="main" id="main" tabindex="-1">
<div id="banner" aria-live="polite">
{{>BANNER}}
</div>
{{>CONTENT}}
</main>
</div>
<form id="act" method="post" hidden>
<input type="hidden" name="csrf" value="{{CSRF}}">
<input type="hidden" name="back" value="{{BACK}}">
</form>
<dialog class="dialog" id="confirm" aria-labelledby="confirm-title" aria-describedby="confirm-text">
<form method="dialog">
<div class="dialog-body">
<span class="dialog-mark" id="confirm-mark"><i class="icon"></i></span>
<h2 id="confirm-title">Please confirm</h2>
<p id="confirm-text"></p>
</div>
<div class="dialog-foot">
<button type="submit" class="btn" value="cancel" autofocus>Cancel</button>
<button type="submit" class="btn btn-primary" value="ok" id="confirm-ok">OK</button>
</div>
</form>
</dialog>
<p class="vh" id="said" aria-live="polite"></p>
<template id="toast-failed">
{{>FAILED}}
</template>
{{/SIGNED_IN}}
{{#SIGNED_OUT}}
<main class="alone" id="main" tabindex="-1">
{{>CONTENT}}
</main>
{{/SIGNED_OUT}}
<div class="toasts" id="toasts" role="status" aria-live="polite">
{{>TOAST}}
</div>
</body>
</html>
