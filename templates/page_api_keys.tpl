{{%AUTOESCAPE context="HTML"}}
<nav class="crumbs" aria-label="Breadcrumb"><a href="/dashboard/settings">Settings</a><i class="icon flip i-chevron-right"></i><span aria-current="page">API keys</span></nav>
<div class="head"><div class="head-text"><h1>API keys</h1>
<p class="sub"><span>Programs use them to feed and steer campaigns. What a key does is done for the person who made it.</span> <a href="/api/v1/openapi.json">Description of the API (OpenAPI)</a></p></div></div>
<div class="form narrow">
{{#MADE}}
<section class="card prose wide made" aria-labelledby="made"><h2 id="made">Copy the new key now</h2><p>It is not shown again.</p><p class="cid"><code>{{KEY}}</code><button type="button" class="icon-btn i-copy copy tip" aria-label="Copy the key" data-copy="{{KEY}}"></button></p></section>
{{/MADE}}
{{#FORM}}
<form class="card form" method="post" action="/dashboard/settings/api-keys" novalidate>
<input type="hidden" name="csrf" value="{{CSRF}}">
<h2>Add a key</h2>
<div class="f{{#BAD_NAME}} bad{{/BAD_NAME}}"><label for="f-name">Name</label><span class="field-box"><input id="f-name" name="name" type="text" value="{{NAME}}" autocomplete="off" required aria-describedby="h-name{{#BAD_NAME}} e-name{{/BAD_NAME}}"{{#BAD_NAME}} aria-invalid="true" autofocus{{/BAD_NAME}}></span><p class="help" id="h-name">Which program uses it.</p>{{#BAD_NAME}}<p class="err" id="e-name" role="alert"><i class="icon i-circle-alert"></i><span>{{WHY}}</span></p>{{/BAD_NAME}}</div>
<fieldset class="f group{{#BAD_SCOPES}} bad{{/BAD_SCOPES}}"{{#BAD_SCOPES}} aria-describedby="e-scopes"{{/BAD_SCOPES}}><legend class="lbl">Scopes</legend>
{{#SCOPE}}<label class="check"><input type="checkbox" name="scopes" value="{{WORD}}"{{#CHOSEN}} checked{{/CHOSEN}}><span><b>{{WORD}}</b> <span class="opt">{{TEXT}}</span></span></label>
{{/SCOPE}}{{#BAD_SCOPES}}<p class="err" id="e-scopes" role="alert"><i class="icon i-circle-alert"></i><span>{{WHY}}</span></p>{{/BAD_SCOPES}}</fieldset>
<div class="frow">
<div class="f{{#BAD_CAMPAIGN}} bad{{/BAD_CAMPAIGN}}"><label for="f-campaign">Campaign <span class="opt">optional</span></label><span class="field-box"><input id="f-campaign" name="campaign" type="text" value="{{CAMPAIGN}}" autocomplete="off" spellcheck="false" aria-describedby="h-campaign{{#BAD_CAMPAIGN}} e-campaign{{/BAD_CAMPAIGN}}"{{#BAD_CAMPAIGN}} aria-invalid="true" autofocus{{/BAD_CAMPAIGN}}></span><p class="help" id="h-campaign">Its ID, if the key is for one campaign only.</p>{{#BAD_CAMPAIGN}}<p class="err" id="e-campaign" role="alert"><i class="icon i-circle-alert"></i><span>{{WHY}}</span></p>{{/BAD_CAMPAIGN}}</div>
<div class="f{{#BAD_EXPIRES}} bad{{/BAD_EXPIRES}}"><label for="f-expires">Last day <span class="opt">optional</span></label><span class="field-box"><input id="f-expires" name="expires_at" type="date" value="{{EXPIRES}}" autocomplete="off" aria-describedby="h-expires{{#BAD_EXPIRES}} e-expires{{/BAD_EXPIRES}}"{{#BAD_EXPIRES}} aria-invalid="true" autofocus{{/BAD_EXPIRES}}></span><p class="help" id="h-expires">In {{ZONE}}. Empty: no end.</p>{{#BAD_EXPIRES}}<p class="err" id="e-expires" role="alert"><i class="icon i-circle-alert"></i><span>{{WHY}}</span></p>{{/BAD_EXPIRES}}</div>
</div>
<div class="foot-bar"><button type="submit" class="btn btn-primary"><i class="icon i-plus"></i>Add</button></div>
</form>
{{/FORM}}
{{#NONE}}
<section class="card prose wide"><h2>No API keys yet</h2><p>Add one for each program, with the scopes that it needs.</p></section>
{{/NONE}}
{{#SOME}}
<div class="scroll-x" role="region" aria-label="API keys" tabindex="0"><table class="pool"><thead><tr><th scope="col">Name</th><th scope="col">Ends in</th><th scope="col">Scopes</th><th scope="col">Campaign</th><th scope="col">Made</th><th scope="col">Last used</th><th scope="col">State</th><th scope="col"><span class="vh">Revoke</span></th></tr></thead><tbody>
{{#KEY}}<tr{{#PAST}} class="past"{{/PAST}}><th scope="row"><bdi id="k-{{ID}}">{{NAME}}</bdi></th><td><code>…{{HINT}}</code></td><td>{{SCOPES}}</td><td>{{#CAMPAIGN}}<a href="/dashboard/campaigns/{{ID}}"><code>{{ID}}</code></a>{{/CAMPAIGN}}</td><td>{{>CREATED}} by <bdi>{{BY}}</bdi></td><td>{{#USED}}{{>AT}}{{/USED}}{{#UNUSED}}Never{{/UNUSED}}</td><td>{{#REVOKED}}Revoked {{>AT}}{{/REVOKED}}{{#EXPIRED}}Expired {{>AT}}{{/EXPIRED}}{{#EXPIRES}}Until {{>AT}}{{/EXPIRES}}</td><td>{{#REVOKE}}<button type="submit" form="act" class="icon-btn i-trash-2 delete tip tip-end" aria-label="Revoke" aria-describedby="k-{{ID}}" formaction="/dashboard/settings/api-keys/{{ID}}/revoke" hx-post="" hx-swap="none" hx-confirm="{{ASK}}"></button>{{/REVOKE}}</td></tr>
{{/KEY}}</tbody></table></div>
{{/SOME}}
{{#OLDER}}<p><a href="/dashboard/settings/api-keys?before={{BEFORE}}">Older keys</a></p>{{/OLDER}}
</div>
