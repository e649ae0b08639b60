{{%AUTOESCAPE context="HTML"}}
<p class="banner"><i class="icon i-triangle-alert"></i>{{TEXT}}</p>
