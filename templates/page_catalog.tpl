{{%AUTOESCAPE context="HTML"}}
<nav class="crumbs" aria-label="Breadcrumb"><a href="/dashboard/settings">Settings</a><i class="icon flip i-chevron-right"></i><span aria-current="page">{{TITLE}}</span></nav>
<div class="head"><div class="head-text"><h1>{{TITLE}}</h1>
<p class="sub"><span>{{ABOUT}}</span></p></div>
{{#ADD}}<div class="head-actions"><a class="btn btn-primary" href="{{PATH}}/new"><i class="icon i-plus"></i>{{LABEL}}</a></div>{{/ADD}}
</div>
<div class="form">
{{#NONE}}
<section class="card prose wide"><h2>{{HEADING}}</h2><p>{{TEXT}}</p>{{#ASK}}<p>{{TEXT}}</p>{{/ASK}}</section>
{{/NONE}}
{{#SOME}}
<div class="scroll-x" role="region" aria-label="{{TITLE}}" tabindex="0"><table class="pool catalog"><thead><tr>{{#HEAD}}<th scope="col">{{LABEL}}</th>{{/HEAD}}{{#KEEPER}}<th scope="col"><span class="vh">Actions</span></th>{{/KEEPER}}</tr></thead><tbody>
{{#ENTRY}}<tr{{#OFF}} class="past"{{/OFF}}><th scope="row">{{#LINK}}<a href="{{PATH}}/{{ID}}"><bdi id="n-{{ID}}">{{KEY}}</bdi></a>{{/LINK}}{{#PLAIN}}<bdi>{{KEY}}</bdi>{{/PLAIN}}</th>{{#CELL}}<td><bdi>{{TEXT}}</bdi></td>{{/CELL}}{{#STATE}}<td><span class="badge {{CLASS}}">{{WORD}}</span></td>{{/STATE}}{{#ACTS}}<td class="acts-cell">{{#FLIP}}<button type="submit" form="act" class="btn small {{ICON_CLASS}}" aria-label="{{WORD}} {{KEY}}" aria-describedby="n-{{ID}}" formaction="{{PATH}}/{{ID}}/{{VERB}}" hx-post="" hx-swap="none"{{#ASK}} hx-confirm="{{TEXT}}"{{/ASK}}><i class="icon i-{{ICON}}"></i>{{WORD}}</button>{{/FLIP}}<a class="icon-btn i-pencil tip tip-end" href="{{PATH}}/{{ID}}" aria-label="Edit {{KEY}}"></a></td>{{/ACTS}}</tr>
{{/ENTRY}}</tbody></table></div>
{{#PAGES}}<nav class="pages" aria-label="Pages">{{#FIRST}}<a class="btn page" href="{{HREF}}">First</a>{{/FIRST}}{{#NEXT}}<a class="btn page" href="{{HREF}}" rel="next">Next</a>{{/NEXT}}</nav>{{/PAGES}}
{{/SOME}}{{#MISSING}}<section class="card prose wide">{{>NEEDS}}</section>{{/MISSING}}
</div>
