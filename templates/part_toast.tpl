{{%AUTOESCAPE context="HTML"}}
<div class="toast{{#BAD}} bad{{/BAD}}">
<i class="icon i-{{ICON}}"></i>
<p>{{TEXT}}{{#DETAIL}} <small>{{DETAIL}}</small>{{/DETAIL}}</p>
<button type="button" class="icon-btn i-x" data-dismiss aria-label="Dismiss"></button>
</div>
