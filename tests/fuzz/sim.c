/* Whatever outdial-sim says (client.h). */
#include <stdio.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

#include "tests/fuzz/client.h"
#include "tests/fuzz/fuzz.h"
#include "tests/temp.h"

static int
listener(char *path, size_t size)
{
	static int fd = -1;
	static struct sockaddr_un un = { .sun_family = AF_UNIX };

	if (fd < 0) {
		close(mkstemp(temp_template(un.sun_path, "fuzz")));
		unlink(un.sun_path);
		fd = socket(AF_UNIX, SOCK_STREAM | SOCK_NONBLOCK, 0);
		MUST(fd >= 0 && !bind(fd, (struct sockaddr *)&un, sizeof(un)) &&
		     !listen(fd, 8));
	}
	snprintf(path, size, "%s", un.sun_path);
	return fd;
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	static const char *const greeting[] = { "BOOT\tone\n", NULL };
	static const struct fuzz_client sim = {
		.kind = "sim",
		.listen = listener,
		.greeting = greeting,
		.id = FUZZ_CALL,
	};

	return fuzz_client(&sim, data, size);
}
