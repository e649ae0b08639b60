{{%AUTOESCAPE context="HTML"}}
<div class="needs"><p>Before a campaign can start, the workspace needs:</p>
<ol>
{{#STEP}}<li>{{#DONE}}{{LABEL}} <span class="done"><i class="icon i-check"></i>done</span>{{/DONE}}{{#LINK}}<a href="{{HREF}}">{{LABEL}}</a>{{/LINK}}{{#MISSING}}{{LABEL}}{{/MISSING}}</li>
{{/STEP}}</ol>
{{#ASK}}<p><bdi>{{TEXT}}</bdi></p>{{/ASK}}</div>
