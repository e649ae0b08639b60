/* Whatever an Asterisk PBX says (client.h). */
#include <arpa/inet.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <stdio.h>
#include <sys/socket.h>

#include "tests/fuzz/client.h"
#include "tests/fuzz/fuzz.h"

static int
listener(char *address, size_t size)
{
	static int fd = -1;
	static struct sockaddr_in in = { .sin_family = AF_INET };
	/* No connection lingers: there are many thousands. */
	static const struct linger none = { .l_onoff = 1 };
	int at_once = 1;
	socklen_t len = sizeof(in);

	if (fd < 0) {
		in.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
		fd = socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK, 0);
		MUST(fd >= 0 &&
		     !setsockopt(fd, SOL_SOCKET, SO_LINGER, &none,
				 sizeof(none)) &&
		     !setsockopt(fd, IPPROTO_TCP, TCP_NODELAY, &at_once,
				 sizeof(at_once)) &&
		     !bind(fd, (struct sockaddr *)&in, sizeof(in)) &&
		     !listen(fd, 8) &&
		     !getsockname(fd, (struct sockaddr *)&in, &len));
	}
	snprintf(address, size, "127.0.0.1:%u", ntohs(in.sin_port));
	return fd;
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	static const char *const greeting[] = {
		"Asterisk Call Manager/11.0.0\r\n",
		"Response: Success\r\nActionID: od-login\r\n\r\n",
		"Event: FullyBooted\r\n\r\n",
		"Response: Success\r\nActionID: od-status\r\n"
		"CoreStartupDate: 2026-01-01\r\n"
		"CoreStartupTime: 00:00:00\r\n\r\n",
		NULL,
	};
	static const struct ami_settings account = {
		.user = "u", .secret = "s", .dial = "PJSIP/{number}@t"
	};
	static const struct fuzz_client ami = {
		.kind = "ami",
		.ami = &account,
		.listen = listener,
		.greeting = greeting,
		.id = "od-s-" FUZZ_CALL,
	};

	return fuzz_client(&ami, data, size);
}
