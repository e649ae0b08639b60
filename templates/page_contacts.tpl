{{%AUTOESCAPE context="HTML"}}
<nav class="crumbs" aria-label="Breadcrumb"><a href="/dashboard/campaigns">Campaigns</a><i class="icon flip i-chevron-right"></i><a href="/dashboard/campaigns/{{ID}}"><bdi>{{NAME}}</bdi></a><i class="icon flip i-chevron-right"></i><span aria-current="page">Contacts</span></nav>
{{>HEAD}}
<form class="card form filter" method="get" action="/dashboard/campaigns/{{ID}}/contacts" role="search" aria-label="Filter the contacts" novalidate>
{{#BAD}}<p class="err" role="alert"><i class="icon i-circle-alert"></i><span>{{WHY}}</span></p>{{/BAD}}
{{#OF_RUN}}<input type="hidden" name="run" value="{{NO}}"><p class="help">Contacts as they are in run {{NO}}.</p>{{/OF_RUN}}
<details class="fold"{{#OPEN}} open{{/OPEN}}><summary>Filter</summary>
<div class="filter-fields">
<div class="f"><label for="f-state">State</label><span class="select"><select id="f-state" name="state" autocomplete="off">
{{#STATE_CHOICE}}<option value="{{VALUE}}"{{#CHOSEN}} selected{{/CHOSEN}}>{{TEXT}}</option>
{{/STATE_CHOICE}}</select><i class="icon i-chevron-down"></i></span></div>
<div class="f"><label for="f-outcome">Last outcome</label><span class="select"><select id="f-outcome" name="outcome" autocomplete="off">
{{#OUTCOME_CHOICE}}<option value="{{VALUE}}"{{#CHOSEN}} selected{{/CHOSEN}}>{{TEXT}}</option>
{{/OUTCOME_CHOICE}}</select><i class="icon i-chevron-down"></i></span></div>
<div class="f{{#BAD_DISPOSITION}} bad{{/BAD_DISPOSITION}}"><label for="f-disposition">Disposition</label><span class="field-box"><input id="f-disposition" name="disposition" type="text" value="{{DISPOSITION_TYPED}}" autocomplete="off" spellcheck="false" autocapitalize="none"{{#BAD_DISPOSITION}} aria-invalid="true" aria-describedby="e-disposition" autofocus{{/BAD_DISPOSITION}}></span>{{#BAD_DISPOSITION}}<p class="err" id="e-disposition" role="alert"><i class="icon i-circle-alert"></i><span>{{WHY}}</span></p>{{/BAD_DISPOSITION}}</div>
<div class="f"><label for="f-callback">Callback</label><span class="select"><select id="f-callback" name="callback" autocomplete="off">
{{#CALLBACK_CHOICE}}<option value="{{VALUE}}"{{#CHOSEN}} selected{{/CHOSEN}}>{{TEXT}}</option>
{{/CALLBACK_CHOICE}}</select><i class="icon i-chevron-down"></i></span></div>
<div class="f{{#BAD_PHONE}} bad{{/BAD_PHONE}}"><label for="f-phone">Phone number</label><span class="field-box"><input id="f-phone" name="phone_number" type="tel" value="{{PHONE_TYPED}}" autocomplete="off"{{#BAD_PHONE}} aria-invalid="true" aria-describedby="e-phone" autofocus{{/BAD_PHONE}}></span>{{#BAD_PHONE}}<p class="err" id="e-phone" role="alert"><i class="icon i-circle-alert"></i><span>{{WHY}}</span></p>{{/BAD_PHONE}}</div>
<div class="f"><label for="f-external">External ID</label><span class="field-box"><input id="f-external" name="external_id" type="text" value="{{EXTERNAL_TYPED}}" autocomplete="off" spellcheck="false"></span></div>
</div>
<div class="foot-bar"><button type="submit" class="btn btn-primary">Filter</button><a class="btn" href="/dashboard/campaigns/{{ID}}/contacts">Show all</a></div>
</details></form>
{{#LIST}}
<div class="scroll-x" role="region" aria-label="Contacts" tabindex="0"><table class="pool contacts"><thead><tr><th scope="col">Phone number</th><th scope="col">External ID</th><th scope="col">State</th><th scope="col">Last outcome</th><th scope="col">Attempts</th><th scope="col">Next call</th></tr></thead><tbody>
{{#CONTACT}}<tr><th scope="row"><a href="{{HREF}}">{{PHONE}}</a></th><td><bdi>{{EXTERNAL_ID}}</bdi></td><td>{{CONTACT_STATE}}</td><td>{{OUTCOME}}{{#SAID}} <small><bdi>{{WORD}}</bdi></small>{{/SAID}}</td><td>{{#CALLED}}<a href="{{HREF}}" hx-get="{{HREF}}" hx-target="next .trail-row" hx-swap="innerHTML">{{COUNT}}</a>{{/CALLED}}</td><td>{{#DUE}}{{>AT}}{{#LOCAL}} <small>{{>AT}} {{ZONE}}</small>{{/LOCAL}}{{/DUE}}</td></tr>{{#CALLED}}
<tr class="trail-row" aria-live="polite"></tr>{{/CALLED}}
{{/CONTACT}}</tbody></table></div>
{{/LIST}}
{{#NONE}}<section class="card prose wide"><h2>No contacts yet</h2><p>This campaign has no contacts. Upload a file in the wizard, or add them by the API.</p></section>{{/NONE}}
{{#NONE_FOUND}}<section class="card prose wide"><h2>No contacts found</h2><p>No contact of this campaign matches the filter.</p></section>{{/NONE_FOUND}}
{{#NONE_YET}}<section class="card prose wide"><h2>Nothing found yet</h2><p>None of the contacts looked at so far matches the filter. There are more.</p></section>{{/NONE_YET}}
{{#ALL}}<p class="foot-bar"><button type="submit" form="act" class="btn" formaction="{{HREF}}/exclude-all{{QUERY}}">Exclude {{WHICH}}…</button>{{#CALL}}<button type="submit" form="act" class="btn" formaction="{{HREF}}/call-all{{QUERY}}">Call {{WHICH}} now…</button>{{/CALL}}</p>
{{/ALL}}{{#FILES}}<p class="foot-bar">{{#EXPORT}}<a class="btn" href="{{HREF}}" download>Export contacts</a>{{/EXPORT}}{{#REPORT}}<a class="btn" href="{{HREF}}" download>Attempt Report</a>{{/REPORT}}{{#AGAIN}}<button type="submit" form="act" class="btn" formaction="{{HREF}}">New campaign of those not reached</button>{{/AGAIN}}</p>{{/FILES}}
<nav class="pages filter-pages" aria-label="Pages">{{#FIRST}}<a class="btn page" href="{{HREF}}">First page</a>{{/FIRST}}{{#NEXT}}<a class="btn page" href="{{HREF}}" rel="next">Next page</a>{{/NEXT}}</nav>
