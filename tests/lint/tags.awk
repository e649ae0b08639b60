# tags.awk - what is wrong with the tags of one template, however they are
# broken into lines.  Prints FILE:LINE: what.
#
# Values are escaped by what ctemplate knows of HTML; it takes htmx's attributes
# for plain text, so none that holds code or JSON may hold a value.  Style and
# event attributes are refused by the Content-Security-Policy.

{ text = text $0 "\n" }

function report(what) {
	printf "%s:%d: %s\n", FILENAME, line, what
}

function attributes(tag, name, value) {
	while (match(tag, /[^ \t\n=]+[ \t\n]*=[ \t\n]*("[^"]*"|'[^']*'|[^ \t\n>]+)/)) {
		name = tolower(substr(tag, RSTART, RLENGTH))
		tag = substr(tag, RSTART + RLENGTH)
		value = name
		sub(/[ \t\n]*=.*/, "", name)
		sub(/^[^=]*=[ \t\n]*/, "", value)
		if (name == "style")
			report("style attribute")
		if (name ~ /^on/)
			report("event attribute " name)
		if (name ~ /^hx-on/)
			report(name " holds script")
		if (name ~ /^hx-(vals|headers|config|request)/ && value ~ /\{\{/)
			report("value inside " name)
		if (name ~ /^hx-trigger/ && value ~ /\[/)
			report("filter in " name)
		if (value ~ /(javascript|js):/)
			report("script in " name)
		if (value ~ /^[^"']/)
			report(name " without quotes")
	}
}

function check(tag) {
	if (tag ~ /^<button/ && tag !~ /[ \t\n]type="/)
		report("button without type")
	if (tag ~ /^<style/)
		report("style element")
	if (tag ~ /^<script/ && tag !~ /[ \t\n]src="/)
		report("script without src")
	if (tag ~ /\{\{$/)
		report("include inside a tag")
	attributes(tag)
}

END {
	line = 1
	while (match(text, /<[a-zA-Z][^>]*/)) {
		before = substr(text, 1, RSTART - 1)
		tag = substr(text, RSTART, RLENGTH)
		text = substr(text, RSTART + RLENGTH)
		line += gsub(/\n/, "", before)
		check(tag)
		line += gsub(/\n/, "", tag)
	}
}
