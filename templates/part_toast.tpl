{{%AUTOESCAPE context="HTML"}}
<div class="toast{{#BAD}} bad{{/BAD}}">
<svg class="icon" aria-hidden="true"><use href="{{STATIC}}/icons.svg#{{ICON}}"/></svg>
<p>{{TEXT}}{{#DETAIL}} <small>{{DETAIL}}</small>{{/DETAIL}}</p>
<button type="button" class="icon-btn" data-dismiss aria-label="Dismiss"><svg class="icon" aria-hidden="true"><use href="{{STATIC}}/icons.svg#x"/></svg></button>
</div>
