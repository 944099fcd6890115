# Counts the tests in what cargo-nextest, cargo's own runner, Playwright, Node and the count of instructions print, and says
# how many ran on which database: a test of the store names its database in its path; all others have SQLite.

{ gsub(/\033\[[0-9;]*[A-Za-z]/, "") }

# nextest:  PASS [   0.014s] (12/345) store::conformance sqlite::accounts::...
# A failure is told twice: as it happens and at the end.
$1 ~ /^(PASS|FAIL|TIMEOUT|SIG[A-Z]+)$/ && $2 == "[" {
    test = $0
    sub(/^ *[A-Z]+ \[[^]]*\] *(\([^)]*\))? */, "", test)
    if (!told[test]++) count(test, $1 == "PASS")
}

# cargo:    Running tests/conformance/main.rs (target/debug/deps/...)
#           test sqlite::accounts::... ... ok
/^ *Running / { program = $2 }
/^test .* \.\.\. (ok|FAILED)/ { count(program " " $2, / ok/) }

# Playwright:  101 passed (2.1m)
/^ +[0-9]+ passed \(/ { passed += $1; browser += $1 }
/^ +[0-9]+ (failed|interrupted|did not run|flaky)$/ { failed += $1; browser += $1 }

# node --test:  ℹ pass 9
# The benchmark, attacks, rotation, outages and client libraries print the same; the name of the file tells them apart.
/^ℹ pass [0-9]+$/ { passed += $3; node($3) }
/^ℹ (fail|cancelled) [0-9]+$/ { failed += $3; node($3) }

# instructions check:  Instructions: 10 passed, 0 failed
/^Instructions: [0-9]+ passed, [0-9]+ failed$/ { passed += $2; failed += $4; counted += $2 + $4 }

function node(tests) {
    if (FILENAME ~ /rotation$/) rotation += tests
    else if (FILENAME ~ /outage$/) outage += tests
    else if (FILENAME ~ /libraries$/) library += tests
    else if (FILENAME ~ /bench$/) bench += tests
    else attack += tests
}

function count(test, is_passed) {
    if (is_passed) passed++; else failed++
    if (test ~ /[ :]sqlite::/) sqlite++
    else if (test ~ /[ :]postgres::/) postgres++
    else if (test ~ /(::|\/)(endpoints|journey|program)[ \/]/) endpoint++
}

END {
    printf "Tests on SQLite: %d of the store, %d of endpoints, %d in a browser, %d attacks, ", sqlite, endpoint, browser, attack
    printf "%d of key rotation, %d of outages, %d with client libraries, %d of the benchmark, ", rotation, outage, library, bench
    printf "%d of instructions. ", counted
    printf "Tests on PostgreSQL: %d of the store.\n", postgres
    printf "%d passed, %d failed\n", passed, failed
}
