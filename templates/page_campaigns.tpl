{{%AUTOESCAPE context="HTML"}}
<div class="head">
<div class="head-text">
<div class="title-line"><h1>Campaigns</h1><span class="live" id="live" data-state="live" aria-live="polite">Live</span></div>
<p class="sub lead">All outbound campaigns of this workspace and their progress.</p>
</div>
{{#MAY_CREATE}}
<div class="head-actions"><a class="btn btn-primary" href="/dashboard/campaigns/new" aria-keyshortcuts="n"><i class="icon i-plus"></i>New Campaign</a></div>
{{/MAY_CREATE}}
</div>
{{SUMMARY:none}}
<form class="tools" id="filter" role="search" method="get" action="/dashboard/campaigns" aria-label="Filter campaigns" hx-get="/dashboard/campaigns" hx-trigger="input changed delay:250ms from:#q, change from:#status, submit" hx-target="#list" hx-swap="outerMorph" hx-replace-url="true" hx-sync="#list:replace">
<div class="field-box"><label class="vh" for="q">Search campaigns</label><i class="icon i-search"></i><input id="q" name="q" type="search" placeholder="Search campaigns" value="{{SEARCH}}" autocomplete="off" spellcheck="false" aria-keyshortcuts="/"><kbd aria-hidden="true">/</kbd><button type="button" class="icon-btn i-x" id="q-clear" aria-label="Clear search"></button></div>
<div class="select"><label class="vh" for="status">Status</label><select id="status" name="status" autocomplete="off">
{{#STATUS}}
<option value="{{WORD}}"{{#CHOSEN}} selected{{/CHOSEN}}>{{LABEL}}</option>
{{/STATUS}}
</select><i class="icon i-chevron-down"></i></div>
{{#KEEP}}<input type="hidden" name="{{NAME}}" value="{{VALUE}}">{{/KEEP}}
<button type="button" class="btn narrow-only" id="sorted" popovertarget="sorts"><span>Sort</span><i class="icon i-chevron-down"></i></button>
<noscript><button type="submit" class="btn">Apply</button></noscript>
</form>
<div id="poll" data-tag="{{TAG}}" hx-get="/dashboard/campaigns" hx-trigger="every 1500ms" hx-target="#list" hx-swap="outerMorph" hx-sync="#list:abort" hidden></div>
{{LIST:none}}
<div id="keys" class="dialog" popover role="dialog" aria-labelledby="keys-title">
<div class="dialog-body">
<h2 id="keys-title">Keyboard shortcuts</h2>
<dl class="facts">
<div><dt>Search</dt><dd><kbd>/</kbd></dd></div>
<div><dt>New campaign</dt><dd><kbd>N</kbd></dd></div>
<div><dt>Next and previous row</dt><dd><kbd>J</kbd> <kbd>K</kbd></dd></div>
<div><dt>Open the campaign</dt><dd><kbd>Enter</kbd></dd></div>
<div><dt>Select the row</dt><dd><kbd>X</kbd></dd></div>
<div><dt>Show this overview</dt><dd><kbd>?</kbd></dd></div>
</dl>
</div>
<div class="dialog-foot"><button type="button" class="btn" popovertarget="keys" popovertargetaction="hide" autofocus>Close</button></div>
</div>
