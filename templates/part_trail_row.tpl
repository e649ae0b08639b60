{{%AUTOESCAPE context="HTML"}}
<td colspan="6">{{>TRAIL}}<button type="button" class="btn" data-close>Close</button></td>
