/*
 * server.h - servers of a test's own, to be killed and started again.
 * Their files lie in a temporary directory that server_end() removes.
 */
#ifndef TESTS_STORE_SERVER_H
#define TESTS_STORE_SERVER_H

#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <sys/wait.h>
#include <unistd.h>

#include "tests/temp.h"

struct server {
	char dir[TEMP_MAX], socket[96];
	const char *argv[24];
	char args[6][160];
	pid_t pid;
};

static inline void
server_bail(const char *what)
{
	printf("Bail out! %s\n", what);
	exit(1);
}

static inline pid_t
server_spawn(const struct server *s, const char *const *argv)
{
	pid_t pid = fork();
	char log[96];
	int fd;

	if (pid != 0)
		return pid;
	snprintf(log, sizeof(log), "%s/log", s->dir);
	fd = open(log, O_WRONLY | O_CREAT | O_APPEND, 0600);
	dup2(fd, 1);
	dup2(fd, 2);
	execvp(argv[0], (char *const *)argv);
	_exit(127);
}

/* Until it answers: connecting to its socket works. */
static inline void
server_wait(const struct server *s)
{
	struct sockaddr_un at = { .sun_family = AF_UNIX };

	snprintf(at.sun_path, sizeof(at.sun_path), "%s", s->socket);
	for (int i = 0; i < 1500; i++) {
		int fd = socket(AF_UNIX, SOCK_STREAM, 0);
		int rc = connect(fd, (struct sockaddr *)&at, sizeof(at));

		close(fd);
		if (rc == 0)
			return;
		usleep(20000); /* a process starts when it starts */
	}
	server_bail("a server does not start");
}

static inline void
server_start(struct server *s)
{
	s->pid = server_spawn(s, s->argv);
	server_wait(s);
}

/* SIGKILL, and waits for the death. */
static inline void
server_kill(struct server *s)
{
	kill(s->pid, SIGKILL);
	waitpid(s->pid, NULL, 0);
	unlink(s->socket);
	s->pid = 0;
}

static inline void
server_dir(struct server *s)
{
	if (!mkdtemp(temp_template(s->dir, "test")))
		server_bail("no temporary directory");
	snprintf(s->socket, sizeof(s->socket), "%s/socket", s->dir);
}

static inline void
server_run(const struct server *s, const char *const *argv)
{
	int status;

	waitpid(server_spawn(s, argv), &status, 0);
	if (status != 0)
		server_bail(argv[0]);
}

/* As root, mariadbd must be told that it may be root. */
static inline void
server_mariadb(struct server *s)
{
	const char *install[] = { "mariadb-install-db",
				  "--no-defaults",
				  s->args[0],
				  s->args[1],
				  "--skip-test-db",
				  "--auth-root-authentication-method=normal",
				  "--skip-name-resolve",
				  NULL };
	const char *run[] = { "mariadbd",
			      "--no-defaults",
			      s->args[0],
			      s->args[1],
			      s->args[2],
			      "--skip-networking",
			      "--performance-schema=OFF",
			      "--innodb-buffer-pool-size=32M",
			      "--innodb-log-file-size=16M",
			      NULL };

	server_dir(s);
	snprintf(s->args[0], sizeof(s->args[0]), "--datadir=%s/data", s->dir);
	snprintf(s->args[1], sizeof(s->args[1]), "--user=%s",
		 geteuid() == 0 ? "root" : getenv("USER"));
	snprintf(s->args[2], sizeof(s->args[2]), "--socket=%s", s->socket);
	server_run(s, install);
	memcpy(s->argv, run, sizeof(run));
	server_start(s);
}

static inline void
server_redis(struct server *s)
{
	const char *run[] = { "redis-server", "--port", "0",	"--unixsocket",
			      s->socket,      "--save", "",	"--appendonly",
			      "no",	      "--dir",	s->dir, NULL };

	server_dir(s);
	memcpy(s->argv, run, sizeof(run));
	server_start(s);
}

static inline void
server_end(struct server *s)
{
	const char *rm[] = { "rm", "-rf", s->dir, NULL };

	if (s->pid)
		server_kill(s);
	server_run(s, rm);
}

#endif
