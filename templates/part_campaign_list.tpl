{{%AUTOESCAPE context="HTML"}}
<div id="list" data-running="{{RUNNING}}" hx-target:inherited="closest tr" hx-swap:inherited="outerMorph" hx-sync:inherited="closest tr:drop">
{{#ROWS}}
<div class="card list">
<table class="grid campaigns" role="table" aria-label="Campaigns">
<thead role="rowgroup">
<tr role="row">
<th scope="col" role="columnheader">Name</th>
<th scope="col" role="columnheader" class="col-status">Status</th>
<th scope="col" role="columnheader" class="col-prog">Progress</th>
<th scope="col" role="columnheader" class="col-rate end">Answer Rate</th>
<th scope="col" role="columnheader" class="col-comp end">Completion Rate</th>
<th scope="col" role="columnheader" class="col-date">Created</th>
<th scope="col" role="columnheader" class="col-acts">Actions</th>
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
<a class="btn" href="/dashboard/campaigns">Show every campaign</a>
</div>
{{/NONE_FOUND}}
{{#NONE_YET}}
<div class="card empty">
<span class="empty-mark"><i class="icon i-megaphone"></i></span>
<h2>No campaigns found</h2>
<p>This workspace has none yet. A campaign is a bot, a list of contacts and the hours in which they may be called.</p>
{{#MAY_CREATE}}<a class="btn btn-primary" href="/dashboard/campaigns/new"><i class="icon i-plus"></i>New Campaign</a>{{/MAY_CREATE}}
</div>
{{/NONE_YET}}
{{#FOOT}}
<div class="foot">
<span class="num">{{TOTAL}}</span>
{{#CLEAR}}<a class="link" href="/dashboard/campaigns">Show all</a>{{/CLEAR}}
{{#PAGES}}
<nav class="pages" aria-label="Pages">
{{#NEWEST}}<a class="btn" href="{{HREF}}"><i class="icon flip i-arrow-left"></i>Newest</a>{{/NEWEST}}
{{#OLDER}}<a class="btn" href="{{HREF}}" rel="next">Older<i class="icon flip i-arrow-right"></i></a>{{/OLDER}}
</nav>
{{/PAGES}}
<span class="grow"></span>
<span class="keys wide-only"><kbd>J</kbd> <kbd>K</kbd> move, <kbd>Enter</kbd> open, <kbd>/</kbd> search</span>
</div>
{{/FOOT}}
</div>
