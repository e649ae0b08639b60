{{%AUTOESCAPE context="HTML"}}
<div class="head"><div class="head-text"><div class="title-line"><h1><bdi>{{NAME}}</bdi></h1><span class="badge {{STATUS}}">{{STATUS_LABEL}}</span></div>
<p class="sub"><span class="cid"><code>{{ID}}</code><button type="button" class="icon-btn i-copy copy tip" aria-label="Copy ID {{ID}}" data-copy="{{ID}}"></button></span></p></div></div>
{{>TABS}}
