{{%AUTOESCAPE context="HTML"}}
<nav class="crumbs" aria-label="Breadcrumb"><a href="/dashboard/campaigns">Campaigns</a><i class="icon flip i-chevron-right"></i><a href="/dashboard/campaigns/{{ID}}"><bdi>{{NAME}}</bdi></a><i class="icon flip i-chevron-right"></i><span aria-current="page">Integration</span></nav>
{{>HEAD}}
<div class="form narrow">
<p class="help">Programs add contacts to this campaign, and exclude numbers from it, with an API key that they keep in OUTDIAL_API_KEY. {{#ADMIN}}<a href="/dashboard/settings/api-keys">Make one</a> with the scopes below.{{/ADMIN}}{{#OTHERS}}An administrator makes one with the scopes below.{{/OTHERS}} All other requests are in the <a href="/api/v1/openapi.json">description of the API</a>.</p>
{{#OPERATION}}
<section class="card form" aria-labelledby="{{WORD}}"><h2 id="{{WORD}}">{{TITLE}}</h2>
<p class="help">{{TEXT}} Scope: <code>{{SCOPE}}</code>.</p>
{{#SAMPLE}}<details{{#FIRST}} open{{/FIRST}}><summary>{{LANGUAGE}}</summary>{{>CODE}}</details>
{{/SAMPLE}}</section>
{{/OPERATION}}
</div>
