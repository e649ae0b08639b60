{{%AUTOESCAPE context="HTML"}}
<time class="over" datetime="{{ISO}}" title="{{EXACT}} · {{UTC}}">{{TEXT}}</time>
