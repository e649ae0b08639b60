# Counts one program's TAP: prints "PASSED FAILED SKIPPED" to the file in the
# variable "result", and what failed (with its comments) to standard output.
# A missing or wrong plan, a bail-out and a bad exit without a failed test
# each count as one failure.

function fail(text) {
  failed++
  print "    " text
}

/^ok( |$)/ {
  seen++
  showing = 0
  if (tolower($0) ~ /# skip/)
    skipped++
  else
    passed++
  next
}

/^not ok( |$)/ {
  seen++
  showing = 1
  fail($0)
  next
}

/^Bail out!/ { fail($0) }

/^1\.\.[0-9]+/ {
  planned = 1
  plan = substr($1, 4) + 0
  showing = 0
  next
}

# what a failed test says of itself, at most 40 lines
showing && showing <= 40 && /^(#|    |  )/ {
  print "    " $0
  showing++
}

# last line, put there by the runner
/^exit status [0-9]+$/ { status = $3 }

END {
  if (!planned)
    fail("it ended without a plan (exit status " status ")")
  else if (plan != seen)
    fail("it planned " plan " tests and ran " seen \
      " (exit status " status ")")
  else if (status != 0 && !failed)
    fail("exit status " status)
  print passed + 0, failed + 0, skipped + 0 >result
}
