# unit tests: pure code
