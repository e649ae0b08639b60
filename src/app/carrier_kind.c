#include "app/carrier_kind.h"

#include <stddef.h>
#include <stdio.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/un.h>

#include "base/fault.h"
#include "base/host_port.h"
#include "base/words.h"

const char *const carrier_kind_words[] = {
#define X(name, word, ...) #word,
	CARRIER_KINDS(X)
#undef X
		NULL,
};

static const struct {
	const char *title;
	enum carrier_address address;
} kinds[CARRIER_KIND_MAX] = {
#define X(name, word, title, address) { title, address },
	CARRIER_KINDS(X)
#undef X
};

int
carrier_kind_find(const char *word, enum carrier_kind *out, struct fault *f)
{
	int kind = word_find(carrier_kind_words, word);
	char known[100] = "";
	size_t len = 0;

	if (kind >= 0) {
		*out = (enum carrier_kind)kind;
		return 0;
	}
	for (size_t i = 0; i < CARRIER_KIND_MAX && len < sizeof(known); i++)
		len += (size_t)snprintf(known + len, sizeof(known) - len,
					"%s%s", i ? ", " : "",
					carrier_kind_words[i]);
	return fault_field(
		f, "kind",
		"There is no carrier of the kind “%s”; there is: %s.", word,
		known);
}

const char *
carrier_kind_title(enum carrier_kind kind)
{
	return kinds[kind].title;
}

bool
carrier_is_at_socket(enum carrier_kind kind)
{
	return kinds[kind].address == CARRIER_AT_SOCKET;
}

static int
refuse(enum carrier_kind kind, struct fault *f)
{
	if (carrier_is_at_socket(kind))
		return fault_field(f, "address",
				   "A %s carrier is reached by the path of its "
				   "socket, such as /run/outdial/%s.sock.",
				   kinds[kind].title, carrier_kind_words[kind]);
	return fault_field(f, "address",
			   "%s is reached by host and port, such as "
			   "127.0.0.1:5038.",
			   kinds[kind].title);
}

int
carrier_address_check(enum carrier_kind kind, const char *address,
		      struct fault *f)
{
	struct host_port to;
	bool well;

	if (carrier_is_at_socket(kind))
		well = *address == '/' &&
		       strlen(address) <
			       sizeof(((struct sockaddr_un *)0)->sun_path);
	else
		well = host_port_read(address, strlen(address), &to) &&
		       *to.port;
	return well ? 0 : refuse(kind, f);
}

int
carrier_dial_check(const char *dial, struct fault *f)
{
	const char *mark = dial ? strstr(dial, CARRIER_NUMBER) : NULL;
	const char *slash = dial ? strchr(dial, '/') : NULL;

	if (mark && slash && slash > dial && slash < mark &&
	    strlen(dial) <= 120 &&
	    !strstr(mark + sizeof(CARRIER_NUMBER) - 1, CARRIER_NUMBER) &&
	    strspn(dial, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ"
			 "0123456789/@{}_.:;=+*#-") == strlen(dial))
		return 0;
	return fault_field(f, "dial",
			   "The dial string must name a channel and the place "
			   "of the number, such as PJSIP/" CARRIER_NUMBER
			   "@trunk.");
}
