// Package bench measures Talkoot from outside: the program as it is built runs
// beside a sandbox, people press, and a stopwatch runs. "make bench" starts it
// and docs/performance.md keeps what it said. It has no code of its own but
// tests, and of those none fails for being slow.
package bench
