/*
 * The lock is a socket in the abstract namespace, which disappears with its
 * process.  Its name contains the node and the installation, because others may
 * run on the same machine.  The name in the node table also contains the
 * kernel's boot id and the network namespace.  So processes with the same name
 * in the table used the same lock.
 */
#include "dialler/process_lock.h"

#include <inttypes.h>
#include <stddef.h>
#include <stdio.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <unistd.h>

#include "app/config.h"
#include "base/secret.h"

#define KEY_BYTES 8

/* Identifies the installation by its database in the configuration. */
static void
installation(const struct config *c, char out[static 2 * KEY_BYTES + 1])
{
	uint8_t digest[DIGEST_LEN];
	char text[1024];

	snprintf(text, sizeof(text), "%s\n%s\n%" PRId64 "\n%s",
		 c->mariadb_database, c->mariadb_socket, c->mariadb_port,
		 c->mariadb_hosts);
	secret_digest(text, strlen(text), digest);
	secret_hex(digest, KEY_BYTES, out);
}

static int
take(const char *node, const char *key)
{
	struct sockaddr_un un = { .sun_family = AF_UNIX };
	int fd = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0), len;

	if (fd < 0)
		return -1;
	len = snprintf(un.sun_path + 1, sizeof(un.sun_path) - 1,
		       "outdial-dialler/%s/%s", node, key);
	if (bind(fd, (struct sockaddr *)&un,
		 (socklen_t)(offsetof(struct sockaddr_un, sun_path) + 1 +
			     (size_t)len)) == 0)
		return fd;
	close(fd);
	return -1;
}

static int
read_kernel(char *out, size_t size)
{
	FILE *file = fopen("/proc/sys/kernel/random/boot_id", "re");
	bool read = file && fgets(out, (int)size, file);

	if (file)
		fclose(file);
	if (!read)
		return -1;
	out[strcspn(out, "\n")] = '\0';
	return *out ? 0 : -1;
}

void
process_lock_try(struct process_lock *t, const char *node,
		 const struct config *config)
{
	char kernel[40], key[2 * KEY_BYTES + 1];
	struct stat net;

	snprintf(t->name, sizeof(t->name), "%s", node);
	t->fd = -1;
	if (read_kernel(kernel, sizeof(kernel)) ||
	    stat("/proc/self/ns/net", &net))
		return;
	installation(config, key);
	t->fd = take(node, key);
	if (t->fd >= 0)
		snprintf(t->name, sizeof(t->name), "%s %s %lu %s", node, kernel,
			 (unsigned long)net.st_ino, key);
}

void
process_lock_release(struct process_lock *t)
{
	if (t->fd >= 0)
		close(t->fd);
	t->fd = -1;
}
