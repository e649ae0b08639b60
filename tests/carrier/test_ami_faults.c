/*
 * What no real PBX does on demand, played line by line: messages in every order,
 * halves of them, connections that break at any word, and noise.
 */
#include <arpa/inet.h>
#include <netinet/in.h>
#include <stdarg.h>
#include <stdlib.h>
#include <sys/socket.h>
#include <unistd.h>

#include "base/arena.h"
#include "base/clock.h"
#include "tests/carrier/rig.h"
#include "tests/tap.h"

static const struct ami_settings account = { .user = "outdial",
					     .secret = "secret",
					     .dial = "PJSIP/{number}@trunk" };
static struct rig rig = { .kind = CARRIER_AMI, .ami = &account };
static struct ear ear;
static int listener, peer = -1;
static char heard[1 << 16]; /* what the client wrote on this connection */
static size_t heard_len;
static const char *boot = "00:00:01";

static void __attribute__((format(printf, 1, 2)))
say(const char *fmt, ...)
{
	char text[8192];
	va_list ap;
	int n;

	va_start(ap, fmt);
	n = vsnprintf(text, sizeof(text), fmt, ap);
	va_end(ap);
	for (const char *s = text; n > 0;) {
		ssize_t put = send(peer, s, (size_t)n, MSG_NOSIGNAL);

		if (put <= 0)
			return;
		s += put;
		n -= (int)put;
	}
	ear_turn(&ear, 0);
}

static bool
has_heard(const char *text)
{
	ssize_t n = recv(peer, heard + heard_len, sizeof(heard) - heard_len - 1,
			 MSG_DONTWAIT);

	if (n > 0)
		heard_len += (size_t)n;
	heard[heard_len] = '\0';
	return strstr(heard, text) != NULL;
}

/* Runs the client until it has written this. */
static bool
hears(const char *text)
{
	for (int i = 0; i < 1000; i++) {
		if (has_heard(text))
			return true;
		ear_turn(&ear, 10 * US_PER_MS);
	}
	return false;
}

/* A connection; up to where the PBX knows who it is. */
static void
greet(void)
{
	heard_len = 0;
	if (peer >= 0)
		close(peer);
	for (peer = -1; peer < 0; peer = accept(listener, NULL, NULL))
		ear_turn(&ear, 10 * US_PER_MS);
	say("Asterisk Call Manager/11.0.0\r\n");
	hears("Action: Login");
	say("Response: Success\r\nActionID: od-login\r\n\r\n");
	ear_run(&ear, 20 * US_PER_MS);
	ok(!has_heard("Action: CoreStatus"),
	   "a PBX that is not fully booted is asked for nothing");
	say("Event: FullyBooted\r\n\r\n");
	hears("Action: CoreStatus");
	say("Response: Success\r\nActionID: od-status\r\n"
	    "CoreStartupDate: 2026-01-01\r\nCoreStartupTime: %s\r\n\r\n",
	    boot);
}

static void
cut(void)
{
	close(peer);
	peer = -1;
	ear_wait(&ear, CR_DOWN, NULL, 1);
}

static const char *
placed(void)
{
	const char *id = new_id();

	ear_place(&ear, id, "49301200");
	hears(id);
	return id;
}

static void
queued(const char *id)
{
	say("Response: Success\r\nActionID: od-test-%s\r\n\r\n", id);
}

static void
state(const char *id, const char *word)
{
	say("Event: Newstate\r\nChannelStateDesc: %s\r\n"
	    "Uniqueid: od-test-%s\r\n\r\n",
	    word, id);
}

static void
response(const char *id, bool success, int reason)
{
	say("Event: OriginateResponse\r\nActionID: od-test-%s\r\n"
	    "Response: %s\r\nReason: %d\r\nUniqueid: od-test-%s\r\n\r\n",
	    id, success ? "Success" : "Failure", reason, id);
}

static void
hangup(const char *id, int cause, const char *tech, const char *step)
{
	say("Event: Hangup\r\nUniqueid: od-test-%s\r\nCause: %d\r\n"
	    "ChanVariable: X_TECH=%s\r\nChanVariable: X_STEP=%s\r\n\r\n",
	    id, cause, tech, step);
}

/* The list that the client asks for, with these events of it. */
static void
lists(const char *channels, const char *rows)
{
	hears("Action: DBGetTree");
	heard_len = 0;
	say("Response: Success\r\nActionID: od-channels\r\n\r\n%s"
	    "Event: CoreShowChannelsComplete\r\n\r\n"
	    "Response: Success\r\nActionID: od-db\r\n\r\n%s"
	    "Event: DBGetTreeComplete\r\n\r\n",
	    channels, rows);
}

static void
ends(const char *id, const char *outcome, const char *what)
{
	const struct cr_event *end;

	ok(ear_wait(&ear, CR_ENDED, id, 1), what);
	end = ear_last(&ear, CR_ENDED, id);
	is_str(end ? outcome_words[end->outcome] : NULL, outcome, what);
	is_int((int64_t)ear_count(&ear, CR_ENDED, id), 1, "it ends once");
}

/* What has no place in an action, or would be another call in a dialplan */
static void
test_refused(void)
{
	/* clang-format off */
	static const struct {
		const char *to, *from, *bot;
	} bad[] = {
		{ "4930,1",  "4930", "1001" },
		{ "+4930",   "4930", "1001" },
		{ "",        "4930", "1001" },
		{ "4930@x",  "4930", "1001" },
		{ "4930",    "\"x\" <4930>", "1001" },
		{ "4930",    "4930", "" },
		{ "4930",    "4930", "sip:a,b@example.com" },
		{ "4930",    "4930", "sip:a&PJSIP/1900@trunk" },
		{ "4930",    "4930", "1001|x" },
		{ "4930",    "4930", "${SHELL(id)}" },
	};
	/* clang-format on */
	static char vars[CR_MAX_VARS];
	const char *id = new_id();

	for (size_t i = 0; i < ARRAY_LEN(bad); i++) {
		struct cr_place p = { .call_id = new_id(),
				      .to = bad[i].to,
				      .from = bad[i].from,
				      .bot = bad[i].bot,
				      .ring_ms = 1000,
				      .max_call_ms = 1000,
				      .not_after_boot_us = INT64_MAX };

		is_int(ear.c->ops->place(ear.c, &p), CR_REFUSED, bad[i].bot);
	}
	memset(vars, 'x', sizeof(vars) - 1);
	is_int(ear.c->ops->place(
		       ear.c, &(struct cr_place){
				      .call_id = id,
				      .to = "4930",
				      .from = "4930",
				      .bot = "SIP:bot@example.com;transport=tcp",
				      .vars = vars,
				      .ring_ms = 1000,
				      .max_call_ms = 1000,
				      .not_after_boot_us = INT64_MAX }),
	       CR_OK, "variables that do not fit are left out");
	ok(hears("X_VARS=\"\"\r\n"), "and the call is placed without them");
	ok(strstr(heard, "PJSIP/outdial-bot/SIP:bot@example.com;transport=tcp"),
	   "to the bot’s address");
	ok(!strstr(heard, "SHELL") && !strstr(heard, "1900"),
	   "nothing of the others was written");
	hangup(id, 17, "SIP 486 Busy Here", "");
	response(id, false, 0);
	ends(id, "busy", "it ends");
}

/* 1: the connection dies after the Originate was written, before its answer */
static void
test_unconfirmed(void)
{
	const char *lives = placed(), *over = placed(), *never = placed();
	char channels[512], rows[512];

	cut();
	greet();
	snprintf(channels, sizeof(channels),
		 "Event: CoreShowChannel\r\nUniqueid: od-test-%s\r\n"
		 "ChannelStateDesc: Ringing\r\nDuration: 00:00:01\r\n\r\n",
		 lives);
	snprintf(rows, sizeof(rows),
		 "Event: DBGetTreeResponse\r\nKey: /outdial/x\r\n"
		 "Val: od-test-%s|1|17|SIP 486 Busy Here||\r\n\r\n",
		 over);
	lists(channels, rows);
	ok(ear_wait(&ear, CR_RINGING, lives, 1), "a call that was placed goes on");
	ends(over, "busy", "one that has ended has its real outcome");
	is_int((int64_t)ear_count(&ear, CR_ENDED, never), 0,
	       "one that is not there may still turn up");
	for (int i = 0; i < 4 && !ear_count(&ear, CR_ENDED, never); i++) {
		ear.c->ops->dispatch(ear.c, clock_boot_us() + i * 4 * US_PER_S);
		lists(channels, rows);
	}
	ends(never, "lost", "after its grace nobody knows what became of it");
	hangup(lives, 17, "SIP 486 Busy Here", "");
	response(lives, false, 0);
	ends(lives, "busy", "the one that went on ends");
	ok(!strstr(heard, "Action: Originate"), "nothing was placed again");
}

/* 4: the answer to a second Originate of a call that lives has its Uniqueid */
static void
test_duplicate(void)
{
	const char *id = placed();

	queued(id);
	state(id, "Up");
	say("Event: OriginateResponse\r\nActionID: od-test-%s#2\r\n"
	    "Response: Failure\r\nReason: 0\r\nUniqueid: od-test-%s\r\n\r\n",
	    id, id);
	ear_run(&ear, 20 * US_PER_MS);
	is_int((int64_t)ear_count(&ear, CR_ENDED, id), 0,
	       "a call does not end with another one’s refusal");
	hangup(id, 16, "", "botend");
	ends(id, "completed", "it ends with its own end");
}

/* 5, 6: every order of the halves, and only one of them */
static void
test_orders(void)
{
	const char *id = placed();

	queued(id);
	response(id, true, 4);
	state(id, "Up");
	hangup(id, 16, "SIP 200 OK", "answered");
	ends(id, "completed", "Success before the answer");
	id = placed();
	state(id, "Up");
	response(id, true, 4);
	hangup(id, 16, "SIP 200 OK", "answered");
	ends(id, "completed", "Success after the answer");
	is_int((int64_t)ear_count(&ear, CR_ANSWERED, id), 1, "answered once");
	id = placed();
	response(id, false, 0);
	hangup(id, 17, "SIP 486 Busy Here", "");
	ends(id, "busy", "Failure before Hangup");
	id = placed();
	hangup(id, 17, "SIP 486 Busy Here", "");
	response(id, false, 0);
	ends(id, "busy", "Failure after Hangup");
	id = placed();
	hangup(id, 17, "SIP 486 Busy Here", "");
	ends(id, "busy", "Hangup, and nothing more");
	id = placed();
	state(id, "Ringing");
	response(id, false, 3);
	ends(id, "no_answer", "Failure, and nothing more");
	id = placed();
	say("Response: Error\r\nActionID: od-test-%s\r\n"
	    "Message: Extension does not exist.\r\n\r\n",
	    id);
	ends(id, "error", "refused at once");
}

/* 3: the PBX has restarted */
static void
test_restart(void)
{
	const char *known = placed(), *unknown = placed();
	char rows[512];

	state(known, "Up");
	state(unknown, "Ringing");
	cut();
	ear_forget(&ear);
	boot = "00:00:02";
	greet();
	snprintf(rows, sizeof(rows),
		 "Event: DBGetTreeResponse\r\nKey: /outdial/x\r\n"
		 "Val: od-test-%s|1|16|SIP 200 OK|botend|ANSWER\r\n\r\n",
		 known);
	lists("", rows);
	ok(ear_wait(&ear, CR_RESTARTED, NULL, 1), "a restart is noticed");
	ends(known, "completed", "who ended before it has its outcome");
	ends(unknown, "lost", "what became of others nobody knows");
	ok(ear_count(&ear, CR_UP, NULL) == 1, "then it is up");
	ok(!strstr(heard, "Action: Hangup"), "and no call is hung up");
}

/* ... and the connection is cut before it has told what was left */
static void
test_cut_restart(void)
{
	const char *id = placed();

	state(id, "Up");
	cut();
	ear_forget(&ear);
	boot = "00:00:03";
	greet();
	hears("Action: DBGetTree");
	close(peer);
	peer = -1;
	greet();
	lists("", "");
	ok(ear_wait(&ear, CR_RESTARTED, NULL, 1),
	   "a restart is noticed at the second try");
	ends(id, "completed", "an answered call is over with it");
}

/* The account may sign in and look, but not join or hang up. */
static void
test_rights(void)
{
	struct cr_stats stats;

	ear_forget(&ear);
	say("Response: Error\r\nActionID: od-join\r\n"
	    "Message: Permission denied\r\n\r\n");
	ok(ear_wait(&ear, CR_DOWN, NULL, 1),
	   "an account that may not join calls is no use");
	ear.c->ops->stats(ear.c, &stats);
	ok(strstr(stats.error, "class call"), "which is the reason");
}

/* A list that nobody needs to find the end of a call is of channels only. */
static void
test_list(void)
{
	ear_forget(&ear);
	heard_len = 0;
	ear.c->ops->list(ear.c);
	ok(hears("Action: CoreShowChannels"), "the channels are asked for");
	say("Response: Success\r\nActionID: od-channels\r\n\r\n"
	    "Event: CoreShowChannelsComplete\r\n\r\n");
	ok(ear_wait(&ear, CR_LIST_END, NULL, 1), "and that is the list");
	ok(!has_heard("DBGetTree"), "without the rows of ended calls");
}

/* 8: the Originate is confirmed so late that it may be placed out of time */
static void
test_late(void)
{
	const char *id = placed();
	char text[128];
	int len = snprintf(text, sizeof(text),
			   "Response: Success\r\nActionID: od-test-%s\r\n\r\n",
			   id);

	/* Read by the client three seconds from now. */
	send(peer, text, (size_t)len, MSG_NOSIGNAL);
	ear.c->ops->dispatch(ear.c, clock_boot_us() + 3 * US_PER_S);
	ok(hears("Action: Hangup"), "a call placed late is hung up");
	heard_len = 0;
	say("Response: Error\r\nActionID: od-hangup\r\n"
	    "Message: No such channel\r\n\r\n");
	state(id, "Ringing");
	ok(hears("Action: Hangup"), "and again once its channel is there");
	hangup(id, 16, "SIP 180 Ringing", "");
	response(id, false, 0);
	ends(id, "cancelled", "it ends as cancelled");
}

/* 17, 18: 50 MB of others' events, and bytes that are no messages */
static void
test_noise(void)
{
	const char *id = placed();
	char *big = malloc(1 << 20);
	struct cr_stats stats;

	queued(id);
	memset(big, 'x', 1 << 20);
	for (int i = 0; i < 1 << 20; i += 100)
		memcpy(big + i, "Event: Newexten\r\nUniqueid: 1.2\r\n\r\n", 35);
	for (int mb = 0; mb < 50; mb++)
		for (int at = 0; at < 1 << 20;) {
			ssize_t n = send(peer, big + at,
					 (size_t)((1 << 20) - at),
					 MSG_NOSIGNAL | MSG_DONTWAIT);

			at += n > 0 ? (int)n : 0;
			ear_turn(&ear, 0);
		}
	say("Event: Hangup\nUniqueid: od-test-%s-2\n\n", id);
	state(id, "<null>");
	say("Response: Success\r\nActionID: od-status\r\n\r\n");
	say("Event: BridgeEnter\r\nUniqueid: od-test-%s\r\n\r\n", id);
	for (int i = 0; i < 1000; i++)
		say("Cause: %d\r\n", i);
	say("Event: Hangup\r\n\r\n");
	ear_run(&ear, 50 * US_PER_MS);
	is_int((int64_t)ear_count(&ear, CR_ENDED, id), 0,
	       "noise does not end a call");
	is_int((int64_t)ear_count(&ear, CR_JOINED, id), 0, "nor join it");
	hangup(id, 17, "SIP 486 Busy Here", "");
	response(id, false, 0);
	ends(id, "busy", "the call ends after the noise");
	ear.c->ops->stats(ear.c, &stats);
	free(big);
	ok(stats.up, "and the carrier is up");
}

static void
test_login(void)
{
	struct cr_stats stats;

	if (peer >= 0)
		cut();
	for (peer = -1; peer < 0; peer = accept(listener, NULL, NULL))
		ear_turn(&ear, 10 * US_PER_MS);
	say("Response: Error\r\nActionID: od-login\r\n"
	    "Message: Authentication failed\r\n\r\n");
	ear_run(&ear, 20 * US_PER_MS);
	ear.c->ops->stats(ear.c, &stats);
	ok(strstr(stats.error, "Authentication failed") && !stats.up,
	   "an account that is refused is the reason why it is down");
}

int
main(void)
{
	struct sockaddr_in in = { .sin_family = AF_INET };
	socklen_t len = sizeof(in);

	inet_pton(AF_INET, "127.0.0.1", &in.sin_addr);
	listener = socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK, 0);
	bind(listener, (struct sockaddr *)&in, sizeof(in));
	listen(listener, 4);
	getsockname(listener, (struct sockaddr *)&in, &len);
	snprintf(rig.address, sizeof(rig.address), "127.0.0.1:%u",
		 ntohs(in.sin_port));
	ear_open(&ear, &rig, "node1", "test", NULL);
	test_login();
	greet();
	ok(ear_wait(&ear, CR_UP, NULL, 1), "the right account brings it up");
	test_refused();
	test_orders();
	test_duplicate();
	test_noise();
	test_late();
	ear_forget(&ear);
	test_unconfirmed();
	test_restart();
	test_cut_restart();
	test_list();
	test_rights();
	ear_close(&ear);
	close(peer);
	close(listener);
	return tap_done();
}
