{{%AUTOESCAPE context="HTML"}}
<p class="banner"><svg class="icon" aria-hidden="true"><use href="{{STATIC}}/icons.svg#triangle-alert"/></svg>{{TEXT}}</p>
