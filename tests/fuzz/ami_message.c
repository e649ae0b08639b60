/* Messages of the manager interface: what is found in one lies in it, and any
 * end of a call has an outcome. */
#include <stdlib.h>
#include <string.h>

#include "carrier/ami/message.h"
#include "carrier/ami/verdict.h"
#include "tests/fuzz/fuzz.h"

static void
copy(char *to, size_t size, const char *from)
{
	size_t len = strnlen(from, size - 1);

	memcpy(to, from, len);
	to[len] = '\0';
}

static void
look(const struct ami_message *m)
{
	const char *tech = ami_variable(m, "X_TECH");
	const char *step = ami_variable(m, "X_STEP");
	struct ami_end e = {
		.up = *ami_get(m, "Up"),
		.responded = *ami_get(m, "Reason"),
		.reason = (int)ami_number(m, "Reason", 0),
		.ended = true,
		.cause = (int)ami_number(m, "Cause", 0),
		.tech_cause = (int)ami_number(m, "TechCause", 0),
		.tech_known = tech != NULL,
	};
	struct cr_facts facts;

	MUST(m->count > 0 && m->count <= AMI_HEADERS && m->len <= AMI_TEXT);
	for (size_t i = 0; i < m->count; i++) {
		const char *value = m->headers[i].value;

		MUST(value > m->text && value < m->text + m->len);
		MUST(strlen(value) < (size_t)(m->text + m->len - value));
	}
	MUST(ami_time(m) >= 0);
	copy(e.tech, sizeof(e.tech), tech ? tech : "");
	copy(e.step, sizeof(e.step), step ? step : "");
	copy(e.dial_end, sizeof(e.dial_end), ami_get(m, "DialStatus"));
	facts = ami_verdict(&e);
	MUST(facts.sip == -1 || (facts.sip >= 200 && facts.sip < 10000) ||
	     facts.sip == e.tech_cause);
	MUST(cr_outcome_of(&facts) < OUTCOME_MAX);
	MUST(strlen(ami_phrase(&e)) < AMI_TECH);
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	static struct ami_message m;
	char *text = malloc(size + 1), *at = text, *line;

	memcpy(text, data, size);
	text[size] = '\0';
	m.complete = true;
	while ((line = strsep(&at, "\n")))
		if (ami_message_take(&m, line))
			look(&m);
	free(text);
	return 0;
}
