{{%AUTOESCAPE context="HTML"}}
<div id="list" hx-target:inherited="closest tr" hx-swap:inherited="outerMorph" hx-sync:inherited="closest tr:drop">
{{#ROWS}}
<div class="card list">
<table class="grid campaigns" role="table" aria-label="Campaigns">
<thead role="rowgroup" id="sorts" popover>
<tr role="row">
{{#COLUMN}}
<th scope="col" role="columnheader" class="col-{{WORD}}"{{#SORTED}} aria-sort="{{HOW}}" data-order="{{ORDER}}"{{/SORTED}}>{{#ALL}}<input type="checkbox" id="all" class="pick" aria-label="Select every row of this page">{{/ALL}}{{#LINK}}<a class="sort" id="sort-{{WORD}}" href="{{HREF}}" hx-get="" hx-target="#list" hx-push-url="true" hx-sync="#list:replace">{{LABEL}}<i class="icon i-{{ICON}}"></i></a>{{/LINK}}{{#PLAIN}}{{LABEL}}{{/PLAIN}}</th>
{{/COLUMN}}
</tr>
</thead>
<tbody role="rowgroup">
{{>ROW}}
</tbody>
</table>
</div>
{{/ROWS}}
{{#NONE_FOUND}}
<div class="card empty">
<span class="empty-mark"><i class="icon i-search-x"></i></span>
<h2>No campaigns found</h2>
<p>Nothing matches{{#SEARCH}} “<bdi>{{TEXT}}</bdi>”{{/SEARCH}}{{#STATUS}} with the status {{LABEL}}{{/STATUS}}.</p>
<a class="btn" href="/dashboard/campaigns">Show all campaigns</a>
</div>
{{/NONE_FOUND}}
{{#NONE_HERE}}
<div class="card empty">
<span class="empty-mark"><i class="icon i-search-x"></i></span>
<h2>No campaigns found</h2>
<p>There are no campaigns left on this page.</p>
<a class="btn" href="{{HREF}}">Go to the first page</a>
</div>
{{/NONE_HERE}}
{{#NONE_LEFT}}
<div class="card empty">
<span class="empty-mark"><i class="icon i-megaphone"></i></span>
<h2>No campaigns found</h2>
<p>All campaigns of this workspace are archived.</p>
<a class="btn" href="/dashboard/campaigns?status=archived">Show archived campaigns</a>
{{#MAY_CREATE}}<a class="btn btn-primary" href="/dashboard/campaigns/new"><i class="icon i-plus"></i>New Campaign</a>{{/MAY_CREATE}}
</div>
{{/NONE_LEFT}}
{{#NONE_YET}}
<div class="card empty">
<span class="empty-mark"><i class="icon i-megaphone"></i></span>
<h2>No campaigns found</h2>
<p>This workspace has no campaigns yet. A campaign is a bot, a list of contacts and the hours in which they may be called.</p>
{{>NEEDS}}
{{#MAY_CREATE}}<a class="btn btn-primary" href="/dashboard/campaigns/new"><i class="icon i-plus"></i>New Campaign</a>{{/MAY_CREATE}}
</div>
{{/NONE_YET}}
{{#BULK}}
<div class="bulk card" id="bulk" role="group" aria-label="Selected campaigns">
<span class="num" id="picked">Selected:</span>
{{#ACTION}}
<button type="submit" form="act" id="bulk-{{WORD}}" class="btn {{WORD}}" data-offers="{{OFFERS}}" formaction="/dashboard/campaigns/selected/{{WORD}}" hx-post="" hx-target="#list" hx-swap="none" hx-sync="#bulk:drop"{{#ASK}} hx-confirm="{{TEXT}}"{{/ASK}}><i class="icon i-{{ICON}}"></i>{{LABEL}}</button>
{{/ACTION}}
<span class="idle" hidden>No action applies to these</span>
<button type="button" class="btn narrow-only" id="bulk-all">Select all</button>
<button type="reset" form="act" class="btn" id="bulk-clear">Clear</button>
</div>
{{/BULK}}
{{#FOOT}}
<div class="foot">
<span class="num">{{TOTAL}}</span>
{{#CLEAR}}<a class="link" href="/dashboard/campaigns">Show all</a>{{/CLEAR}}
{{#UNSORTED}}<span>Newest first. Only up to {{MOST}} campaigns can be sorted by progress or rates.</span>{{/UNSORTED}}
<span class="grow"></span>
{{#PAGES}}
<nav class="pages" aria-label="Pages">
{{#PAGE}}<a class="btn page" href="{{HREF}}" hx-get="" hx-target="#list" hx-push-url="true" hx-sync="#list:replace"{{#REL}} rel="{{WORD}}"{{/REL}}>{{LABEL}}</a>{{/PAGE}}
</nav>
{{/PAGES}}
<span class="sizes" role="group" aria-label="Rows per page">Rows{{#SIZE}} <a href="{{HREF}}" hx-get="" hx-target="#list" hx-push-url="true" hx-sync="#list:replace"{{#CHOSEN}} aria-current="true"{{/CHOSEN}}>{{SIZE}}</a>{{/SIZE}}</span>
<button type="button" class="icon-btn i-keyboard tip tip-end wide-only" popovertarget="keys" aria-label="Keyboard shortcuts" aria-keyshortcuts="?"></button>
</div>
{{/FOOT}}
</div>
