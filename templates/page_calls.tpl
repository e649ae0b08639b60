{{%AUTOESCAPE context="HTML"}}
<div class="head"><div class="head-text"><h1>Calls to a number</h1>
<p class="sub"><span>Which campaigns of this workspace have called a number, and from which of yours.</span></p></div></div>
<form class="card form filter" method="get" action="/dashboard/calls" role="search" aria-label="Find the calls to a number" novalidate>
<div class="f{{#BAD}} bad{{/BAD}}"><label for="q-number">Phone number</label><span class="field-box"><input id="q-number" name="phone_number" type="tel" value="{{TYPED}}" autocomplete="off"{{#BAD}} aria-invalid="true" aria-describedby="e-number" autofocus{{/BAD}}></span>{{#BAD}}<p class="err" id="e-number" role="alert"><i class="icon i-circle-alert"></i><span>{{WHY}}</span></p>{{/BAD}}</div>
<div class="foot-bar"><button type="submit" class="btn btn-primary"><i class="icon i-search"></i>Find calls</button></div>
</form>
{{#ANSWER}}<div class="cards">
<section class="card prose wide" id="answer" role="status"><h2>+{{PHONE}}</h2>
{{#NEVER}}<p>No campaign of this workspace has called this number.</p>{{/NEVER}}
{{#NO_OLDER}}<p>There are no older calls.</p>{{/NO_OLDER}}
{{#BARRED}}<p>It is on the do-not-call list “<bdi>{{LIST}}</bdi>”.</p>
{{/BARRED}}{{#EXCLUDED}}<p>It is excluded from <a href="/dashboard/campaigns/{{ID}}"><bdi>{{NAME}}</bdi></a>.</p>
{{/EXCLUDED}}{{#MORE_EXCLUDED}}<p>It is excluded from more campaigns.</p>{{/MORE_EXCLUDED}}</section>
{{#CALLS}}
<div class="scroll-x" role="region" aria-label="Calls" tabindex="0"><table class="pool contacts"><thead><tr><th scope="col">Sent</th><th scope="col">Campaign</th><th scope="col">Run</th><th scope="col">Outcome</th><th scope="col">From</th><th scope="col">Rang</th><th scope="col">Talked</th><th scope="col">Disposition</th></tr></thead><tbody>
{{#CALL}}<tr><th scope="row"><a href="/dashboard/campaigns/{{ID}}/contacts/{{CONTACT}}?run={{RUN}}">{{#SENT}}{{>AT}}{{/SENT}}{{#QUEUED}}Queued{{/QUEUED}}</a></th><td><a href="/dashboard/campaigns/{{ID}}"><bdi>{{NAME}}</bdi></a></td><td>{{RUN}}</td><td>{{OUTCOME}}</td><td>{{CALLER}}</td><td>{{RING}}</td><td>{{TALK}}</td><td>{{DISPOSITION}}</td></tr>
{{/CALL}}</tbody></table></div>
{{/CALLS}}
</div>{{/ANSWER}}
<nav class="pages filter-pages" aria-label="Pages">{{#NEWEST}}<a class="btn page" href="{{HREF}}">Newest</a>{{/NEWEST}}{{#OLDER}}<a class="btn page" href="{{HREF}}" rel="next">Older</a>{{/OLDER}}</nav>
