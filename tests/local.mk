# Test programs, one a file, in TAP; each links its own layer and those left
# of it, nothing more.  ./dev test runs them.  A program is made of NAME.c and
# LDADD unless it is said otherwise.
LDADD = $(BASE_LIBS)
include tests/unit/local.mk
include tests/store/local.mk
include tests/unit/rooms.mk
include tests/field/local.mk
include tests/lib/local.mk
include tests/app/local.mk
include tests/workspace/local.mk
include tests/contacts/local.mk
include tests/campaign/local.mk
include tests/listing/local.mk
include tests/ledger/local.mk
include tests/hook/local.mk
include tests/report/local.mk
include tests/unit/dialler.mk
include tests/unit/web.mk
include tests/view/local.mk
include tests/web/local.mk
include tests/unit/carrier.mk
include tests/carrier/local.mk
include tests/bench/local.mk
include tests/dialler/local.mk

# those that need no server
TESTS = $(BASE_UNIT) $(BASE_FUZZ) $(ROOMS_UNIT) $(DIALLER_UNIT) $(WEB_UNIT) \
	$(CARRIER_UNIT) $(VIEW_TESTS) $(FIELD_TESTS)
LOG_DRIVER = env AM_TAP_AWK='$(AWK)' $(SHELL) \
	$(top_srcdir)/build-aux/tap-driver.sh
