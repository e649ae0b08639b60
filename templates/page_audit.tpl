{{%AUTOESCAPE context="HTML"}}
<nav class="crumbs" aria-label="Breadcrumb"><a href="/dashboard/settings">Settings</a><i class="icon flip i-chevron-right"></i><span aria-current="page">Audit Log</span></nav>
<div class="head"><div class="head-text"><h1>Audit Log</h1>
<p class="sub"><span>Every change in this workspace, newest first. Only administrators can read it. It cannot be changed.</span></p></div>
<div class="head-actions"><a class="btn" href="{{EXPORT}}" download="audit.csv"><i class="icon i-download"></i>Download CSV</a></div></div>
<form class="card form filter" method="get" action="/dashboard/settings/audit" role="search" aria-label="Filter the audit log" novalidate>
<div class="filter-fields">
<div class="f"><label for="f-who">Who</label><span class="select"><select id="f-who" name="who" autocomplete="off">
{{#WHO}}<option value="{{VALUE}}"{{#CHOSEN}} selected{{/CHOSEN}}>{{TEXT}}</option>
{{/WHO}}</select><i class="icon i-chevron-down"></i></span></div>
<div class="f"><label for="f-action">Action</label><span class="select"><select id="f-action" name="action" autocomplete="off">
{{#ACTION}}<option value="{{VALUE}}"{{#CHOSEN}} selected{{/CHOSEN}}>{{TEXT}}</option>
{{/ACTION}}</select><i class="icon i-chevron-down"></i></span></div>
<div class="f{{#BAD_CAMPAIGN}} bad{{/BAD_CAMPAIGN}}"><label for="f-campaign">Campaign ID</label><span class="field-box"><input id="f-campaign" name="campaign" type="text" value="{{CAMPAIGN}}" autocomplete="off" spellcheck="false"{{#BAD_CAMPAIGN}} aria-invalid="true" aria-describedby="e-campaign" autofocus{{/BAD_CAMPAIGN}}></span>{{#BAD_CAMPAIGN}}<p class="err" id="e-campaign" role="alert"><i class="icon i-circle-alert"></i><span>{{WHY}}</span></p>{{/BAD_CAMPAIGN}}</div>
<div class="f{{#BAD_FROM}} bad{{/BAD_FROM}}"><label for="f-from">From day</label><span class="field-box"><input id="f-from" name="from" type="date" value="{{FROM}}" placeholder="2026-12-24" autocomplete="off"{{#BAD_FROM}} aria-invalid="true" aria-describedby="e-from" autofocus{{/BAD_FROM}}></span>{{#BAD_FROM}}<p class="err" id="e-from" role="alert"><i class="icon i-circle-alert"></i><span>{{WHY}}</span></p>{{/BAD_FROM}}</div>
<div class="f{{#BAD_TO}} bad{{/BAD_TO}}"><label for="f-to">To day</label><span class="field-box"><input id="f-to" name="to" type="date" value="{{TO}}" placeholder="2026-12-24" autocomplete="off"{{#BAD_TO}} aria-invalid="true" aria-describedby="e-to" autofocus{{/BAD_TO}}></span>{{#BAD_TO}}<p class="err" id="e-to" role="alert"><i class="icon i-circle-alert"></i><span>{{WHY}}</span></p>{{/BAD_TO}}</div>
</div>
<div class="foot-bar"><button type="submit" class="btn btn-primary">Filter</button><a class="btn" href="/dashboard/settings/audit">Show all</a></div>
</form>
{{>ENTRIES}}
{{#NONE}}
<section class="card prose wide"><h2>No entries found</h2><p>No change of this workspace matches the filter.</p></section>
{{/NONE}}
{{#NONE_YET}}
<section class="card prose wide"><h2>Nothing found yet</h2><p>No entry back to {{>UNTIL}} matches the filter. Older ones have not been looked at.</p></section>
{{/NONE_YET}}
<nav class="pages filter-pages" aria-label="Pages">{{#NEWEST}}<a class="btn page" href="{{HREF}}">Newest</a>{{/NEWEST}}{{#OLDER}}<a class="btn page" href="{{HREF}}" rel="next">Older</a>{{/OLDER}}</nav>
