{{%AUTOESCAPE context="HTML"}}
<ol class="card audit" aria-label="Changes">
{{#ENTRY}}
<li>
<p class="audit-head"><b><bdi>{{WHO}}</bdi></b><span class="audit-action">{{ACTION}}</span>{{#OF}}<a href="/dashboard/campaigns/{{ID}}"><bdi>{{NAME}}</bdi></a><code>{{ID}}</code>{{/OF}}{{#OF_GONE}}<span>deleted campaign</span><code>{{ID}}</code>{{/OF_GONE}}<span class="audit-time">{{>AT}}</span></p>
{{#FEW}}<dl class="audit-changes">
{{#CHANGE}}<div><dt>{{LABEL}}</dt><dd>{{#WAS}}<span class="vh">from </span><bdi class="audit-was">{{TEXT}}</bdi>{{/WAS}}{{#BOTH}}<span aria-hidden="true"> → </span><span class="vh"> to </span>{{/BOTH}}{{#NOW}}<bdi>{{TEXT}}</bdi>{{/NOW}}{{#GONE}} <span>removed</span>{{/GONE}}</dd></div>
{{/CHANGE}}</dl>{{/FEW}}
{{#MANY}}<details><summary>{{COUNT}} settings</summary><dl class="audit-changes">
{{#CHANGE}}<div><dt>{{LABEL}}</dt><dd>{{#WAS}}<span class="vh">from </span><bdi class="audit-was">{{TEXT}}</bdi>{{/WAS}}{{#BOTH}}<span aria-hidden="true"> → </span><span class="vh"> to </span>{{/BOTH}}{{#NOW}}<bdi>{{TEXT}}</bdi>{{/NOW}}{{#GONE}} <span>removed</span>{{/GONE}}</dd></div>
{{/CHANGE}}</dl></details>{{/MANY}}
</li>
{{/ENTRY}}
</ol>
