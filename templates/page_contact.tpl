{{%AUTOESCAPE context="HTML"}}
<nav class="crumbs" aria-label="Breadcrumb"><a href="/dashboard/campaigns">Campaigns</a><i class="icon flip i-chevron-right"></i><a href="/dashboard/campaigns/{{ID}}"><bdi>{{NAME}}</bdi></a><i class="icon flip i-chevron-right"></i><a href="/dashboard/campaigns/{{ID}}/contacts">Contacts</a><i class="icon flip i-chevron-right"></i><span aria-current="page">{{PHONE}}</span></nav>
{{>HEAD}}
<div class="cards">
<div class="split">
<section class="card" aria-labelledby="contact-title"><h2 class="card-title" id="contact-title">{{PHONE}}</h2>
<p class="why">{{WHY}}</p>
<dl class="facts">
{{#NAMED}}<div><dt>External ID</dt><dd><bdi>{{EXTERNAL_ID}}</bdi></dd></div>{{/NAMED}}
<div><dt>State</dt><dd>{{CONTACT_STATE}}</dd></div>
<div><dt>Counted attempts</dt><dd>{{TRIES}}</dd></div>
{{#DUE}}<div><dt>Next call</dt><dd>{{>AT}}{{#LOCAL}} <small>{{>AT}} {{ZONE}}</small>{{/LOCAL}}</dd></div>{{/DUE}}
{{#EXCLUDED}}<div><dt>Not called</dt><dd>Excluded from this campaign</dd></div>{{/EXCLUDED}}
{{#BARRED}}<div><dt>Not called</dt><dd>On the do-not-call list “<bdi>{{LIST}}</bdi>”</dd></div>
{{/BARRED}}</dl>
{{#ACT}}<p class="foot-bar"><button type="submit" form="act" class="btn" formaction="{{HREF}}/{{WORD}}">{{LABEL}}</button>{{#CALL_NOW}}<button type="submit" form="act" class="btn" formaction="{{HREF}}/call-now">Call now</button>{{/CALL_NOW}}</p>{{/ACT}}</section>
{{#VARIABLES}}<section class="card" aria-labelledby="vars-title"><h2 class="card-title" id="vars-title">Variables</h2>
<dl class="facts">
{{#VARIABLE}}<div><dt><bdi>{{NAME}}</bdi></dt><dd><bdi>{{VALUE}}</bdi></dd></div>
{{/VARIABLE}}</dl></section>{{/VARIABLES}}
</div>
<section class="card trail" aria-labelledby="trail-title"><h2 class="card-title" id="trail-title">Attempts in {{WHICH}}</h2>
{{>TRAIL}}
</section>
</div>
