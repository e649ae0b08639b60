{{%AUTOESCAPE context="HTML"}}
<time datetime="{{ISO}}" title="{{EXACT}} · {{UTC}}">{{TEXT}}</time>
