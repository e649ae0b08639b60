{{%AUTOESCAPE context="HTML"}}
<nav class="crumbs" aria-label="Breadcrumb"><a href="/dashboard/settings">Settings</a><i class="icon flip i-chevron-right"></i>{{#LIST}}<a href="{{PATH}}">{{TITLE}}</a><i class="icon flip i-chevron-right"></i>{{/LIST}}<span aria-current="page"><bdi id="what">{{NAME}}</bdi></span></nav>
<div class="head"><div class="head-text"><h1><bdi>{{HEADING}}</bdi></h1>
<p class="sub"><span>{{ABOUT}}</span></p></div></div>
<div class="form narrow">
{{#NOTICE}}<p class="notice" role="alert"><i class="icon i-triangle-alert"></i><span>{{TEXT}}</span></p>{{/NOTICE}}
{{#LACKS}}<p class="notice calm"><i class="icon i-circle-alert"></i><span>{{TEXT}} <a href="{{HREF}}">{{LABEL}}</a></span></p>{{/LACKS}}
{{#FORM}}
<form class="card form" method="post" action="{{ACTION}}" novalidate>
<input type="hidden" name="csrf" value="{{CSRF}}">
<input type="hidden" name="ver" value="{{VER}}">
<div class="frow">
{{>FIELD}}
</div>
{{#LINE_FAULTS}}<div class="err-sum"><h2>{{HEADING}}</h2><ul>{{#ONE}}<li>Line {{LINE}}: {{TEXT}}</li>{{/ONE}}</ul></div>{{/LINE_FAULTS}}
{{#FOOT}}<div class="foot-bar"><span class="grow"></span><a class="btn btn-ghost" href="{{BACK}}">Cancel</a><button type="submit" class="btn btn-primary">{{SAVE}}</button></div>{{/FOOT}}
</form>
{{/FORM}}
{{#USES}}<section class="card"><h2>{{HEADING}}</h2><p>{{TEXT}}</p></section>{{/USES}}
{{#NODES}}<section class="card"><h2>Diallers</h2><p>{{TEXT}}</p>{{#TABLE}}
<div class="scroll-x" role="region" aria-label="Diallers" tabindex="0"><table class="pool"><thead><tr><th scope="col">Node</th><th scope="col">Calls per second</th><th scope="col">Channels</th></tr></thead><tbody>
{{#NODE}}<tr><th scope="row"><bdi>{{NAME}}</bdi>{{#TROUBLE}}<small class="err">{{TEXT}}</small>{{/TROUBLE}}</th><td>{{CPS}}</td><td>{{CHANNELS}}</td></tr>
{{/NODE}}</tbody></table></div>{{/TABLE}}</section>{{/NODES}}
{{#ACTS}}<div class="foot-bar">{{#ACT}}<button type="submit" form="act" class="btn {{CLASS}}" aria-describedby="what" formaction="{{HREF}}" hx-post="" hx-swap="none"{{#ASK}} hx-confirm="{{TEXT}}"{{/ASK}}><i class="icon i-{{ICON}}"></i>{{WORD}}</button>{{/ACT}}</div>{{/ACTS}}
</div>
