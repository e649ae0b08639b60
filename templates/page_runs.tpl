{{%AUTOESCAPE context="HTML"}}
<nav class="crumbs" aria-label="Breadcrumb"><a href="/dashboard/campaigns">Campaigns</a><i class="icon flip i-chevron-right"></i><a href="/dashboard/campaigns/{{ID}}"><bdi>{{NAME}}</bdi></a><i class="icon flip i-chevron-right"></i><span aria-current="page">Runs</span></nav>
{{>HEAD}}
<div class="cards">
{{#RUN}}
<section class="card" aria-labelledby="run-{{NO}}"><h2 class="card-title" id="run-{{NO}}">Run {{NO}}: {{END}}</h2>
<div class="split">
<dl class="facts">
<div><dt>Started</dt><dd>{{>STARTED}}</dd></div>
{{#ENDED}}<div><dt>Ended</dt><dd>{{>AT}}</dd></div>{{/ENDED}}
{{#FAILED}}<div><dt>Reason</dt><dd>{{REASON}}</dd></div>{{/FAILED}}
<div><dt>Contacts processed</dt><dd>{{PROCESSED}} of {{TOTAL}}</dd></div>
<div><dt>Waiting</dt><dd>{{WAITING}}</dd></div>
<div><dt>Excluded</dt><dd>{{EXCLUDED}}</dd></div>
<div><dt>Answer Rate</dt><dd>{{ANSWER}}</dd></div>
<div><dt>Completion Rate</dt><dd>{{COMPLETION}}</dd></div>
<div><dt>Calls finished</dt><dd>{{CALLS}}</dd></div>
</dl>
{{>OUTCOMES}}
</div>
<p class="foot-bar"><a class="btn" href="{{CONTACTS}}">Contacts of this run</a><a class="btn" href="{{CONFIG}}">Settings of this run</a><a class="btn" href="{{EXPORT}}" download>Export contacts</a><a class="btn" href="{{REPORT}}" download>Attempt Report</a><a class="btn" href="{{REPORT}}&amp;format=xlsx" download>Attempt Report (XLSX)</a>{{#AGAIN}}<button type="submit" form="act" class="btn" formaction="{{HREF}}">New campaign of those not reached</button>{{/AGAIN}}</p>
</section>
{{/RUN}}
{{#NONE}}<section class="card prose wide"><h2>No runs yet</h2><p>The first one begins when the campaign is started.</p></section>{{/NONE}}
</div>
<nav class="pages filter-pages" aria-label="Pages">{{#NEWEST}}<a class="btn page" href="{{HREF}}">Newest</a>{{/NEWEST}}{{#OLDER}}<a class="btn page" href="{{HREF}}" rel="next">Older</a>{{/OLDER}}</nav>
