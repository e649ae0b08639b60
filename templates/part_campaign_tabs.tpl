{{%AUTOESCAPE context="HTML"}}
<nav class="tabs" aria-label="Pages of the campaign">{{#TAB}}<a href="{{HREF}}"{{#HERE}} aria-current="page"{{/HERE}}>{{LABEL}}</a>{{/TAB}}</nav>
