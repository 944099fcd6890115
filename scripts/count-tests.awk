# Counts the tests in what cargo-nextest, cargo's own test runner and Playwright print, and says how many ran on which
# database. A test of the store names its database in its path; a browser test runs the binary on SQLite.

{ gsub(/\033\[[0-9;]*[A-Za-z]/, "") }

# nextest:  PASS [   0.014s] (12/345) store::conformance sqlite::accounts::...
# (a failure is told twice: as it happens and at the end)
$1 ~ /^(PASS|FAIL|TIMEOUT|SIGABRT|SIGSEGV|SIGKILL)$/ && $2 == "[" { count($0, $1 == "PASS") }

# cargo:    test sqlite::accounts::... ... ok
/^test .* \.\.\. (ok|FAILED)/ { count($0, / ok/) }

# Playwright:  101 passed (2.1m)
/^ +[0-9]+ passed \(/ { passed += $1; browser += $1 }
/^ +[0-9]+ (failed|interrupted|did not run|flaky)$/ { failed += $1; browser += $1 }

function count(line, is_passed,    path) {
    path = line
    sub(/^ *[A-Z]+ \[[^]]*\] *(\([^)]*\))? */, "", path)
    if (seen[path]++ && !is_passed) return
    if (is_passed) passed++; else failed++
    if (path ~ /(^|[: ])sqlite::/) sqlite++
    else if (path ~ /(^|[: ])postgres::/) postgres++
}

END {
    printf "On SQLite: %d tests of the store, %d in a browser. On PostgreSQL: %d tests of the store.\n", sqlite, browser, postgres
    printf "%d passed, %d failed\n", passed, failed
}
