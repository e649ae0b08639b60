{{%AUTOESCAPE context="HTML"}}
<div class="head"><div class="head-text"><h1>Settings</h1>
<p class="sub"><span>Settings of the whole workspace.</span></p></div></div>
<ul class="card index">
{{#SETTING}}
<li><a href="{{HREF}}"><span><b>{{LABEL}}</b><small>{{TEXT}}</small></span><i class="icon flip i-chevron-right"></i></a></li>
{{/SETTING}}
</ul>
