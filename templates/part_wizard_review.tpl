{{%AUTOESCAPE context="HTML"}}
{{>SECTION}}
