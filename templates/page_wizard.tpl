{{%AUTOESCAPE context="HTML"}}
<div id="wizard" data-root="{{ROOT}}">
{{#PART}}<title>{{STEP_LABEL}}, {{TITLE}} · Outdial</title>{{/PART}}
<nav class="crumbs" aria-label="Breadcrumb"><a href="{{CAMPAIGNS}}">Campaigns</a><i class="icon flip i-chevron-right"></i>{{#EDIT}}<a href="{{HOME}}"><bdi>{{NAME}}</bdi></a><i class="icon flip i-chevron-right"></i><span aria-current="page">Edit</span>{{/EDIT}}{{#NEW}}<span aria-current="page">New Campaign</span>{{/NEW}}</nav>
<div class="head"><div class="head-text"><h1 id="step-title" tabindex="-1"><bdi>{{TITLE}}</bdi></h1>
<p class="sub"><span>{{#KEPT}}{{KIND}} on {{>AT}}. You can leave and come back.{{/KEPT}}{{#FRESH}}{{CALM}}{{/FRESH}}</span></p></div>
{{#KEPT}}<div class="head-actions"><button type="submit" form="act" class="btn btn-ghost" formaction="{{ROOT}}/discard"><i class="icon i-trash-2"></i>{{DISCARD}}</button></div>{{/KEPT}}
</div>
<nav aria-label="Steps"><ol class="steps">
{{#STEP}}
<li class="{{#DONE}}done{{/DONE}}{{#NOW}} now{{/NOW}}">{{#LINK}}<a href="{{ROOT}}/{{WORD}}"><span class="t">{{LABEL}}{{#DONE}}<span class="vh">, done</span>{{/DONE}}</span></a>{{/LINK}}{{#PLAIN}}<span class="s"{{#NOW}} aria-current="step"{{/NOW}}><span class="t">{{LABEL}}</span></span>{{/PLAIN}}</li>
{{/STEP}}
</ol></nav>
{{#NOTICE}}
<p class="notice" role="alert" id="notice" tabindex="-1"><i class="icon i-triangle-alert"></i><span>{{TEXT}}</span></p>
{{/NOTICE}}
{{#WRONG}}
<div class="err-sum" role="alert" tabindex="-1" id="errors"><h2>{{HEADING}}</h2><ul>
{{#ONE}}<li><a href="{{WHERE}}">{{TEXT}}</a></li>
{{/ONE}}</ul></div>
{{/WRONG}}
<div class="wizard">
<div class="form">
{{>CONTACTS}}
<form id="step" class="form" method="post" action="{{ROOT}}/{{WORD}}" hx-post="{{ROOT}}/{{WORD}}" hx-target="#wizard" hx-swap="outerHTML" novalidate>
<input type="hidden" name="csrf" value="{{CSRF}}">
<input type="hidden" name="rev" value="{{REV}}">
<input type="hidden" name="ver" value="{{VER}}">
<input type="hidden" name="came" value="{{BACK}}">
<button type="submit" class="vh" name="go" value="{{DEFAULT}}" tabindex="-1" aria-hidden="true">Enter</button>
{{#LOCKED}}
<p class="notice calm"><i class="icon i-lock"></i><span>The name, bot and contact list are locked after the first run, so that its records stay accurate. To change them, clone the campaign.</span></p>
{{/LOCKED}}
{{#GROUP}}
<section class="card"><fieldset class="form"><legend>{{LEGEND}}</legend>
<div class="frow">
{{>FIELD}}
</div>
</fieldset></section>
{{/GROUP}}
{{>NUMBERS}}
{{>REVIEW}}
<div class="foot-bar">
{{#HAS_BACK}}<button type="submit" class="btn" name="go" value="back"><i class="icon flip i-arrow-left"></i>Back</button>{{/HAS_BACK}}
<span class="grow"></span>
<button type="submit" class="btn btn-ghost" name="go" value="close">Finish later</button>
{{#NEXT}}<button type="submit" class="btn btn-primary" name="go" value="next">{{LABEL}}</button>{{/NEXT}}
{{#SAVE}}<button type="submit" class="btn btn-primary" name="go" value="save">{{LABEL}}</button>{{/SAVE}}
</div>
</form>
</div>
<div class="watch" hx-post="{{ROOT}}/{{WORD}}" hx-include="#step" hx-vals='{"go":"means"}' hx-trigger="input from:#step delay:400ms, change from:#step delay:100ms, file" hx-sync="this:replace" hx-target="#means" hx-swap="outerHTML">
{{>SUMMARY}}
</div>
</div>
</div>
